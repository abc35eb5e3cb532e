import { ChecksumHistory } from './checksum-history';
import type { InputQueue } from './input-queue';
import { NO_FRAME } from './input-queue';
import { Snapshots } from './snapshots';
import type { Game } from './types';

/** How the simulation is kept so that it can be taken back. */
export interface TimelineOptions {
  /** How far back a rollback can reach, in frames. */
  readonly reachFrames: number;
  readonly checksumIntervalFrames: number;
  readonly sparseSaving: boolean;
}

/**
 * The loop that rollback costs, so it allocates nothing. It is a closure over what never changes, not a method: a
 * compiler that knows the game, the ring of inputs and the snapshots themselves need not look for them after each call.
 */
function createRun(game: Game, inputs: InputQueue, snapshots: Snapshots) {
  const { row, status } = inputs;
  /** Simulates `first` to `last`, and keeps the states from before frames from `savedFrom` on. */
  return (first: number, last: number, savedFrom: number): void => {
    inputs.rewind();
    for (let frame = first; frame <= last; frame++) {
      // Before the copy, which is a call: the game then has not to wait for what it reads first.
      inputs.load(frame);
      if (frame >= savedFrom) snapshots.save(frame);
      game.advance(row, status);
    }
  };
}

/** The simulation of one game along its inputs: one frame forward, or back to the first wrong frame and forward again. */
export class Timeline {
  readonly #sparseSaving: boolean;
  /** The next frame to simulate. */
  frame = 0;
  /** The last frame whose inputs can't change any more (may lie ahead of the simulation). */
  settled = -1;
  readonly checksums: ChecksumHistory;
  readonly snapshots: Snapshots;
  readonly #run: ReturnType<typeof createRun>;
  #lastSaved = 0;
  #nextChecksum = 0;

  constructor(
    readonly game: Game,
    readonly inputs: InputQueue,
    options: TimelineOptions,
  ) {
    this.#sparseSaving = options.sparseSaving;
    this.snapshots = new Snapshots(game, options.reachFrames + 2);
    this.#run = createRun(game, inputs, this.snapshots);
    this.checksums = new ChecksumHistory(options.checksumIntervalFrames);
    this.snapshots.save(0);
  }

  /** The last frame that was simulated with inputs that can't change any more. */
  get confirmedFrame(): number {
    return Math.min(this.settled, this.frame - 1, this.inputs.firstWrong - 1);
  }

