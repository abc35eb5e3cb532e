import { describe, expect, it } from 'vitest';
import { Action, MoveSlot } from './actions';
import { CHARACTERS, characterById } from './characters/roster';
import type { ActionId, Command, Direction, Press } from './commands';
import { Input } from './inputs';
import { type ListedMove, moveListOf } from './move-list';
import { MAX_GAUGE } from './rules';
import { at, Fighter, Hurt, PLAYER_1, PLAYER_2 } from './state';
import { step } from './step';
import { fightAt, stepUntil } from './testing/play';

/**
 * What tells a player of each action: an entry of the list, the moves, or nothing, because it happens to one.
 * An action without a line here does not compile.
 */
const TOLD_BY: Readonly<Record<keyof typeof Action, ActionId | 'moves' | 'nothing'>> = {
  IDLE: 'nothing',
  WALK_FORWARD: 'walk',
  WALK_BACK: 'walk',
  CROUCH: 'crouch',
  PREJUMP: 'jump',
  AIR: 'jump',
  LAND: 'jump',
  DASH_FORWARD: 'dash',
  DASH_BACK: 'backDash',
  GUARD: 'guardHigh',
  ATTACK: 'moves',
  THROWING: 'throw',
  THROWN: 'throwBreak',
  HITSTUN: 'nothing',
  BLOCKSTUN: 'guardHigh',
  CROUCH_BLOCKSTUN: 'guardLow',
  FALLING: 'nothing',
  KNOCKDOWN: 'wakeUp',
  WAKEUP: 'wakeUp',
  TECH: 'throwBreak',
  WIN: 'nothing',
  KO: 'nothing',
  CROUCH_HITSTUN: 'nothing',
  CROUCH_GUARD: 'guardLow',
};

/** The opponent stands at the right. */
const BITS: Readonly<Record<Direction, number>> = {
  up: Input.Up,
  down: Input.Down,
  toward: Input.Right,
  away: Input.Left,
};
const BUTTONS = { light: Input.Light, heavy: Input.Heavy, special: Input.Special, throw: Input.Throw };

function maskOf({ directions, buttons }: Press): number {
  let mask = 0;
  for (const direction of directions) mask |= BITS[direction];
  for (const button of buttons) mask |= BUTTONS[button];
  return mask;
}

/** Plays a command as it is written: each press for a few frames, a moment of nothing between them. */
function* masksOf(command: Command, gap: number): Generator<number> {
  for (const [index, press] of command.entries()) {
    const isLast = index === command.length - 1;
    for (let frame = 0; frame < (isLast ? 60 : 4); frame += 1) yield maskOf(press);
    for (let frame = 0; frame < gap; frame += 1) yield 0;
  }
}

/** Numbers of `field` that player 1 goes through while the command is played. */
function seenIn(state: Int32Array, command: Command, field: number, other = 0, gap = 2): Set<number> {
  const seen = new Set<number>();
  for (const mask of masksOf(command, gap)) {
    step(state, mask, other);
    seen.add(at(state, PLAYER_1 + field));
  }
  return seen;
}

/** Directions that random play holds: none and left and right more often, for the taps of a dash. */
const PLAYED = [
  ...[0, 0, Input.Left, Input.Left, Input.Right, Input.Right, Input.Up, Input.Down],
  ...[Input.Up | Input.Left, Input.Down | Input.Left, Input.Down | Input.Left, Input.Down | Input.Right],
];

