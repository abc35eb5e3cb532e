import { Action, type ActionName, MoveSlot } from '@/engine/fighter/actions';
import { moveOf } from '@/engine/fighter/characters/roster';
import { READY_FRAMES, SUB, SUPER_FREEZE_FRAMES, THROW_RELEASE_FRAME, WALL_X } from '@/engine/fighter/rules';
import { Hurt } from '@/engine/fighter/state';
import { createRoundCounter } from './round-counter';
import { type FighterView, NEVER, type Scene, settleScene } from './scene';

/** One player as `game.proto` streams it. */
export interface StreamPlayer {
  readonly health: number;
  readonly super_gauge: number;
  readonly position_x: number;
  readonly position_y: number;
  readonly current_action: string;
}

/** A frame as `game.proto` streams it. */
export interface StreamState {
  readonly timer: number;
  readonly player1?: StreamPlayer | undefined;
  readonly player2?: StreamPlayer | undefined;
  readonly winner_id?: number | undefined;
}

const ACTIONS: Readonly<Record<ActionName, number>> = {
  IDLE: Action.IDLE,
  WALK: Action.WALK_FORWARD,
  JUMP: Action.AIR,
  CROUCH: Action.CROUCH,
  ATTACK: Action.ATTACK,
  SPECIAL: Action.ATTACK,
  SUPER: Action.ATTACK,
  BLOCK: Action.GUARD,
  HITSTUN: Action.HITSTUN,
  BLOCKSTUN: Action.BLOCKSTUN,
  KNOCKDOWN: Action.KNOCKDOWN,
  THROW: Action.ATTACK,
  DASH: Action.DASH_FORWARD,
  WIN: Action.WIN,
  KO: Action.KO,
};

/** Damage in points of 100 from which a blow counts as heavy, special or super. */
const STRENGTH_POINTS = [6, 9, 18] as const;
/** A streamed stun has no length, so the recoil is played over this many frames. */
const STUN_FRAMES = 16;
/** Closer than this an unnamed attack is taken for a light one. */
const LIGHT_UNITS = 84;

/**
 * Turns a stream of readouts back into scenes. The stream names an action but not the move, its frame or its place of
 * contact; those are inferred, and the picture is only as exact as that.
 */
export class StreamReader {
  readonly #scene: Scene;
  readonly #rounds = createRoundCounter();
  readonly #names: [string, string] = ['', ''];
  readonly #health: [number, number] = [100, 100];
  #timer = -1;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Takes the next state of the stream. */
  feed(state: StreamState): void {
    const { player1, player2, timer, winner_id } = state;
    if (player1 === undefined || player2 === undefined) return;
    const scene = this.#scene;
    scene.clock += 1;
    scene.phaseFrame += 1;
    if (scene.koAge !== NEVER) scene.koAge += 1;
    scene.frozen = scene.fighters.some(isFreezing);
    if (this.#timer < 0) {
      // What was lost before the first state was lost without a blow that could be shown.
      this.#health[0] = player1.health;
      this.#health[1] = player2.health;
    }
    this.#player(0, player1, player2);
    this.#player(1, player2, player1);
    this.#phase(timer, player1.health, player2.health, winner_id);
    this.#timer = timer;
    settleScene(scene);
  }

