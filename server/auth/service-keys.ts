import { processConfig } from '../config';
import { knownAuthSecret } from './secrets';

/** What this process shows the arcade's internal services; empty where it knows nothing that they ask for. */
export function serviceKeys(): {
  readonly authSecret: string | undefined;
  readonly internalApiKey: string | undefined;
} {
  return { authSecret: knownAuthSecret(), internalApiKey: processConfig().INTERNAL_API_KEY };
}