  /**
   * Tells up to which frame the inputs are final. A state is hashed once, when its frame is confirmed: while it is
   * replayed, or here when the guess was right.
   */
  settle(frame: number): void {
    this.settled = frame;
    if (this.#nextChecksum > frame) return;
    const { intervalFrames } = this.checksums;
    for (const confirmed = this.confirmedFrame; this.#nextChecksum <= confirmed; ) {
      const due = this.#nextChecksum;
      this.#nextChecksum = due + intervalFrames;
      if (!this.checksums.has(due) && this.#isKept(due + 1))
        this.checksums.note(due, this.#hashBefore(due + 1));
    }
  }

  /** Simulates the next frame, after those that were wrong. @returns how many were wrong, 0 for none. */
  step(): number {
    return this.#correct(this.frame + 1);
  }

  /** Simulates again from the first wrong frame. @returns how many frames were wrong, 0 for none. */
  reconcile(): number {
    return this.#correct(this.frame);
  }

  /** Checksum of the state after a confirmed frame, when it is still at hand. */
  checksumAt(frame: number): number | undefined {
    if (frame < 0 || frame > this.confirmedFrame) return undefined;
    if (this.checksums.has(frame)) return this.checksums.at(frame) >>> 0;
    return this.#isKept(frame + 1) ? this.#hashBefore(frame + 1) >>> 0 : undefined;
  }

  /** Whether the state from before `frame` is at hand. */
  #isKept(frame: number): boolean {
    return frame === this.frame || this.snapshots.has(frame);
  }

  /** Checksum, an int32, of the state from before a frame that is kept. */
  #hashBefore(frame: number): number {
    if (frame === this.frame) {
      this.game.beforeSave?.();
      return this.game.checksum();
    }
    this.snapshots.setAside();
    this.snapshots.load(frame);
    const value = this.game.checksum();
    this.snapshots.bringBack();
    return value;
  }

  /** Copies the state from before the latest possible confirmed frame. @returns that frame. */
  copyConfirmedState(out: Uint8Array): number {
    const next = this.confirmedFrame + 1;
    if (next === this.frame) {
      this.game.beforeSave?.();
      out.set(this.game.state);
      return next;
    }
    const frame = this.snapshots.latestUpTo(next);
    const kept = this.snapshots.view(frame);
    if (kept !== undefined) out.set(kept);
    return frame;
  }

  /** The game's name for the first byte in which our state from before `frame` differs from another's. */
  describeDifference(frame: number, other: Uint8Array): string | undefined {
    if (frame === this.frame) this.game.beforeSave?.();
    const ours = frame === this.frame ? this.game.state : this.snapshots.view(frame);
    const at = ours === undefined ? -1 : ours.findIndex((byte, i) => byte !== other[i]);
    return at < 0 ? undefined : this.game.describe?.(at);
  }

  /**
   * Replaces the state from before `frame` and simulates up to the present again.
   * @returns false, with nothing changed, when the state hasn't the checksum.
   */
  import(frame: number, state: Uint8Array, checksum: number): boolean {
    this.snapshots.setAside();
    this.game.state.set(state);
    this.game.afterLoad?.();
    if (this.game.checksum() >>> 0 !== checksum) {
      this.snapshots.bringBack();
      return false;
    }
    const present = Math.max(this.frame, frame);
    this.snapshots.clear();
    this.checksums.clear();
    this.#nextChecksum = this.checksums.firstDueFrom(frame);
    this.inputs.floor = frame;
    this.inputs.firstWrong = NO_FRAME;
    this.frame = frame;
    this.snapshots.save(frame);
    this.#lastSaved = frame;
    this.#simulate(present, frame);
    return true;
  }

  /** Goes back to the first wrong frame, if there is one, and on to before `end`. */
  #correct(end: number): number {
    const present = this.frame;
    const wrong = this.inputs.firstWrong;
    this.inputs.firstWrong = NO_FRAME;
    let from = -1;
    if (wrong < present) {
      from = this.snapshots.load(wrong) ? wrong : this.#loadBefore(wrong);
      const { intervalFrames } = this.checksums;
      if (wrong <= this.#nextChecksum - intervalFrames)
        this.#nextChecksum = this.checksums.firstDueFrom(wrong);
    } else if (this.#sparseSaving && this.#isSaveOverdue()) {
      from = this.#lastSaved;
      this.snapshots.load(from);
    }
    if (from >= 0) {
      this.frame = from;
      this.#lastSaved = from;
    }
    this.#simulate(end, from);
    return wrong < present ? present - wrong : 0;
  }

  /** Goes back to the latest state that is kept from before an earlier frame than `wrong`. @returns that frame. */
  #loadBefore(wrong: number): number {
    const from = this.snapshots.latestUpTo(wrong);
    if (from < 0) throw new RangeError(`a rollback to frame ${wrong} from ${this.frame} is out of reach`);
    this.snapshots.load(from);
    return from;
  }

  /**
   * Simulates the frames before `end`.
   * @param restored the frame whose state was just restored, and need not be saved again; -1 for none.
   */
  #simulate(end: number, restored: number): void {
    if (this.#sparseSaving) {
      this.#simulateSparsely(end, restored);
      return;
    }
    for (let due = this.#nextChecksum; due >= this.frame && due < end && due <= this.settled; ) {
      this.#run(this.frame, due, restored + 1);
      this.frame = due + 1;
      due += this.checksums.intervalFrames;
      this.#nextChecksum = due;
      this.#noteChecksum(this.frame - 1);
    }
    if (this.frame >= end) return;
    this.#run(this.frame, end - 1, restored + 1);
    this.frame = end;
  }

  /** Frame by frame: most states are not kept, so guesses are hashed, too, not only what is confirmed later. */
  #simulateSparsely(end: number, restored: number): void {
    for (let { frame } = this; frame < end; frame++) {
      if (frame !== restored) this.#saveIfDue(frame);
      this.#run(frame, frame, NO_FRAME);
      this.frame = frame + 1;
      const isNext = frame === this.#nextChecksum && frame <= this.settled;
      if (isNext) this.#nextChecksum = frame + this.checksums.intervalFrames;
      if (isNext || this.checksums.isDue(frame)) this.#noteChecksum(frame);
    }
  }

  /** Hashes the present state, the one after `frame`. */
  #noteChecksum(frame: number): void {
    this.game.beforeSave?.();
    this.checksums.note(frame, this.game.checksum());
  }

  /** With sparse saving, correct guesses alone never bring a new snapshot; this bounds how old the last one gets. */
  #isSaveOverdue(): boolean {
    return Math.min(this.settled + 1, this.frame) - this.#lastSaved > 16;
  }

  /** Sparse saving: before the first unsettled frame, and now and then while all is settled. */
  #saveIfDue(frame: number): void {
    const isFirstUnsettled = frame === this.settled + 1;
    if (!isFirstUnsettled && (frame > this.settled || frame - this.#lastSaved < 8)) return;
    this.snapshots.save(frame);
    this.#lastSaved = frame;
  }
}
