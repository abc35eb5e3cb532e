import { InputStatus, type Predictor } from './types';

/** No frame: later than every frame there is. Small enough that every engine keeps it in a machine word. */
export const NO_FRAME = 0x3fffffff;

/**
 * Every player's inputs, one row per frame, in a ring: what is known, and in the rows past that, what was guessed
 * when the frame was simulated. Comparing the two when the real input arrives finds the first wrong frame.
 */
export class InputQueue {
  readonly rowBytes: number;
  /** Last frame with a known input, for each player. */
  readonly lastKnown: Int32Array;
  /** Last frame that a departed player still takes part in, for each player; `NO_FRAME` while present. */
  readonly goneAfter: Int32Array;
  /** First simulated frame that used an input that turned out wrong; `NO_FRAME` when all are right. */
  firstWrong = NO_FRAME;
  /** Frames before this one are settled by an imported state and can't be wrong any more. */
  floor = 0;
  /** What `load` brought: every player's input, player 0 first, and an `InputStatus` for each. */
  readonly row: Uint8Array;
  readonly status: Uint8Array;
  /** In the ring a row is inputs, statuses and up to three bytes to a whole word, so that `load` takes whole words. */
  readonly #stride: number;
  readonly #rows: Uint8Array;
  readonly #words: Int32Array;
  readonly #loaded: Int32Array;
  readonly #mask: number;
  readonly #predictor: Predictor | undefined;
  readonly #last: Uint8Array;
  readonly #guess: Uint8Array;

  /**
   * @param historyFrames rows kept, a power of two.
   * @param predictor without one the last known input repeats.
   */
  constructor(
    readonly playerCount: number,
    readonly inputBytes: number,
    readonly historyFrames: number,
    predictor: Predictor | undefined,
  ) {
    this.#predictor = predictor;
    this.rowBytes = playerCount * inputBytes;
    this.#stride = (this.rowBytes + playerCount + 3) & ~3;
    this.#words = new Int32Array((historyFrames * this.#stride) / 4);
    this.#rows = new Uint8Array(this.#words.buffer);
    this.#loaded = new Int32Array(this.#stride / 4);
    this.row = new Uint8Array(this.#loaded.buffer, 0, this.rowBytes);
    this.status = new Uint8Array(this.#loaded.buffer, this.rowBytes, playerCount);
    this.#mask = historyFrames - 1;
    this.lastKnown = new Int32Array(playerCount).fill(-1);
    this.goneAfter = new Int32Array(playerCount).fill(NO_FRAME);
    this.#last = new Uint8Array(inputBytes);
    this.#guess = new Uint8Array(inputBytes);
  }

  /** One byte of a player's input for a frame, 0 before the first frame. */
  byteAt(frame: number, player: number, index: number): number {
    if (frame < 0) return 0;
    return this.#rows[(frame & this.#mask) * this.#stride + player * this.inputBytes + index] ?? 0;
  }

  /**
   * Takes the real input of `player` for the frame after the last known one.
   * @param simulated how many frames have been simulated: an earlier row holds what was used.
   */
  put(player: number, bytes: Uint8Array, at: number, simulated: number): void {
    const rows = this.#rows;
    const { inputBytes } = this;
    const frame = (this.lastKnown[player] ?? -1) + 1;
    const start = (frame & this.#mask) * this.#stride;
    const row = start + player * inputBytes;
    let differs = false;
    for (let i = 0; i < inputBytes; i++) {
      const byte = bytes[at + i] ?? 0;
      if (rows[row + i] !== byte) {
        differs = true;
        rows[row + i] = byte;
      }
    }
    rows[start + this.rowBytes + player] = InputStatus.confirmed;
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
   * Completes the rows from `start` to before `end` where nothing is known: with guesses, or with zeros after a
   * departure. `load` may then go through them.
   */
  fill(start: number, end: number): void {
    for (let player = 0; player < this.playerCount; player++) {
      const gone = this.goneAfter[player] ?? NO_FRAME;
      const unknown = Math.max(start, (this.lastKnown[player] ?? -1) + 1);
      const present = Math.min(end, gone + 1);
      if (unknown < present) this.#guessFrames(player, unknown, present);
      if (gone < end) this.#clearFrames(player, Math.max(start, gone + 1), end);
    }
  }

  /** Brings the row that `frame` is simulated with, which `fill` has completed, into `row` and `status`. */
  load(frame: number): void {
    const words = this.#words;
    const loaded = this.#loaded;
    const count = loaded.length;
    const from = (frame & this.#mask) * count;
    // Two words hold what two players press; the loop is for more.
    loaded[0] = words[from] ?? 0;
    if (count > 1) loaded[1] = words[from + 1] ?? 0;
    for (let i = 2; i < count; i++) loaded[i] = words[from + i] ?? 0;
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
      const from = ((fromFrame + i) & this.#mask) * this.#stride;
      const to = i * this.rowBytes;
      for (let b = 0; b < this.rowBytes; b++) out[to + b] = this.#rows[from + b] ?? 0;
    }
    return Math.max(rows, 0);
  }

  #guessFrames(player: number, start: number, end: number): void {
    const rows = this.#rows;
    const stride = this.#stride;
    const mask = this.#mask;
    const { inputBytes } = this;
    const known = this.lastKnown[player] ?? -1;
    const inputAt = player * inputBytes;
    const statusAt = this.rowBytes + player;
    for (let frame = start; frame < end; frame++)
      rows[(frame & mask) * stride + statusAt] = InputStatus.predicted;
    if (this.#predictor === undefined) {
      for (let i = 0; i < inputBytes; i++) {
        const byte = this.byteAt(known, player, i);
        for (let frame = start; frame < end; frame++) rows[(frame & mask) * stride + inputAt + i] = byte;
      }
      return;
    }
    for (let i = 0; i < inputBytes; i++) this.#last[i] = this.byteAt(known, player, i);
    for (let frame = start; frame < end; frame++) {
      this.#predictor.predict(player, frame - known, this.#last, this.#guess);
      rows.set(this.#guess, (frame & mask) * stride + inputAt);
    }
  }

  #clearFrames(player: number, start: number, end: number): void {
    for (let frame = start; frame < end; frame++) {
      const row = (frame & this.#mask) * this.#stride;
      const at = row + player * this.inputBytes;
      this.#rows.fill(0, at, at + this.inputBytes);
      this.#rows[row + this.rowBytes + player] = InputStatus.disconnected;
    }
  }
}
