import { z } from 'zod';
import { jsonSchema, requestParts } from '../http/openapi';
import type { Access, HttpBinding, Json, Operation } from './operation';

/** What a surface tells of one HTTP route. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `:names`, as the router has it. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly needsKey: boolean;
  readonly input: z.ZodType | undefined;
  /** What stands in the body may stand in the query as well. */
  readonly takesQuery?: boolean;
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
      access: operation.access,
      takesQuery: binding.takesQuery ?? false,
      needsKey: binding.needsKey,
      input: binding.input,
      success: binding.success,
      output: binding.output,
    })),
  );
}

const METHODS = { GET: 'get', POST: 'post', DELETE: 'delete' } as const;

const envelope = z.object({
  status: z.literal('error'),
  code: z.string(),
  message: z.string(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});
const failure = envelope.extend({
  trace_id: z.string(),
  error: z.object({
    code: z.string(),
    message: z.string(),
    trace_id: z.string(),
    path: z.string().optional(),
  }),
});

/** Below it failures are said for both kinds of client, elsewhere in the arcade's envelope. */
const PUBLIC = '/api/v1/';

const KEY_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'New for each new request, up to 128 characters; or `idempotency_key` in the body.',
  schema: { type: 'string', maxLength: 128 },
};

/** Any one of them says who asks. */
const SIGNED_IN = [{ bearer: [] }, { cookie: [] }, { internalKey: [] }];

/** Who may ask, where that is not as everywhere. */
function securityOf(access: Access, takesGuests: boolean): Json {
  if (access === 'anybody') return { security: [] };
  return access === 'guests' && takesGuests ? { security: [{}, ...SIGNED_IN] } : {};
}

function operationOf(route: ApiRoute, takesGuests: boolean): Json {
  const { contentType = 'application/json', output } = route;
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.tag],
    ...securityOf(route.access, takesGuests),
    ...requestParts({
      ...route,
      // Query and body are one to the gateway, where a route takes both.
      isInQuery: () => route.takesQuery ?? false,
      isOnlyInQuery: false,
      more: route.needsKey ? [KEY_HEADER] : [],
    }),
    responses: {
      [route.success]: {
        description: 'Done',
        ...(output ? { content: { [contentType]: { schema: jsonSchema(output, 'output') } } } : {}),
      },
      default: {
        description: 'Refused or failed',
        content: {
          'application/json': {
            schema: {
              $ref: `#/components/schemas/${route.path.startsWith(PUBLIC) ? 'Failure' : 'Envelope'}`,
            },
          },
        },
      },
    },
  };
}

/** Descriptions of HTTP routes, whichever surface they belong to. */
export class ApiRegistry {
  readonly #routes: ApiRoute[] = [];
  readonly #takesGuests: boolean;

  /** @param takesGuests `QUEUE_GUESTS` */
  constructor(takesGuests: boolean) {
    this.#takesGuests = takesGuests;
  }

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
      paths[path] = { ...paths[path], [route.method]: operationOf(route, this.#takesGuests) };
    }
    return {
      openapi: '3.1.0',
      info: {
        title: 'Arcade Clash',
        version: '1',
        description: 'The HTTP API of an arcade. The same operations are served over gRPC; see proto/.',
      },
      paths,
      security: SIGNED_IN,
      components: {
        schemas: { Failure: jsonSchema(failure, 'output'), Envelope: jsonSchema(envelope, 'output') },
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: 'next-auth.session-token',
            description: 'Of the arcade’s own pages; over https its name begins with `__Secure-`.',
          },
          internalKey: {
            type: 'apiKey',
            in: 'header',
            name: 'X-Internal-Key',
            description: '`INTERNAL_API_KEY`, of services that act for the `user_id` that they name.',
          },
        },
      },
    };
  }
}
