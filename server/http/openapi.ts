import { z } from 'zod';
import type { JsonRoute } from './json-routes';

/** OpenAPI 3.1 from what routes take and answer. */

export type Json = Readonly<Record<string, unknown>>;

/** A schema as OpenAPI 3.1 has it, which is JSON Schema. */
export function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a route says where its input stands. */
export interface InputPlaces {
  readonly method: string;
  /** With `:names`. */
  readonly path: string;
  readonly input: z.core.$ZodType | undefined;
  /** Of a request with a body: whether a field may stand in the query. */
  readonly isInQuery: (field: string) => boolean;
  /** Whether what may stand in the query can't stand in the body. */
  readonly isOnlyInQuery: boolean;
  /** Headers and the like. */
  readonly more: readonly Json[];
}

/** Which fields of the input stand in the path, in the query and in the body. */
export function requestParts({ method, path, input, isInQuery, isOnlyInQuery, more }: InputPlaces): Json {
  const schema = input ? jsonSchema(input, 'input') : {};
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const hasBody = method !== 'get' && method !== 'delete';
  const others = Object.keys(properties).filter((name) => !inPath.includes(name));
  const inQuery = others.filter((name) => !hasBody || isInQuery(name));
  const inBody = hasBody ? others.filter((name) => !(isOnlyInQuery && isInQuery(name))) : [];
  const parameters = [
    ...inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: properties[name] ?? { type: 'string' },
    })),
    ...inQuery.map((name) => ({
      name,
      in: 'query',
      required: required.includes(name) && (!hasBody || isOnlyInQuery),
      schema: properties[name],
    })),
    ...more,
  ];
  const body = {
    type: 'object',
    properties: Object.fromEntries(inBody.map((name) => [name, properties[name]])),
    required: required.filter((name) => typeof name === 'string' && inBody.includes(name)),
  };
  return {
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(inBody.length > 0
      ? {
          requestBody: {
            required: body.required.length > 0,
            content: { 'application/json': { schema: body } },
          },
        }
      : {}),
  };
}

/** What a document of a JSON API says beside its routes. */
export interface ApiText {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** How a good answer is wrapped. */
  wrap(data: Json): Json;
  /** What the envelope of failures looks like. */
  readonly failure: z.core.$ZodType;
  readonly securitySchemes: Json;
  readonly security: readonly Json[];
}

/** Describes the routes of a JSON API. */
export function describeRoutes<Context>(routes: readonly JsonRoute<Context>[], text: ApiText): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const method = route.method.toLowerCase();
    paths[path] = {
      ...paths[path],
      [method]: {
        operationId: `${method} ${route.path}`.replace(/[^a-z0-9]+/gi, '_'),
        summary: route.summary,
        tags: [route.tag],
        ...requestParts({
          method,
          path: route.path,
          input: route.input,
          isInQuery: (field) => route.inQuery.includes(field),
          isOnlyInQuery: true,
          more: [],
        }),
        responses: {
          200: {
            description: 'Done',
            content: { 'application/json': { schema: text.wrap(jsonSchema(route.output, 'output')) } },
          },
          default: {
            description: 'Refused or failed',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
          },
        },
      },
    };
  }
  const { title, description, version, failure, securitySchemes, security } = text;
  return {
    openapi: '3.1.0',
    info: { title, description, version },
    paths,
    security,
    components: { schemas: { Failure: jsonSchema(failure, 'output') }, securitySchemes },
  };
}
