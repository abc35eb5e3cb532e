import type { SessionMetrics } from './metrics';
import type { Game, Predictor, Transport } from './types';

/** The players that one remote peer plays, and the way to reach that peer. */
export interface RemotePeer {
  readonly players: readonly number[];
  readonly transport: Transport;
}

/** Bounds for a delay that follows the connection. */
export interface AdaptiveDelayOptions {
  readonly minFrames: number;
  readonly maxFrames: number;
}

/** What a peer-to-peer session is made from. All durations are milliseconds of the caller's clock. */
export interface SessionOptions {
  readonly game: Game;
  /** 2 to 4 (1 is allowed when that player is local). Every player is local or belongs to exactly one remote. */
  readonly playerCount: number;
  readonly localPlayers: readonly number[];
  readonly remotes: readonly RemotePeer[];
  /** Frames between sampling a local input and simulating it, 0 to 30. */
  readonly inputDelayFrames: number;
  /** How many frames may be simulated past the last known remote input. Default 8; 0 is lockstep. */
  readonly predictionFrames?: number;
  /** uint32 of the game's rules and the match's configuration. A peer with another digest is refused. */
  readonly digest: number;
  readonly predictor?: Predictor;
  /** Silence after which `interrupted` is reported. Default 500. */
  readonly notifyMs?: number;
  /** Silence after which a peer is dropped. Default 20000, so that a ten-second outage does not end a match. */
  readonly disconnectMs?: number;
  /** How long all pauses of one player together may last. Default 60000. */
  readonly maxPauseMs?: number;
  /** Every how many frames checksums are exchanged. Default 30. */
  readonly checksumIntervalFrames?: number;
  /** Save only the last confirmed frame, for games whose snapshots are expensive. Default false. */
  readonly sparseSaving?: boolean;
  /** Frames of inputs kept, a power of two. Default 2048 (34 s). */
  readonly historyFrames?: number;
  /** When set, the session chooses the local players' input delay within these bounds. */
  readonly adaptiveDelay?: AdaptiveDelayOptions;
  /** When true, a desync is repaired with the state of the peer that plays the lowest player. Default true. */
  readonly recoverDesync?: boolean;
  /**
   * Inputs that the local players have given already for the first frames, a row of all local players each: another session gave
   * them, and they bind. Nothing else is taken for these frames. Default none.
   */
  readonly givenInputs?: Uint8Array;
  /** Source of uint32 numbers for the handshake; give a different sequence to every session. */
  readonly random?: () => number;
}

/** synchronizing: handshake. running: frames may advance. ended: left, refused, or nobody is there any more. */
export type SessionPhase = 'synchronizing' | 'running' | 'ended';

/**
 * advanced: one frame was simulated and the local inputs were taken.
 * stalled: the prediction limit is reached; the inputs were not taken, call again next tick. (In lockstep they were taken
 * by the first call for a frame, since the others wait for them.)
 * paused: a player paused (hidden tab); the inputs were not taken.
 */
export type AdvanceResult = 'advanced' | 'stalled' | 'paused' | 'synchronizing' | 'ended';

/** What happened, as data. Read with `takeEvent`. Frames count from 0. */
export type SessionEvent =
  | { readonly type: 'synchronized' }
  /** A peer with other rules, another version or another idea of the players. The session has ended. */
  | { readonly type: 'incompatible'; readonly player: number; readonly reason: string }
  /** Nothing was heard from a player for `ms`. */
  | { readonly type: 'interrupted'; readonly player: number; readonly ms: number }
  | { readonly type: 'resumed'; readonly player: number; readonly ms: number }
  /** A player is out. `frame` is the last one with an input of theirs; from the next on the status is disconnected. */
  | {
      readonly type: 'disconnected';
      readonly player: number;
      readonly frame: number;
      readonly reason: 'left' | 'timeout' | 'dropped';
    }
  | { readonly type: 'paused'; readonly player: number }
  | { readonly type: 'unpaused'; readonly player: number }
  /** The state after the confirmed frame `frame` differs between this peer and the one that plays `player`. */
  | {
      readonly type: 'desync';
      readonly player: number;
      readonly frame: number;
      readonly local: number;
      readonly remote: number;
    }
  /**
   * The state was replaced by an authoritative one from before `frame`, and simulated again up to the present. `field`
   * is the game's name for the first byte that had been wrong, when our own state of that frame was still at hand.
   */
  | {
      readonly type: 'recovered';
      readonly frame: number;
      readonly checksum: number;
      readonly field: string | undefined;
    }
  /** A local player's input delay changed. */
  | { readonly type: 'delay'; readonly player: number; readonly frames: number };

