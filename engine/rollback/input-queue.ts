import { InputStatus, type Predictor } from './types';

/** No frame: later than every frame there is. Small enough that every engine keeps it in a machine word. */
export const NO_FRAME = 0x3fffffff;

type Cells = Uint8Array | Uint16Array | Int32Array;

/**
 * Every player's known inputs, one row per frame, in a ring, and the row that a frame is simulated with: what is
 * known of it, and guesses for the rest. A real input that differs from what was guessed is the first wrong frame.
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
  readonly #ring: Uint8Array;
  /** The ring and the row once more, in pieces as large as inputs divide into: most inputs are one piece. */
  readonly #ringCells: Cells;
  readonly #rowCells: Cells;
  readonly #cellsPerInput: number;
  /** The last frame that is simulated with a known input, for each player: known, and not after a departure. */
  readonly #lastReal: Int32Array;
  readonly #mask: number;
  readonly #predictor: Predictor | undefined;
  readonly #last: Uint8Array;
  readonly #guess: Uint8Array;
  /** `load` goes in stretches in which nobody's status changes: whose inputs are known, as bits, and where it ends. */
  #known = 0;
  #stretchEnd = 0;

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
    const CellArray = inputBytes % 4 === 0 ? Int32Array : inputBytes % 2 === 0 ? Uint16Array : Uint8Array;
    this.#cellsPerInput = inputBytes / CellArray.BYTES_PER_ELEMENT;
    this.#ringCells = new CellArray(historyFrames * playerCount * this.#cellsPerInput);
    this.#ring = new Uint8Array(this.#ringCells.buffer);
    this.#rowCells = new CellArray(playerCount * this.#cellsPerInput);
    this.row = new Uint8Array(this.#rowCells.buffer);
    this.status = new Uint8Array(playerCount);
    this.#mask = historyFrames - 1;
    this.lastKnown = new Int32Array(playerCount).fill(-1);
    this.#lastReal = new Int32Array(playerCount).fill(-1);
    this.goneAfter = new Int32Array(playerCount).fill(NO_FRAME);
    this.#last = new Uint8Array(inputBytes);
    this.#guess = new Uint8Array(inputBytes);
  }

  /** One byte of a player's input for a frame, 0 before the first frame. */
  byteAt(frame: number, player: number, index: number): number {
    if (frame < 0) return 0;
    return this.#ring[(frame & this.#mask) * this.rowBytes + player * this.inputBytes + index] ?? 0;
  }

  /**
   * Takes the real input of `player` for the frame after the last known one.
   * @param simulated how many frames have been simulated: an earlier one was simulated with a guess.
   */
  put(player: number, bytes: Uint8Array, at: number, simulated: number): void {
    const ring = this.#ring;
    const { inputBytes, rowBytes } = this;
    const last = this.lastKnown[player] ?? -1;
    const frame = last + 1;
    const column = player * inputBytes;
    const row = (frame & this.#mask) * rowBytes + column;
    // The last known input was the guess, unless a predictor made another: that one is in the row. The row of
    // frame -1, which is the guess for frame 0, is the last of the ring, in which nothing is yet.
    const guess = this.#predictor === undefined ? (last & this.#mask) * rowBytes + column : row;
    let difference = 0;
    for (let i = 0; i < inputBytes; i++) {
      const byte = bytes[at + i] ?? 0;
      difference |= byte ^ (ring[guess + i] ?? 0);
      ring[row + i] = byte;
    }
    this.lastKnown[player] = frame;
    if (frame <= (this.goneAfter[player] ?? NO_FRAME)) this.#lastReal[player] = frame;
    if (difference !== 0 && frame < simulated) this.markWrong(frame);
  }

  /** The simulation from `frame` on has to be done again. */
  markWrong(frame: number): void {
    const first = Math.max(frame, this.floor);
    if (first < this.firstWrong) this.firstWrong = first;
  }

  /** The player takes part up to `frame` and not after it. Can only move backwards. */
  depart(player: number, frame: number): void {
    if (frame >= (this.goneAfter[player] ?? NO_FRAME)) return;
    this.noteDeparture(player, frame);
    this.markWrong(frame + 1);
  }

  /** As `depart`, for somebody who has not simulated past `frame` yet, or is told again: nothing is taken back. */
  noteDeparture(player: number, frame: number): void {
    this.goneAfter[player] = frame;
    this.#lastReal[player] = Math.min(frame, this.lastKnown[player] ?? -1);
  }

  /** Begins anew before `frame`: everybody is present, and what came before counts as known. */
  restart(frame: number): void {
    this.lastKnown.fill(frame - 1);
    this.goneAfter.fill(NO_FRAME);
    this.#lastReal.fill(frame - 1);
  }

  /** What is known, and who takes part, may have changed since the last `load`, or frames come from further back. */
  rewind(): void {
    this.#stretchEnd = 0;
  }

  /**
   * Brings what `frame` is simulated with into `row` and `status`: inputs, guesses, zeros after a departure. Frames
   * come in order until the next `rewind`.
   */
  load(frame: number): void {
    if (frame >= this.#stretchEnd) this.#enter(frame);
    const ring = this.#ringCells;
    const row = this.#rowCells;
    const cellsPerInput = this.#cellsPerInput;
    const from = (frame & this.#mask) * row.length;
    for (let known = this.#known, at = 0; known !== 0; known >>= 1, at += cellsPerInput) {
      if ((known & 1) === 0) continue;
      row[at] = ring[from + at] ?? 0;
      for (let i = 1; i < cellsPerInput; i++) row[at + i] = ring[from + at + i] ?? 0;
    }
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

  /** Copies whole rows, zeros after a departure. The caller keeps within what is known. @returns rows copied. */
  copyRows(fromFrame: number, count: number, out: Uint8Array): number {
    const { inputBytes } = this;
    const rows = Math.max(0, Math.min(count, Math.floor(out.length / this.rowBytes)));
    for (let i = 0; i < rows; i++) {
      for (let player = 0; player < this.playerCount; player++) {
        const isGone = fromFrame + i > (this.goneAfter[player] ?? NO_FRAME);
        const to = i * this.rowBytes + player * inputBytes;
        for (let b = 0; b < inputBytes; b++) out[to + b] = isGone ? 0 : this.byteAt(fromFrame + i, player, b);
      }
    }
    return rows;
  }

  /** Prepares the stretch that begins with `frame`: writes what stays the same in it, and notes whose inputs don't. */
  #enter(frame: number): void {
    let set = 0;
    let last = NO_FRAME;
    for (let player = 0; player < this.playerCount; player++) {
      const real = this.#lastReal[player] ?? -1;
      if (frame <= real) {
        set |= 1 << player;
        this.status[player] = InputStatus.confirmed;
        if (real < last) last = real;
      } else {
        const stands = this.#standIn(player, frame);
        if (stands < last) last = stands;
      }
    }
    this.#known = set;
    this.#stretchEnd = last + 1;
  }

  /** Writes what stands for an input of `frame` that isn't known. @returns the last frame for which it does. */
  #standIn(player: number, frame: number): number {
    const known = this.lastKnown[player] ?? -1;
    const gone = this.goneAfter[player] ?? NO_FRAME;
    const row = this.#rowCells;
    const first = player * this.#cellsPerInput;
    if (frame > gone) {
      this.status[player] = InputStatus.disconnected;
      row.fill(0, first, first + this.#cellsPerInput);
      return NO_FRAME;
    }
    this.status[player] = InputStatus.predicted;
    if (this.#predictor !== undefined) {
      this.#predict(this.#predictor, player, known, frame);
      return frame;
    }
    const from = (known & this.#mask) * row.length + first;
    for (let i = 0; i < this.#cellsPerInput; i++) row[first + i] = this.#ringCells[from + i] ?? 0;
    return gone;
  }

  /** Guesses one frame, into the row and into the ring, where `put` will compare. */
  #predict(predictor: Predictor, player: number, known: number, frame: number): void {
    const column = player * this.inputBytes;
    for (let i = 0; i < this.inputBytes; i++) this.#last[i] = this.byteAt(known, player, i);
    predictor.predict(player, frame - known, this.#last, this.#guess);
    this.row.set(this.#guess, column);
    this.#ring.set(this.#guess, (frame & this.#mask) * this.rowBytes + column);
  }
}
