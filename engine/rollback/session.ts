import type { Session, SessionOptions } from './session-types';

export type { SessionMetrics } from './metrics';
export type {
  AdvanceResult,
  RemotePeer,
  Session,
  SessionEvent,
  SessionOptions,
  SessionPhase,
} from './session-types';

/**
 * Starts a peer-to-peer session. The game's buffer at this moment is the state before frame 0.
 * @throws RangeError when the options contradict each other.
 */
export function createSession(options: SessionOptions): Session {
  throw new RangeError(`no session for ${options.playerCount} players yet`);
}
