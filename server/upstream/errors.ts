import { AppError } from '../errors';
import type { ServiceName } from './counts';
import { ourWords } from './words';

/** Nobody is there, or the way there is closed for now. */
export function away(
  service: ServiceName,
  options: { cause?: unknown; retryAfterMs?: number } = {},
): AppError {
  const { cause, retryAfterMs } = options;
  const wait =
    retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)) };
  return new AppError('UNAVAILABLE', ourWords(service, 'UNAVAILABLE'), {
    cause,
    detail: { reason: 'upstream_away', ...wait },
  });
}

/** No answer in the time that there was. */
export function late(service: ServiceName): AppError {
  return new AppError('TIMEOUT', `timeout: ${ourWords(service, 'TIMEOUT')}`, {
    detail: { reason: 'upstream_late' },
  });
}

/** It answered with something that nobody can read. */
export function nonsense(service: ServiceName, cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', ourWords(service, 'INTERNAL'), {
    cause,
    detail: { reason: 'upstream_broken' },
  });
}
