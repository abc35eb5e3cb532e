import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import { Router } from './router';
import { closeHttpServer, createHttpServer, listen } from './server';
import { config } from './testing/config';

const routes = new Router();
routes.get('/refused', () => {
  throw new AppError('CONFLICT', 'It is over.', { detail: { reason: 'over' } });
});
routes.get('/passed-on', () => {
  throw new AppError('RATE_LIMITED', 'The Rule Engine has no room.', {
    detail: { retryAfterSeconds: 7 },
    wire: { code: 'UPSTREAM_429', status: 429, detail: ['theirs'] },
  });
});
routes.get('/broken', () => {
  throw new Error('a secret');
});
const server = createHttpServer({ config, routes, log: { error: () => {} } });
let origin = '';
beforeAll(async () => {
  origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
});
afterAll(() => closeHttpServer(server));

async function ask(path: string, accept?: string) {
  const answer = await fetch(origin + path, accept === undefined ? {} : { headers: { accept } });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

describe('PROXY-6: the envelope', () => {
  it('has the code, status and detail of what was passed on, and the time to wait', async () => {
    const { status, headers, body } = await ask('/passed-on');
    expect([status, headers.get('retry-after')]).toEqual([429, '7']);
    expect(body).toEqual({
      status: 'error',
      code: 'UPSTREAM_429',
      message: 'The Rule Engine has no room.',
      detail: ['theirs'],
    });
  });
});

describe('HTTP-9: problem details', () => {
  it('are given to who asks for them, with the envelope’s code and detail beside', async () => {
    const { status, headers, body } = await ask('/refused?token=x', 'application/problem+json');
    expect(status).toBe(409);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(headers.get('vary')).toContain('Accept');
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'It is over.',
      instance: '/refused',
      code: 'CONFLICT',
      extra: { reason: 'over' },
    });
  });

  it('tell of ours no more than the envelope', async () => {
    const { body } = await ask('/broken', 'application/problem+json, application/json;q=0.9');
    expect(body).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(JSON.stringify(body)).not.toContain('secret');
    const { body: missing } = await ask('/nowhere', 'application/problem+json');
    expect(missing).toMatchObject({ status: 404, code: 'NOT_FOUND', instance: '/nowhere' });
  });

  it('are given to nobody else', async () => {
    const { headers, body } = await ask('/refused', 'application/json');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body).toMatchObject({ status: 'error', code: 'CONFLICT', detail: { reason: 'over' } });
  });
});
