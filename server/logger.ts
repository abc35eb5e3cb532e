import { type Logger, pino } from 'pino';
import { logLevel } from './config';
import { singleton } from './singleton';

/** Fields that must never reach a log, wherever in an object they stand. */
const SECRET_FIELDS = [
  'password',
  'passwordHash',
  'token',
  'secret',
  'authorization',
  'cookie',
  'credential',
  'sdp',
];

/** The root logger: one JSON line an event on stderr; `LOG_LEVEL` decides how much. */
export const logger: Logger = singleton('logger', () =>
  pino(
    {
      level: logLevel(),
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[secret]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  ),
);

/** A logger for one room; each line carries its name. */
export function roomLogger(room: string): Logger {
  return logger.child({ room });
}
