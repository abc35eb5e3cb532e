import { ChecksumWatch } from './desync';
import { Handshake } from './handshake';
import { decodeRuns } from './input-codec';
import { NO_FRAME } from './input-queue';
import { InputSender } from './input-sender';
import { LinkQuality } from './link-quality';
import { Liveness } from './liveness';
import {
  HEADER_BYTES,
  HELLO_KEY,
  InputFlag,
  isSealed,
  MAX_PACKET_BYTES,
  PacketType,
  readHello,
  readInputHeader,
  seal,
  widenFrame,
  writeHello,
} from './packet';
import type { PeerContext } from './peer-context';
import type { RemotePeer } from './session-types';
import { StateReceiver } from './state-receiver';
import { StateSender } from './state-sender';
import { TimeSync } from './time-sync';
import type { Transport } from './types';

/** Datagrams taken in one poll; a flood waits for the next. */
const DRAIN_LIMIT = 512;

/** Why a peer is out: it said so, it was silent, or somebody who stays dropped it. */
export type DropReason = 'left' | 'timeout' | 'dropped';

/** A connection as everybody else sees it: its fields are written by the connection alone. */
export type Peer = Readonly<Connection>;

/** One remote peer: handshake, acknowledged inputs both ways, round trip, time sync and what it said of itself. */
export class Connection {
  readonly #context: PeerContext;
  readonly players: readonly number[];
  readonly mask: number;
  readonly handshake: Handshake;
  readonly quality = new LinkQuality();
  readonly sync = new TimeSync();
  readonly sender: InputSender;
  readonly stateReceiver: StateReceiver;
  readonly #stateSender: StateSender;
  /** The peer's packets carry the session's key: it is complete, too. */
  isProven = false;
  /** Out of the match. */
  isGone = false;
  goneReason: DropReason = 'left';
  objection: string | undefined;
  /** When the handshake was completed, in ms. */
  completedMs = 0;
  /** The newest frame the peer said it was at, and when that was heard. */
  remoteFrame = 0;
  remoteFrameMs = 0;
  isPausedThere = false;
  readonly liveness = new Liveness();
  /** The peer leaves after this frame; `NO_FRAME` while it stays. */
  leaveFrame = NO_FRAME;
  hasHeard = false;
  rollbackFramesThere = 0;
  readonly reportedKnown: Int32Array;
  reportedGone = 0;
  readonly checksums: ChecksumWatch;
  #transport: Transport;

  constructor(context: PeerContext, peer: RemotePeer, digest: number, nonce: number) {
    this.#context = context;
    const { queue } = context;
    this.players = peer.players;
    this.#transport = peer.transport;
    this.mask = peer.players.reduce((mask, player) => mask | (1 << player), 0);
    this.handshake = new Handshake(
      {
        digest,
        playerCount: queue.playerCount,
        inputBytes: queue.inputBytes,
        localMask: context.localMask,
        remoteMask: this.mask,
      },
      nonce,
    );
    this.sender = new InputSender(context);
    this.checksums = new ChecksumWatch(context.timeline);
    const transmit = () => this.#transmit();
    const stateBytes = context.timeline.game.state.length;
    this.stateReceiver = new StateReceiver(stateBytes, context.writer, transmit);
    this.#stateSender = new StateSender(context.timeline, stateBytes, context.writer, transmit);
    this.reportedKnown = new Int32Array(queue.playerCount).fill(-1);
  }

  /** The last frame known of this peer's players. */
  get knownFrame(): number {
    return this.#context.queue.lastKnown[this.players[0] ?? 0] ?? -1;
  }

  /** Our lead over the newest frame heard of, uncorrected for latency. */
  get advantage(): number {
    return this.#context.timeline.frame - this.remoteFrame;
  }

  /** The peer is out of the match, after the last frame known of it. */
  drop(reason: DropReason): void {
    if (this.isGone) return;
    this.isGone = true;
    this.goneReason = reason;
    for (const player of this.players) this.#context.queue.depart(player, this.knownFrame);
  }

