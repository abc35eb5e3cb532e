import { describe, expect, it } from 'vitest';
import { Input } from '../fighter/inputs';
import { recordFight, simulateReplay } from '../fighter/replay';
import { type ArcadeFightTerms, createArcadeFight, simulateFight } from './arcade-fight';
import { playArcade, termsOf } from './testing/arcade';

/** The player's masks, as the server gets them. */
function bytesOf(masks: readonly number[]): Uint8Array {
  return Uint8Array.from(masks.flatMap((mask) => [mask & 255, mask >> 8]));
}

/** A fight against somebody who mostly stands. */
const QUIET: ArcadeFightTerms = {
  config: { seed: 2, characters: [1, 2] },
  opponent: { level: 0, seed: 3, pace: 0, side: 2 },
};

/** Presses each mask for two frames, then nothing for a while; nothing at all before the fight has begun. */
function pressing(masks: readonly number[]): Uint8Array {
  const rest = Array.from({ length: 58 }, () => 0);
  return bytesOf([...Array.from({ length: 80 }, () => 0), ...masks.flatMap((mask) => [mask, mask, ...rest])]);
}

describe('a fight of the arcade', () => {
  it('BOT-7: judged from the player’s inputs is the fight that was played', () => {
    for (const seed of [1, 2, 3]) {
      const terms = { ...termsOf(seed, 40, 1) };
      const { fight, inputs } = playArcade(terms, 35);
      const played = fight.report();
      expect(played.over).toBe(true);
      expect(simulateFight({ ...terms, inputs })).toEqual(played);
    }
  });

  it('BOT-7: is a replay like any other: what both pressed gives the same end', () => {
    const terms = termsOf(5, 60, 2);
    const config = { ...terms.config, winsNeeded: 1, handicaps: [{ healthPercent: 130 }, {}] } as const;
    const { fight } = playArcade({ ...terms, config }, 50);
    const { inputs, checksum, winner, frames } = fight.report();
    expect(simulateReplay(recordFight(config, inputs))).toMatchObject({
      ...{ checksum, winner, frames, over: true, firstWrongFrame: undefined },
    });
  });

  it('BOT-7: goes on as long as there are inputs, and not beyond its end', () => {
    const terms = termsOf(1, 40, 0);
    const { fight, inputs } = playArcade(terms, 10);
    const whole = fight.report();
    const cut = simulateFight({ ...terms, inputs: inputs.subarray(0, 400) });
    expect(cut).toMatchObject({ over: false, winner: 0, frames: 200 });
    const longer = new Uint8Array(inputs.length + 500).fill(255);
    longer.set(inputs);
    expect(simulateFight({ ...terms, inputs: longer })).toEqual(whole);
    expect(fight.advance(0)).toBe(false);
    expect(() => simulateFight({ ...terms, inputs: inputs.subarray(0, 401) })).toThrow(RangeError);
  });

  it('BOT-7: another input, seed, level, pace or handicap is another fight', () => {
    const terms = termsOf(4, 50, 1);
    const { inputs } = playArcade(terms, 20);
    const { config, opponent } = terms;
    const changed = inputs.map((byte, index) => (index > 300 && index % 2 === 0 ? byte ^ Input.Down : byte));
    const sums = [
      { ...terms, inputs },
      { ...terms, inputs: changed },
      { config, opponent: { ...opponent, seed: 1 }, inputs },
      { config, opponent: { ...opponent, level: 51 }, inputs },
      { config, opponent: { ...opponent, pace: 2 as const }, inputs },
      { config, opponent: { ...opponent, manner: 'zoner' as const }, inputs },
      { config: { ...config, handicaps: [{ powerPercent: 120 }, {}] as const }, opponent, inputs },
    ].map((each) => simulateFight(each).checksum);
    expect(new Set(sums).size).toBe(sums.length);
  });

  it('BOT-8: is reported round by round, with the health left in each and in sum', () => {
    const { fight } = playArcade(termsOf(2, 45, 1), 40);
    const { rounds, healthLeft, frames, winner, intensity } = fight.report();
    expect(rounds.length).toBeGreaterThanOrEqual(2);
    expect(rounds.filter((round) => round.winner === winner)).toHaveLength(2);
    for (const round of rounds) {
      expect(round.frames).toBeGreaterThan(100);
      const [loser, victor] = round.winner === 1 ? [1, 0] : [0, 1];
      if (round.isKnockOut) expect(round.healthLeft[loser]).toBe(0);
      expect(round.healthLeft[victor]).toBeGreaterThan(0);
    }
    for (const side of [0, 1] as const)
      expect(healthLeft[side]).toBe(rounds.reduce((sum, round) => sum + (round.healthLeft[side] ?? 0), 0));
    expect(Object.values(intensity).reduce((sum, each) => sum + each)).toBe(frames);
  });

  it('BOT-8: tells attacks, skills and throws, each once however long it shows', () => {
    const config = { ...QUIET.config, handicaps: [{ gaugeStart: 1000 }, {}] as const };
    const { Light, Heavy, Special, Throw, Up } = Input;
    const inputs = pressing([Light, Heavy, Light, Throw, Heavy | Special, 0, 0, Special]);
    const { moves } = simulateFight({ ...QUIET, config, inputs });
    expect(moves[0]).toEqual({ attack: 3, skill: 2, defend: 0, throw: 1 });
    const jump = simulateFight({ ...QUIET, inputs: pressing([Up, 0]) });
    expect(jump.moves[0]).toEqual({ attack: 0, skill: 0, defend: 0, throw: 0 });
  });

  it('BOT-8: tells a guard that is held against several blows once', () => {
    const terms = { ...QUIET, opponent: { level: 60, seed: 3, pace: 0, side: 2 } } as const;
    const inputs = bytesOf(Array.from({ length: 900 }, () => Input.Left));
    const fight = createArcadeFight(terms);
    for (let i = 0; i < inputs.length; i += 2) fight.advance(inputs[i] ?? 0);
    const { moves } = fight.report();
    expect(moves[0].defend).toBeGreaterThan(0);
    expect(moves[0].defend).toBeLessThan(40);
    expect(moves[0]).toMatchObject({ attack: 0, skill: 0, throw: 0 });
  });
});
