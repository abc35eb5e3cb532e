import { MAX_DELAY_FRAMES } from './local-inputs';
import { PeerSession } from './peer-session';
import type { Session, SessionOptions } from './session-types';

export type { SessionMetrics } from './metrics';
export type { Session, SessionEvent, SessionOptions } from './session-types';

/**
 * Starts a peer-to-peer session. The game's buffer at this moment is the state before frame 0.
 * @throws RangeError when the options contradict each other.
 */
export function createSession(options: SessionOptions): Session {
  check(options);
  return new PeerSession(options);
}

function check(options: SessionOptions): void {
  const { game, playerCount, localPlayers, remotes } = options;
  inRange('playerCount', playerCount, 1, 4);
  inRange('inputBytes', game.inputBytes, 1, 8);
  inRange('inputDelayFrames', options.inputDelayFrames, 0, MAX_DELAY_FRAMES);
  inRange('predictionFrames', options.predictionFrames ?? 8, 0, 60);
  inRange('checksumIntervalFrames', options.checksumIntervalFrames ?? 30, 1, 3600);
  const history = options.historyFrames ?? 2048;
  inRange('historyFrames', history, 256, 32_768);
  if ((history & (history - 1)) !== 0)
    throw new RangeError(`historyFrames is a power of two, not ${history}`);
  const given = (options.givenInputs?.length ?? 0) / (localPlayers.length * game.inputBytes);
  if (localPlayers.length > 0) inRange('frames of givenInputs', given, 0, history / 2);
  const everyone = [...localPlayers, ...remotes.flatMap((remote) => remote.players)].sort((a, b) => a - b);
  const isComplete = everyone.length === playerCount && everyone.every((player, i) => player === i);
  if (!isComplete || localPlayers.length === 0 || remotes.some((remote) => remote.players.length === 0)) {
    throw new RangeError(
      `players 0 to ${playerCount - 1} each sit at one peer, but were given as ${everyone.join(', ')}`,
    );
  }
}

function inRange(name: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new RangeError(`${name} is an integer from ${from} to ${to}, not ${value}`);
  }
}
