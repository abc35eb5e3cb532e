import { AppError, errorEnvelope } from '../errors';

/** What a route that is only read allows: Next makes HEAD of its GET. */
const ALLOW = { allow: 'GET, HEAD, OPTIONS' } as const;

/** Every other method of a Next route that is only read; Next's own answer would have no envelope. */
export function readOnly(): Response {
  const { status, body } = errorEnvelope(
    new AppError('METHOD_NOT_ALLOWED', 'This is only read: use GET or HEAD.'),
  );
  return Response.json(body, { status, headers: ALLOW });
}

/** OPTIONS of such a route; Next's own answer would list the methods that are refused. */
export function readOnlyOptions(): Response {
  return new Response(null, { status: 204, headers: ALLOW });
}
