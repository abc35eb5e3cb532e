import type { ServerWritableStream } from '@grpc/grpc-js';
import { loginWatch } from '../../auth/login-watch';
import type { Clock } from '../../clock';
import { AppError, asAppError } from '../../errors';
import {
  type StreamPaymentUpdatesRequest,
  type StreamPaymentUpdatesResponse,
  type StreamQueueUpdatesRequest,
  type StreamQueueUpdatesResponse,
  type StreamReservationUpdatesRequest,
  type StreamReservationUpdatesResponse,
  WebSocketServiceService,
} from '../../grpc/gen/proto/gateway/v1/websocket';
import type { GrpcService } from '../../grpc/server';
import { toStatus } from '../../grpc/status';
import { roomLogger } from '../../logger';
import type { Payments } from '../../tournaments/payments/payments';
import type { Queue } from '../../tournaments/queue/queue';
import type { Reservations } from '../../tournaments/reservations/reservations';
import { requestIdOf } from '../call';
import { grpcAddress } from '../caller-address';
import type { GrpcFacts } from '../callers';
import { countCall, type Gate, requireAllowed } from '../gate';
import type { Access } from '../operation';
import type { People } from '../people';
import type { Caller, CallInfo } from '../services';
import { requireStorable } from '../storable';
import { streamPayments } from './payments';
import { streamQueue } from './queue';
import { streamReservations } from './reservations';

const log = roomLogger('gateway');

interface OpenCall {
  end(): void;
}

/** The caller as far as a stream needs it. */
interface Opened {
  readonly caller: Caller;
  readonly requestId: string;
  /** Says that the stream is over. */
  release(): void;
}

export interface StreamParts {
  readonly queue: Queue;
  readonly reservations: Reservations;
  readonly payments: Payments;
  readonly people: People;
  readonly clock: Clock;
}

const both = (one: () => void, two: () => void) => () => {
  one();
  two();
};

/** A stream that was opened with a log-in ends with it. @returns stops watching */
function endWithLogin(
  call: Pick<ServerWritableStream<unknown, unknown>, 'emit'>,
  caller: Caller,
): () => void {
  if (caller.kind !== 'player' || !caller.login) return () => undefined;
  const ended = new AppError('UNAUTHENTICATED', 'This log-in has ended. Log in again.');
  return loginWatch().watch(caller.login, () => call.emit('error', toStatus(ended)));
}

/** `gateway.v1.WebSocketService`: the three streams of updates; SendMessage is not served. */
export function streamService(parts: StreamParts, gate: Gate): GrpcService {
  const open = new Set<OpenCall>();
  const holds = (token: string): boolean => {
    try {
      parts.queue.place(token);
      return true;
    } catch {
      return false;
    }
  };

  /** @param token the waiting token that stands for the caller, if it is one */
  async function letIn(call: GrpcFacts, access: Access, token: string | undefined): Promise<Opened> {
    const fields = call.metadata.getMap();
    const caller = await gate.callers.ofGrpc(call, fields, access);
    const address = grpcAddress(call);
    const held = token !== undefined && holds(token) ? token : undefined;
    requireAllowed(
      countCall(
        gate,
        caller,
        () => held,
        () => address,
      ),
      'grpc',
    );
    const release = gate.streams.open(caller, held, address);
    return { caller, requestId: requestIdOf(fields['x-request-id']), release };
  }

  /** Opens the way, then leaves the stream to itself. */
  function serve<Request, Response>(
    access: Access,
    start: (call: ServerWritableStream<Request, Response>, who: Opened) => void | Promise<void>,
    tokenOf: (request: Request) => string | undefined = () => undefined,
  ): (call: ServerWritableStream<Request, Response>) => void {
    return (call) => {
      open.add(call);
      let release = () => {};
      let isOver = false;
      for (const end of ['close', 'cancelled', 'finish', 'error'] as const)
        call.once(end, () => {
          isOver = true;
          release();
          open.delete(call);
        });
      (async () => {
        const who = await letIn(call, access, tokenOf(call.request));
        release = who.release;
        if (isOver) return release();
        release = both(release, endWithLogin(call, who.caller));
        requireStorable(call.request);
        await start(call, who);
      })().catch((error: unknown) => {
        if (!asAppError(error)) log.error({ err: error, path: call.getPath() }, 'a stream failed');
        call.emit('error', toStatus(error));
      });
    };
  }

  const acting = ({ caller, requestId }: Opened): CallInfo => ({
    caller,
    requestId,
    idempotencyKey: undefined,
    signal: new AbortController().signal,
    deadline: Number.POSITIVE_INFINITY,
  });

  return {
    definition: WebSocketServiceService,
    implementation: {
      streamQueueUpdates: serve<StreamQueueUpdatesRequest, StreamQueueUpdatesResponse>(
        'anybody',
        (call, { requestId }) => streamQueue(parts.queue, parts.clock, requestId, call),
        ({ waiting_token }) => waiting_token,
      ),
      streamReservationUpdates: serve<StreamReservationUpdatesRequest, StreamReservationUpdatesResponse>(
        'caller',
        (call, who) => {
          const actor = parts.people.actor(acting(who), call.request.user_id);
          return streamReservations(
            parts.reservations,
            parts.clock,
            { actor, requestId: who.requestId },
            call,
          );
        },
      ),
      streamPaymentUpdates: serve<StreamPaymentUpdatesRequest, StreamPaymentUpdatesResponse>(
        'caller',
        (call, who) => {
          const actor = parts.people.actor(acting(who), call.request.user_id);
          return streamPayments(parts.payments, parts.clock, { actor, requestId: who.requestId }, call);
        },
      ),
    },
    close() {
      for (const call of open) call.end();
      open.clear();
    },
  };
}
