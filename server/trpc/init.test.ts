import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { expect, it } from 'vitest';
import { AppError } from '../errors';
import { publicProcedure, router } from './init';

const app = router({
  passedOn: publicProcedure.query(() => {
    throw new AppError('UNPROCESSABLE', 'The Rule Engine refuses this request.', {
      detail: { reason: 'upstream_answered' },
      wire: { code: 'UPSTREAM_422', status: 422, detail: ['theirs'] },
    });
  }),
  ours: publicProcedure.query(() => {
    throw new AppError('CONFLICT', 'It is over.', { detail: { reason: 'over' } });
  }),
});

/** What a client reads of an error. */
async function errorOf(path: string) {
  const answer = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(`http://localhost/api/trpc/${path}`),
    router: app,
    createContext: () => ({ user: null, address: 'test' }),
  });
  return { status: answer.status, ...(await answer.json()).error.json };
}

it('PROXY-7: tRPC tells the nearest code of ours, and beside it what HTTP would print', async () => {
  expect(await errorOf('passedOn')).toMatchObject({
    status: 422,
    message: 'The Rule Engine refuses this request.',
    data: {
      code: 'UNPROCESSABLE_CONTENT',
      detail: { reason: 'upstream_answered' },
      wire: { code: 'UPSTREAM_422', detail: ['theirs'] },
    },
  });
  expect(await errorOf('ours')).toMatchObject({ data: { detail: { reason: 'over' }, wire: null } });
});
