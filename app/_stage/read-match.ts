import { characterById, moveOf } from '@/engine/fighter/characters/roster';
import { SUB } from '@/engine/fighter/rules';
import { at, Fighter, Match, PLAYER_1, PLAYER_2 } from '@/engine/fighter/state';
import { type FighterView, NEVER, type Scene, settleScene } from './scene';

const PHASES = ['ready', 'fight', 'round over', 'match over'] as const;

/** Fills `scene` from a match's state. Everything shown derives from that one state, so it survives rollbacks. */
export function readMatch(scene: Scene, state: Int32Array): void {
  const clock = at(state, Match.FRAME);
  const since = (index: number): number => {
    const frame = at(state, index);
    return frame === 0 ? NEVER : clock - frame;
  };
  scene.clock = clock;
  scene.frozen = at(state, Match.HITSTOP) > 0;
  scene.koAge = since(Match.KO_FRAME);
  scene.clashAge = since(Match.CLASH_FRAME);
  scene.clashX = at(state, Match.CLASH_X);
  scene.clashY = at(state, Match.CLASH_Y);
  scene.phase = PHASES[at(state, Match.PHASE)] ?? 'fight';
  scene.phaseFrame = at(state, Match.PHASE_FRAME);
  scene.round = at(state, Match.ROUND);
  scene.result =
    scene.phase === 'round over' || scene.phase === 'match over' ? at(state, Match.ROUND_RESULT) : 0;
  scene.seed = at(state, Match.SEED);
  readFighter(scene.fighters[0], state, PLAYER_1, clock, since);
  readFighter(scene.fighters[1], state, PLAYER_2, clock, since);
  settleScene(scene);
}

function readFighter(
  view: FighterView,
  state: Int32Array,
  player: number,
  clock: number,
  since: (index: number) => number,
): void {
  const { doing, shot } = view;
  view.character = characterById(at(state, player + Fighter.CHARACTER));
  view.x = at(state, player + Fighter.X) / SUB;
  view.y = at(state, player + Fighter.Y) / SUB;
  view.facing = at(state, player + Fighter.FACING);
  view.speed = (at(state, player + Fighter.VX) + at(state, player + Fighter.SLIDE)) / SUB;
  doing.action = at(state, player + Fighter.ACTION);
  doing.frame = at(state, player + Fighter.ACTION_FRAME);
  doing.slot = at(state, player + Fighter.MOVE);
  doing.stun = at(state, player + Fighter.STUN);
  doing.rising = at(state, player + Fighter.VY) / SUB;
  doing.walked = view.x * view.facing;
  doing.clock = clock;
  view.hurtAge = since(player + Fighter.HURT_FRAME);
  view.hurtKind = at(state, player + Fighter.HURT_KIND);
  view.hurtStrength = at(state, player + Fighter.HURT_STRENGTH);
  view.hurtX = at(state, player + Fighter.HURT_X);
  view.hurtY = at(state, player + Fighter.HURT_Y);
  view.landAge = since(player + Fighter.LAND_FRAME);
  view.superAge = since(player + Fighter.SUPER_FRAME);
  const slot = at(state, player + Fighter.SHOT_SLOT);
  shot.active = slot !== 0;
  if (!shot.active) return;
  shot.x = at(state, player + Fighter.SHOT_X) / SUB;
  shot.y = at(state, player + Fighter.SHOT_Y) / SUB;
  shot.way = at(state, player + Fighter.SHOT_VX) > 0 ? 1 : -1;
  shot.frame = at(state, player + Fighter.SHOT_FRAME);
  shot.size = moveOf(view.character, slot).projectile?.halfHeight ?? 20;
}