/** One peer's part in a match. It does no I/O of its own and reads no clock; it allocates nothing per frame. */
export interface Session {
  /** The next frame to simulate, from 0. */
  readonly frame: number;
  /** The last frame that every player's input is known for and that was simulated with it; -1 before the first. */
  readonly confirmedFrame: number;
  /**
   * The last frame that every peer is known to have confirmed too, departed ones as far as they got; -1 before the first.
   * Whoever loses a page's state finds everything up to here with the others.
   */
  readonly sharedFrame: number;
  readonly phase: SessionPhase;
  /** Live figures; always the same object. */
  readonly metrics: SessionMetrics;
  /**
   * Drains the transports, sends acks and what is unacked, watches who is alive. Call it at least every ~15 ms, before
   * `advance`, and for some seconds after the last frame: it alone gets the last inputs across.
   */
  poll(nowMs: number): void;
  /**
   * Simulates one frame when that is possible, after correcting what was predicted wrongly.
   * @param localInputs `inputBytes` for each local player, in the order of `localPlayers`.
   */
  advance(nowMs: number, localInputs: Uint8Array): AdvanceResult;
  /** Factor for the frame period that keeps the peers together, 0.97 to 1.03; it changes by at most 0.001 per frame. */
  framePeriodScale(): number;
  /** How many further frames the host may run at once to catch up with its peers, 0 to 4. */
  catchUpFrames(): number;
  takeEvent(): SessionEvent | undefined;
  /**
   * Copies all players' inputs of confirmed frames, frame by frame, player 0 first.
   * @returns how many frames were copied: fewer than asked at the confirmed frame or at the end of `out`, 0 when
   *   `fromFrame` is no longer in the history (`historyFrames`).
   */
  copyConfirmedInputs(fromFrame: number, count: number, out: Uint8Array): number;
  /**
   * Copies what a local player has given, frame by frame, also for frames that are not confirmed or not simulated yet: it
   * changes no more.
   * @returns how many frames were copied: fewer than asked at the last one given or at the end of `out`.
   */
  copyGivenInputs(player: number, fromFrame: number, count: number, out: Uint8Array): number;
  /**
   * Takes a remote player's inputs that came another way than from the peer itself (through a server that both trust), one
   * after another from `fromFrame`. Frames that are known stay as they are; none may be missing before `fromFrame`. It counts as
   * a word of the peer: a session that still waits for the handshake with it begins, and completes it meanwhile.
   * @returns the first frame that is still lacking: give it from there. Far ahead of the simulation nothing is taken.
   * @throws RangeError when the player is not remote.
   */
  acceptRemoteInputs(player: number, fromFrame: number, inputs: Uint8Array): number;
  /**
   * Copies the state from before a confirmed frame, for a spectator to start from.
   * @returns the frame to simulate next from that state.
   */
  copyConfirmedState(out: Uint8Array): number;
  /** The last frame that a player who left takes part in; undefined while they are there. */
  departedAfter(player: number): number | undefined;
  /** Changes the delay of one local player, or of all, 0 to 30 frames. */
  setInputDelay(frames: number, player?: number): void;
  inputDelay(player: number): number;
  /**
   * Checksum of the state after a confirmed frame. Kept for the frames of the checksum interval, and available for
   * the last few confirmed frames; undefined otherwise.
   */
  checksumAt(frame: number): number | undefined;
  /** Announces that this player can't play for a while (hidden tab), or again can. Everybody waits. */
  setPaused(paused: boolean): void;
  /**
   * Replaces the state by an authoritative one (a judge's) from before `frame`, whose `checksum` must match.
   * @returns false when the bytes don't have that checksum or the frame is out of reach.
   */
  importState(frame: number, state: Uint8Array, checksum: number): boolean;
  /** Ends the match for the local players. Keep polling for a second, so that the others hear of it. */
  leave(): void;
  /** Reaches the peer of `player` another way from now on. Inputs that were lost meanwhile are sent again. */
  replaceTransport(player: number, transport: Transport): void;
}
