import { type Logger, pino } from 'pino';
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

/** An unknown level is the configuration's to report, after this module was loaded. */
function level(): string {
  const wanted = process.env.LOG_LEVEL || 'info';
  return wanted === 'silent' || wanted in pino.levels.values ? wanted : 'info';
}

/** The root logger: one JSON line an event on stderr; `LOG_LEVEL` decides how much. */
export const logger: Logger = singleton('logger', () =>
  pino(
    {
      level: level(),
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
