import { describe, expect, it } from 'vitest';
import { checksum } from '../../engine/fighter/checksum';
import { isMatchOver } from '../../engine/fighter/outcome';
import { decodeFight, encodeFight, recordFight } from '../../engine/fighter/replay';
import { createState } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import { seededFraction } from '../../engine/rollback/testing/random';
import { lastMomentsOf } from './last-moments';

const TERMS = { seed: 7, characters: [1, 2] } as const;

/** A whole fight by two who press anything. */
function fought() {
  const random = seededFraction(3);
  const state = createState(TERMS);
  const inputs: number[] = [];
  while (!isMatchOver(state)) {
    const pair = [Math.floor(random() * 256), Math.floor(random() * 256)] as const;
    inputs.push(...pair);
    step(state, ...pair);
  }
  return { state, inputs: new Uint8Array(Uint16Array.from(inputs).buffer) };
}

describe('the last moments of a finished fight', () => {
  it('end in the true end state: two rounds for the winner, whoever opens the link', () => {
    const { state, inputs } = fought();
    const moments = lastMomentsOf(recordFight(TERMS, inputs));
    if (!moments) throw new Error('this engine made the replay');
    expect(isMatchOver(moments.words)).toBe(false);
    for (let frame = 0; frame < 130; frame += 1) moments.advance();
    expect(checksum(moments.words)).toBe(checksum(state));
    expect(Math.max(...moments.rounds())).toBe(2);
  });

  it('are not made up for a fight that another engine played, or that was broken off', () => {
    const { inputs } = fought();
    const elsewhere = { ...decodeFight(recordFight(TERMS, inputs)), engineDigest: '00000000' };
    expect(lastMomentsOf(encodeFight(elsewhere))).toBeUndefined();
    const half = inputs.slice(0, 4 * Math.floor(inputs.length / 8));
    expect(lastMomentsOf(recordFight(TERMS, half))).toBeUndefined();
    expect(lastMomentsOf(new Uint8Array([1, 2, 3]))).toBeUndefined();
  });
});