const full = (state: Int32Array): Int32Array => {
  state[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
  return state;
};

describe.each(CHARACTERS)('the move list of $slug', (character) => {
  const { moves, actions } = moveListOf(character.id);
  const pair = [character.id, character.id] as const;
  const commandsOf = (id: ActionId) => actions.find((action) => action.id === id)?.commands ?? [];

  it('has every move of the character, once', () => {
    expect(moves.map(({ id }) => id).sort()).toEqual(character.moves.map(({ id }) => id).sort());
    for (const { id } of moves) expect(id.startsWith(`${character.slug}.`), id).toBe(true);
  });

  it.each(moves)('GAME-8: makes $id by the command that is written', ({ slot, command, id }) => {
    expect(character.moves[MoveSlot[slot] - 1]?.id).toBe(id);
    const gap = slot.startsWith('AIR_') ? 8 : 2;
    expect(seenIn(full(fightAt(pair, 300)), command, Fighter.MOVE, 0, gap)).toContain(MoveSlot[slot]);
  });

  it('names everything that pressing buttons at random brings about', () => {
    const toldBy = new Map<string, string>(Object.entries(TOLD_BY));
    const listed = new Set<string | undefined>(['moves', 'nothing', ...actions.map(({ id }) => id)]);
    const done = new Set<number>();
    let random = 7;
    const pick = () => {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      const direction = PLAYED[(random >>> 24) % PLAYED.length] ?? 0;
      return random & 0x10000 ? direction : direction | (Input.Light << ((random >>> 18) & 3));
    };
    for (let fight = 0; fight < 60; fight += 1) {
      const state = full(fightAt(pair, 50 + (fight % 3) * 60));
      for (let turn = 0; turn < 120; turn += 1) {
        const [one, two] = [pick(), pick()];
        for (let frame = 0; frame < 4; frame += 1) {
          step(state, one, two);
          done.add(at(state, PLAYER_1 + Fighter.ACTION));
        }
      }
    }
    for (const [name, action] of Object.entries(Action)) {
      const told = toldBy.get(name);
      if (told !== 'nothing') expect(done, name).toContain(action);
      expect(listed, name).toContain(told);
    }
  });

  it.each([
    ['walk', [Action.WALK_FORWARD, Action.WALK_BACK]],
    ['jump', [Action.AIR, Action.AIR, Action.AIR]],
    ['crouch', [Action.CROUCH]],
    ['dash', [Action.DASH_FORWARD]],
    ['backDash', [Action.DASH_BACK]],
  ] as const)('does what is written: %s', (id, actionsDone) => {
    const commands = commandsOf(id);
    expect(commands).toHaveLength(actionsDone.length);
    for (const [index, command] of commands.entries())
      expect(seenIn(fightAt(pair, 300), command, Fighter.ACTION)).toContain(actionsDone[index]);
  });

  it('guards high and low as is written', () => {
    const guard = (id: ActionId, attack: number): number => {
      const state = fightAt(pair, 60);
      const mask = maskOf(commandsOf(id)[0]?.[0] ?? { directions: [], buttons: [] });
      stepUntil(
        state,
        (frame) => [mask, frame === 6 ? attack : attack & Input.Down],
        () => at(state, PLAYER_1 + Fighter.HURT_KIND) !== 0,
        60,
      );
      return at(state, PLAYER_1 + Fighter.HURT_KIND);
    };
    const lowBlow = Input.Down | Input.Light;
    expect(guard('guardHigh', Input.Heavy)).toBe(Hurt.BLOCK);
    expect(guard('guardLow', Input.Heavy)).toBe(Hurt.BLOCK);
    expect(guard('guardLow', lowBlow)).toBe(Hurt.BLOCK);
    expect(guard('guardHigh', lowBlow)).toBe(Hurt.HIT);
  });

  it('throws forward, throws back and breaks a throw as is written', () => {
    const thrownTo = (id: ActionId): number => {
      const state = fightAt(pair, 60);
      seenIn(state, commandsOf(id)[0] ?? [], Fighter.ACTION);
      return Math.sign(at(state, PLAYER_2 + Fighter.X) - at(state, PLAYER_1 + Fighter.X));
    };
    expect([thrownTo('throw'), thrownTo('throwBack')]).toEqual([1, -1]);
    const state = fightAt(pair, 60);
    step(state, 0, Input.Throw);
    stepUntil(
      state,
      () => [0, 0],
      () => at(state, PLAYER_1 + Fighter.ACTION) === Action.THROWN,
      60,
    );
    expect(seenIn(state, commandsOf('throwBreak')[0] ?? [], Fighter.ACTION)).toContain(Action.TECH);
  });

  it.each(moves.filter(({ onHit }) => typeof onHit === 'number'))(
    'GAME-9: tells how $id leaves both on hit',
    (move) => {
      expect(measured(character.id, move, 0)).toBe(move.onHit);
    },
  );

  it.each(moves.filter(({ onBlock }) => typeof onBlock === 'number'))(
    'GAME-9: tells how $id leaves both on block',
    (move) => {
      expect(
        measured(character.id, move, move.guard === 'low' ? Input.Right | Input.Down : Input.Right),
      ).toBe(move.onBlock);
    },
  );
});

/** Frames from the attacker's first free frame to the other's, with the blow at arm's length. */
function measured(id: number, { command }: ListedMove, other: number): number {
  const state = full(fightAt([id, id], 2 * characterById(id).stats.halfWidth));
  const free: [number, number] = [0, 0];
  const busy: ReadonlySet<number> = new Set([
    Action.ATTACK,
    Action.HITSTUN,
    Action.CROUCH_HITSTUN,
    Action.BLOCKSTUN,
    Action.CROUCH_BLOCKSTUN,
  ]);
  for (let frame = 1; frame < 200; frame += 1) {
    step(state, frame === 4 ? maskOf(command[0] ?? { directions: [], buttons: [] }) : 0, other);
    for (const [index, player] of [PLAYER_1, PLAYER_2].entries())
      if (busy.has(at(state, player + Fighter.ACTION))) free[index] = frame + 1;
  }
  expect(at(state, PLAYER_2 + Fighter.HURT_FRAME)).toBeGreaterThan(0);
  return free[1] - free[0];
}
