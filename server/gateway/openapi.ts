import { z } from 'zod';
import type { HttpBinding, Json, Operation } from './operation';

/** What a surface tells of one HTTP route. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `:names`, as the router has it. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  /** Nobody has to sign in. */
  readonly isPublic: boolean;
  readonly needsKey: boolean;
  readonly input: z.ZodType | undefined;
  readonly success: number;
  readonly output: z.ZodType | undefined;
  /** Of the good answer; JSON unless told. */
  readonly contentType?: string;
}

/** The descriptions of an operation's routes, aliases included. */
export function routesOf<Request, Response>(
  operation: Pick<Operation<Request, never>, 'name' | 'family' | 'access'> & {
    readonly http: readonly HttpBinding<Request, Response>[];
  },
): ApiRoute[] {
  return operation.http.flatMap((binding) =>
    binding.paths.map((path) => ({
      method: METHODS[binding.method],
      path,
      id: `${METHODS[binding.method]} ${path}`.replace(/[^a-z0-9]+/gi, '_'),
      summary: binding.summary,
      tag: operation.family,
      isPublic: operation.access !== 'caller',
      needsKey: binding.needsKey,
      input: binding.input,
      success: binding.success,
      output: binding.output,
    })),
  );
}

const METHODS = { GET: 'get', POST: 'post', DELETE: 'delete' } as const;

const failure = z.object({
  status: z.literal('error'),
  code: z.string(),
  message: z.string(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  trace_id: z.string(),
  error: z.object({ code: z.string(), message: z.string(), trace_id: z.string() }),
});

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Which fields of the input stand in the path, in the query and in the body. */
function requestParts({ path, method, input, needsKey }: ApiRoute): Json {
  const schema = input ? jsonSchema(input, 'input') : {};
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const hasBody = method !== 'get' && method !== 'delete';
  const parameters = [
    ...inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: properties[name] ?? { type: 'string' },
    })),
    ...(hasBody ? [] : Object.keys(properties))
      .filter((name) => !inPath.includes(name))
      .map((name) => ({ name, in: 'query', required: required.includes(name), schema: properties[name] })),
    ...(needsKey
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description: 'New for each new request, up to 128 characters; or `idempotency_key` in the body.',
            schema: { type: 'string', maxLength: 128 },
          },
        ]
      : []),
  ];
  const inBody = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  const body = {
    type: 'object',
    properties: Object.fromEntries(inBody),
    required: required.filter((name: unknown) => typeof name === 'string' && !inPath.includes(name)),
  };
  return {
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody && inBody.length > 0
      ? {
          requestBody: {
            required: body.required.length > 0,
            content: { 'application/json': { schema: body } },
          },
        }
      : {}),
  };
}

function operationOf(route: ApiRoute): Json {
  const { contentType = 'application/json', output } = route;
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.tag],
    ...(route.isPublic ? { security: [] } : {}),
    ...requestParts(route),
    responses: {
      [route.success]: {
        description: 'Done',
        ...(output ? { content: { [contentType]: { schema: jsonSchema(output, 'output') } } } : {}),
      },
      default: {
        description: 'Refused or failed',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    },
  };
}

/** Descriptions of HTTP routes, whichever surface they belong to. */
export class ApiRegistry {
  readonly #routes: ApiRoute[] = [];

  add(routes: readonly ApiRoute[]): void {
    this.#routes.push(...routes);
  }

  get routes(): readonly ApiRoute[] {
    return this.#routes;
  }

  /** All of it in OpenAPI 3.1. */
  document(): Json {
    const paths: Record<string, Record<string, Json>> = {};
    for (const route of this.#routes) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method]: operationOf(route) };
    }
    return {
      openapi: '3.1.0',
      info: {
        title: 'Arcade Clash',
        version: '1',
        description: 'The HTTP API of an arcade. The same operations are served over gRPC; see proto/.',
      },
      paths,
      security: [{ bearer: [] }, { cookie: [] }],
      components: {
        schemas: { Failure: jsonSchema(failure, 'output') },
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token' },
        },
      },
    };
  }
}
