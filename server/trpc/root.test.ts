import { expect, it } from 'vitest';
import { appRouter } from './root';

interface Definition {
  readonly output?: unknown;
}

it('every procedure says what it gives', () => {
  const procedures = Object.entries(appRouter._def.procedures);
  const silent = procedures.filter(([, { _def }]) => (_def as Definition).output === undefined);
  expect(procedures.length).toBeGreaterThan(20);
  expect(silent.map(([path]) => path)).toEqual([]);
});
