import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MoveSlot } from '../fighter/actions';
import { isMatchOver } from '../fighter/outcome';
import { at, createState, Fighter, fullHealth, PLAYER_2 } from '../fighter/state';
import { step } from '../fighter/step';
import { presses, unroll } from '../fighter/testing/play';
import { type ArcadeFight, createArcadeFight } from './arcade-fight';
import { createHindsight } from './hindsight';
import { MAX_INTENSITY } from './intensity';
import { createOpponent } from './opponent';
import { CALM_INTENSITY, createPacedOpponent, PACE_PHASES, PEAK_FRAMES, RELAX_FRAMES } from './pacing';
import { playArcade, termsOf } from './testing/arcade';

const TIMEOUT_MS = 60_000;

interface Stay {
  phase: ArcadeFight['phase'];
  frames: number;
  /** Intensity and the opponent's losses in thousandths when it was left. */
  intensity: number;
  lost: number;
}

/** Notes for how long a fight stays in each phase. */
function watchPhases(): { stays: Stay[]; see(fight: ArcadeFight): void } {
  const stays: Stay[] = [];
  let health = 0;
  return {
    stays,
    see({ phase, intensity, state }) {
      const now = at(state, PLAYER_2 + Fighter.HEALTH);
      const lost = (Math.max(0, health - now) * 1000) / fullHealth(state, PLAYER_2);
      health = now;
      const last = stays.at(-1);
      const stay = last?.phase === phase ? last : { phase, frames: 0, intensity, lost: 0 };
      if (stay !== last) stays.push(stay);
      stay.frames += 1;
      stay.intensity = intensity;
      stay.lost += lost;
    },
  };
}

describe('pacing', () => {
  it(
    'BOT-4: phases follow each other in their order only, and last as long as they may',
    () => {
      let phases = 0;
      const pace = fc.constantFrom(1 as const, 2 as const);
      const numbers = fc.integer({ min: 0, max: 0xffff });
      fc.assert(
        fc.property(numbers, pace, presses, (seed, full, list) => {
          const fight = createArcadeFight(termsOf(seed, 60, full));
          const { stays, see } = watchPhases();
          for (const mask of unroll(list, 9000)) {
            if (!fight.advance(mask)) break;
            see(fight);
            if (fight.intensity < 0 || fight.intensity > MAX_INTENSITY) expect.fail('intensity out of range');
          }
          phases += stays.length;
          expect(stays[0]?.phase).toBe('build');
          for (const [index, stay] of stays.entries()) {
            expect(stay.phase).toBe(PACE_PHASES[index % PACE_PHASES.length]);
            const isLast = index === stays.length - 1;
            if (stay.phase === 'peak') {
              expect(stay.frames).toBeLessThanOrEqual(PEAK_FRAMES[1]);
              if (!isLast) expect(stay.frames).toBeGreaterThanOrEqual(PEAK_FRAMES[0]);
            }
            if (stay.phase === 'relax') {
              expect(stay.frames).toBeLessThanOrEqual(RELAX_FRAMES[1]);
              // Earlier only for who has taken the initiative.
              if (!isLast && stay.frames < RELAX_FRAMES[0]) expect(stay.lost).toBeGreaterThan(100);
            }
            if (stay.phase === 'fade' && !isLast) expect(stay.intensity).toBeLessThan(CALM_INTENSITY + 5);
          }
        }),
        { numRuns: 12 },
      );
      expect(phases).toBeGreaterThan(30);
    },
    TIMEOUT_MS,
  );

  it('BOT-4: equal seeds and equal matches give equal fights, another seed another', () => {
    const [one, two] = [0, 1].map(() => playArcade(termsOf(3, 50, 2), 20).fight.report());
    expect(one).toEqual(two);
    const terms = termsOf(3, 50, 2);
    const other = playArcade({ ...terms, opponent: { ...terms.opponent, seed: 99 } }, 20).fight.report();
    expect(other.checksum).not.toBe(one?.checksum);
  });

  it('BOT-4: without a pace it is the opponent of its level, frame by frame', () => {
    const state = createState({ seed: 6, characters: [1, 2] });
    const seen = createHindsight();
    const [paced, plain] = [
      createPacedOpponent({ level: 45, manner: 'rushdown', seed: 7, pace: 0 }),
      createOpponent(45, 7, 'rushdown'),
    ];
    const player = createOpponent(10, 2);
    while (!isMatchOver(state)) {
      seen.push(state);
      const mask = paced.decide(seen.late, 2);
      expect(plain.decide(seen.late, 2)).toBe(mask);
      expect(paced.phase).toBe('build');
      step(state, player.decide(seen.late, 1), mask);
    }
  });

  it(
    'BOT-5: who is being beaten is left in peace for a while, and loses more slowly',
    () => {
      const frames = [0, 0, 0];
      let relaxed = 0;
      for (const pace of [0, 1, 2] as const) {
        for (let seed = 0; seed < 6; seed += 1) {
          const { winner, intensity, ...report } = playArcade(termsOf(seed, 40, pace), 12).fight.report();
          expect(winner).toBe(2);
          frames[pace] = (frames[pace] ?? 0) + report.frames;
          if (pace === 2 && intensity.relax > 0) relaxed += 1;
        }
      }
      const [none = 0, gentle = 0, full = 0] = frames;
      expect(relaxed).toBeGreaterThanOrEqual(5);
      expect(gentle).toBeGreaterThan(none);
      expect(full).toBeGreaterThan(none * 1.2);
    },
    TIMEOUT_MS,
  );

  it(
    'BOT-5: it presses in the build-up, and hardly attacks while it lets go',
    () => {
      const attacks = { build: 0, peak: 0, fade: 0, relax: 0 };
      const frames = { build: 0, peak: 0, fade: 0, relax: 0 };
      for (let seed = 0; seed < 6; seed += 1) {
        let before = 0;
        playArcade(termsOf(seed, 70, 2), 40, ({ phase, state }) => {
          const isFirst = at(state, PLAYER_2 + Fighter.ACTION_FRAME) === 1;
          const slot = isFirst ? at(state, PLAYER_2 + Fighter.MOVE) : MoveSlot.NONE;
          if (slot !== before && slot !== MoveSlot.NONE) attacks[phase] += 1;
          before = slot;
          frames[phase] += 1;
        });
      }
      expect(frames.fade).toBeGreaterThan(600);
      expect(attacks.fade / frames.fade).toBeLessThan((0.35 * attacks.build) / frames.build);
      expect(attacks.relax / frames.relax).toBeLessThan(attacks.build / frames.build);
    },
    TIMEOUT_MS,
  );
});
