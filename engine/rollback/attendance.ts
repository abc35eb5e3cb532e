import type { Connection } from './connection';
import { adoptReports } from './departures';
import { never } from './input-queue';
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
const deferenceMs = 1500;

/** Who is there, who is silent, who paused and who left; says so in events. */
export class Attendance {
  constructor(
    private readonly context: PeerContext,
    private readonly connections: readonly Connection[],
    private readonly options: AttendanceOptions,
  ) {}

  /** Whether somebody paused, within what a player may pause in all. */
  isHeld(): boolean {
    if (this.context.isPaused) return true;
    for (const peer of this.connections) {
      if (!peer.isGone && peer.isPausedThere && peer.liveness.pausedMs < this.options.maxPauseMs) return true;
    }
    return false;
  }

  /** Notices what changed in the time since the last poll. */
  watch(): void {
    for (const peer of this.connections) if (!peer.isGone) this.watchPeer(peer);
    if (this.context.gossips) this.adoptDepartures();
    for (const peer of this.connections) this.announce(peer);
  }

  private watchPeer(peer: Connection): void {
    const { notifyMs, disconnectMs, maxPauseMs } = this.options;
    if (peer.isPauseReported !== peer.isPausedThere) {
      peer.isPauseReported = peer.isPausedThere;
      for (const player of peer.players) {
        this.context.events.push({ type: peer.isPausedThere ? 'paused' : 'unpaused', player });
      }
    }
    const { gossips, localMask } = this.context;
    const defers = gossips && (peer.mask & -peer.mask) < (localMask & -localMask);
    const patienceMs = peer.isPausedThere ? Math.max(disconnectMs, maxPauseMs) : disconnectMs;
    const limitMs = patienceMs + (defers ? deferenceMs : 0);
    const { liveness } = peer;
    const silence = liveness.update(
      this.context.elapsedMs,
      peer.hasHeard,
      peer.isPausedThere,
      notifyMs,
      limitMs,
    );
    peer.hasHeard = false;
    if (silence === 'interrupted' || silence === 'resumed') {
      const ms = silence === 'interrupted' ? liveness.silentMs : liveness.endedMs;
      for (const player of peer.players) this.context.events.push({ type: silence, player, ms });
    } else if (silence === 'dead') {
      this.drop(peer, 'timeout');
    }
    if (peer.knownFrame >= peer.leaveFrame) this.drop(peer, 'left');
  }

  /** Drops whom a peer dropped, and a peer that dropped us. */
  private adoptDepartures(): void {
    const { queue, timeline } = this.context;
    const dropped = adoptReports(queue, this.connections, timeline.confirmedFrame);
    for (const peer of this.connections) {
      const isAgainstUs = (peer.reportedGone & this.context.localMask) !== 0;
      if (isAgainstUs || (peer.mask & dropped) !== 0) this.drop(peer, 'dropped');
    }
    if (dropped !== 0) adoptReports(queue, this.connections, timeline.confirmedFrame);
  }

  private drop(peer: Connection, reason: 'left' | 'timeout' | 'dropped'): void {
    if (peer.isGone) return;
    peer.isGone = true;
    peer.goneReason = reason;
    for (const player of peer.players) this.context.queue.depart(player, peer.knownFrame);
  }

  /** Tells of a departure once everybody who stays has said what they know of the leaver: then the frame is final. */
  private announce(peer: Connection): void {
    if (!peer.isGone || peer.isGoneReported) return;
    for (const other of this.connections) {
      if (!other.isGone && (other.reportedGone & peer.mask) !== peer.mask) return;
    }
    peer.isGoneReported = true;
    const { events, queue } = this.context;
    for (const player of peer.players) {
      const frame = queue.goneAfter[player] ?? never;
      events.push({ type: 'disconnected', player, frame, reason: peer.goneReason });
    }
  }
}
