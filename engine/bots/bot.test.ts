import { describe, expect, it } from 'vitest';
import { checksum } from '../fighter/checksum';
import { mirrorInput } from '../fighter/inputs';
import { isMatchOver, matchWinner } from '../fighter/outcome';
import { at, createState, Match, Phase } from '../fighter/state';
import { step } from '../fighter/step';
import { createBot } from './bot';
import { BOT_NAMES, type BotName, TEMPERAMENTS } from './temperaments';

/** Whole matches take long on a busy machine. */
const TIMEOUT_MS = 40_000;

interface Result {
  sum: number;
  frames: number;
  winner: number;
  knockOuts: number;
  rounds: number;
}

function play(
  names: readonly [BotName, BotName],
  characters: readonly [number, number],
  seed: number,
): Result {
  const state = createState({ seed, characters });
  const one = createBot(names[0], seed * 2 + 1);
  const two = createBot(names[1], seed * 2 + 2);
  let knockOuts = 0;
  let rounds = 0;
  let phase: number = Phase.READY;
  while (!isMatchOver(state)) {
    step(state, one.decide(state, 1), two.decide(state, 2));
    const now = at(state, Match.PHASE);
    if (now === Phase.ROUND_OVER && phase === Phase.FIGHT) {
      rounds += 1;
      if (at(state, Match.KO_FRAME) > 0) knockOuts += 1;
    }
    phase = now;
  }
  return {
    sum: checksum(state),
    frames: at(state, Match.FRAME),
    winner: matchWinner(state),
    knockOuts,
    rounds,
  };
}

describe.each(BOT_NAMES)('the bot %s', (name) => {
  it(
    'fights matches that end, nearly always by knock-out, well inside five minutes',
    () => {
      let knockOuts = 0;
      let rounds = 0;
      for (const other of BOT_NAMES) {
        for (let seed = 0; seed < 4; seed += 1) {
          const result = play([name, other], [1 + (seed & 1), 1 + (seed >> 1)], seed);
          expect(result.frames).toBeLessThan(5 * 60 * 60);
          knockOuts += result.knockOuts;
          rounds += result.rounds;
        }
      }
      expect(knockOuts / rounds).toBeGreaterThan(0.8);
    },
    TIMEOUT_MS,
  );

  it(
    'plays the same match from the same seed, and another from another',
    () => {
      const first = play([name, 'balanced'], [1, 2], 11);
      expect(play([name, 'balanced'], [1, 2], 11)).toEqual(first);
      expect(play([name, 'balanced'], [1, 2], 12).sum).not.toBe(first.sum);
    },
    TIMEOUT_MS,
  );

  it(
    'plays both sides alike',
    () => {
      const state = createState({ seed: 3, characters: [1, 2] });
      const swapped = createState({ seed: 3, characters: [2, 1] });
      const left = createBot(name, 5);
      const right = createBot('balanced', 6);
      const mirrorRight = createBot(name, 5);
      const mirrorLeft = createBot('balanced', 6);
      let pressed = 0;
      for (let i = 0; i < 1500; i += 1) {
        const one = left.decide(state, 1);
        const two = right.decide(state, 2);
        expect(mirrorRight.decide(swapped, 2)).toBe(mirrorInput(one));
        const swappedOne = mirrorLeft.decide(swapped, 1);
        step(state, one, two);
        step(swapped, swappedOne, mirrorInput(one));
        if (one !== 0) pressed += 1;
      }
      expect(pressed).toBeGreaterThan(200);
    },
    TIMEOUT_MS,
  );

  it('does not see what happens before a person could', () => {
    expect(TEMPERAMENTS[name].delayFrames).toBeGreaterThanOrEqual(12);
    const calm = createState({ seed: 1, characters: [1, 2] });
    const alarmed = createState({ seed: 1, characters: [1, 2] });
    const one = createBot(name, 9);
    const other = createBot(name, 9);
    for (let i = 0; i < 100; i += 1) {
      const mask = one.decide(calm, 1);
      other.decide(alarmed, 1);
      step(calm, mask, 0);
      step(alarmed, mask, 0);
    }
    // Player 2 attacks in one of the two matches only; for a while the bot must do the same in both.
    for (let i = 0; i < TEMPERAMENTS[name].delayFrames; i += 1) {
      const mask = one.decide(calm, 1);
      expect(other.decide(alarmed, 1)).toBe(mask);
      step(calm, mask, 0);
      step(alarmed, mask, i === 0 ? 32 : 0);
    }
  });
});

it(
  'no temperament loses to every other as both characters',
  () => {
    const wins: Record<BotName, number> = { rushdown: 0, zoner: 0, balanced: 0 };
    for (const one of BOT_NAMES) {
      for (const two of BOT_NAMES) {
        if (one === two) continue;
        for (let seed = 20; seed < 26; seed += 1) {
          const { winner } = play([one, two], seed % 2 ? [1, 2] : [2, 1], seed);
          if (winner === 1) wins[one] += 1;
          if (winner === 2) wins[two] += 1;
        }
      }
    }
    for (const name of BOT_NAMES) expect(wins[name]).toBeGreaterThanOrEqual(5);
  },
  TIMEOUT_MS,
);
