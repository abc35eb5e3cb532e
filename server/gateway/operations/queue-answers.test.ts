import fc from 'fast-check';
import { expect, it } from 'vitest';
import { statusJson, statusText } from './queue-answers';

it('GATE-1: the quick text of a queue’s status is what its JSON says, for every answer', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 2),
      fc.nat(),
      fc.nat(),
      fc.boolean(),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31T23:59:59Z') }),
      fc.nat(),
      (status, position, eta_seconds, admission_ready, expires_at, waited) => {
        const answer = { status, position, eta_seconds, admission_ready, expires_at, error: undefined };
        expect(statusText(answer, waited)).toBe(JSON.stringify(statusJson(answer, waited)));
      },
    ),
    { seed: 11 },
  );
});
