import { isInviteRefusal } from '../../proto/sessions';
import type { SignalingError, SignalingErrorCode } from '../../proto/signaling-payloads';
import { asAppError, ERROR_CODES, publicError } from '../errors';

const OWN_CODES: readonly number[] = [400, 401, 403, 404, 409, 413, 429] satisfies SignalingErrorCode[];

function isOwnCode(code: number): code is SignalingErrorCode {
  return OWN_CODES.includes(code);
}

/** Any error as a browser gets it; what is not the browser's fault is 500. */
export function toSignalingError(error: unknown, sessionId?: string): SignalingError {
  const { code, message, detail } = publicError(error);
  const number = ERROR_CODES[code].http;
  const named = detail?.sessionId ?? sessionId;
  const until = typeof detail?.until === 'number' ? { until: detail.until } : {};
  const reason = isInviteRefusal(detail?.reason) ? { reason: detail.reason } : {};
  const told = { ...until, ...reason };
  return {
    code: isOwnCode(number) ? number : 500,
    message,
    ...(typeof named === 'string' ? { sessionId: named } : {}),
    ...(detail?.onlooker === true ? { onlooker: true } : {}),
    ...(Object.keys(told).length > 0 ? { detail: told } : {}),
  };
}

/** True for errors that somebody should look into: ours, not the browser's. */
export function isOurFault(error: unknown): boolean {
  const known = asAppError(error);
  return !known || ERROR_CODES[known.code].http >= 500;
}
