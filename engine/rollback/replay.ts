import { FRAMES_PER_SECOND } from './frame-rate';
import { type Game, InputStatus } from './types';

/** A match as it can be kept: where it began, what was pressed, and what came of it. */
export interface ReplayData {
  /** The same number as the session's: the rules under which the inputs mean this match. */
  readonly digest: number;
  /** What the game itself keeps of the match, at most 65,535 bytes: who played, with which characters. */
  readonly header: Uint8Array;
  readonly playerCount: number;
  readonly inputBytes: number;
  readonly frames: number;
  /** The state before frame 0. */
  readonly initialState: Uint8Array;
  /** All inputs, frame by frame, player 0 first. */
  readonly inputs: Uint8Array;
  /** Players who left, with the last frame they take part in. */
  readonly departures: readonly { readonly player: number; readonly frame: number }[];
  /** Checksums of the states after some frames, in ascending order of the frames. */
  readonly checksums: readonly { readonly frame: number; readonly checksum: number }[];
}

/** What a replay player is made from. */
export interface ReplayOptions {
  readonly game: Game;
  readonly replay: ReplayData;
  /** Frames between the states that are kept for going back. Default 120. */
  readonly keyframeIntervalFrames?: number;
}

/** Plays a replay: forwards, backwards, at any speed. */
export interface Replay {
  /** The frame that is simulated next; the game's state is the one before it. */
  readonly frame: number;
  readonly frames: number;
  /** The first frame whose checksum is not the recorded one; undefined as long as all were right. */
  readonly firstWrongFrame: number | undefined;
  /** Simulates one frame. @returns false at the end. */
  step(): boolean;
  /** Makes the state before `frame` the present one. Out of range means the nearest end. */
  seek(frame: number): void;
  /**
   * Moves on by `elapsedMs` × `speed`, at 60 frames per second: 1 is as it was played, 0.25 a quarter, -2 twice backwards.
   * @returns whether the frame changed.
   */
  play(elapsedMs: number, speed: number): boolean;
}

/**
 * Opens a replay on a game of the same rules.
 * @throws RangeError when the replay is not for this game's sizes or contradicts itself.
 */
export function createReplay(options: ReplayOptions): Replay {
  const { game, replay } = options;
  const interval = options.keyframeIntervalFrames ?? 120;
  check(game, replay, interval);
  return new ReplayPlayer(game, replay, interval);
}

class ReplayPlayer implements Replay {
  readonly #game: Game;
  readonly #replay: ReplayData;
  readonly #interval: number;
  frame = 0;
  firstWrongFrame: number | undefined;
  readonly #keyframes: (Uint8Array | undefined)[] = [];
  readonly #expected = new Map<number, number>();
  readonly #row: Uint8Array;
  readonly #status: Uint8Array;
  readonly #goneAfter: number[];
  #restMs = 0;

  constructor(game: Game, replay: ReplayData, interval: number) {
    this.#game = game;
    this.#replay = replay;
    this.#interval = interval;
    this.#row = new Uint8Array(replay.playerCount * replay.inputBytes);
    this.#status = new Uint8Array(replay.playerCount);
    this.#goneAfter = new Array(replay.playerCount).fill(Number.POSITIVE_INFINITY);
    for (const { player, frame } of replay.departures) this.#goneAfter[player] = frame;
    for (const { frame, checksum } of replay.checksums) this.#expected.set(frame, checksum);
    this.#load(0, replay.initialState);
    this.#keyframes[0] = replay.initialState.slice();
  }

  get frames(): number {
    return this.#replay.frames;
  }

  step(): boolean {
    if (this.frame >= this.frames) return false;
    const { frame } = this;
    const row = this.#row;
    const status = this.#status;
    const game = this.#game;
    for (let i = 0; i < row.length; i++) row[i] = this.#replay.inputs[frame * row.length + i] ?? 0;
    for (let player = 0; player < status.length; player++) {
      const isGone = frame > (this.#goneAfter[player] ?? Number.POSITIVE_INFINITY);
      status[player] = isGone ? InputStatus.disconnected : InputStatus.confirmed;
    }
    game.advance(row, status);
    this.frame = frame + 1;
    game.beforeSave?.();
    const expected = this.#expected.get(frame);
    if (expected !== undefined && game.checksum() >>> 0 !== expected) {
      this.firstWrongFrame = Math.min(this.firstWrongFrame ?? frame, frame);
    }
    if (this.frame % this.#interval === 0)
      this.#keyframes[this.frame / this.#interval] ??= game.state.slice();
    return true;
  }

  seek(frame: number): void {
    const target = Math.max(0, Math.min(this.frames, Math.trunc(frame)));
    let index = Math.floor(target / this.#interval);
    while (index > 0 && this.#keyframes[index] === undefined) index--;
    const keyframe = this.#keyframes[index] ?? this.#replay.initialState;
    // Going on from here is shorter than from a keyframe that lies behind.
    if (target < this.frame || index * this.#interval > this.frame)
      this.#load(index * this.#interval, keyframe);
    while (this.frame < target) this.step();
  }

  play(elapsedMs: number, speed: number): boolean {
    this.#restMs += elapsedMs * speed;
    const frames = Math.trunc((this.#restMs * FRAMES_PER_SECOND) / 1000);
    if (frames === 0) return false;
    this.#restMs -= (frames * 1000) / FRAMES_PER_SECOND;
    const before = this.frame;
    this.seek(before + frames);
    return this.frame !== before;
  }

  #load(frame: number, state: Uint8Array): void {
    this.#game.state.set(state);
    this.#game.afterLoad?.();
    this.frame = frame;
  }
}

function check(game: Game, replay: ReplayData, interval: number): void {
  if (replay.inputBytes !== game.inputBytes) {
    throw new RangeError(`the replay has ${replay.inputBytes} input bytes, the game ${game.inputBytes}`);
  }
  if (replay.initialState.length !== game.state.length) {
    throw new RangeError(
      `the replay's state has ${replay.initialState.length} bytes, the game's ${game.state.length}`,
    );
  }
  const expected = replay.frames * replay.playerCount * replay.inputBytes;
  if (replay.inputs.length !== expected) {
    throw new RangeError(`the replay has ${replay.inputs.length} bytes of inputs, expected ${expected}`);
  }
  if (!Number.isInteger(interval) || interval < 1)
    throw new RangeError(`a keyframe interval of ${interval} frames`);
}