  /** @returns whether a packet came since the last call. */
  takeHeard(): boolean {
    const { hasHeard } = this;
    this.hasHeard = false;
    return hasHeard;
  }

  replaceTransport(transport: Transport): void {
    this.#transport = transport;
  }

  /**
   * Takes inputs of one of this peer's players that came another way; what would leave a gap, or lies far ahead, is not taken.
   * @returns whether there was anything new.
   */
  acceptInputs(player: number, fromFrame: number, inputs: Uint8Array): boolean {
    const { queue, timeline } = this.#context;
    const known = queue.lastKnown[player] ?? -1;
    const limit = timeline.frame + queue.historyFrames / 4;
    const last = Math.min(fromFrame + Math.floor(inputs.length / queue.inputBytes) - 1, limit);
    if (this.isGone || fromFrame > known + 1 || last <= known) return false;
    for (let frame = known + 1; frame <= last; frame++)
      queue.put(player, inputs, (frame - fromFrame) * queue.inputBytes, timeline.frame);
    this.hasHeard = true;
    this.sender.isAckDue = true;
    return true;
  }

  /** Takes what has arrived. Junk is counted and has no other effect. */
  receive(): void {
    const { metrics } = this.#context;
    for (let i = 0; i < DRAIN_LIMIT; i++) {
      const bytes = this.#transport.receive();
      if (bytes === undefined) return;
      metrics.packetsIn += 1;
      metrics.bytesIn += bytes.length;
      if (!this.#accept(bytes)) metrics.packetsRejected += 1;
    }
  }

  /** Sends a hello when one is due. */
  sendHello(): void {
    const { writer, nowMs } = this.#context;
    if (!this.handshake.isSendDue(nowMs, this.isProven)) return;
    writeHello(writer, this.handshake.own);
    seal(writer.bytes, writer.length, HELLO_KEY);
    this.#transmit();
  }

  /** Sends one packet with everything the peer has not acknowledged. */
  sendInputs(): void {
    // A session that began with inputs from elsewhere has no key yet that the peer would know.
    if (!this.handshake.isComplete) return;
    this.sender.compose(this.knownFrame + 1, this.advantage, this.handshake.key, this.quality);
    this.#transmit();
  }

  /** Hands over what is in the shared writer. */
  #transmit(): void {
    const { metrics, writer } = this.#context;
    metrics.packetsOut += 1;
    metrics.bytesOut += writer.length;
    this.#transport.send(writer.written());
  }

