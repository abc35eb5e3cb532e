import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Action, MoveSlot } from './actions';
import { characterById, moveOf } from './characters/roster';
import { Input } from './inputs';
import { MAX_GAUGE, SUB, TECH_FRAMES, THROW_LIFT_Y, WALL_X } from './rules';
import { add, at, Fighter, Hurt, Match, Phase, PLAYER_1, PLAYER_2 } from './state';
import { step } from './step';
import { fightAt, presses, stepUntil, unroll } from './testing/play';

/** Player 2 stands to the right, so back is Right for player 2. */
const BACK_2 = Input.Right;

function touchKind(state: Int32Array): number {
  return at(state, PLAYER_2 + Fighter.HURT_KIND);
}

/** Player 1 presses `mask` once, player 2 holds `guard`; returns how player 2 was touched. */
function strike(characters: readonly [number, number], mask: number, guard: number, distance = 60): number {
  const state = fightAt(characters, distance);
  stepUntil(
    state,
    (frame) => [frame === 4 ? mask : mask & Input.Down, guard],
    () => touchKind(state) !== 0,
    120,
  );
  return touchKind(state);
}

describe('guard', () => {
  it('stops a mid blow high and low, a low blow only low', () => {
    expect(strike([1, 2], Input.Light, BACK_2)).toBe(Hurt.BLOCK);
    expect(strike([1, 2], Input.Light, BACK_2 | Input.Down)).toBe(Hurt.BLOCK);
    expect(strike([1, 2], Input.Down | Input.Heavy, BACK_2)).toBe(Hurt.HIT);
    expect(strike([1, 2], Input.Down | Input.Heavy, BACK_2 | Input.Down)).toBe(Hurt.BLOCK);
  });

  it('does nothing for who holds towards the attacker', () => {
    expect(strike([1, 2], Input.Heavy, Input.Left)).toBe(Hurt.HIT);
  });

  it('must be standing against an attack from the air', () => {
    const fromAir = (guard: number): number => {
      const state = fightAt([1, 2], 200);
      const jump = Input.Up | Input.Right;
      stepUntil(
        state,
        (frame) => [frame < 8 ? jump : frame === 30 ? Input.Heavy : 0, frame > 34 ? guard : 0],
        () => touchKind(state) !== 0,
        120,
      );
      return touchKind(state);
    };
    expect(fromAir(BACK_2 | Input.Down)).toBe(Hurt.HIT);
    expect(fromAir(BACK_2)).toBe(Hurt.BLOCK);
  });

  it('lets chip damage through but never the last point', () => {
    const state = fightAt([1, 2], 200);
    state[PLAYER_2 + Fighter.HEALTH] = 5;
    stepUntil(
      state,
      (frame) => [frame === 0 ? Input.Special : 0, BACK_2],
      () => touchKind(state) === Hurt.BLOCK,
    );
    expect(at(state, PLAYER_2 + Fighter.HEALTH)).toBe(1);
    expect(at(state, Match.PHASE)).toBe(Phase.FIGHT);
  });
});

