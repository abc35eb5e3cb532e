import { expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors';
import { proceduresFailed } from './counts';
import { createCallerFactory, publicProcedure, router } from './init';

const caller = createCallerFactory(
  router({
    late: publicProcedure.query(() => {
      throw new AppError('TIMEOUT', 'late');
    }),
    picky: publicProcedure.input(z.object({ n: z.int() })).mutation(({ input }) => input.n),
  }),
)({ user: null, address: '127.0.0.1' });

it('what procedures refuse is counted by our code, whoever refused it', async () => {
  await expect(caller.late()).rejects.toMatchObject({ code: 'GATEWAY_TIMEOUT' });
  await expect(caller.picky({ n: 0.5 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(caller.picky({ n: 1 })).resolves.toBe(1);
  const { values } = await proceduresFailed.get();
  expect(values.map(({ labels, value }) => ({ ...labels, value }))).toEqual([
    { type: 'query', code: 'TIMEOUT', value: 1 },
    { type: 'mutation', code: 'BAD_REQUEST', value: 1 },
  ]);
});
