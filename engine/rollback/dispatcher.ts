import type { Peer } from './connection';
import type { PeerContext } from './peer-context';
import type { SessionPhase } from './session-types';

/** Unacknowledged inputs and acknowledgements are sent again after this long, when no frame sends them anyway. */
const RESEND_MS = 50;
const KEEPALIVE_MS = 200;
const LEAVE_MS = 1500;
const REFUSE_MS = 3000;

/** Decides when packets go out to whom. */
export class Dispatcher {
  readonly #context: PeerContext;
  readonly #connections: readonly Peer[];
  /** The next poll sends to everybody. */
  isForced = false;
  /** When the session ended, ms. */
  endedMs = 0;
  /** The session ended because a peer can't be played with: only hellos go out, so that it learns why. */
  isRefused = false;

  constructor(context: PeerContext, connections: readonly Peer[]) {
    this.#context = context;
    this.#connections = connections;
  }

  /** Sends this frame's packets, except to those who got one less than `spacingMs` ago. */
  sendFrame(spacingMs: number): void {
    for (const peer of this.#connections) {
      if (!peer.isGone && this.#context.nowMs - peer.sender.lastSentMs >= spacingMs) peer.sendInputs();
    }
  }

  /** Sends what is due between frames. */
  sendDue(phase: SessionPhase): void {
    const sinceEndMs = this.#context.nowMs - this.endedMs;
    if (phase === 'ended' && sinceEndMs > (this.isRefused ? REFUSE_MS : LEAVE_MS)) return;
    for (const peer of this.#connections) {
      if (this.isRefused || !peer.isProven) peer.sendHello();
      if (this.isRefused || !peer.handshake.isComplete) continue;
      if (peer.isGone) this.#sayGoodbye(peer);
      else if (phase !== 'synchronizing' && (this.isForced || this.#isDue(peer, phase))) peer.sendInputs();
    }
    this.isForced = false;
  }

  #isDue(peer: Peer, phase: SessionPhase): boolean {
    const { sender } = peer;
    const waitedMs = this.#context.nowMs - sender.lastSentMs;
    if (waitedMs >= KEEPALIVE_MS) return true;
    return waitedMs >= RESEND_MS && (sender.hasUnacked() || sender.isAckDue || phase === 'ended');
  }

  /** A peer that was dropped and speaks again learns that the match went on without it. */
  #sayGoodbye(peer: Peer): void {
    if (this.#context.nowMs - peer.sender.lastSentMs < KEEPALIVE_MS || !peer.takeHeard()) return;
    const { isLeaving } = this.#context;
    this.#context.isLeaving = true;
    peer.sendInputs();
    this.#context.isLeaving = isLeaving;
  }
}
