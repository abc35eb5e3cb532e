import { FRAMES_PER_SECOND } from '../rollback/frame-rate';
import { createReplay, type ReplayData, type Replay as ReplayPlayer } from '../rollback/replay';
import { decodeReplay, encodeReplay, ReplayError } from '../rollback/replay-file';
import { checksum, engineDigest } from './checksum';
import { checksumOf, isPlayable } from './older-rules';
import { isMatchOver, matchWinner, type Winner } from './outcome';
import { decodeHeader, encodeHeader, type FightHeader } from './replay-header';
import { createRollbackGame, type RollbackGame } from './rollback-game';
import { RULES_VERSION } from './rules';
import { createState, type MatchConfig } from './state';
import { step } from './step';

/**
 * A fight as it is kept: the engine's replay format (docs/CONTRACT.md, REPLAY), whose header holds the rules' version
 * and the configuration. The initial state is left out: the configuration gives it.
 */
export interface Fight extends FightHeader {
  /** `engineDigest()` of the engine that played it. */
  readonly engineDigest: string;
  /** Little-endian uint16, player 1 and player 2 of each frame in turn. */
  readonly inputs: Uint8Array;
  readonly checksums: ReplayData['checksums'];
}

/** What bytes that are no replay are refused with; who knows only the game has it from here. */
export { ReplayError };

const FRAME_BYTES = 4;
const EMPTY = new Uint8Array(0);

/**
 * Packs a fight.
 * @throws RangeError for a handicap outside its bounds.
 */
export function encodeFight(fight: Fight): Uint8Array {
  return encodeReplay({ ...replayOf(fight), header: encodeHeader(fight) });
}

/**
 * Unpacks a fight, of whatever engine.
 * @throws ReplayError
 */
export function decodeFight(bytes: Uint8Array): Fight {
  const { digest, header, playerCount, inputBytes, inputs, checksums } = decodeReplay(bytes);
  if (playerCount !== 2 || inputBytes !== 2)
    throw new ReplayError('foreign', 'a replay, but not of this game');
  return {
    ...decodeHeader(header),
    engineDigest: digest.toString(16).padStart(8, '0'),
    inputs,
    checksums,
  };
}

/**
 * Writes down a fight that was fought under our rules, with a checksum for each second and the last frame.
 * @param inputs as in `Fight`.
 * @throws RangeError as `createState` does.
 */
export function recordFight(config: MatchConfig, inputs: Uint8Array): Uint8Array {
  const state = createState(config);
  const frames = inputs.length / FRAME_BYTES;
  const view = new DataView(inputs.buffer, inputs.byteOffset, inputs.byteLength);
  const checksums: { frame: number; checksum: number }[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    step(state, view.getUint16(frame * FRAME_BYTES, true), view.getUint16(frame * FRAME_BYTES + 2, true));
    if (frame % FRAMES_PER_SECOND === 0 || frame === frames - 1)
      checksums.push({ frame, checksum: checksum(state) });
  }
  const made = { rulesVersion: RULES_VERSION, engineDigest: engineDigest() };
  return encodeFight({ ...made, ...config, inputs, checksums });
}

/** A fight opened for playing: `words` is the state that the player moves to and fro. */
export interface OpenFight {
  readonly player: ReplayPlayer;
  readonly words: RollbackGame['words'];
}

/**
 * Opens a fight of our rules, or of older ones under which it went the same way.
 * @throws ReplayError `version` when another engine made it: the same inputs would give another match.
 * @throws RangeError for characters this engine does not have.
 */
export function openFight(fight: Fight): OpenFight {
  if (!isPlayable(fight.engineDigest))
    throw new ReplayError('version', `replay of engine ${fight.engineDigest}, this is ${engineDigest()}`);
  const game = createRollbackGame(fight);
  const sumOf = checksumOf(fight.engineDigest);
  const replay = { ...replayOf(fight), initialState: game.state.slice() };
  const player = createReplay({ game: { ...game, checksum: () => sumOf(game.words) }, replay });
  return { player, words: game.words };
}

/** How a replayed fight went. */
export interface ReplayResult {
  /** The last state. */
  readonly state: Int32Array;
  readonly frames: number;
  readonly checksum: number;
  readonly over: boolean;
  readonly winner: Winner;
  /** The first frame whose checksum is not the recorded one. */
  readonly firstWrongFrame: number | undefined;
}

/**
 * Plays a stored fight to its end.
 * @throws as `decodeFight` and `openFight` do.
 */
export function simulateReplay(bytes: Uint8Array): ReplayResult {
  const { player, words } = openFight(decodeFight(bytes));
  player.seek(player.frames);
  const { frame: frames, firstWrongFrame } = player;
  const over = isMatchOver(words);
  return {
    state: words,
    frames,
    checksum: checksum(words),
    over,
    winner: matchWinner(words),
    firstWrongFrame,
  };
}

function replayOf(fight: Fight): ReplayData {
  return {
    digest: Number.parseInt(fight.engineDigest, 16),
    header: EMPTY,
    playerCount: 2,
    inputBytes: 2,
    frames: fight.inputs.length / FRAME_BYTES,
    initialState: EMPTY,
    inputs: fight.inputs,
    departures: [],
    checksums: fight.checksums,
  };
}
