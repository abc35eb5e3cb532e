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

/** The simulation of one game along its inputs: one frame forward, or back to the first wrong frame and forward again. */
export class Timeline {
  readonly #options: TimelineOptions;
  /** The next frame to simulate. */
  frame = 0;
  /** The last frame whose inputs can't change any more (may lie ahead of the simulation). */
  settled = -1;
  readonly checksums: ChecksumHistory;
  readonly snapshots: Snapshots;
  #lastSaved = 0;
  #nextChecksum = 0;

  constructor(
    readonly game: Game,
    readonly inputs: InputQueue,
    options: TimelineOptions,
  ) {
    this.#options = options;
    this.snapshots = new Snapshots(game, options.reachFrames + 2);
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
      from = this.snapshots.has(wrong) ? wrong : this.snapshots.latestUpTo(wrong);
      if (from < 0) throw new RangeError(`a rollback to frame ${wrong} from ${present} is out of reach`);
      if (wrong <= this.#nextChecksum - this.checksums.intervalFrames)
        this.#nextChecksum = this.checksums.firstDueFrom(wrong);
    } else if (this.#isSaveOverdue()) {
      from = this.#lastSaved;
    }
    if (from >= 0) {
      this.snapshots.load(from);
      this.frame = from;
      this.#lastSaved = from;
    }
    this.#simulate(end, from);
    return wrong < present ? present - wrong : 0;
  }

  /**
   * Simulates the frames before `end`: the loop that rollback costs, so it allocates nothing.
   * @param restored the frame whose state was just restored, and need not be saved again; -1 for none.
   */
  #simulate(end: number, restored: number): void {
    const { game, inputs, snapshots } = this;
    const { row, status } = inputs;
    const { sparseSaving } = this.#options;
    inputs.fill(this.frame, end);
    for (let frame = this.frame; frame < end; frame++) {
      if (frame !== restored && (!sparseSaving || this.#isSaveDue(frame))) {
        snapshots.save(frame);
        this.#lastSaved = frame;
      }
      inputs.load(frame);
      game.advance(row, status);
      this.frame = frame + 1;
      if (frame === this.#nextChecksum && frame <= this.settled) {
        this.#nextChecksum = frame + this.checksums.intervalFrames;
        this.#noteChecksum(frame);
      } else if (sparseSaving && this.checksums.isDue(frame)) {
        // The state may not be kept until it is confirmed, so guesses are hashed, too.
        this.#noteChecksum(frame);
      }
    }
  }

  /** Hashes the present state, the one after `frame`. */
  #noteChecksum(frame: number): void {
    this.game.beforeSave?.();
    this.checksums.note(frame, this.game.checksum());
  }

  /** With sparse saving, correct guesses alone never bring a new snapshot; this bounds how old the last one gets. */
  #isSaveOverdue(): boolean {
    return this.#options.sparseSaving && Math.min(this.settled + 1, this.frame) - this.#lastSaved > 16;
  }

  /** Dense: before every frame. Sparse: before the first unsettled frame, and now and then while all is settled. */
  #isSaveDue(frame: number): boolean {
    if (!this.#options.sparseSaving) return true;
    if (frame === this.settled + 1) return true;
    return frame <= this.settled && frame - this.#lastSaved >= 8;
  }
}
