import type { IncomingMessage, ServerResponse } from 'node:http';
import { asAppError } from '../errors';
import { HOP_KEY } from '../grpc/internal-auth';
import type { Handler, Params, Router } from '../http/router';
import { roomLogger } from '../logger';
import { refusal } from '../tournaments/refusals';
import { tracer } from '../tracing';
import { Call } from './call';
import { httpAddress } from './caller-address';
import { httpRequests, httpSeconds } from './counts';
import { type Family, refusalOf } from './failures';
import { countCall, type Gate, requireAllowed } from './gate';
import { bodyOf, keyIn, queryOf, read } from './http-request';
import type { Answer, HttpBinding, Json, Operation } from './operation';
import { perform } from './perform';
import { Reply } from './reply';
import type { Caller } from './services';

const log = roomLogger('gateway');

/** What the HTTP side of the gate knows beside the gate itself. */
export interface HttpGate extends Gate {
  /** `TRUST_PROXY` */
  readonly trustsProxy: boolean;
}

/** A request on its way through the gate. */
interface Passing {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly params: Params;
  readonly reply: Reply;
  readonly body: Json;
  /** What is wrong with the body, said when its turn comes. */
  readonly bodyFault: unknown;
}

const NO_BODY: Json = {};

/** Whose token our own processes show for an operation, as they do over gRPC. */
const SERVICES: Record<Family, string> = {
  queue: 'gateway.v1.QueueService',
  reservation: 'reservation.v1.ReservationService',
  payment: 'payment.v1.PaymentService',
  gateway: 'gateway.v1.GatewayService',
  account: '',
};

/** Serves one binding of an operation, in this order: size (the border's), key, who asks, how often, the body. */
function httpHandler<Request, Response extends Answer>(
  operation: Operation<Request, Response>,
  binding: HttpBinding<Request, Response>,
  gate: HttpGate,
): Handler {
  const { method } = binding;
  const route = binding.paths[0] ?? '';
  const hasParams = route.includes('/:');
  const serviceName = SERVICES[operation.family];
  const seconds = httpSeconds.labels({ method, route });
  const succeeded = httpRequests.labels({ method, route, status_code: binding.success });

  const addressOf = (req: IncomingMessage): string => httpAddress(req, gate.trustsProxy);

  function say(reply: Reply, response: Response, request: Request, call: Call): number {
    // Of a service elsewhere: our own refusals are thrown.
    if (response.error) throw refusalOf(response.error, operation.family);
    if (call.isRepeat) reply.header('x-idempotency-cached', 'true');
    if (binding.hot) reply.sendText(binding.success, binding.hot.text(response, request));
    else reply.send(binding.success, binding.write(response, request, call));
    return binding.success;
  }

  function run(
    { req, res, params, reply, body, bodyFault }: Passing,
    key: string | undefined,
    caller: Caller,
  ): number | Promise<number> {
    const query = queryOf(req.url);
    const tokenOf = () => {
      const token = query.token ?? body.waiting_token;
      return typeof token === 'string' && operation.holds?.(token) ? token : undefined;
    };
    const allowance = countCall(gate, caller, tokenOf, () => addressOf(req));
    if (allowance) reply.allowance(allowance, gate.limit.perSecond);
    requireAllowed(allowance, 'http');
    if (bodyFault !== undefined) throw bodyFault;
    const isPlain = body === NO_BODY && !hasParams;
    const request =
      (isPlain ? binding.hot?.read(query) : undefined) ??
      read(binding, isPlain ? query : { ...body, ...query, ...params });
    const call = new Call({
      caller,
      requestId: reply.requestId,
      idempotencyKey: key,
      deadline: Date.now() + operation.deadlineMs,
      addressOf: () => addressOf(req),
      action: body.action === 'approve' || body.action === 'fail' ? body.action : undefined,
      authorization: req.headers.authorization,
      traceparent: typeof req.headers.traceparent === 'string' ? req.headers.traceparent : undefined,
      isHop: gate.callers.isHop(req.headers[HOP_KEY]),
    });
    const given = perform(operation, gate.keeper, request, call);
    if (!(given instanceof Promise)) return say(reply, given, request, call);
    res.once('close', () => call.abort());
    return given.then((response) => say(reply, response, request, call));
  }

  function enter(passing: Passing): number | Promise<number> {
    const { req, body } = passing;
    const key = keyIn(req.headers['idempotency-key']) ?? keyIn(body.idempotency_key);
    if (key === undefined && binding.needsKey)
      throw refusal(
        'key_required',
        'Send an Idempotency-Key: up to 128 characters, new for each new request.',
      );
    const found = gate.callers.ofHttp(req, operation.access, serviceName);
    if (found instanceof Promise) return found.then((caller) => run(passing, key, caller));
    return run(passing, key, found);
  }

  /** Where the header has no key the body may, so it is read before anything is said. */
  function answer(
    req: IncomingMessage,
    res: ServerResponse,
    params: Params,
    reply: Reply,
  ): number | Promise<number> {
    const passing = { req, res, params, reply, body: NO_BODY, bodyFault: undefined };
    if (method === 'GET' || req.headers['content-length'] === undefined) return enter(passing);
    return bodyOf(req).then(
      (body) => enter({ ...passing, body }),
      (bodyFault: unknown) => enter({ ...passing, bodyFault }),
    );
  }

  return (req, res, params) => {
    const began = performance.now();
    const reply = new Reply(res);
    const span = tracer()?.startCall(`${method} ${route}`, (name) => {
      const value = req.headers[name];
      return typeof value === 'string' ? value : undefined;
    });
    gate.answered.http.began();
    const finish = (status: number): void => {
      const ms = performance.now() - began;
      // Who hung up has no fault of ours to tell.
      const isFault = status >= 500 && !res.destroyed;
      gate.answered.http.ended(ms, isFault ? { code: String(status), message: route } : undefined);
      span?.end(status < 500, String(status));
      if (status === binding.success) succeeded.inc();
      else httpRequests.inc({ method, route, status_code: status });
      seconds.observe(ms / 1000);
      if (log.isLevelEnabled('debug'))
        log.debug({ requestId: reply.requestId, operation: operation.name, status, ms }, 'answered');
    };
    const fail = (error: unknown): void => {
      if (!asAppError(error))
        log.error({ err: error, requestId: reply.requestId, operation: operation.name }, 'a request failed');
      finish(reply.fail(error, binding.fail));
    };
    try {
      const done = span
        ? span.within(() => answer(req, res, params, reply))
        : answer(req, res, params, reply);
      if (done instanceof Promise) return done.then(finish, fail);
      finish(done);
    } catch (error) {
      fail(error);
    }
    return undefined;
  };
}

/** Puts every binding of an operation onto the router. */
export function mountHttp<Request, Response extends Answer>(
  operation: Operation<Request, Response>,
  gate: HttpGate,
  router: Router,
): void {
  for (const binding of operation.http) {
    const handler = httpHandler(operation, binding, gate);
    for (const path of binding.paths) {
      if (binding.method === 'GET') router.get(path, handler);
      else router.on([binding.method], path, handler);
    }
  }
}
