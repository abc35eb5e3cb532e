import { formatWithOptions, stripVTControlCharacters } from 'node:util';
import type { Logger } from 'pino';

/** Libraries speak through the console: Next of failed pages, next-auth of failed log-ins, gRPC, Prisma. */
const LEVELS = { error: 'error', warn: 'warn', log: 'info', info: 'info', debug: 'debug' } as const;

/** Text in one line, as a log wants it; errors keep their stack beside it. */
function line(args: readonly unknown[]): [{ err?: Error }, string] {
  const err = args.find((arg) => arg instanceof Error);
  const words = args.filter((arg) => arg !== err);
  const text = stripVTControlCharacters(
    formatWithOptions({ colors: false, breakLength: Number.POSITIVE_INFINITY }, ...words),
  );
  return [err === undefined ? {} : { err }, text.trim() || err?.message || ''];
}

/**
 * Turns what libraries print, and Node's own warnings, into lines of the log: whoever reads it as JSON meets nothing else
 * on stderr. In development the console stays as it is, for eyes.
 */
export function logConsole(log: Logger): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...args: unknown[]) => {
      const [fields, text] = line(args);
      log[level](fields, text);
    });
  }
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, warning.message));
}

/** What is meant for whoever started the arcade, not for the log. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
