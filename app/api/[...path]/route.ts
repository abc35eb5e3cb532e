import { AppError, errorEnvelope } from '@/server/errors';

/** Whatever no other route answers: an error a program can read, instead of a page. */
function answer(request: Request): Response {
  const { pathname } = new URL(request.url);
  const { status, body } = errorEnvelope(
    new AppError('NOT_FOUND', `There is nothing at ${pathname.slice(0, 200)}.`),
  );
  return Response.json(body, { status });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
