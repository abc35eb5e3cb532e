import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answered, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway({ QUEUE_GUESTS: 'on' }, { seats: 50 });
});
afterAll(() => gate.close());

const responses = z.record(
  z.string(),
  z.looseObject({ content: z.record(z.string(), z.object({ schema: z.json() })).optional() }),
);
const parameter = z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() });
const document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        responses,
        parameters: z.array(parameter).optional(),
        requestBody: z
          .object({ content: z.record(z.string(), z.object({ schema: z.looseObject({}) })) })
          .optional(),
        security: z.array(z.record(z.string(), z.unknown())).optional(),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

/** What the document says of an answer, as zod. */
function schemaOf(described: z.infer<typeof document>, method: string, path: string, answer: Answered) {
  const operation = described.paths[path]?.[method];
  if (!operation) throw new Error(`${method} ${path} is not described`);
  const response = operation.responses[String(answer.status)] ?? operation.responses.default;
  const type = answer.headers.get('content-type')?.split(';', 1)[0] ?? '';
  const found = response?.content?.[type]?.schema;
  if (found === undefined) throw new Error(`${method} ${path} → ${answer.status} ${type} is not described`);
  const schema = z.looseObject({ $ref: z.string().optional() }).parse(found);
  const named = described.components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
  return z.fromJSONSchema(named ?? schema);
}

it('GATE-11: what every described operation answers, good and bad, is what the document says of it', async () => {
  const described = document.parse((await gate.http('GET', '/api/openapi.json')).body);
  const seen = new Set<string>();

  /** Asks, and holds the answer against the document. */
  async function ask(
    method: 'get' | 'post' | 'delete',
    template: string,
    {
      id = 'none',
      query = '',
      ...options
    }: { id?: string; query?: string; token?: string; key?: string; body?: unknown } = {},
  ): Promise<Answered> {
    const path = `${template.replace('{id}', id)}${query}`;
    const answer = await gate.http(method.toUpperCase(), path, options);
    const checked = schemaOf(described, method, template, answer).safeParse(answer.body);
    expect(checked.error?.issues, `${method} ${path} → ${answer.status} ${JSON.stringify(answer.body)}`).toBe(
      undefined,
    );
    if (answer.status < 300) seen.add(`${method} ${template}`);
    return answer;
  }
  const post = (template: string, more: Parameters<typeof ask>[2] = {}) =>
    ask('post', template, { key: newKey(), body: {}, ...more });

  const account = { username: `w-${newKey().slice(0, 8)}`, password: 'a long enough passphrase' };
  await post('/api/v1/auth/register', { body: account });
  const { body: me } = await post('/api/v1/auth/login', { body: account });
  const { token } = me;
  const event = { event_id: gate.eventId };

  async function place() {
    const { body } = await post('/api/v1/queue/join', { body: { ...event, user_id: newKey() } });
    return String(body.waiting_token);
  }
  await ask('delete', '/api/v1/queue/leave', { query: `?token=${await place()}` });
  await ask('post', '/api/v1/queue/leave', { query: `?token=${await place()}` });

  for (const payment of ['/api/v1/payment', '/api/v1/payments']) {
    const buyer = payment.endsWith('s') ? await gate.player() : { token };
    const joined = await post('/api/v1/queue/join', { body: event, token: buyer.token });
    const { waiting_token } = joined.body;
    await ask('get', '/api/v1/queue/status', { query: `?token=${waiting_token}` });
    gate.domain.call(waiting_token);
    const entered = await post('/api/v1/queue/enter', { body: { waiting_token } });
    const { reservation_token } = entered.body;
    const made = await post('/api/v1/reservations', {
      token: buyer.token,
      body: { ...event, quantity: 1, reservation_token },
    });
    const id = String(made.body.reservation_id);
    const mine = { token: buyer.token, id };
    await ask('get', '/api/v1/reservations/{id}', mine);
    await post('/api/v1/reservations/{id}/extend', { ...mine, body: { extension_seconds: 10 } });
    const intent = async () =>
      (await post(`${payment}/intent`, { ...mine, body: { reservation_id: id, amount: 10 } })).body
        .payment_intent_id;
    await post(`${payment}/{id}/cancel`, { ...mine, id: await intent() });
    const payment_intent_id = await intent();
    await post(`${payment}/process`, { ...mine, body: { payment_intent_id, action: 'approve' } });
    await ask('get', `${payment}/{id}/status`, { ...mine, id: payment_intent_id });
    await ask('get', payment, mine);
    await post('/api/v1/reservations/{id}/confirm', { ...mine, body: { payment_intent_id } });
    await ask('get', '/api/v1/reservations', mine);
    await post('/api/v1/reservations/{id}/cancel', mine);
  }
  await ask('get', '/api/v1/queue/stats');
  for (const about of ['/api/tournaments/{id}/queue-log', '/api/tournaments/{id}/calendar.ics'])
    await ask('get', about, { id: gate.eventId });
  await ask('get', '/api/v1/events/{id}/availability', { id: gate.eventId });
  for (const probe of ['/healthz', '/readyz', '/version']) await ask('get', probe);

  const all = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect([...seen].sort()).toEqual(all.sort());

  // What is refused everywhere is described everywhere.
  for (const [path, methods] of Object.entries(described.paths))
    if (path.startsWith('/api/'))
      for (const method of Object.keys(methods))
        if (method === 'get' || method === 'post' || method === 'delete') await ask(method, path, {});
});

it('GATE-11: the document says who has to sign in, and what may stand in a query', async () => {
  const strict = await startTestGateway();
  try {
    const [open, closed] = await Promise.all(
      [gate, strict].map(async (one) => document.parse((await one.http('GET', '/api/openapi.json')).body)),
    );
    const join = (of: typeof open) => of?.paths['/api/v1/queue/join']?.post;
    // As everywhere: the document's own `security` stands.
    expect(join(closed)?.security).toBeUndefined();
    expect(join(open)?.security?.[0]).toEqual({});
    expect(closed?.paths['/api/v1/queue/status']?.get?.security).toEqual([]);
    const leave = closed?.paths['/api/v1/queue/leave']?.post;
    expect(leave?.parameters).toContainEqual(
      expect.objectContaining({ name: 'token', in: 'query', required: false }),
    );
    expect(leave?.requestBody?.content['application/json']?.schema.properties).toHaveProperty('token');
  } finally {
    await strict.close();
  }
});
