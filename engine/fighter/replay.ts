import { ByteReader, ByteWriter } from './bytes';
import { checksum, engineDigest } from './checksum';
import { isMatchOver, matchWinner, type Winner } from './outcome';
import { MAX_MATCH_FRAMES } from './rules';
import { createState, type MatchConfig } from './state';
import { step } from './step';

/**
 * A match as its inputs. On disk: `ACR`, version, engine digest (4 bytes), seed (uint32), two character ids,
 * frame count, then each player's column as runs: XOR with the input before, and for how many frames it holds.
 * Numbers without a size are LEB128; a match of three minutes takes a few kilobytes.
 */
export interface Replay extends MatchConfig {
  /** `engineDigest()` of the engine that played it. */
  engineDigest: string;
  /** player 1 and player 2 of each frame in turn; two entries a frame. */
  inputs: Uint16Array;
}

/** A replay that can't be read or played; the message says why. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

const MAGIC = [0x41, 0x43, 0x52] as const;
const VERSION = 1;

/** @throws ReplayError for inputs of odd length, more frames than a match can have, or numbers out of range. */
export function encodeReplay(replay: Replay): Uint8Array {
  const { inputs } = replay;
  if (inputs.length % 2 !== 0) throw new ReplayError(`${inputs.length} inputs are not whole frames`);
  const frames = inputs.length / 2;
  checkFrames(frames);
  if (!/^[0-9a-f]{8}$/.test(replay.engineDigest))
    throw new ReplayError(`engine digest "${replay.engineDigest}" is not 8 hex digits`);
  if (replay.seed >>> 0 !== replay.seed) throw new ReplayError(`seed ${replay.seed} is not a uint32`);
  for (const id of replay.characters)
    if (!Number.isInteger(id) || id < 1 || id > 0xff)
      throw new ReplayError(`character ${id} is not 1 to 255`);
  const out = new ByteWriter();
  for (const byte of MAGIC) out.uint8(byte);
  out.uint8(VERSION);
  out.uint32(Number.parseInt(replay.engineDigest, 16));
  out.uint32(replay.seed);
  out.uint8(replay.characters[0]);
  out.uint8(replay.characters[1]);
  out.varint(frames);
  writeColumn(out, inputs, 0);
  writeColumn(out, inputs, 1);
  return out.bytes();
}

function writeColumn(out: ByteWriter, inputs: Uint16Array, player: number): void {
  let before = 0;
  for (let i = player; i < inputs.length; ) {
    const value = inputs[i] ?? 0;
    let run = 0;
    for (; i < inputs.length && inputs[i] === value; i += 2) run += 1;
    out.varint(value ^ before);
    out.varint(run);
    before = value;
  }
}

/**
 * Reads a replay. Accepts exactly what `encodeReplay` writes: one byte too many or a run split in two is refused.
 * @throws ReplayError
 */
export function decodeReplay(bytes: Uint8Array): Replay {
  const input = new ByteReader(bytes, (message) => new ReplayError(message));
  for (const byte of MAGIC) if (input.uint8() !== byte) throw new ReplayError('not a replay');
  const version = input.uint8();
  if (version !== VERSION) throw new ReplayError(`replay version ${version}, this engine reads ${VERSION}`);
  const digest = input.uint32().toString(16).padStart(8, '0');
  const seed = input.uint32();
  const characters = [input.uint8(), input.uint8()] as const;
  const frames = input.varint();
  checkFrames(frames);
  const inputs = new Uint16Array(frames * 2);
  readColumn(input, inputs, 0);
  readColumn(input, inputs, 1);
  if (input.remaining > 0) throw new ReplayError(`${input.remaining} bytes after the last frame`);
  return { engineDigest: digest, seed, characters, inputs };
}

function readColumn(input: ByteReader, inputs: Uint16Array, player: number): void {
  let value = 0;
  for (let i = player; i < inputs.length; ) {
    const change = input.varint();
    if (change > 0xffff) throw new ReplayError(`input change ${change} is not 16 bits`);
    if (change === 0 && i > player) throw new ReplayError('a run continues the run before it');
    value ^= change;
    const run = input.varint();
    if (run < 1 || i + run * 2 > inputs.length + player)
      throw new ReplayError(`a run of ${run} frames does not fit`);
    for (const end = i + run * 2; i < end; i += 2) inputs[i] = value;
  }
}

function checkFrames(frames: number): void {
  if (frames > MAX_MATCH_FRAMES)
    throw new ReplayError(`${frames} frames; a match has at most ${MAX_MATCH_FRAMES}`);
}

/** How a replayed match went. */
export interface ReplayResult {
  /** The last state. */
  state: Int32Array;
  /** Inputs consumed: all of them, or fewer if the match was over before. */
  frames: number;
  checksum: number;
  over: boolean;
  winner: Winner;
}

/**
 * Plays a replay to its end.
 * @throws ReplayError if another engine made it: the same inputs would give another match.
 * @throws RangeError for characters this engine does not have.
 */
export function simulateReplay(replay: Replay): ReplayResult {
  if (replay.engineDigest !== engineDigest())
    throw new ReplayError(`replay of engine ${replay.engineDigest}, this is ${engineDigest()}`);
  const state = createState(replay);
  const total = replay.inputs.length >> 1;
  let frames = 0;
  for (; frames < total && !isMatchOver(state); frames += 1)
    step(state, replay.inputs[frames * 2] ?? 0, replay.inputs[frames * 2 + 1] ?? 0);
  return { state, frames, checksum: checksum(state), over: isMatchOver(state), winner: matchWinner(state) };
}
