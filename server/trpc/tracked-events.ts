import { TRPCError, tracked } from '@trpc/server';
import { asAppError, ERROR_CODES } from '../errors';

/** One event with the id by which a client resumes. */
interface Numbered<D> {
  readonly id: string;
  readonly data: D;
}

/** The same events; an error of ours gets its tRPC code, which the middleware can't see to in a stream. */
export async function* withTrpcErrors<E>(events: AsyncIterable<E>) {
  try {
    yield* events;
  } catch (error) {
    const app = asAppError(error);
    throw app ? new TRPCError({ code: ERROR_CODES[app.code].trpc, message: app.message, cause: app }) : error;
  }
}

/** Yields numbered events as tracked ones. */
export async function* trackedEvents<D>(events: AsyncIterable<Numbered<D>>) {
  for await (const { id, data } of withTrpcErrors(events)) yield tracked(id, data);
}
