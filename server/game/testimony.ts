import { MAX_MATCH_FRAMES } from '../../engine/fighter/rules';
import {
  appendFrames,
  appendInput,
  createLog,
  type InputLog,
  inputAt,
  logBytes,
  otherSide,
  type Side,
} from './input-log';
import { Keys } from './signatures';

/** A player's signature over his first `frames` inputs, as it came to the other. */
interface Signed {
  readonly frames: number;
  readonly signature: Uint8Array;
}

/** A frame in which a player's input is told in two ways, and whether that convicts him. */
export interface Lie {
  readonly kind: 'two_stories' | 'word_against_word';
  /** Whose input it is. */
  readonly side: Side;
  readonly frame: number;
  /** By himself to the server, or by his own signature that the other has. */
  readonly by: 'own_word' | 'signature' | 'other';
}

/** What one side has told, and what was looked at so far. */
interface Told {
  /** Both columns, as this side's browser sent them. */
  readonly log: InputLog;
  /** This side's own column, as it was made. */
  readonly own: InputLog;
  readonly keys: Keys;
  /** The newest signature of this side that the other has shown. */
  signed: Signed | undefined;
  /** Up to which frame the own column agrees with the own half of the log. */
  ownChecked: number;
  /** Up to which frame the other's telling of this column was compared. */
  witnessChecked: number;
  /** The first frame in which it differs. */
  differsAt: number | undefined;
  /** The signature that was last looked at to no avail. */
  rejected: Signed | undefined;
}

/**
 * What both browsers have told of one match, and what is true of it: column n is what n's own browser says. The other is a
 * witness, whose word about n counts with n's signature only, once n has told a key.
 */
export class Testimony {
  readonly #matchId: string;
  readonly #told: readonly [Told, Told] = [createTold(), createTold()];

  constructor(matchId: string) {
    this.#matchId = matchId;
  }

  of(side: Side): Readonly<Told> {
    return this.#at(side);
  }

