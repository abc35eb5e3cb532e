import { expect } from 'vitest';
import { oneSided, packed } from './fights';

/** A 422 that names this place of the body. */
export const faults = (...loc: (string | number)[]) => ({
  status: 'error',
  code: 'UNPROCESSABLE',
  detail: expect.arrayContaining([expect.objectContaining({ loc: ['body', ...loc] })]),
});
/** Requests for a ruling, sound but for what a test puts into them. */
export const match = (more: object) => ({
  session_id: 's',
  action_result: { kind: 'match', seed: 1, characters: [1, 2], inputs: oneSided(300), ...more },
});

export const arcade = (more: object) => ({
  session_id: 's',
  action_result: {
    kind: 'arcade',
    seed: 1,
    characters: [1, 2],
    opponent: { level: 30, seed: 5, pace: 1 },
    inputs: packed(Array(300).fill(8)),
    ...more,
  },
});

export const exchange = (more: object) => ({
  session_id: 's',
  action_result: { kind: 'exchange', attacker: 1, move: 'Crane Kick', defender: 2, ...more },
});
