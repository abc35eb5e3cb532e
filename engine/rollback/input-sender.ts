import { encodeInputs, plainBytesThatFit } from './input-codec';
import { NO_FRAME } from './input-queue';
import type { LinkQuality } from './link-quality';
import { InputFlag, MAX_PACKET_BYTES, seal, writeInputHeader } from './packet';
import type { PeerContext } from './peer-context';

const PING_EVERY_MS = 200;
/** A checksum goes out in this many packets; one of them arrives. */
const REPORT_REPEATS = 4;

/** Our half of the conversation with one peer: what it has acknowledged, and packets with everything it has not. */
export class InputSender {
  readonly #context: PeerContext;
  /** Last local frame the peer has. */
  ackedFrame = -1;
  lastSentMs = Number.NEGATIVE_INFINITY;
  /** Something arrived that the peer doesn't know yet that we have. */
  isAckDue = false;
  /** A ping to answer: its time, and when it came; -1 for none. */
  pongTime = -1;
  pongAtMs = 0;
  #sequence = 0;
  #nextPingMs = Number.NEGATIVE_INFINITY;
  #reportedFrame = -1;
  #reportsLeft = 0;

  constructor(context: PeerContext) {
    this.#context = context;
  }

  /** The last frame that all local inputs are given for. */
  lastGiven(): number {
    const { queue, localPlayers } = this.#context;
    let last = NO_FRAME;
    for (let i = 0; i < localPlayers.length; i++)
      last = Math.min(last, queue.lastKnown[localPlayers[i] ?? 0] ?? -1);
    return last === NO_FRAME ? -1 : last;
  }

  hasUnacked(): boolean {
    return this.ackedFrame < this.lastGiven();
  }

  /**
   * Composes a packet in the shared writer and seals it.
   * @param expected the next frame we expect from the peer. @param advantage our lead over the peer in frames.
   */
  compose(expected: number, advantage: number, key: number, quality: LinkQuality): void {
    const { packet, queue, localPlayers, timeline, writer } = this.#context;
    packet.sequence = this.#sequence;
    this.#sequence = (this.#sequence + 1) & 0xff;
    packet.flags =
      (this.#context.isPaused ? InputFlag.paused : 0) | (this.#context.isLeaving ? InputFlag.leaving : 0);
    const start = this.ackedFrame + 1;
    const last = this.lastGiven();
    const frameBytes = localPlayers.length * queue.inputBytes;
    const fitting = frameBytes === 0 ? 0 : Math.floor(plainBytesThatFit(MAX_PACKET_BYTES - 64) / frameBytes);
    packet.start = start;
    packet.count = Math.min(last - start + 1, fitting, 255);
    packet.ack = expected;
    packet.lead = clampByte(start + packet.count - 1 - timeline.frame);
    packet.advantage = clampByte(advantage);
    packet.leaveFrame = last;
    this.#addPing(quality);
    this.#addReport();
    if (this.#context.gossips) this.#addGossip();
    writeInputHeader(writer, packet);
    const length = encodeInputs(
      queue,
      localPlayers,
      start,
      packet.count,
      this.#context.scratch,
      writer.bytes,
      writer.length,
    );
    writer.length = length;
    seal(writer.bytes, length, key);
    this.lastSentMs = this.#context.nowMs;
    this.isAckDue = false;
  }

  /** Forgets what was reported, after the state was replaced. */
  resetReports(): void {
    this.#reportedFrame = -1;
  }

  #addPing(quality: LinkQuality): void {
    const { packet, nowMs } = this.#context;
    if (nowMs >= this.#nextPingMs) {
      this.#nextPingMs = nowMs + (quality.pingMs === 0 ? PING_EVERY_MS / 4 : PING_EVERY_MS);
      packet.flags |= InputFlag.ping;
      packet.pingTime = Math.floor(nowMs) & 0xffff;
    }
    if (this.pongTime >= 0) {
      const held = Math.floor(nowMs - this.pongAtMs);
      if (held <= 255) {
        packet.flags |= InputFlag.pong;
        packet.pongTime = this.pongTime;
        packet.pongHoldMs = held;
      }
      this.pongTime = -1;
    }
  }

  #addReport(): void {
    const { packet, timeline, metrics } = this.#context;
    const { checksums } = timeline;
    const confirmed = timeline.confirmedFrame;
    const frame = confirmed - (confirmed % checksums.intervalFrames);
    if (confirmed >= 0 && frame > this.#reportedFrame && checksums.has(frame)) {
      this.#reportedFrame = frame;
      this.#reportsLeft = Math.min(REPORT_REPEATS, checksums.intervalFrames);
    }
    if (this.#reportsLeft === 0 || !checksums.has(this.#reportedFrame)) return;
    this.#reportsLeft -= 1;
    packet.flags |= InputFlag.report;
    packet.checkFrame = this.#reportedFrame;
    packet.checksum = checksums.at(this.#reportedFrame);
    packet.rollbackFrames = metrics.rollbackFrames & 0xffff;
  }

  #addGossip(): void {
    const { packet, queue } = this.#context;
    packet.flags |= InputFlag.gossip;
    packet.gossipGone = 0;
    for (let player = 0; player < queue.playerCount; player++) {
      const goneAfter = queue.goneAfter[player] ?? NO_FRAME;
      if (goneAfter !== NO_FRAME) packet.gossipGone |= 1 << player;
      packet.gossipKnown[player] = Math.min(goneAfter, queue.lastKnown[player] ?? -1) + 1;
    }
  }
}

function clampByte(value: number): number {
  return Math.max(-128, Math.min(127, value));
}
