import { expect, it } from 'vitest';
import { asAppError, publicError } from './errors';

it('an error from another instance of this module keeps its code, message and detail', () => {
  const detail = { field: 'username', reason: 'taken' };
  const foreign = Object.assign(new Error('Taken.'), { name: 'AppError', code: 'CONFLICT', detail });
  expect(asAppError(foreign)).toMatchObject({ code: 'CONFLICT', message: 'Taken.', detail });
  expect(publicError(foreign)).toEqual({ code: 'CONFLICT', message: 'Taken.', detail });
  const odd = Object.assign(new Error('Odd.'), { name: 'AppError', code: 'CONFLICT', detail: 7 });
  expect(asAppError(odd)?.detail).toBeUndefined();
  expect(asAppError(Object.assign(new Error('x'), { name: 'AppError', code: 'NEW' }))).toBeUndefined();
});
