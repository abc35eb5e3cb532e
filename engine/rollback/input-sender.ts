import { encodeInputs, plainBytesThatFit } from './input-codec';
import { never } from './input-queue';
import type { LinkQuality } from './link-quality';
import { inputFlag, maxPacketBytes, seal, writeInputHeader } from './packet';
import type { PeerContext } from './peer-context';

const pingEveryMs = 200;
/** A checksum goes out in this many packets; one of them arrives. */
const reportRepeats = 4;

/** Our half of the conversation with one peer: what it has acknowledged, and packets with everything it has not. */
export class InputSender {
  /** Last local frame the peer has. */
  ackedFrame = -1;
  lastSentMs = Number.NEGATIVE_INFINITY;
  /** Something arrived that the peer doesn't know yet that we have. */
  isAckDue = false;
  /** A ping to answer: its time, and when it came; -1 for none. */
  pongTime = -1;
  pongAtMs = 0;
  private sequence = 0;
  private nextPingMs = Number.NEGATIVE_INFINITY;
  private reportedFrame = -1;
  private reportsLeft = 0;

  constructor(private readonly context: PeerContext) {}

  /** The last frame that all local inputs are given for. */
  lastGiven(): number {
    const { queue, localPlayers } = this.context;
    let last = never;
    for (let i = 0; i < localPlayers.length; i++)
      last = Math.min(last, queue.lastKnown[localPlayers[i] ?? 0] ?? -1);
    return last === never ? -1 : last;
  }

  hasUnacked(): boolean {
    return this.ackedFrame < this.lastGiven();
  }

  /**
   * Composes a packet in the shared writer and seals it.
   * @param expected the next frame we expect from the peer. @param advantage our lead over the peer in frames.
   */
  compose(expected: number, advantage: number, key: number, quality: LinkQuality): void {
    const { packet, queue, localPlayers, timeline, writer } = this.context;
    packet.sequence = this.sequence;
    this.sequence = (this.sequence + 1) & 0xff;
    packet.flags =
      (this.context.isPaused ? inputFlag.paused : 0) | (this.context.isLeaving ? inputFlag.leaving : 0);
    const start = this.ackedFrame + 1;
    const last = this.lastGiven();
    const frameBytes = localPlayers.length * queue.inputBytes;
    const fitting = frameBytes === 0 ? 0 : Math.floor(plainBytesThatFit(maxPacketBytes - 64) / frameBytes);
    packet.start = start;
    packet.count = Math.min(last - start + 1, fitting, 255);
    packet.ack = expected;
    packet.lead = clampByte(start + packet.count - 1 - timeline.frame);
    packet.advantage = clampByte(advantage);
    packet.leaveFrame = last;
    this.addPing(quality);
    this.addReport();
    if (this.context.gossips) this.addGossip();
    writeInputHeader(writer, packet);
    const length = encodeInputs(
      queue,
      localPlayers,
      start,
      packet.count,
      this.context.scratch,
      writer.bytes,
      writer.length,
    );
    writer.length = length;
    seal(writer.bytes, length, key);
    this.lastSentMs = this.context.nowMs;
    this.isAckDue = false;
  }

  /** Forgets what was reported, after the state was replaced. */
  resetReports(): void {
    this.reportedFrame = -1;
  }

  private addPing(quality: LinkQuality): void {
    const { packet, nowMs } = this.context;
    if (nowMs >= this.nextPingMs) {
      this.nextPingMs = nowMs + (quality.pingMs === 0 ? pingEveryMs / 4 : pingEveryMs);
      packet.flags |= inputFlag.ping;
      packet.pingTime = Math.floor(nowMs) & 0xffff;
    }
    if (this.pongTime >= 0) {
      const held = Math.floor(nowMs - this.pongAtMs);
      if (held <= 255) {
        packet.flags |= inputFlag.pong;
        packet.pongTime = this.pongTime;
        packet.pongHoldMs = held;
      }
      this.pongTime = -1;
    }
  }

  private addReport(): void {
    const { packet, timeline, metrics } = this.context;
    const { checksums } = timeline;
    const confirmed = timeline.confirmedFrame;
    const frame = confirmed - (confirmed % checksums.intervalFrames);
    if (confirmed >= 0 && frame > this.reportedFrame && checksums.has(frame)) {
      this.reportedFrame = frame;
      this.reportsLeft = Math.min(reportRepeats, checksums.intervalFrames);
    }
    if (this.reportsLeft === 0 || !checksums.has(this.reportedFrame)) return;
    this.reportsLeft -= 1;
    packet.flags |= inputFlag.report;
    packet.checkFrame = this.reportedFrame;
    packet.checksum = checksums.at(this.reportedFrame);
    packet.rollbackFrames = metrics.rollbackFrames & 0xffff;
  }

  private addGossip(): void {
    const { packet, queue } = this.context;
    packet.flags |= inputFlag.gossip;
    packet.gossipGone = 0;
    for (let player = 0; player < queue.playerCount; player++) {
      const goneAfter = queue.goneAfter[player] ?? never;
      if (goneAfter !== never) packet.gossipGone |= 1 << player;
      packet.gossipKnown[player] = Math.min(goneAfter, queue.lastKnown[player] ?? -1) + 1;
    }
  }
}

function clampByte(value: number): number {
  return Math.max(-128, Math.min(127, value));
}
