import { singleton } from '../../singleton';
import type { UpstreamReport } from './upstream';

/** What the process's upstreams say of themselves; the page's procedures and the gateway share it. */
const shared = singleton<{ read: () => readonly UpstreamReport[] }>('upstream-reports', () => ({
  read: () => [],
}));

/** Every service that is elsewhere, both protocols side by side, as this process sees them. */
export const upstreamReports = (): readonly UpstreamReport[] => shared.read();

export function publishUpstreamReports(read: () => readonly UpstreamReport[]): void {
  shared.read = read;
}
