import { describe, expect, it } from 'vitest';
import { Input, mirrorInput } from '../fighter/inputs';
import { isMatchOver, matchWinner } from '../fighter/outcome';
import { createState } from '../fighter/state';
import { step } from '../fighter/step';
import { createHindsight, SIGHT_FRAMES } from './hindsight';
import { createOpponent } from './opponent';
import { randomBelow, seedRng } from './rng';
import { STRENGTH_NAMES } from './strengths';
import { duel, MATCH_UPS, winsOf } from './testing/duel';

/** `npm run proof:bots` plays 500 seeds a match-up; these few notice a strength that is broken. */
const SEEDS = 6;

describe('strengths', () => {
  it.each([
    ['normal', 'easy'],
    ['hard', 'normal'],
  ] as const)('%s beats %s with every pair of characters, from either side', (stronger, weaker) => {
    const wins = MATCH_UPS.map((characters) => winsOf(stronger, weaker, characters, 7000, SEEDS));
    for (const each of wins) expect(each, wins.join(' ')).toBeGreaterThanOrEqual(SEEDS * 0.6);
    const sum = wins.reduce((all, each) => all + each, 0);
    expect(sum / (SEEDS * MATCH_UPS.length)).toBeGreaterThanOrEqual(0.8);
  });

  it('the weakest loses to somebody who walks up and presses buttons without thinking', () => {
    let won = 0;
    for (let seed = 0; seed < 12; seed += 1) {
      const state = createState({ seed, characters: [1 + (seed & 1), 1 + ((seed >> 1) & 1)] });
      const seen = createHindsight();
      const bot = createOpponent('easy', seed);
      const dice = new Int32Array(1);
      seedRng(dice, 0, seed + 100);
      let mask = 0;
      for (let frame = 0; !isMatchOver(state); frame += 1) {
        // A new idea every third of a second, on player 1's side.
        if (frame % 20 === 0) mask = pressOf(randomBelow(dice, 0, 10));
        seen.push(state);
        step(state, mask, bot.decide(seen.late, 2));
      }
      if (matchWinner(state) === 1) won += 1;
    }
    expect(won).toBeGreaterThanOrEqual(8);
  });

  it.each(MATCH_UPS)('the strongest is no repeat of one move (characters %i and %i)', (one, two) => {
    const [begun] = duel(['hard', 'normal'], [one, two], 77).begun;
    const moves = begun.reduce((all, each) => all + each, 0);
    expect(moves).toBeGreaterThan(15);
    expect(Math.max(...begun) / moves).toBeLessThan(0.7);
    expect(begun.filter((each) => each > 0).length).toBeGreaterThanOrEqual(4);
  });
});

/** Mostly toward the other, with whatever button. */
function pressOf(dice: number): number {
  if (dice < 4) return Input.Right;
  if (dice < 6) return Input.Right | Input.Light;
  return [Input.Heavy, Input.Special, Input.Throw, 0][dice - 6] ?? 0;
}

describe.each(STRENGTH_NAMES)('an opponent (%s)', (strength) => {
  it('plays the same match from the same seed, and another from another', () => {
    const first = duel([strength, 'normal'], [1, 2], 11);
    expect(duel([strength, 'normal'], [1, 2], 11)).toEqual(first);
    expect(duel([strength, 'normal'], [1, 2], 12)).not.toEqual(first);
  });

  it('plays both sides alike', () => {
    const state = createState({ seed: 3, characters: [1, 2] });
    const mirrored = createState({ seed: 3, characters: [2, 1] });
    const seen = createHindsight();
    const seenMirrored = createHindsight();
    const [left, right] = [createOpponent(strength, 5), createOpponent('normal', 6)];
    const [mirrorRight, mirrorLeft] = [createOpponent(strength, 5), createOpponent('normal', 6)];
    let pressed = 0;
    for (let i = 0; i < 900; i += 1) {
      seen.push(state);
      seenMirrored.push(mirrored);
      const one = left.decide(seen.late, 1);
      const two = right.decide(seen.late, 2);
      expect(mirrorRight.decide(seenMirrored.late, 2)).toBe(mirrorInput(one));
      expect(mirrorLeft.decide(seenMirrored.late, 1)).toBe(mirrorInput(two));
      step(state, one, two);
      step(mirrored, mirrorInput(two), mirrorInput(one));
      if (one !== 0) pressed += 1;
    }
    expect(pressed).toBeGreaterThan(60);
  });

  it('does not see what happened in the last ten frames', () => {
    const calm = createState({ seed: 1, characters: [1, 2] });
    const alarmed = createState({ seed: 1, characters: [1, 2] });
    const [seen, seenAlarmed] = [createHindsight(), createHindsight()];
    const [one, other] = [createOpponent(strength, 9), createOpponent(strength, 9)];
    let differs = 0;
    for (let i = 0; i < 400; i += 1) {
      seen.push(calm);
      seenAlarmed.push(alarmed);
      const mask = one.decide(seen.late, 1);
      const otherMask = other.decide(seenAlarmed.late, 1);
      if (mask !== otherMask && differs === 0) differs = i;
      step(calm, mask, 0);
      // From frame 100 on player 2 attacks in one of the two matches only.
      step(alarmed, otherMask, i >= 100 && i % 9 === 0 ? Input.Heavy : 0);
    }
    // It presses differently some time after, and never before.
    expect(differs).toBeGreaterThanOrEqual(100 + SIGHT_FRAMES);
  });
});

describe('hindsight', () => {
  it('shows the state of ten frames ago, and the first until there is one', () => {
    const seen = createHindsight();
    const state = createState({ seed: 1, characters: [1, 2] });
    for (let frame = 0; frame < 40; frame += 1) {
      state[0] = frame;
      seen.push(state);
      expect(seen.late[0]).toBe(Math.max(0, frame - SIGHT_FRAMES));
    }
    seen.clear();
    seen.push(state);
    expect(seen.late[0]).toBe(39);
  });
});
