import { Action } from '@/engine/fighter/actions';
import { characterById, moveOf } from '@/engine/fighter/characters/roster';
import { FRAMES_PER_SECOND, SUB, WALL_X } from '@/engine/fighter/rules';
import { at, Fighter, Hurt, Match, Phase, PLAYER_1, PLAYER_2 } from '@/engine/fighter/state';

/** Things that make a sound. */
export type SoundKind =
  | 'hit'
  | 'block'
  | 'throw'
  | 'tech'
  | 'clash'
  | 'swing'
  | 'shot'
  | 'jump'
  | 'land'
  | 'fall'
  | 'super'
  | 'ko'
  | 'ready'
  | 'fight'
  | 'tick'
  | 'win';

export interface SoundEvent {
  readonly kind: SoundKind;
  /** Which player's; 0 for the match's own. */
  readonly side: 0 | 1 | 2;
  /** Frame in which it happened; with kind and side it names the event. */
  readonly frame: number;
  /** 1 light to 4 super. */
  readonly strength: number;
  /** -1 left to 1 right. */
  readonly pan: number;
}

/** An event older than this many frames is not worth a sound any more. */
const STALE_FRAMES = 15;
/** Seconds at the end of a round that are heard. */
const LAST_SECONDS = 10;

/**
 * What became audible between two states of one match, the one shown last and the one shown now. Their distance
 * doesn't matter: after a rollback the same event may be found again, under its own frame, for `play` to recognise.
 */
export function soundEventsOf(previous: Int32Array, state: Int32Array): SoundEvent[] {
  const events: SoundEvent[] = [];
  matchEvents(previous, state, events);
  playerEvents(previous, state, PLAYER_1, 1, events);
  playerEvents(previous, state, PLAYER_2, 2, events);
  return events;
}

function matchEvents(previous: Int32Array, state: Int32Array, events: SoundEvent[]): void {
  const frame = at(state, Match.FRAME);
  const began = frame - at(state, Match.PHASE_FRAME);
  const phase = at(state, Match.PHASE);
  if (phase !== at(previous, Match.PHASE) || at(state, Match.ROUND) !== at(previous, Match.ROUND)) {
    if (phase === Phase.READY) events.push(own('ready', began));
    if (phase === Phase.FIGHT) events.push(own('fight', began));
    if (phase === Phase.MATCH_OVER) events.push(own('win', began));
  }
  if (isNew(previous, state, Match.KO_FRAME)) events.push(own('ko', at(state, Match.KO_FRAME)));
  if (isNew(previous, state, Match.CLASH_FRAME))
    events.push({
      kind: 'clash',
      side: 0,
      frame: at(state, Match.CLASH_FRAME),
      strength: 2,
      pan: at(state, Match.CLASH_X) / WALL_X,
    });
  const second = Math.ceil(at(state, Match.TIMER) / FRAMES_PER_SECOND);
  const ticked = second !== Math.ceil(at(previous, Match.TIMER) / FRAMES_PER_SECOND);
  if (phase === Phase.FIGHT && ticked && second <= LAST_SECONDS && second > 0)
    events.push(own('tick', frame));
}

function own(kind: SoundKind, frame: number): SoundEvent {
  return { kind, side: 0, frame, strength: 2, pan: 0 };
}

/** Whether the frame noted in word `index` changed, and lately. */
function isNew(previous: Int32Array, state: Int32Array, index: number): boolean {
  const frame = at(state, index);
  return frame !== 0 && frame !== at(previous, index) && at(state, Match.FRAME) - frame <= STALE_FRAMES;
}

function playerEvents(
  previous: Int32Array,
  state: Int32Array,
  player: number,
  side: 1 | 2,
  events: SoundEvent[],
): void {
  const pan = at(state, player + Fighter.X) / SUB / WALL_X;
  const push = (kind: SoundKind, frame: number, strength = 1): void => {
    events.push({ kind, side, frame, strength, pan });
  };
  if (isNew(previous, state, player + Fighter.HURT_FRAME)) {
    const kind = touchKind(at(state, player + Fighter.HURT_KIND));
    push(kind, at(state, player + Fighter.HURT_FRAME), at(state, player + Fighter.HURT_STRENGTH));
  }
  if (isNew(previous, state, player + Fighter.SUPER_FRAME))
    push('super', at(state, player + Fighter.SUPER_FRAME), 4);
  const action = at(state, player + Fighter.ACTION);
  const down = action === Action.KNOCKDOWN || action === Action.KO;
  if (isNew(previous, state, player + Fighter.LAND_FRAME))
    push(down ? 'fall' : 'land', at(state, player + Fighter.LAND_FRAME));
  const began = at(state, Match.FRAME) - at(state, player + Fighter.ACTION_FRAME);
  if (action === Action.AIR && at(previous, player + Fighter.ACTION) === Action.PREJUMP) push('jump', began);
  const shot = at(state, player + Fighter.SHOT_SLOT);
  if (shot !== 0 && at(previous, player + Fighter.SHOT_SLOT) === 0)
    push('shot', at(state, Match.FRAME) - at(state, player + Fighter.SHOT_FRAME), 3);
  const strength = swing(state, player);
  if (strength > 0 && swing(previous, player) === 0) push('swing', began, strength);
}

function touchKind(kind: number): SoundKind {
  if (kind === Hurt.BLOCK) return 'block';
  if (kind === Hurt.THROW) return 'throw';
  return kind === Hurt.TECH ? 'tech' : 'hit';
}

/** Strength of the limb that cuts the air now, 0 for none. */
function swing(state: Int32Array, player: number): number {
  if (at(state, player + Fighter.ACTION) !== Action.ATTACK) return 0;
  const move = moveOf(characterById(at(state, player + Fighter.CHARACTER)), at(state, player + Fighter.MOVE));
  const frame = at(state, player + Fighter.ACTION_FRAME);
  const cuts = move.hitboxes.length > 0 && frame >= move.startup - 1 && frame <= move.startup + move.active;
  return cuts ? move.strength : 0;
}
