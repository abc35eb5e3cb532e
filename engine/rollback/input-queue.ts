import { InputStatus, type Predictor } from './types';

/** No frame: later than every frame there is. */
export const NO_FRAME = 0x7fffffff;

/**
 * Every player's inputs, one row per frame, in a ring: what is known, and in the rows past that, what was guessed
 * when the frame was simulated. Comparing the two when the real input arrives finds the first wrong frame.
 */
export class InputQueue {
  readonly #predictor: Predictor | undefined;
  readonly rowBytes: number;
  /** Last frame with a known input, for each player. */
  readonly lastKnown: Int32Array;
  /** Last frame that a departed player still takes part in, for each player; `NO_FRAME` while present. */
  readonly goneAfter: Int32Array;
  /** First simulated frame that used an input that turned out wrong; `NO_FRAME` when all are right. */
  firstWrong = NO_FRAME;
  /** Frames before this one are settled by an imported state and can't be wrong any more. */
  floor = 0;
  readonly #rows: Uint8Array;
  readonly #mask: number;
  readonly #last: Uint8Array;
  readonly #guess: Uint8Array;

  /** @param historyFrames rows kept, a power of two. */
  constructor(
    readonly playerCount: number,
    readonly inputBytes: number,
    readonly historyFrames: number,
    predictor: Predictor | undefined,
  ) {
    this.#predictor = predictor;
    this.rowBytes = playerCount * inputBytes;
    this.#rows = new Uint8Array(historyFrames * this.rowBytes);
    this.#mask = historyFrames - 1;
    this.lastKnown = new Int32Array(playerCount).fill(-1);
    this.goneAfter = new Int32Array(playerCount).fill(NO_FRAME);
    this.#last = new Uint8Array(inputBytes);
    this.#guess = new Uint8Array(inputBytes);
  }

  /** One byte of a player's input for a frame, 0 before the first frame. */
  byteAt(frame: number, player: number, index: number): number {
    if (frame < 0) return 0;
    return this.#rows[(frame & this.#mask) * this.rowBytes + player * this.inputBytes + index] ?? 0;
  }

  /**
   * Takes the real input of `player` for the frame after the last known one.
   * @param simulated how many frames have been simulated: an earlier row holds what was used.
   */
  put(player: number, bytes: Uint8Array, at: number, simulated: number): void {
    const frame = (this.lastKnown[player] ?? -1) + 1;
    const row = (frame & this.#mask) * this.rowBytes + player * this.inputBytes;
    let differs = false;
    for (let i = 0; i < this.inputBytes; i++) {
      const byte = bytes[at + i] ?? 0;
      if (this.#rows[row + i] !== byte) {
        differs = true;
        this.#rows[row + i] = byte;
      }
    }
    this.lastKnown[player] = frame;
    if (differs && frame < simulated) this.markWrong(frame);
  }

  /** The simulation from `frame` on has to be done again. */
  markWrong(frame: number): void {
    const first = Math.max(frame, this.floor);
    if (first < this.firstWrong) this.firstWrong = first;
  }

  /** The player takes part up to `frame` and not after it. Can only move backwards. */
  depart(player: number, frame: number): void {
    if (frame >= (this.goneAfter[player] ?? NO_FRAME)) return;
    this.goneAfter[player] = frame;
    this.markWrong(frame + 1);
  }

  /**
   * Composes the row that `frame` is simulated with, guessing what is not known.
   * @returns whether anything was guessed.
   */
  compose(frame: number, inputs: Uint8Array, status: Uint8Array): boolean {
    const row = (frame & this.#mask) * this.rowBytes;
    let guessed = false;
    for (let player = 0; player < this.playerCount; player++) {
      const at = row + player * this.inputBytes;
      if (frame > (this.goneAfter[player] ?? NO_FRAME)) {
        this.#rows.fill(0, at, at + this.inputBytes);
        status[player] = InputStatus.disconnected;
      } else if (frame > (this.lastKnown[player] ?? -1)) {
        this.#predict(player, frame, at);
        status[player] = InputStatus.predicted;
        guessed = true;
      } else {
        status[player] = InputStatus.confirmed;
      }
    }
    for (let i = 0; i < this.rowBytes; i++) inputs[i] = this.#rows[row + i] ?? 0;
    return guessed;
  }

  /** The last frame that every present player's input is known for; `NO_FRAME` when nobody is waited for. */
  knownFrame(): number {
    let known = NO_FRAME;
    for (let player = 0; player < this.playerCount; player++) {
      if (this.goneAfter[player] !== NO_FRAME) continue;
      const last = this.lastKnown[player] ?? -1;
      if (last < known) known = last;
    }
    return known;
  }

  /** Copies whole rows. The caller keeps within the history. @returns rows copied. */
  copyRows(fromFrame: number, count: number, out: Uint8Array): number {
    const rows = Math.min(count, Math.floor(out.length / this.rowBytes));
    for (let i = 0; i < rows; i++) {
      const from = ((fromFrame + i) & this.#mask) * this.rowBytes;
      const to = i * this.rowBytes;
      for (let b = 0; b < this.rowBytes; b++) out[to + b] = this.#rows[from + b] ?? 0;
    }
    return Math.max(rows, 0);
  }

  #predict(player: number, frame: number, at: number): void {
    const known = this.lastKnown[player] ?? -1;
    if (this.#predictor === undefined) {
      for (let i = 0; i < this.inputBytes; i++) this.#rows[at + i] = this.byteAt(known, player, i);
      return;
    }
    for (let i = 0; i < this.inputBytes; i++) this.#last[i] = this.byteAt(known, player, i);
    this.#predictor.predict(player, frame - known, this.#last, this.#guess);
    this.#rows.set(this.#guess, at);
  }
}
