import 'server-only';
import { processConfig } from '@/server/config';

const PROVIDERS = [
  { id: 'github', name: 'GitHub', key: 'GITHUB' },
  { id: 'google', name: 'Google', key: 'GOOGLE' },
  { id: 'discord', name: 'Discord', key: 'DISCORD' },
] as const;

/** The providers whose variables are set: their buttons are shown, and no others. */
export function offeredProviders(): { id: string; name: string }[] {
  const config = processConfig();
  return PROVIDERS.filter(({ key }) => config[`${key}_CLIENT_ID`] && config[`${key}_CLIENT_SECRET`]);
}