describe('throws', () => {
  it('catch a guarding opponent, and do their damage when nobody breaks them', () => {
    const state = fightAt([2, 1], 60);
    const full = at(state, PLAYER_2 + Fighter.HEALTH);
    const thrown = (): boolean => touchKind(state) === Hurt.THROW;
    stepUntil(state, (frame) => [frame === 0 ? Input.Throw : 0, BACK_2], thrown);
    expect(full - at(state, PLAYER_2 + Fighter.HEALTH)).toBe(moveOf(characterById(2), MoveSlot.THROW).damage);
  });

  it('are broken by a throw pressed in time, and cost nothing then', () => {
    const state = fightAt([2, 1], 60);
    const full = at(state, PLAYER_2 + Fighter.HEALTH);
    stepUntil(
      state,
      () => [Input.Throw, 0],
      () => at(state, PLAYER_2 + Fighter.ACTION) === Action.THROWN,
    );
    for (let i = 0; i < TECH_FRAMES - 2; i += 1) step(state, 0, 0);
    step(state, 0, Input.Throw);
    expect(at(state, PLAYER_1 + Fighter.ACTION)).toBe(Action.TECH);
    expect(at(state, PLAYER_2 + Fighter.ACTION)).toBe(Action.TECH);
    expect(at(state, PLAYER_2 + Fighter.HEALTH)).toBe(full);
  });

  it("can't be broken too late, nor if they are a super", () => {
    const late = fightAt([2, 1], 60);
    stepUntil(
      late,
      () => [Input.Throw, 0],
      () => at(late, PLAYER_2 + Fighter.ACTION) === Action.THROWN,
    );
    for (let i = 0; i < TECH_FRAMES; i += 1) step(late, 0, 0);
    stepUntil(
      late,
      () => [0, Input.Throw],
      () => touchKind(late) !== 0,
    );
    expect(touchKind(late)).toBe(Hurt.THROW);
    const hold = fightAt([2, 1], 60);
    hold[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
    const both = Input.Heavy | Input.Special;
    stepUntil(
      hold,
      (frame) => [both, frame % 3 ? Input.Throw : 0],
      () => touchKind(hold) !== 0,
    );
    expect(touchKind(hold)).toBe(Hurt.THROW);
  });

  it.each([
    [1, Input.Throw],
    [2, Input.Throw],
    [2, Input.Heavy | Input.Special],
  ])('GAME-4: carry, lift and let go without a jump (character %i, mask %i)', (id, mask) => {
    for (const corner of [0, WALL_X - 60]) {
      const state = fightAt([id, 1], 60);
      state[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
      add(state, PLAYER_1 + Fighter.X, corner * SUB);
      add(state, PLAYER_2 + Fighter.X, corner * SUB);
      let highest = 0;
      let [x, y] = [at(state, PLAYER_2 + Fighter.X), 0];
      const down = (): boolean => {
        const [nextX, nextY] = [at(state, PLAYER_2 + Fighter.X), at(state, PLAYER_2 + Fighter.Y)];
        expect(Math.abs(nextX - x)).toBeLessThan(12 * SUB);
        expect(Math.abs(nextY - y)).toBeLessThan(14 * SUB);
        [x, y] = [nextX, nextY];
        highest = Math.max(highest, y);
        return at(state, PLAYER_2 + Fighter.ACTION) === Action.KNOCKDOWN;
      };
      stepUntil(state, (frame) => [frame === 0 ? mask : 0, 0], down, 200);
      expect(highest).toBeGreaterThanOrEqual(THROW_LIFT_Y * SUB);
      expect(y).toBe(0);
    }
  });

  it('miss who jumps', () => {
    const state = fightAt([2, 1], 60);
    for (let i = 0; i < 40; i += 1) step(state, i === 3 ? Input.Throw : 0, Input.Up);
    expect(touchKind(state)).toBe(Hurt.NONE);
  });
});

describe('projectiles', () => {
  it('wear each other out when they meet', () => {
    const state = fightAt([1, 1], 420);
    const clashed = (): boolean => at(state, Match.CLASH_FRAME) > 0;
    stepUntil(state, (frame) => (frame === 0 ? [Input.Special, Input.Special] : [0, 0]), clashed);
    expect(at(state, Match.CLASH_X)).toBe(0);
    expect(at(state, PLAYER_1 + Fighter.SHOT_SLOT)).toBe(0);
    expect(at(state, PLAYER_2 + Fighter.SHOT_SLOT)).toBe(0);
  });

  it('pass through a rush, which goes on to hit', () => {
    const state = fightAt([1, 2], 190);
    const hit = (): boolean => at(state, PLAYER_1 + Fighter.HURT_FRAME) > 0;
    stepUntil(state, (frame) => [frame === 0 ? Input.Special : 0, frame === 9 ? Input.Special : 0], hit, 90);
    expect(touchKind(state)).toBe(Hurt.NONE);
  });

  it('can be jumped over', () => {
    const state = fightAt([1, 2], 300);
    const gone = (): boolean =>
      at(state, Match.PHASE_FRAME) > 20 && at(state, PLAYER_1 + Fighter.SHOT_SLOT) === 0;
    stepUntil(
      state,
      (frame) => [frame === 0 ? Input.Special : 0, frame > 26 && frame < 32 ? Input.Up : 0],
      gone,
    );
    expect(touchKind(state)).toBe(Hurt.NONE);
  });
});

describe('combos', () => {
  /** The longest combo that player 1's masks land on a player 2 who does nothing. */
  function longest(state: Int32Array, masks: readonly number[]): number {
    let best = 0;
    for (const mask of masks) {
      step(state, mask, 0);
      best = Math.max(best, at(state, PLAYER_2 + Fighter.COMBO));
    }
    return best;
  }

  it.each([1, 2])('of repeated light blows end by themselves, in the corner too (character %i)', (id) => {
    const corner = fightAt([id, 1], 60);
    corner[PLAYER_1 + Fighter.X] = (WALL_X - 60) * SUB;
    corner[PLAYER_2 + Fighter.X] = WALL_X * SUB;
    const forward = Input.Right;
    const mash = Array.from({ length: 600 }, (_, i) => (i % 2 ? Input.Light | forward : forward));
    expect(longest(corner, mash)).toBeLessThanOrEqual(5);
    const low = mash.map((mask) => (mask & Input.Light ? Input.Light | Input.Down : Input.Down));
    expect(longest(fightAt([id, 1], 60), low)).toBeLessThanOrEqual(5);
  });

  it.each([1, 2])('on a guard end too: nobody is held in the corner by light blows (character %i)', (id) => {
    const state = fightAt([id, 1], 60);
    state[PLAYER_1 + Fighter.X] = (WALL_X - 60) * SUB;
    state[PLAYER_2 + Fighter.X] = WALL_X * SUB;
    let guarded = 0;
    let longestGuard = 0;
    for (let i = 0; i < 900; i += 1) {
      step(state, i % 2 ? Input.Light | Input.Right : Input.Right, BACK_2);
      const held = at(state, PLAYER_2 + Fighter.ACTION) === Action.BLOCKSTUN;
      guarded = held ? guarded + 1 : 0;
      longestGuard = Math.max(longestGuard, guarded);
    }
    expect(longestGuard).toBeGreaterThan(10);
    expect(longestGuard).toBeLessThan(100);
  });

  it('are never endless, whatever is pressed in the corner', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2), presses, (id, list) => {
        const state = fightAt([id, 1], 60);
        state[PLAYER_1 + Fighter.X] = (WALL_X - 60) * SUB;
        state[PLAYER_2 + Fighter.X] = WALL_X * SUB;
        state[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
        return longest(state, unroll(list, 800)) <= 12;
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it('do less with every hit, and let a special follow a blow that connected', () => {
    const state = fightAt([2, 1], 60);
    const script = (frame: number): readonly [number, number] => [
      frame === 0 ? Input.Light : frame === 8 ? Input.Heavy : frame === 28 ? Input.Special : 0,
      0,
    ];
    const down = (): boolean => at(state, PLAYER_2 + Fighter.ACTION) === Action.KNOCKDOWN;
    stepUntil(state, script, down, 240);
    expect(at(state, PLAYER_2 + Fighter.COMBO)).toBe(3);
    const bawi = characterById(2);
    const slots = [MoveSlot.LIGHT, MoveSlot.HEAVY, MoveSlot.SPECIAL];
    const unscaled = slots.reduce((sum, slot) => sum + moveOf(bawi, slot).damage, 0);
    const lost = characterById(1).stats.health - at(state, PLAYER_2 + Fighter.HEALTH);
    expect(lost).toBeLessThan(unscaled);
    expect(lost).toBeGreaterThan(unscaled / 2);
  });

  it('fill the gauge of both', () => {
    const state = fightAt([2, 1], 60);
    stepUntil(
      state,
      (frame) => [frame === 0 ? Input.Heavy : 0, 0],
      () => touchKind(state) === Hurt.HIT,
    );
    expect(at(state, PLAYER_1 + Fighter.GAUGE)).toBeGreaterThan(at(state, PLAYER_2 + Fighter.GAUGE));
    expect(at(state, PLAYER_2 + Fighter.GAUGE)).toBeGreaterThan(0);
  });
});
