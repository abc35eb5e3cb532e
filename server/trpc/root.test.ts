import { expect, it } from 'vitest';
import { appRouter } from './root';

it('every procedure says what it gives', () => {
  // At run time procedures are listed by their paths, whatever nesting their types show.
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
  const silent = procedures.filter(([, { _def }]) => _def.output === undefined);
  expect(procedures.length).toBeGreaterThan(20);
  expect(silent.map(([path]) => path)).toEqual([]);
});

interface Procedure {
  readonly _def: { readonly output?: unknown };
}
