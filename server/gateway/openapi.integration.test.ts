import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway();
});
afterAll(() => gate.close());

const schema = z.looseObject({});
const operation = z.object({
  operationId: z.string().regex(/^\w+$/),
  summary: z.string().min(3),
  tags: z.array(z.string()).min(1),
  security: z.array(z.unknown()).optional(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean(),
        description: z.string().optional(),
        schema,
      }),
    )
    .optional(),
  requestBody: z
    .object({ required: z.boolean(), content: z.record(z.string(), z.object({ schema })) })
    .optional(),
  responses: z.record(
    z.string().regex(/^(\d{3}|default)$/),
    z.object({ description: z.string(), content: z.record(z.string(), z.object({ schema })).optional() }),
  ),
});
const document = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'delete']), operation)),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  components: z.object({
    schemas: z.record(z.string(), schema),
    securitySchemes: z.record(z.string(), schema),
  }),
});

describe('GATE-11: GET /api/openapi.json', () => {
  it('is OpenAPI 3.1, with each id once and each name of a path as a parameter', async () => {
    const { status, body } = await gate.http('GET', '/api/openapi.json');
    expect(status).toBe(200);
    const { paths } = document.parse(body);
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).flatMap((one) => (one ? [one.operationId] : [])),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const [path, methods] of Object.entries(paths))
      for (const one of Object.values(methods)) {
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const inPath = (one?.parameters ?? []).filter((parameter) => parameter.in === 'path');
        expect(inPath.map(({ name }) => name)).toEqual(names);
      }
    expect(JSON.stringify(body)).not.toContain('"$schema"');
  });

  it('describes every route that is served, and none that is not', async () => {
    const { body } = await gate.http('GET', '/api/openapi.json');
    const { paths } = document.parse(body);
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(
      [
        'GET /api/tournaments/{id}/calendar.ics',
        'GET /api/tournaments/{id}/queue-log',
        'GET /healthz',
        'GET /readyz',
        'GET /version',
        'POST /api/v1/auth/login',
        'POST /api/v1/auth/register',
        'GET /api/v1/events/{id}/availability',
        'DELETE /api/v1/queue/leave',
        'POST /api/v1/queue/enter',
        'POST /api/v1/queue/join',
        'POST /api/v1/queue/leave',
        'GET /api/v1/queue/stats',
        'GET /api/v1/queue/status',
        'GET /api/v1/reservations',
        'POST /api/v1/reservations',
        'GET /api/v1/reservations/{id}',
        'POST /api/v1/reservations/{id}/cancel',
        'POST /api/v1/reservations/{id}/confirm',
        'POST /api/v1/reservations/{id}/extend',
        ...['payment', 'payments'].flatMap((name) => [
          `GET /api/v1/${name}`,
          `POST /api/v1/${name}/intent`,
          `POST /api/v1/${name}/process`,
          `POST /api/v1/${name}/{id}/cancel`,
          `GET /api/v1/${name}/{id}/status`,
        ]),
      ].sort(),
    );
    for (const route of gate.surface.api.routes) {
      const { body: answer } = await gate.http(route.method.toUpperCase(), route.path.replace(':id', 'none'));
      // Somebody answers: not the one who says that nothing is there.
      expect(answer.error?.path, route.path).toBeUndefined();
    }
  });
});
