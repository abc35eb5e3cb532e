import type { Connection } from './connection';
import type { PeerContext } from './peer-context';
import type { SessionPhase } from './session-types';

/** Unacknowledged inputs and acknowledgements are sent again after this long, when no frame sends them anyway. */
const resendMs = 50;
const keepaliveMs = 200;
const leaveMs = 1500;
const refuseMs = 3000;

/** Decides when packets go out to whom. */
export class Dispatcher {
  /** The next poll sends to everybody. */
  isForced = false;
  /** When the session ended, ms. */
  endedMs = 0;
  /** The session ended because a peer can't be played with: only hellos go out, so that it learns why. */
  isRefused = false;

  constructor(
    private readonly context: PeerContext,
    private readonly connections: readonly Connection[],
  ) {}

  /** Sends this frame's packets, except to those who got one less than `spacingMs` ago. */
  sendFrame(spacingMs: number): void {
    for (const peer of this.connections) {
      if (!peer.isGone && this.context.nowMs - peer.sender.lastSentMs >= spacingMs) peer.sendInputs();
    }
  }

  /** Sends what is due between frames. */
  sendDue(phase: SessionPhase): void {
    const sinceEndMs = this.context.nowMs - this.endedMs;
    if (phase === 'ended' && sinceEndMs > (this.isRefused ? refuseMs : leaveMs)) return;
    for (const peer of this.connections) {
      if (this.isRefused || !peer.isProven) peer.sendHello();
      if (this.isRefused || !peer.handshake.isComplete) continue;
      if (peer.isGone) this.sayGoodbye(peer);
      else if (phase !== 'synchronizing' && (this.isForced || this.isDue(peer, phase))) peer.sendInputs();
    }
    this.isForced = false;
  }

  private isDue(peer: Connection, phase: SessionPhase): boolean {
    const { sender } = peer;
    const waitedMs = this.context.nowMs - sender.lastSentMs;
    if (waitedMs >= keepaliveMs) return true;
    return waitedMs >= resendMs && (sender.hasUnacked() || sender.isAckDue || phase === 'ended');
  }

  /** A peer that was dropped and speaks again learns that the match went on without it. */
  private sayGoodbye(peer: Connection): void {
    if (!peer.hasHeard || this.context.nowMs - peer.sender.lastSentMs < keepaliveMs) return;
    peer.hasHeard = false;
    const { isLeaving } = this.context;
    this.context.isLeaving = true;
    peer.sendInputs();
    this.context.isLeaving = isLeaving;
  }
}
