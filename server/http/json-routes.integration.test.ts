import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors';
import { jsonRoute, mountJson } from './json-routes';
import { Router } from './router';
import { closeHttpServer, createHttpServer, listen } from './server';
import { config } from './testing/config';

const routes = new Router();
mountJson<{ who: string }>(
  routes,
  [
    jsonRoute({
      method: 'POST',
      path: '/state/enemy/:enemy/defeat',
      summary: '',
      tag: '',
      inQuery: ['session_id'],
      input: z.object({ enemy: z.uuid(), session_id: z.string(), hp_change: z.int().min(1).optional() }),
      output: z.unknown(),
      run: (input, { context }) => ({ ...input, ...context }),
    }),
    jsonRoute({
      method: 'GET',
      path: '/state/:sid/turns',
      summary: '',
      tag: '',
      input: z.object({ sid: z.string(), limit: z.coerce.number().int().min(1).max(100).default(10) }),
      output: z.unknown(),
      run: (input) => input,
    }),
  ],
  {
    enter(req) {
      if (req.headers.authorization === 'no') throw new AppError('UNAUTHENTICATED', 'Who is it?');
      return { who: 'somebody' };
    },
    wrap: (data) => ({ status: 'success', data, message: null }),
  },
);
const server = createHttpServer({ config, routes, log: console });
let origin = '';
beforeAll(async () => {
  origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
});
afterAll(() => closeHttpServer(server));

const ENEMY = '6f1f64a2-5a3d-4c5d-9d0e-0d8b0e3f6d11';
const post = async (path: string, body: string, headers = {}) => {
  const answer = await fetch(origin + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.status, body: await answer.json() };
};

it('a route gets path, query and body as one input, and answers in the wrapping', async () => {
  const { status, body } = await post(
    `/state/enemy/${ENEMY}/defeat?session_id=s1`,
    '{"hp_change":3,"more":1}',
  );
  expect(status).toBe(200);
  expect(body).toEqual({
    status: 'success',
    data: { enemy: ENEMY, session_id: 's1', hp_change: 3, who: 'somebody' },
    message: null,
  });
});

it('what is wrong is one 422 in the flat envelope, whose detail is the list with places', async () => {
  const { status, body } = await post('/state/enemy/nobody/defeat', '{"hp_change":0}');
  expect(status).toBe(422);
  expect(body).toMatchObject({ status: 'error', code: 'UNPROCESSABLE' });
  expect(body.detail).toEqual([
    expect.objectContaining({ type: 'uuid_parsing', loc: ['path', 'enemy'], input: 'nobody' }),
    { type: 'missing', loc: ['query', 'session_id'], msg: 'Field required', input: null },
    expect.objectContaining({ type: 'greater_than_equal', loc: ['body', 'hp_change'], input: 0 }),
  ]);
});

it('a body that is no JSON object is 422 as well, and nothing of it comes back', async () => {
  for (const [sent, type] of [
    ['{"hp', 'json_invalid'],
    ['[1]', 'dict_type'],
  ] as const) {
    const { status, body } = await post(`/state/enemy/${ENEMY}/defeat?session_id=s1`, sent);
    expect(status).toBe(422);
    expect(body.detail[0].type).toBe(type);
  }
});

it('who may not ask is told before the body is looked at', async () => {
  const { status } = await post('/state/enemy/x/defeat', '{', { authorization: 'no' });
  expect(status).toBe(401);
});

it('a query is read as text', async () => {
  const answer = await fetch(`${origin}/state/s/turns?limit=7`);
  expect(await answer.json()).toMatchObject({ data: { sid: 's', limit: 7 } });
  const refused = await fetch(`${origin}/state/s/turns?limit=999`);
  expect(refused.status).toBe(422);
  expect((await refused.json()).detail[0].loc).toEqual(['query', 'limit']);
});
