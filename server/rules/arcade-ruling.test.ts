import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateFight } from '../../engine/bots/arcade-fight';
import { Input } from '../../engine/fighter/inputs';
import { configs, presses, unroll } from '../../engine/fighter/testing/play';
import { type ActionResult, fightRuling } from '../../proto/rules';
import { ruleOnArcade } from './arcade-ruling';
import { ruleOnMatch } from './match-ruling';
import { packed } from './testing/fights';

type Arcade = Extract<ActionResult, { kind: 'arcade' }>;

const opponents = fc.record({
  level: fc.integer({ min: 0, max: 100 }),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  pace: fc.integer({ min: 0, max: 2 }),
  manner: fc.constantFrom(undefined, 'rushdown' as const, 'zoner' as const),
});

describe('RULES-6: a fight against the bot', () => {
  it('is ruled as the engine plays it, and as both columns of it are ruled', () => {
    fc.assert(
      fc.property(
        configs,
        opponents,
        presses,
        fc.integer({ min: 1, max: 900 }),
        ({ seed, characters }, opponent, hands, frames) => {
          const result: Arcade = {
            kind: 'arcade',
            seed,
            characters: [characters[0], characters[1]],
            wins_needed: 1,
            handicaps: [{ powerPercent: 120 }, { startHealthPercent: 60 }],
            opponent,
            inputs: packed(unroll(hands, frames)),
          };
          const ruling = ruleOnArcade('s', result);
          const { manner, ...others } = opponent;
          const report = simulateFight({
            config: {
              seed,
              characters,
              winsNeeded: 1,
              handicaps: [{ powerPercent: 120 }, { startHealthPercent: 60 }],
            },
            opponent: {
              ...others,
              ...(manner ? { manner } : {}),
              pace: opponent.pace === 0 ? 0 : opponent.pace === 1 ? 1 : 2,
              side: 2,
            },
            inputs: Buffer.from(result.inputs, 'base64'),
          });
          const { over, winner, checksum } = report;
          expect(ruling).toMatchObject({ over, winner, checksum, frames: report.frames });
          const both = ruleOnMatch('s', {
            ...{ kind: 'match', seed, characters: result.characters, wins_needed: 1 },
            handicaps: result.handicaps,
            inputs: Buffer.from(report.inputs).toString('base64'),
          });
          const { actions: _actions, pace: _pace, intensity: _intensity, kind: _kind, ...alike } = ruling;
          expect(both).toMatchObject(alike);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('that is won drops what was declared; told otherwise, the first difference is named', () => {
    const strikes = unroll(
      [
        { mask: Input.Right, frames: 12 },
        { mask: Input.Heavy, frames: 4 },
        { mask: 0, frames: 14 },
      ],
      12_000,
    );
    const result: Arcade = {
      kind: 'arcade',
      seed: 5,
      characters: [1, 2],
      wins_needed: 1,
      handicaps: [{ powerPercent: 150, armourPercent: 50 }, { healthPercent: 20 }],
      opponent: { level: 0, seed: 3, pace: 0 },
      inputs: packed(strikes),
      drops: [7, 8, 9, 10],
    };
    const ruling = ruleOnArcade('s', result);
    expect(ruling).toMatchObject({ over: true, winner: 1, reason: 'knockout', first_difference: null });
    expect(ruling.frames).toBeLessThan(12_000);
    expect(ruling.drops.length).toBeGreaterThan(0);
    for (const id of ruling.drops) expect(result.drops).toContain(id);
    expect(ruling.actions?.attack).toBeGreaterThan(0);
    expect(Object.values(ruling.pace ?? {}).reduce((sum, frames) => sum + frames, 0)).toBe(ruling.frames);

    // Nobody was pressed: the bot mostly stands.
    expect(ruling.intensity).toBeDefined();
    const felt = (peak: number) => fightRuling.safeParse({ ...ruling, intensity: { peak, mean: 0 } }).success;
    expect([-1, 0, 33.5, 100, 101].map(felt)).toEqual([false, true, true, true, false]);
    expect(ruling.intensity?.peak).toBeGreaterThanOrEqual(ruling.intensity?.mean ?? 100);
    expect(
      ruleOnArcade('s', { ...result, opponent: { level: 90, seed: 3, pace: 0 } }).intensity?.peak,
    ).toBeGreaterThan(ruling.intensity?.peak ?? 100);

    const { winner, frames, checksum } = ruling;
    const told = (more: object) =>
      ruleOnArcade('s', { ...result, told: { winner, frames, checksum, ...more } }).first_difference;
    expect(told({})).toBeNull();
    expect(told({ frames: frames + 1 })).toEqual({ field: 'frames', told: frames + 1, ruled: frames });
    // The same hands against a bot of another seed are another fight.
    const other = {
      ...result,
      opponent: { level: 60, seed: 4, pace: 0 },
      told: { winner, frames, checksum },
    };
    expect(ruleOnArcade('s', other).first_difference).not.toBeNull();
  });
});
