import { type ClientEventName, isClientEvent, parseClientEvent } from '../../proto/signaling';
import { MAX_ID_CHARS } from '../../proto/signaling-limits';
import type { SignalingError } from '../../proto/signaling-payloads';
import { AppError, asAppError } from '../errors';
import { type Connection, cutFlood } from './connection';
import type { SignalingContext } from './context';
import { countEvent, countRefusal, refused } from './counts';
import type { Credits } from './credits';
import { EVENTS } from './events';
import type { Lanes } from './lanes';
import { isOurFault, toSignalingError } from './replies';

export interface Dispatch {
  readonly ctx: SignalingContext;
  readonly credits: Credits;
  readonly lanes: Lanes;
}

/**
 * One message of a client, from its name and arguments to its ack. Checked in this order: budget of the
 * connection, name and payload (400, 413), acting field (403), budget of the family (429); then the
 * handler. A failure goes into the ack and out as `error`.
 */
export async function dispatch(
  { ctx, credits, lanes }: Dispatch,
  connection: Connection,
  name: string,
  args: readonly unknown[],
): Promise<void> {
  const ack = findAck(args);
  const payload = args[0];
  const event = isClientEvent(name) ? name : 'unknown';
  try {
    const now = ctx.clock.now();
    if (!connection.budget.take(now)) {
      if (!credits.take(connection.playerId, 'flood', now)) return cutFlood(connection);
      throw refused('messages', tooFast('messages'));
    }
    if (event === 'unknown')
      throw refused('unknown_event', badRequest(`There is no event "${name.slice(0, 64)}".`));
    const task = prepare(event, payload, connection, ctx);
    if (!credits.take(connection.playerId, EVENTS[event].family, now))
      throw refused('credits', tooFast(event));
    const { lane: kind } = EVENTS[event];
    const lane = kind === 'player' ? connection.playerId : `${connection.playerId} ${kind}`;
    // Before the ack: without one its argument would not be evaluated at all.
    const reply = await lanes.run(lane, task);
    countEvent(event, 'ok');
    ack?.({ ok: true, ...reply });
  } catch (error) {
    const told = toSignalingError(error, sessionIdOf(payload));
    countEvent(event, told.code);
    countRefusal(error, told.code);
    if (isOurFault(error)) {
      // A judge or database that is away fails every message; a fault in the code should stand out.
      const level = asAppError(error) ? 'warn' : 'error';
      ctx.log[level]({ err: error, event: name, playerId: connection.playerId }, 'an event failed');
    }
    ack?.({ ok: false, error: told });
    // Without an ack this is the only word; beside one it is an echo.
    const message = { event: 'error', payload: told } as const;
    if (ack) connection.outbox.sendIfClear(message);
    else connection.outbox.send(message);
  }
}

/** Parses and authorizes; what it returns does the work. */
function prepare<E extends ClientEventName>(
  event: E,
  raw: unknown,
  connection: Connection,
  ctx: SignalingContext,
): () => Promise<object> {
  const parsed = parseClientEvent(event, raw);
  if (!parsed.ok)
    throw parsed.code === 413
      ? refused('size', new AppError('TOO_LARGE', parsed.message))
      : refused('payload', badRequest(parsed.message));
  const { payload } = parsed;
  const { acting, handle, onlookers = false } = EVENTS[event];
  const actor = acting === null ? undefined : payload[acting];
  if (actor !== undefined && actor !== connection.playerId)
    throw refused(
      'acting',
      new AppError(
        'FORBIDDEN',
        `You are signed in as ${connection.playerId} and can't act as another player.`,
      ),
    );
  return () => {
    // In its turn: the event before may have been the one that takes over.
    if (!onlookers && !ctx.isActing(connection))
      throw refused(
        'onlooker',
        new AppError('CONFLICT', 'You are in a match on another connection; only that one acts.', {
          detail: { onlooker: true },
        }),
      );
    return handle(ctx, connection, payload);
  };
}

type AckFunction = (reply: { ok: true } | { ok: false; error: SignalingError }) => void;

function findAck(args: readonly unknown[]): AckFunction | undefined {
  const last = args.at(-1);
  return isFunction(last) ? (reply) => last(reply) : undefined;
}

function isFunction(value: unknown): value is (reply: unknown) => void {
  return typeof value === 'function';
}

function badRequest(message: string): AppError {
  return new AppError('BAD_REQUEST', message);
}

function tooFast(what: string): AppError {
  return new AppError('RATE_LIMITED', `Too many ${what} in a short time; slow down.`);
}

function sessionIdOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('sessionId' in payload)) return undefined;
  const { sessionId } = payload;
  return typeof sessionId === 'string' && sessionId.length <= MAX_ID_CHARS ? sessionId : undefined;
}
