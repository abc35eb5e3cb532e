import { expect, it } from 'vitest';
import { AppError, asAppError, errorEnvelope, publicError } from './errors';

it('an error from another instance of this module keeps its code, message and detail', () => {
  const detail = { field: 'username', reason: 'taken' };
  const foreign = Object.assign(new Error('Taken.'), { name: 'AppError', code: 'CONFLICT', detail });
  expect(asAppError(foreign)).toMatchObject({ code: 'CONFLICT', message: 'Taken.', detail });
  expect(publicError(foreign)).toEqual({ code: 'CONFLICT', message: 'Taken.', detail });
  const odd = Object.assign(new Error('Odd.'), { name: 'AppError', code: 'CONFLICT', detail: 7 });
  expect(asAppError(odd)?.detail).toBeUndefined();
  expect(asAppError(Object.assign(new Error('x'), { name: 'AppError', code: 'NEW' }))).toBeUndefined();
});

it('PROXY-7: what HTTP prints instead of the code survives the other instance, and only there', () => {
  const wire = { code: 'UPSTREAM_418', status: 418, detail: 'tea' };
  const ours = new AppError('BAD_REQUEST', 'No.', { detail: { status: 418 }, wire });
  const foreign = Object.assign(new Error('No.'), {
    ...{ name: 'AppError', code: 'BAD_REQUEST', detail: { status: 418 }, wire },
  });
  for (const error of [ours, foreign]) {
    expect(errorEnvelope(error)).toEqual({
      status: 418,
      body: { status: 'error', code: 'UPSTREAM_418', message: 'No.', detail: 'tea' },
    });
    expect(publicError(error)).toEqual({ code: 'BAD_REQUEST', message: 'No.', detail: { status: 418 } });
  }
  expect(errorEnvelope(Object.assign(foreign, { wire: { code: 7 } })).status).toBe(400);
});
