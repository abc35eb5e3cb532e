import { describe, expect, it } from 'vitest';
import { Action } from '../fighter/actions';
import { SUB, WALL_X } from '../fighter/rules';
import { at, Fighter, fullHealth, Hurt, Match, PLAYER_1, PLAYER_2 } from '../fighter/state';
import { fightAt } from '../fighter/testing/play';
import { createIntensityMeter, MAX_INTENSITY } from './intensity';

/** A meter on player 1, and the state that it looks at. */
function watch() {
  const state = fightAt([1, 2], 200);
  const meter = createIntensityMeter();
  const see = (frames = 1): number => {
    for (let i = 0; i < frames; i += 1) {
      state[Match.FRAME] = at(state, Match.FRAME) + 1;
      meter.see(state, 1);
    }
    return meter.value;
  };
  see();
  const lose = (percent: number): void => {
    const lost = Math.floor((fullHealth(state, PLAYER_1) * percent) / 100);
    state[PLAYER_1 + Fighter.HEALTH] = at(state, PLAYER_1 + Fighter.HEALTH) - lost;
  };
  return { state, see, lose };
}

describe('intensity', () => {
  it('BOT-6: rises with the share of health lost, falls with time, and is never out of range', () => {
    const { see, lose } = watch();
    expect(see()).toBe(0);
    lose(20);
    const after = see();
    expect(after).toBeGreaterThan(450);
    expect(see(30)).toBe(after - 30);
    lose(70);
    expect(see()).toBeLessThanOrEqual(MAX_INTENSITY);
    expect(see(1000)).toBe(0);
  });

  it('BOT-6: minds neither that a new round brings health back nor what the other suffers', () => {
    const { state, see, lose } = watch();
    lose(20);
    const before = see(10);
    state[PLAYER_1 + Fighter.HEALTH] = fullHealth(state, PLAYER_1);
    state[PLAYER_2 + Fighter.HEALTH] = 1;
    expect(see()).toBe(before - 1);
  });

  it('BOT-6: rises with a knockdown, once', () => {
    const { state, see } = watch();
    state[PLAYER_1 + Fighter.ACTION] = Action.FALLING;
    const first = see();
    expect(first).toBeGreaterThan(0);
    state[PLAYER_1 + Fighter.ACTION] = Action.KNOCKDOWN;
    expect(see()).toBeLessThan(first);
  });

  it('BOT-6: rises in the corner only while the other is near', () => {
    const { state, see } = watch();
    state[PLAYER_1 + Fighter.X] = -WALL_X * SUB;
    expect(see(60)).toBe(0);
    state[PLAYER_2 + Fighter.X] = -(WALL_X - 100) * SUB;
    expect(see(60)).toBeGreaterThan(30);
  });

  it('BOT-6: rises with guarding on and on, not with a blow or two', () => {
    const { state, see } = watch();
    const block = (): number => {
      state[PLAYER_1 + Fighter.HURT_FRAME] = at(state, Match.FRAME) + 1;
      state[PLAYER_1 + Fighter.HURT_KIND] = Hurt.BLOCK;
      return see(10);
    };
    expect([block(), block()]).toEqual([0, 0]);
    expect(block()).toBeGreaterThan(0);
    // After a pause the count begins again.
    see(1000);
    expect(block()).toBe(0);
  });
});
