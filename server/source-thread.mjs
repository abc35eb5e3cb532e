import { register } from 'tsx/esm/api';

/**
 * Runs a thread's TypeScript source, whose address is the first argument. In development only: tsx's
 * hooks do not reach a thread that inherits them as --import, so it registers them itself.
 */
register();
await import(process.argv[2]);
