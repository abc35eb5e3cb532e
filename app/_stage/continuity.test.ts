import { describe, expect, it } from 'vitest';
import { Action, MoveSlot } from '@/engine/fighter/actions';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import { Input } from '@/engine/fighter/inputs';
import { MAX_GAUGE, SUPER_FREEZE_FRAMES } from '@/engine/fighter/rules';
import { Fighter, Hurt, Match, PLAYER_1, PLAYER_2 } from '@/engine/fighter/state';
import { step } from '@/engine/fighter/step';
import { fightAt } from '@/engine/fighter/testing/play';
import { Figure } from './figure';
import { readMatch } from './read-match';
import { createScene, type FighterView } from './scene';

const JOINTS = ['hips', 'chest', 'head', 'nearHand', 'farHand', 'nearAnkle', 'farAnkle'] as const;
type Places = Record<(typeof JOINTS)[number], { x: number; y: number }>;

function placesOf(figure: Figure, view: FighterView): Places {
  const joints = figure.joints(view);
  const place = (key: (typeof JOINTS)[number]) => ({
    x: view.x + joints[key].x * view.facing,
    y: view.y + joints[key].y,
  });
  return {
    hips: place('hips'),
    chest: place('chest'),
    head: place('head'),
    nearHand: place('nearHand'),
    farHand: place('farHand'),
    nearAnkle: place('nearAnkle'),
    farAnkle: place('farAnkle'),
  };
}

/** The farthest that a trunk and a limb went within one frame, blows and turns to the other side left out. */
interface Leaps {
  trunk: number;
  limb: number;
  at: string;
  limbAt: string;
}

/** Draws what happens after player 1 presses `mask` at the first frame, frame by frame. */
function watch(
  state: Int32Array,
  inputs: (frame: number) => readonly [number, number],
  frames: number,
): Leaps {
  const scene = createScene([state[PLAYER_1] ?? 1, state[PLAYER_2] ?? 1], 1);
  const figures = [new Figure(), new Figure()] as const;
  const before: (Places | undefined)[] = [undefined, undefined];
  const facing = [0, 0];
  const leaps: Leaps = { trunk: 0, limb: 0, at: '', limbAt: '' };
  for (let frame = 0; frame < frames; frame += 1) {
    const [one, two] = inputs(frame);
    step(state, one, two);
    readMatch(scene, state);
    for (const index of [0, 1] as const) {
      const view = scene.fighters[index];
      figures[index].advance(view, 1, scene.frozen);
      const now = placesOf(figures[index], view);
      const last = before[index];
      const isStruck = view.hurtAge < 2 && view.hurtKind !== Hurt.THROW;
      if (last !== undefined && !isStruck && facing[index] === view.facing) {
        for (const key of JOINTS) {
          const way = Math.hypot(now[key].x - last[key].x, now[key].y - last[key].y);
          const isTrunk = key === 'hips' || key === 'chest' || key === 'head';
          // An attack lunges by design: its frames are measured as limbs are, at less.
          const part = view.doing.action === Action.ATTACK ? way * (TRUNK_UNITS / LUNGE_UNITS) : way;
          if (isTrunk && part > leaps.trunk) {
            leaps.trunk = part;
            leaps.at = `${view.character.slug} ${key} action ${view.doing.action}.${view.doing.frame} frame ${frame}`;
          }
          if (!isTrunk && way > leaps.limb) {
            leaps.limb = way;
            leaps.limbAt = `${view.character.slug} ${key} action ${view.doing.action}.${view.doing.frame} frame ${frame}`;
          }
        }
      }
      before[index] = now;
      facing[index] = view.facing;
    }
  }
  return leaps;
}

/** Stage units in one frame. A fighter is about 170 tall. */
const TRUNK_UNITS = 26;
const LUNGE_UNITS = 42;
const LIMB_UNITS = 100;

const MASKS = [
  ['light', Input.Light],
  ['heavy', Input.Heavy],
  ['crouching light', Input.Down | Input.Light],
  ['crouching heavy', Input.Down | Input.Heavy],
  ['special', Input.Special],
  ['super', Input.Heavy | Input.Special],
  ['throw', Input.Throw],
  ['back throw', Input.Throw | Input.Left],
  ['jump', Input.Up],
] as const;

describe.each(CHARACTERS)('the drawn $slug', (character) => {
  it.each(MASKS)('never leaps from one frame to the next, nor does who is struck: %s', (_, mask) => {
    for (const victim of CHARACTERS) {
      for (const distance of [character.stats.halfWidth + victim.stats.halfWidth, 400]) {
        const state = fightAt([character.id, victim.id], distance);
        state[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
        const held = mask & (Input.Down | Input.Left);
        const leaps = watch(
          state,
          (frame) => [frame === 2 ? mask : frame > 2 && frame < 40 ? held : 0, 0],
          150,
        );
        expect(leaps.trunk, leaps.at).toBeLessThan(TRUNK_UNITS);
        expect(leaps.limb, leaps.limbAt).toBeLessThan(LIMB_UNITS);
      }
    }
  });

  it('poses while a super holds everything still', () => {
    const state = fightAt([character.id, 1], 200);
    state[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
    const scene = createScene([character.id, 1], 1);
    const figure = new Figure();
    const draw = (mask: number): Places => {
      step(state, mask, 0);
      readMatch(scene, state);
      figure.advance(scene.fighters[0], 1, scene.frozen);
      return placesOf(figure, scene.fighters[0]);
    };
    const stance = draw(0);
    draw(Input.Heavy | Input.Special);
    expect(state[PLAYER_1 + Fighter.MOVE]).toBe(MoveSlot.SUPER);
    for (let frame = 1; frame < SUPER_FREEZE_FRAMES; frame += 1) {
      const now = draw(0);
      expect(state[Match.HITSTOP]).toBeGreaterThan(0);
      const moved = Math.hypot(now.nearHand.x - stance.nearHand.x, now.nearHand.y - stance.nearHand.y);
      if (frame > 10) expect(moved).toBeGreaterThan(40);
    }
  });

  it('hangs the head when time is up and the round is lost', () => {
    const state = fightAt([character.id, 1], 200);
    state[PLAYER_1 + Fighter.HEALTH] = 10;
    state[Match.TIMER] = 2;
    const scene = createScene([character.id, 1], 1);
    const figure = new Figure();
    readMatch(scene, state);
    figure.advance(scene.fighters[0], 1, false);
    const { head: up, nearHand: guarding } = placesOf(figure, scene.fighters[0]);
    for (let frame = 0; frame < 120; frame += 1) {
      step(state, 0, 0);
      readMatch(scene, state);
      figure.advance(scene.fighters[0], 1, scene.frozen);
    }
    expect(state[PLAYER_1 + Fighter.ACTION]).toBe(Action.IDLE);
    const { head, nearHand } = placesOf(figure, scene.fighters[0]);
    expect(up.y - head.y).toBeGreaterThan(2);
    expect(guarding.y - nearHand.y).toBeGreaterThan(10);
  });
});
