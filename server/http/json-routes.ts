import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { sendJson } from './envelope';
import { readJsonBody } from './json-body';
import type { Method, Params, Router } from './router';
import { requireStorable } from './storable-input';
import { type Place, validationFailed } from './validation';

/** What a route gets beside its input. */
interface Around<Context> {
  readonly context: Context;
  readonly req: IncomingMessage;
  /** Aborts when whoever asked is gone. */
  readonly signal: AbortSignal;
}

/** One route of a JSON API as its author writes it. */
interface RouteText<Context, Input extends z.core.$ZodType, Output extends z.core.$ZodType> {
  readonly method: Exclude<Method, 'HEAD'>;
  /** With `:names`. */
  readonly path: string;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  readonly tag: string;
  /** Everything that is taken: the path's names, the query's and the body's fields in one object. */
  readonly input: Input;
  readonly output: Output;
  /** Fields of a request with a body that stand in the query all the same. */
  readonly inQuery?: readonly string[];
  /** Looks at who asks, before the body is read. @throws {AppError} for who may not */
  admit?(context: Context): void;
  run(input: z.output<Input>, around: Around<Context>): z.input<Output> | Promise<z.input<Output>>;
}

/** One route of a JSON API: what it takes, what it answers, and what it does. */
export interface JsonRoute<Context> {
  readonly method: Exclude<Method, 'HEAD'>;
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly input: z.core.$ZodType;
  readonly output: z.core.$ZodType;
  readonly inQuery: readonly string[];
  /** @throws {AppError} for who may not ask this */
  admit(context: Context): void;
  /** @throws {AppError} UNPROCESSABLE with the list of what is wrong, and what the route throws */
  perform(given: unknown, placeOf: (field: string) => Place, around: Around<Context>): Promise<unknown>;
}

/** Defines a route. */
export function jsonRoute<Context, Input extends z.core.$ZodType, Output extends z.core.$ZodType>(
  text: RouteText<Context, Input, Output>,
): JsonRoute<Context> {
  const { method, path, summary, tag, input, output, inQuery = [] } = text;
  return {
    ...{ method, path, summary, tag, input, output, inQuery },
    admit: (context) => text.admit?.(context),
    async perform(given, placeOf, around) {
      const parsed = z.safeParse(input, given);
      if (!parsed.success) throw validationFailed(parsed.error.issues, given, placeOf);
      return text.run(parsed.data, around);
    },
  };
}

/** What the routes of one API have in common. */
export interface JsonApi<Context> {
  /** Tells who asks and what else every route needs. @throws {AppError} for who may not ask at all */
  enter(req: IncomingMessage): Context | Promise<Context>;
  /** What a good answer is wrapped in. */
  wrap(data: unknown): unknown;
}

/** Puts the routes onto a router. Good answers are 200; failures are the border's envelope. */
export function mountJson<Context>(
  router: Router,
  routes: readonly JsonRoute<Context>[],
  api: JsonApi<Context>,
): void {
  for (const route of routes) {
    const methods: Method[] = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
    router.on(methods, route.path, (req, res, params) => answer(route, api, { req, res, params }));
  }
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly params: Params;
}

async function answer<Context>(
  route: JsonRoute<Context>,
  api: JsonApi<Context>,
  { req, res, params }: Exchange,
): Promise<void> {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort();
  });
  const context = await api.enter(req);
  route.admit(context);
  const query = Object.fromEntries(new URL(req.url ?? '/', 'http://localhost').searchParams);
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  const body = hasBody ? await readJsonBody(req) : {};
  const isInQuery = (field: string) => !hasBody || route.inQuery.includes(field);
  const fromQuery = Object.entries(query).filter(([field]) => isInQuery(field));
  const given = { ...body, ...Object.fromEntries(fromQuery), ...params };
  const placeOf = (field: string): Place =>
    Object.hasOwn(params, field) ? 'path' : isInQuery(field) ? 'query' : 'body';
  requireStorable(given, placeOf);
  const data = await route.perform(given, placeOf, { context, req, signal: gone.signal });
  sendJson(res, 200, api.wrap(data));
}