  #phase(timer: number, health1: number, health2: number, winner: number | undefined): void {
    const scene = this.#scene;
    const rounds = this.#rounds;
    const before = rounds.round;
    rounds.add({ timer, health1, health2 });
    if (this.#timer < 0 || rounds.round !== before) {
      // Joining in the middle of a round shows no READY.
      const fresh = timer >= 99 && health1 === 100 && health2 === 100;
      enter(scene, fresh ? 'ready' : 'fight', fresh ? 0 : 99);
      scene.round = rounds.round;
      scene.koAge = NEVER;
      scene.result = 0;
    } else if (scene.phase === 'ready' && (timer < 99 || scene.phaseFrame >= READY_FRAMES)) {
      enter(scene, 'fight', 0);
    } else if (scene.phase === 'fight' && rounds.result !== 0) {
      enter(scene, 'round over', 0);
      if (health1 === 0 || health2 === 0) scene.koAge = 0;
      scene.result = rounds.result;
    }
    if (winner !== undefined && scene.phase !== 'match over') {
      enter(scene, 'match over', 60);
      scene.result = winner === 1 ? 1 : winner === 2 ? 2 : 3;
    }
  }

  #player(index: 0 | 1, player: StreamPlayer, other: StreamPlayer): void {
    const view = this.#scene.fighters[index];
    const rival = this.#scene.fighters[index === 0 ? 1 : 0];
    const { doing } = view;
    const rising = player.position_y - view.y;
    if (view.y > 0 && player.position_y === 0) view.landAge = 0;
    else if (view.landAge < NEVER) view.landAge += 1;
    view.speed = player.position_x - view.x;
    view.x = player.position_x;
    view.y = player.position_y;
    const side = Math.sign(other.position_x - player.position_x);
    if (side !== 0 && (view.y === 0 || this.#names[index] === '')) view.facing = side;
    doing.rising = rising;
    doing.walked = view.x * view.facing;
    doing.clock = this.#scene.clock;
    this.#action(index, view, player, Math.abs(other.position_x - player.position_x));
    this.#touch(index, view, rival, player, other);
    if (!this.#scene.frozen) moveShot(view, rival);
    this.#health[index] = player.health;
  }

  #action(index: 0 | 1, view: FighterView, player: StreamPlayer, distance: number): void {
    const { doing } = view;
    const name = player.current_action;
    const isNew = name !== this.#names[index];
    if (!this.#scene.frozen) doing.frame += 1;
    if (doing.action === Action.ATTACK && !isNew && isOver(view)) begin(view, slotFor(name, view, distance));
    if (isNew) {
      const wasLow = this.#names[index] === 'CROUCH';
      doing.action = isActionName(name) ? ACTIONS[name] : Action.IDLE;
      begin(view, doing.action === Action.ATTACK ? slotFor(name, view, distance, wasLow) : MoveSlot.NONE);
      if (name === 'SUPER') view.superAge = 0;
      this.#names[index] = name;
    } else if (view.superAge < NEVER) view.superAge += 1;
    if (name === 'WALK') doing.action = view.speed * view.facing < 0 ? Action.WALK_BACK : Action.WALK_FORWARD;
    if (name === 'DASH') doing.action = view.speed * view.facing < 0 ? Action.DASH_BACK : Action.DASH_FORWARD;
    const isHeld = doing.action === Action.THROWN && doing.frame <= THROW_RELEASE_FRAME;
    if (name === 'HITSTUN' && !isHeld) doing.action = view.y > 0 ? Action.FALLING : Action.HITSTUN;
    this.#grip(view, this.#scene.fighters[index === 0 ? 1 : 0], name);
    doing.stun = Math.max(0, STUN_FRAMES - doing.frame);
  }

  /** Who is hit without losing anything, next to somebody who reaches for a throw, is held. */
  #grip(view: FighterView, rival: FighterView, name: string): void {
    const { doing } = view;
    const reaches =
      rival.doing.action === Action.ATTACK && moveOf(rival.character, rival.doing.slot).guard === 'throw';
    if (name === 'HITSTUN' && doing.frame === 1 && reaches) {
      doing.action = Action.THROWN;
      rival.doing.action = Action.THROWING;
      rival.doing.frame = 1;
    }
  }

  #touch(
    index: 0 | 1,
    view: FighterView,
    rival: FighterView,
    player: StreamPlayer,
    other: StreamPlayer,
  ): void {
    if (view.hurtAge < NEVER) view.hurtAge += 1;
    const lost = this.#health[index] - player.health;
    const guarded = player.current_action === 'BLOCKSTUN';
    if (lost <= 0 && !(guarded && view.doing.frame === 1)) return;
    view.hurtAge = 0;
    view.hurtKind = guarded ? Hurt.BLOCK : other.current_action === 'THROW' ? Hurt.THROW : Hurt.HIT;
    view.hurtStrength = 1 + STRENGTH_POINTS.filter((points) => lost >= points).length;
    view.hurtX = view.x + Math.sign(rival.x - view.x) * 20;
    view.hurtY = view.y + 108;
  }
}

/** The stream doesn't name the freeze of a blow; it is about this long. */
function isFreezing(view: FighterView): boolean {
  return view.hurtAge < 4 + view.hurtStrength * 2 || view.superAge < SUPER_FREEZE_FRAMES;
}

function enter(scene: Scene, phase: Scene['phase'], frame: number): void {
  scene.phase = phase;
  scene.phaseFrame = frame;
}

function begin(view: FighterView, slot: number): void {
  view.doing.frame = 1;
  view.doing.slot = slot;
}

function isActionName(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}

function isOver(view: FighterView): boolean {
  const move = moveOf(view.character, view.doing.slot);
  return view.doing.frame > move.startup + move.active + move.recovery + move.hitstop;
}

function slotFor(name: string, view: FighterView, distance: number, wasLow = false): number {
  if (name === 'SPECIAL') return MoveSlot.SPECIAL;
  if (name === 'SUPER') return MoveSlot.SUPER;
  if (name === 'THROW') return MoveSlot.THROW;
  if (view.y > 0) return MoveSlot.AIR_HEAVY;
  const light = distance < LIGHT_UNITS;
  if (wasLow) return light ? MoveSlot.CROUCH_LIGHT : MoveSlot.CROUCH_HEAVY;
  return light ? MoveSlot.LIGHT : MoveSlot.HEAVY;
}

/** The stream carries no projectiles: one is launched when its move would, and ends where something is struck. */
function moveShot(view: FighterView, rival: FighterView): void {
  const { doing, shot, character } = view;
  if (shot.active) {
    const speed = moveOf(character, MoveSlot.SPECIAL).projectile?.vx ?? SUB;
    shot.x += (speed / SUB) * shot.way;
    shot.frame += 1;
    const struck = rival.hurtAge <= 1 && Math.abs(rival.x - shot.x) < 90;
    if (struck || Math.abs(shot.x) > WALL_X + 80) shot.active = false;
    return;
  }
  if (doing.action !== Action.ATTACK) return;
  const move = moveOf(character, doing.slot);
  if (move.projectile === undefined || doing.frame !== move.startup + 1) return;
  shot.active = true;
  shot.way = view.facing;
  shot.x = view.x + move.projectile.x * view.facing;
  shot.y = view.y + move.projectile.y;
  shot.frame = 1;
  shot.size = move.projectile.halfHeight;
}
