import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { asAppError, ERROR_CODES, FROM_TRPC, publicError } from '../errors';
import { roomLogger } from '../logger';
import { storageFault } from '../storage-faults';
import type { TrpcContext } from './context';
import { proceduresFailed } from './counts';
import { onLine } from './line';
import { whileLoggedIn } from './while-logged-in';

const log = roomLogger('trpc');

/** One sentence a fault of the input, with the field it is about. */
function describeInput(error: ZodError): string {
  const faults = error.issues.map((issue) => `${issue.path.join('.') || 'the input'}: ${issue.message}`);
  return `The request is not valid. ${faults.join('; ')}`;
}

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  sse: {
    ping: { enabled: true, intervalMs: 5_000 },
    client: { reconnectAfterInactivityMs: 15_000 },
  },
  errorFormatter({ shape, error }) {
    const app = asAppError(error.cause);
    const ours = app ?? (error.code === 'INTERNAL_SERVER_ERROR' ? error : undefined);
    const others = error.cause instanceof ZodError ? describeInput(error.cause) : shape.message;
    return {
      ...shape,
      message: ours ? publicError(ours).message : others,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        detail: app?.detail ?? null,
        // What HTTP prints of an error of a service behind the proxy (PROXY-7).
        wire: app?.wire ? { code: app.wire.code, detail: app.wire.detail ?? null } : null,
      },
    };
  },
});

/** Turns our errors into tRPC's, and logs those that are our fault. */
const errors = t.middleware(async ({ next, path, type }) => {
  const result = await next();
  if (result.ok) return result;
  const app = asAppError(result.error.cause);
  proceduresFailed.inc({ type, code: app?.code ?? FROM_TRPC[result.error.code] });
  if (app) {
    // Not the asker's fault, so somebody here should know.
    if (storageFault(app.cause)) log.error({ err: app.cause, path, type }, 'storage failed');
    throw new TRPCError({ code: ERROR_CODES[app.code].trpc, message: app.message, cause: app });
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR')
    log.error({ err: result.error, path, type }, 'procedure failed');
  return result;
});

export const router = t.router;
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;

/** A page of another site may not change anything here, whatever cookies its visitor has. */
const sameSite = t.middleware(({ ctx, type, next }) => {
  if (type === 'mutation' && ctx.isCrossSite)
    throw new TRPCError({ code: 'FORBIDDEN', message: 'Requests from other sites are refused.' });
  return next();
});

/** Subscriptions over a WebSocket share it. */
const sharesLine = t.middleware(async ({ ctx, type, next }) => {
  const result = await next();
  if (type !== 'subscription' || !result.ok || !ctx.line) return result;
  return { ...result, data: onLine(result.data, ctx.line) };
});

/** Anybody may call it. */
export const publicProcedure = t.procedure.use(errors).use(sameSite).use(sharesLine);

/** A stream that needs a log-in ends with it, as if it had been asked for without one. */
const endsWithLogin = t.middleware(async ({ ctx, type, next }) => {
  const result = await next();
  if (type !== 'subscription' || !result.ok || !ctx.user) return result;
  return { ...result, data: whileLoggedIn(result.data, ctx.user) };
});

/** Only signed-in players, guests included; `ctx.user` is theirs. Subscriptions end within a second after the log-in. */
export const playerProcedure = publicProcedure
  .use(({ ctx, next }) => {
    if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Log in first.' });
    return next({ ctx: { ...ctx, user: ctx.user } });
  })
  .use(endsWithLogin);

/** Only admins. */
export const adminProcedure = playerProcedure.use(({ ctx, next }) => {
  if (ctx.user.role !== 'admin')
    throw new TRPCError({ code: 'FORBIDDEN', message: 'Only admins may do this.' });
  return next({ ctx });
});
