import {
  type handleUnaryCall,
  type MetadataValue,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { HOP_KEY } from '../grpc/internal-auth';
import { statusName } from '../grpc/status';
import { serveUnary } from '../grpc/unary';
import { Call, requestIdOf } from './call';
import { grpcAddress } from './caller-address';
import { countCall, type Gate, requireAllowed } from './gate';
import type { Answer, Operation } from './operation';
import { performTelling } from './perform';
import type { Caller } from './services';

/** What HTTP answers with 500 and above. */
const FAULTS: ReadonlySet<status> = new Set([
  ...[status.UNKNOWN, status.INTERNAL, status.UNAVAILABLE, status.DEADLINE_EXCEEDED],
  ...[status.UNIMPLEMENTED, status.DATA_LOSS],
]);

/** Until when the caller waits, Unix ms. */
function callersDeadline(call: { getDeadline(): Date | number }): number {
  const theirs = call.getDeadline();
  return typeof theirs === 'number' ? theirs : theirs.getTime();
}

/** Unix ms until which both sides wait at most. */
const deadlineOf = (call: { getDeadline(): Date | number }, ownMs: number): number =>
  Math.min(callersDeadline(call), Date.now() + ownMs);

const textOf = (value: MetadataValue | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : String(value);

/** Serves an operation over gRPC: who asks, how often, then the operation. */
export function grpcHandler<Request, Response extends Answer>(
  operation: Operation<Request, Response>,
  gate: Gate,
): handleUnaryCall<Request, Response> {
  function go(
    request: Request,
    call: ServerUnaryCall<Request, Response>,
    fields: Readonly<Record<string, MetadataValue | undefined>>,
    caller: Caller,
  ): Response | Promise<Response> {
    const tokenOf = () => {
      const token = operation.tokenOf?.(request);
      return token !== undefined && operation.holds?.(token) ? token : undefined;
    };
    const allowance = countCall(gate, caller, tokenOf, () => grpcAddress(call));
    requireAllowed(allowance, 'grpc');
    const action = fields['payment-action'];
    const info = new Call({
      caller,
      requestId: requestIdOf(fields['x-request-id']),
      idempotencyKey: textOf(fields['idempotency-key']),
      deadline: deadlineOf(call, operation.deadlineMs),
      addressOf: () => grpcAddress(call),
      action: action === 'approve' || action === 'fail' ? action : undefined,
      authorization: textOf(fields.authorization),
      traceparent: textOf(fields.traceparent),
      isHop: gate.callers.isHop(fields[HOP_KEY]),
    });
    const answer = performTelling(operation, gate.keeper, request, info);
    if (answer instanceof Promise) call.once('cancelled', () => info.abort());
    return answer;
  }

  const serve = serveUnary<Request, Response>((request, call) => {
    const fields: Readonly<Record<string, MetadataValue | undefined>> = call.metadata.getMap();
    const caller = gate.callers.ofGrpc(call, fields, operation.access);
    if (caller instanceof Promise) return caller.then((known) => go(request, call, fields, known));
    return go(request, call, fields, caller);
  });
  return (call, callback) => {
    const began = performance.now();
    const ours = Date.now() + operation.deadlineMs;
    gate.answered.grpc.began();
    serve(call, (error, ...rest) => {
      // Who hung up, or waited for less long than we may take, has no fault of ours to tell.
      const now = Date.now();
      const isGone = now < ours && (call.cancelled || callersDeadline(call) <= now);
      gate.answered.grpc.ended(
        performance.now() - began,
        isGone ? undefined : faultOf(error, operation.name),
      );
      callback(error, ...rest);
    });
  };
}

/** What of an error is the gateway's fault. */
function faultOf(error: Parameters<sendUnaryData<unknown>>[0], operation: string) {
  const code = error?.code;
  if (code === undefined || !FAULTS.has(code)) return undefined;
  return { code: statusName(code), message: operation };
}
