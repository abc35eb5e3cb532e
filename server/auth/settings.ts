import { type Config, loadConfig } from '../config';
import { singleton } from '../singleton';

/** The configuration as the environment of this process gives it, read once. */
export function processConfig(): Config {
  return singleton('config', () => loadConfig(process.env));
}
