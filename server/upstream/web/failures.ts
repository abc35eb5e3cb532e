import { AppError, asAppError, type ErrorCode } from '../../errors';
import { ourWords, theirWords } from '../words';
import type { CallFacts } from './call';
import type { HttpReply } from './pools';

/** The services behind the proxy. */
export type WebService = 'rule_engine' | 'ai_gm';

const UNAVAILABLE = {
  rule_engine: 'RULE_ENGINE_UNAVAILABLE',
  ai_gm: 'AI_GM_UNAVAILABLE',
} as const satisfies Record<WebService, string>;

/** Of a neighbour's text so much is told. Characters. */
const MOST_TOLD = 1_000;
/** Of its JSON so much; what is longer is told as text. Characters. */
const MOST_JSON = 16_384;

/** Our code for a status, for borders that know no other. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  422: 'UNPROCESSABLE',
  429: 'RATE_LIMITED',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'TIMEOUT',
};

/** Whether a status says that the service itself failed, so that its breaker should know. */
export const isServiceFault = (status: number): boolean => status >= 500 && status !== 501;

export const upstreamCode = (status: number): string => `UPSTREAM_${status}`;

/** Seconds from now that an answer asks to wait (RFC 9110, 10.2.3). */
function retryAfterOf(header: string | string[] | undefined, nowMs: number): number | undefined {
  const text = String(header ?? '').trim();
  if (/^\d{1,7}$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowMs) / 1_000));
}

function jsonOrWords(text: string): unknown {
  if (text.length <= MOST_JSON) {
    try {
      return JSON.parse(text);
    } catch {
      // Told as text.
    }
  }
  return theirWords(text, MOST_TOLD);
}

/** A neighbour's own failure, passed on as such. */
export function answeredFailure(service: WebService, reply: HttpReply, nowMs: number): AppError {
  const { status } = reply;
  const code = CODES[status] ?? (status >= 500 ? 'INTERNAL' : 'BAD_REQUEST');
  const retryAfterSeconds = retryAfterOf(reply.headers['retry-after'], nowMs);
  return new AppError(code, ourWords(service, code), {
    detail: {
      reason: 'upstream_answered',
      status,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
    wire: { code: upstreamCode(status), status, detail: jsonOrWords(reply.text) },
  });
}

const secondsOf = (ms: number): string => `${Number((ms / 1_000).toFixed(1))}s`;

function whyOf({ cause, message }: AppError): string {
  // Node's own error for a name with several addresses has no message of its own.
  const words =
    cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : '') : message;
  return theirWords(words);
}

/** A failure of the policy or of the way as HTTP tells it; whatever else it is stays what it is. */
export function unansweredFailure(service: WebService, error: unknown, call: CallFacts): unknown {
  const known = asAppError(error);
  if (!known || known.wire) return error;
  const { message, detail, cause } = known;
  const away = { code: UNAVAILABLE[service], status: 503 };
  const isConnectTimeout =
    (cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_CONNECT_TIMEOUT') ||
    (detail?.reason === 'upstream_late' && call.wasConnected === false);
  if (isConnectTimeout)
    return new AppError('UNAVAILABLE', ourWords(service, 'UNAVAILABLE'), {
      cause: error,
      detail: { reason: 'upstream_away' },
      wire: { ...away, detail: `Connection timeout after ${secondsOf(call.lastTryMs)}` },
    });
  switch (detail?.reason) {
    case 'upstream_late': {
      const wire = {
        code: 'GATEWAY_TIMEOUT',
        status: 504,
        detail: `No answer in ${secondsOf(call.lastTryMs)}`,
      };
      return new AppError('TIMEOUT', message, { cause: error, detail, wire });
    }
    case 'upstream_broken': {
      const wire = { code: 'UPSTREAM_INVALID', status: 502, detail: whyOf(known) };
      return new AppError('UNAVAILABLE', message, { cause: error, detail, wire });
    }
    case 'upstream_away':
      return new AppError('UNAVAILABLE', message, {
        cause: error,
        detail,
        wire: { ...away, detail: whyOf(known) },
      });
    default:
      return error;
  }
}