  #at(side: Side): Told {
    return this.#told[side === 1 ? 0 : 1];
  }

  addKeys(side: Side, keys: readonly string[]): void {
    for (const key of keys) this.#at(side).keys.add(key);
  }

  /** Takes both columns as one browser tells them: little-endian uint16 pairs. */
  tell(side: Side, fromFrame: number, inputs: Uint8Array): void {
    appendFrames(this.#at(side).log, fromFrame, inputs);
  }

  /** Takes a player's own column: little-endian uint16. */
  tellOwn(side: Side, fromFrame: number, inputs: Uint8Array): void {
    appendFrames(this.#at(side).own, fromFrame, inputs);
  }

  /** Takes the signature of the other that `side` got. Only the longest is kept. */
  show(side: Side, signed: Signed): void {
    const other = this.#at(otherSide(side));
    if (!other.signed || signed.frames > other.signed.frames) other.signed = signed;
  }

  /** Frames of a player's column that are known. */
  frames(side: Side): number {
    const { own, log } = this.#at(side);
    return Math.max(own.frames, log.frames);
  }

  /** Frames that are known of both. */
  get common(): number {
    return Math.min(this.frames(1), this.frames(2));
  }

  /** What a player pressed in a frame below `frames(side)`. */
  input(side: Side, frame: number): number {
    const { own, log } = this.#at(side);
    return frame < own.frames ? inputAt(own, frame, side) : inputAt(log, frame, side);
  }

  /** A player's whole column as known: little-endian uint16. */
  column(side: Side): Buffer {
    const bytes = Buffer.alloc(this.frames(side) * 2);
    for (let frame = 0; frame * 2 < bytes.length; frame += 1)
      bytes.writeUInt16LE(this.input(side, frame), frame * 2);
    return bytes;
  }

  /**
   * Compares what is new, and takes in what a signature proves of a player who has not told it himself.
   * @returns the first frame that is told in two ways by somebody who can be held to it, or that nobody can judge
   */
  review(): Lie | undefined {
    const lies = ([1, 2] as const).flatMap((side) => this.#findLie(side) ?? []);
    return lies.sort((a, b) => a.frame - b.frame)[0];
  }

  #findLie(side: Side): Lie | undefined {
    const told = this.#at(side);
    const { own, log, keys } = told;
    for (; told.ownChecked < Math.min(own.frames, log.frames); told.ownChecked += 1)
      if (inputAt(own, told.ownChecked, side) !== inputAt(log, told.ownChecked, side))
        return { kind: 'two_stories', side, frame: told.ownChecked, by: 'own_word' };
    const witness = this.#at(otherSide(side)).log;
    const comparable = Math.min(this.frames(side), witness.frames);
    for (; told.differsAt === undefined && told.witnessChecked < comparable; told.witnessChecked += 1)
      if (this.input(side, told.witnessChecked) !== inputAt(witness, told.witnessChecked, side))
        told.differsAt = told.witnessChecked;
    const { differsAt } = told;
    if (keys.isEmpty)
      return differsAt === undefined
        ? undefined
        : { kind: 'word_against_word', side, frame: differsAt, by: 'other' };
    if (differsAt !== undefined)
      return this.#isProven(side, differsAt)
        ? { kind: 'two_stories', side, frame: differsAt, by: 'signature' }
        : undefined;
    this.#adopt(side, witness);
    return undefined;
  }

  /** Who has sent the other what he keeps from the server has told it all the same. */
  #adopt(side: Side, witness: InputLog): void {
    const { own, signed } = this.#at(side);
    const known = this.frames(side);
    if (!signed || !this.#isProven(side, known)) return;
    for (let frame = own.frames; frame < signed.frames; frame += 1)
      appendInput(own, frame < known ? this.input(side, frame) : inputAt(witness, frame, side));
  }

  /** Whether the player's own signature vouches for the other's telling of his column beyond `frame`. */
  #isProven(side: Side, frame: number): boolean {
    const told = this.#at(side);
    const { signed, keys } = told;
    const witness = this.#at(otherSide(side)).log;
    if (!signed || signed === told.rejected || signed.frames <= frame || signed.frames > witness.frames)
      return false;
    const column = Buffer.alloc(signed.frames * 2);
    for (let at = 0; at < signed.frames; at += 1) column.writeUInt16LE(inputAt(witness, at, side), at * 2);
    if (keys.verifies(this.#matchId, side, column, signed.signature)) return true;
    told.rejected = signed;
    return false;
  }

  /** Both stories of a lie, as player 1's and player 2's: pairs, the first difference of the column in question in `lie.frame`. */
  stories(lie: Lie): readonly [Buffer, Buffer] {
    const told = (side: Side) => logBytes(this.#at(side).log);
    if (lie.kind === 'word_against_word') return [told(1), told(2)];
    const held = this.#pairs();
    const against = lie.by === 'own_word' ? told(lie.side) : told(otherSide(lie.side));
    return lie.side === 1 ? [held, against] : [against, held];
  }

  /** What is true, as far as it is known of at least one, with 0 for what the other has not told. */
  #pairs(): Buffer {
    const frames = Math.max(this.frames(1), this.frames(2));
    const bytes = Buffer.alloc(frames * 4);
    for (let frame = 0; frame < frames; frame += 1)
      for (const side of [1, 2] as const)
        if (frame < this.frames(side))
          bytes.writeUInt16LE(this.input(side, frame), frame * 4 + (side - 1) * 2);
    return bytes;
  }
}

function createTold(): Told {
  return {
    log: createLog(MAX_MATCH_FRAMES),
    own: createLog(MAX_MATCH_FRAMES, 1),
    keys: new Keys(),
    signed: undefined,
    ownChecked: 0,
    witnessChecked: 0,
    differsAt: undefined,
    rejected: undefined,
  };
}
