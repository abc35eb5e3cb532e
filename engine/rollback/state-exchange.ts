import type { ByteReader } from './bytes';
import { beginPacket, packetType, seal } from './packet';
import type { PeerContext } from './peer-context';

export const chunkBytes = 1024;
const chunksPerBurst = 8;
const requestEveryMs = 60;
const burstEveryMs = 15;

/**
 * Moves a whole state over a link that loses packets: the receiver asks from the first missing chunk on until all
 * are there, the sender answers each request with a burst. Both buffers are allocated at the first use.
 */
export class StateExchange {
  /** A complete state that nobody has taken yet: the frame it is from before, and its checksum. */
  isArrived = false;
  frame = 0;
  checksum = 0;
  private incoming: Uint8Array | undefined;
  private has: Uint8Array | undefined;
  private missing = 0;
  private isWanted = false;
  private hasBegun = false;
  private wantedTransfer = 0;
  private nextRequestMs = 0;
  private outgoing: Uint8Array | undefined;
  private outTransfer = -1;
  private outFrame = 0;
  private outChecksum = 0;
  private lastBurstMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly context: PeerContext,
    private readonly transmit: (length: number) => void,
  ) {}

  /** Whether a state was asked for and is not complete. */
  get isReceiving(): boolean {
    return this.isWanted;
  }

  /** The bytes of the state that arrived. */
  get state(): Uint8Array | undefined {
    return this.isArrived ? this.incoming : undefined;
  }

  /** Starts asking the peer for its confirmed state. */
  want(): void {
    if (this.isWanted || this.isArrived) return;
    const bytes = this.context.timeline.game.state.length;
    this.incoming ??= new Uint8Array(bytes);
    this.has ??= new Uint8Array(Math.ceil(bytes / chunkBytes));
    this.has.fill(0);
    this.missing = this.has.length;
    this.isWanted = true;
    this.isArrived = false;
    this.hasBegun = false;
    this.wantedTransfer = (this.wantedTransfer + 1) & 0xff;
    this.nextRequestMs = Number.NEGATIVE_INFINITY;
  }

  /** Sends a request when one is due. */
  poll(nowMs: number, key: number): void {
    if (!this.isWanted || nowMs < this.nextRequestMs || this.has === undefined) return;
    this.nextRequestMs = nowMs + requestEveryMs;
    const { writer } = this.context;
    beginPacket(writer, packetType.stateRequest);
    writer.u8(this.wantedTransfer);
    writer.u16(this.has.indexOf(0));
    seal(writer.bytes, writer.length, key);
    this.transmit(writer.length);
  }

  /** Answers a peer's request. @returns false when it is malformed. */
  acceptRequest(reader: ByteReader, nowMs: number, key: number): boolean {
    const transfer = reader.u8();
    const first = reader.u16();
    const { timeline, writer } = this.context;
    const { game } = timeline;
    const chunks = Math.ceil(game.state.length / chunkBytes);
    if (!reader.isOk || reader.left !== 0 || first >= chunks) return false;
    if (nowMs - this.lastBurstMs < burstEveryMs) return true;
    if (transfer !== this.outTransfer && !this.capture(transfer)) return true;
    this.lastBurstMs = nowMs;
    const outgoing = this.outgoing ?? game.state;
    for (let chunk = first; chunk < Math.min(first + chunksPerBurst, chunks); chunk++) {
      const from = chunk * chunkBytes;
      const to = Math.min(from + chunkBytes, outgoing.length);
      beginPacket(writer, packetType.stateChunk);
      writer.u8(transfer);
      writer.u32(this.outFrame);
      writer.u32(this.outChecksum);
      writer.u32(outgoing.length);
      writer.u16(chunk);
      for (let i = from; i < to; i++) writer.u8(outgoing[i] ?? 0);
      seal(writer.bytes, writer.length, key);
      this.transmit(writer.length);
    }
    return true;
  }

  /** Takes a chunk of the state that was asked for. @returns false when it is malformed. */
  acceptChunk(reader: ByteReader): boolean {
    const transfer = reader.u8();
    const frame = reader.u32();
    const checksum = reader.u32();
    const total = reader.u32();
    const chunk = reader.u16();
    const { incoming, has } = this;
    if (!reader.isOk || total !== this.context.timeline.game.state.length || frame > 0x7fffffff) return false;
    if (!this.isWanted || transfer !== this.wantedTransfer || !incoming || !has || chunk >= has.length)
      return true;
    if (this.hasBegun && (frame !== this.frame || checksum !== this.checksum)) return true;
    const from = chunk * chunkBytes;
    const length = Math.min(chunkBytes, total - from);
    if (reader.left !== length) return false;
    this.hasBegun = true;
    this.frame = frame;
    this.checksum = checksum;
    if (has[chunk] === 1) return true;
    has[chunk] = 1;
    for (let i = 0; i < length; i++) incoming[from + i] = reader.u8();
    this.missing -= 1;
    if (this.missing === 0) {
      this.isWanted = false;
      this.isArrived = true;
    }
    return true;
  }

  /** The state was used or refused. */
  settle(): void {
    this.isArrived = false;
  }

  /** Keeps our confirmed state, so that all chunks come from the same one. */
  private capture(transfer: number): boolean {
    const { timeline } = this.context;
    const frame = timeline.confirmedFrame + 1;
    const checksum = frame === 0 ? undefined : timeline.checksumAt(frame - 1);
    if (checksum === undefined) return false;
    this.outgoing ??= new Uint8Array(timeline.game.state.length);
    if (timeline.copyState(frame, this.outgoing) < 0) return false;
    this.outTransfer = transfer;
    this.outFrame = frame;
    this.outChecksum = checksum;
    return true;
  }
}
