import { STATUS_CODES } from 'node:http';

const PROBLEM = 'application/problem+json';
const JSON_TYPE = 'application/json';

/** How much a client wants each media range, from 0 to 1. */
function rangesOf(accept: string): Map<string, number> {
  const ranges = new Map<string, number>();
  for (const entry of accept.split(',')) {
    const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((part) => part.startsWith('q='))?.slice(2);
    const q = weight === undefined ? 1 : Number(weight);
    // RFC 9110, 12.4.2: three digits between 0 and 1; anything else is no wish.
    if (range !== '') ranges.set(range, q >= 0 && q <= 1 ? q : 0);
  }
  return ranges;
}

/**
 * Whether an error is to be said as `application/problem+json`: for a client that names it in `Accept`, and wants it no
 * less than `application/json`. Whoever takes anything gets the envelope.
 */
export function wantsProblem(accept: string | undefined): boolean {
  if (accept === undefined || !accept.toLowerCase().includes(PROBLEM)) return false;
  const ranges = rangesOf(accept);
  const wanted = ranges.get(PROBLEM) ?? 0;
  const plain = ranges.get(JSON_TYPE) ?? ranges.get('application/*') ?? ranges.get('*/*') ?? 0;
  return wanted > 0 && wanted >= plain;
}

/** Problem details (RFC 9457); `code` and `extra` are members of ours: the envelope's `code` and `detail`. */
export function problemOf(
  { status, body }: { status: number; body: { code: string; message: string; detail: unknown } },
  url: string,
): Record<string, unknown> {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: body.message,
    // Without the query, which may hold what is nobody's business.
    instance: url.split('?', 1)[0] ?? '/',
    code: body.code,
    ...(body.detail === null ? {} : { extra: body.detail }),
  };
}