  #accept(bytes: Uint8Array): boolean {
    if (bytes.length < HEADER_BYTES || bytes.length > MAX_PACKET_BYTES) return false;
    const type = bytes[0];
    if (type === PacketType.hello) return isSealed(bytes, HELLO_KEY) && this.#acceptHello(bytes);
    const { key } = this.handshake;
    if (key === 0 || !isSealed(bytes, key)) return false;
    const { reader } = this.#context;
    reader.open(bytes, HEADER_BYTES);
    let isGood = false;
    if (type === PacketType.input) isGood = this.#acceptInputs();
    else if (type === PacketType.stateRequest)
      isGood = this.#stateSender.accept(reader, this.#context.nowMs, key);
    else if (type === PacketType.stateChunk) isGood = this.stateReceiver.accept(reader);
    if (isGood) this.#prove();
    return isGood;
  }

  #prove(): void {
    this.hasHeard = true;
    this.isProven = true;
    if (this.handshake.isComplete) return;
    this.handshake.complete();
    this.completedMs = this.#context.nowMs;
  }

  #acceptHello(bytes: Uint8Array): boolean {
    const { reader, nowMs } = this.#context;
    const { handshake } = this;
    reader.open(bytes, HEADER_BYTES);
    if (!readHello(reader, handshake.heard)) return false;
    const wasComplete = handshake.isComplete;
    if (!wasComplete) {
      this.objection = handshake.objection();
      if (this.objection !== undefined) return true;
    }
    const pingMs = handshake.take(nowMs);
    if (pingMs >= 0) this.quality.addPing(pingMs);
    if (handshake.isComplete && !wasComplete) this.completedMs = nowMs;
    this.hasHeard = true;
    return true;
  }

  #acceptInputs(): boolean {
    const { packet, queue, reader, timeline } = this.#context;
    if (!readInputHeader(reader, packet)) return false;
    const { flags, count } = packet;
    if (((flags & InputFlag.gossip) !== 0) !== this.#context.gossips) return false;
    const known = this.knownFrame;
    const start = widenFrame(packet.start, known + 1);
    const last = start + count - 1;
    const acked = widenFrame(packet.ack, this.sender.ackedFrame + 1) - 1;
    if (start < 0 || start > known + 1 || acked > this.sender.lastGiven()) return false;
    if (last > timeline.frame + queue.historyFrames / 4) return false;
    const length = count * this.players.length * queue.inputBytes;
    if (length > this.#context.scratch.length) return false;
    if (!decodeRuns(reader.bytes, packet.payload, length, this.#context.scratch)) return false;
    if (last > known && !this.isGone) this.#takeInputs(start, last, known);
    if (acked > this.sender.ackedFrame) this.sender.ackedFrame = acked;
    this.#takeSections(last);
    return true;
  }

  /** Undoes the XOR from the frame before `start`, which is known. */
  #takeInputs(start: number, last: number, known: number): void {
    const { queue, scratch, timeline } = this.#context;
    const { inputBytes } = queue;
    const frameBytes = this.players.length * inputBytes;
    for (let i = 0; i < frameBytes; i++) {
      const player = this.players[Math.floor(i / inputBytes)] ?? 0;
      let byte = queue.byteAt(start - 1, player, i % inputBytes);
      for (let at = i; at < (last - start + 1) * frameBytes; at += frameBytes) {
        byte ^= scratch[at] ?? 0;
        scratch[at] = byte;
      }
    }
    for (let frame = known + 1; frame <= last; frame++) {
      for (let p = 0; p < this.players.length; p++) {
        queue.put(
          this.players[p] ?? 0,
          scratch,
          (frame - start) * frameBytes + p * inputBytes,
          timeline.frame,
        );
      }
    }
    this.sender.isAckDue = true;
  }

  #takeSections(last: number): void {
    const { packet, timeline, nowMs } = this.#context;
    const { flags } = packet;
    if (this.quality.addSequence(packet.sequence)) this.isPausedThere = (flags & InputFlag.paused) !== 0;
    const remoteFrame = last - packet.lead;
    if (remoteFrame > this.remoteFrame) {
      this.remoteFrame = remoteFrame;
      this.remoteFrameMs = nowMs;
      this.sync.sample(this.advantage, packet.advantage);
    }
    if (flags & InputFlag.ping) {
      this.sender.pongTime = packet.pingTime;
      this.sender.pongAtMs = nowMs;
    }
    if (flags & InputFlag.pong) {
      const ms = (Math.floor(nowMs) - packet.pongTime - packet.pongHoldMs) & 0xffff;
      if (ms < 10_000) this.quality.addPing(ms);
    }
    if (flags & InputFlag.report) {
      this.checksums.note(widenFrame(packet.checkFrame, timeline.frame), packet.checksum);
      this.rollbackFramesThere = Math.max(
        this.rollbackFramesThere,
        widenFrame(packet.rollbackFrames, this.rollbackFramesThere),
      );
    }
    if (flags & InputFlag.gossip) {
      this.reportedGone |= packet.gossipGone;
      for (let player = 0; player < this.reportedKnown.length; player++) {
        const frame = widenFrame(packet.gossipKnown[player] ?? 0, timeline.frame) - 1;
        const isGone = (packet.gossipGone >> player) & 1;
        if (isGone || frame > (this.reportedKnown[player] ?? -1)) this.reportedKnown[player] = frame;
      }
    }
    if (flags & InputFlag.leaving) this.leaveFrame = widenFrame(packet.leaveFrame, last);
  }
}
