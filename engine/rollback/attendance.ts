import type { Peer } from './connection';
import { adoptReports } from './departures';
import { NO_FRAME } from './input-queue';
import type { PeerContext } from './peer-context';

/** Patience, in milliseconds. */
export interface AttendanceOptions {
  readonly notifyMs: number;
  readonly disconnectMs: number;
  readonly maxPauseMs: number;
}

/**
 * When only the way between two of several peers breaks, each would have the other dropped. The one with the lower
 * player speaks first; by the end of this time the others have followed it, and the match goes on for all but one.
 */
const DEFERENCE_MS = 1500;

/** Who is there, who is silent, who paused and who left; says so in events. */
export class Attendance {
  readonly #context: PeerContext;
  readonly #connections: readonly Peer[];
  readonly #options: AttendanceOptions;
  /** Players whose pause, or departure, was told in an event; masks. */
  #pausesReported = 0;
  #departuresReported = 0;
  constructor(context: PeerContext, connections: readonly Peer[], options: AttendanceOptions) {
    this.#context = context;
    this.#connections = connections;
    this.#options = options;
  }

  /** Whether somebody paused, within what a player may pause in all. */
  isHeld(): boolean {
    if (this.#context.isPaused) return true;
    for (const peer of this.#connections) {
      if (!peer.isGone && peer.isPausedThere && peer.liveness.pausedMs < this.#options.maxPauseMs)
        return true;
    }
    return false;
  }

  /** Notices what changed in the time since the last poll. */
  watch(): void {
    for (const peer of this.#connections) if (!peer.isGone) this.#watchPeer(peer);
    if (this.#context.gossips) this.#adoptDepartures();
    for (const peer of this.#connections) this.#announce(peer);
  }

  #watchPeer(peer: Peer): void {
    const { notifyMs, disconnectMs, maxPauseMs } = this.#options;
    const isPauseReported = (this.#pausesReported & peer.mask) !== 0;
    if (isPauseReported !== peer.isPausedThere) {
      this.#pausesReported ^= peer.mask;
      for (const player of peer.players) {
        this.#context.events.push({ type: peer.isPausedThere ? 'paused' : 'unpaused', player });
      }
    }
    const { gossips, localMask } = this.#context;
    const defers = gossips && (peer.mask & -peer.mask) < (localMask & -localMask);
    const patienceMs = peer.isPausedThere ? Math.max(disconnectMs, maxPauseMs) : disconnectMs;
    const limitMs = patienceMs + (defers ? DEFERENCE_MS : 0);
    const { liveness } = peer;
    const silence = liveness.update(
      this.#context.elapsedMs,
      peer.takeHeard(),
      peer.isPausedThere,
      notifyMs,
      limitMs,
    );
    if (silence === 'interrupted' || silence === 'resumed') {
      const ms = silence === 'interrupted' ? liveness.silentMs : liveness.endedMs;
      for (const player of peer.players) this.#context.events.push({ type: silence, player, ms });
    } else if (silence === 'dead') {
      peer.drop('timeout');
    }
    if (peer.knownFrame >= peer.leaveFrame) peer.drop('left');
  }

  /** Drops whom a peer dropped, and a peer that dropped us. */
  #adoptDepartures(): void {
    const { queue, timeline } = this.#context;
    const dropped = adoptReports(queue, this.#connections, timeline.confirmedFrame);
    for (const peer of this.#connections) {
      const isAgainstUs = (peer.reportedGone & this.#context.localMask) !== 0;
      if (isAgainstUs || (peer.mask & dropped) !== 0) peer.drop('dropped');
    }
    if (dropped !== 0) adoptReports(queue, this.#connections, timeline.confirmedFrame);
  }

  /** Tells of a departure once everybody who stays has said what they know of the leaver: then the frame is final. */
  #announce(peer: Peer): void {
    if (!peer.isGone || (this.#departuresReported & peer.mask) !== 0) return;
    for (const other of this.#connections) {
      if (!other.isGone && (other.reportedGone & peer.mask) !== peer.mask) return;
    }
    this.#departuresReported |= peer.mask;
    const { events, queue } = this.#context;
    for (const player of peer.players) {
      const frame = queue.goneAfter[player] ?? NO_FRAME;
      events.push({ type: 'disconnected', player, frame, reason: peer.goneReason });
    }
  }
}
