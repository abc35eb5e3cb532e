import type { ByteReader, ByteWriter } from './bytes';
import { beginPacket, packetType, seal } from './packet';

export const chunkBytes = 1024;
const chunksPerBurst = 8;
const burstEveryMs = 15;

/** Where a confirmed state comes from: a session, or a judge's simulation. */
export interface StateSource {
  /** Copies the state from before a confirmed frame. @returns that frame. */
  copyConfirmedState(out: Uint8Array): number;
  /** Checksum of the state after a confirmed frame. */
  checksumAt(frame: number): number | undefined;
}

/** Answers requests for a whole state with bursts of chunks. The receiver asks again for what got lost. */
export class StateSender {
  private state: Uint8Array | undefined;
  private transfer = -1;
  private frame = 0;
  private checksum = 0;
  private lastBurstMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly source: StateSource,
    private readonly stateBytes: number,
    private readonly writer: ByteWriter,
    /** Sends what is in the writer. */
    private readonly transmit: () => void,
  ) {}

  /** Answers a request, read from its body on. @returns false when it is malformed. */
  accept(reader: ByteReader, nowMs: number, key: number): boolean {
    const transfer = reader.u8();
    const first = reader.u16();
    const chunks = Math.ceil(this.stateBytes / chunkBytes);
    if (!reader.isOk || reader.left !== 0 || first >= chunks) return false;
    if (nowMs - this.lastBurstMs < burstEveryMs) return true;
    if (transfer !== this.transfer && !this.capture(transfer)) return true;
    this.lastBurstMs = nowMs;
    for (let chunk = first; chunk < Math.min(first + chunksPerBurst, chunks); chunk++)
      this.sendChunk(chunk, key);
    return true;
  }

  private sendChunk(chunk: number, key: number): void {
    const { state, writer } = this;
    if (state === undefined) return;
    const from = chunk * chunkBytes;
    const to = Math.min(from + chunkBytes, state.length);
    beginPacket(writer, packetType.stateChunk);
    writer.u8(this.transfer);
    writer.u32(this.frame);
    writer.u32(this.checksum);
    writer.u32(state.length);
    writer.u16(chunk);
    for (let i = from; i < to; i++) writer.u8(state[i] ?? 0);
    seal(writer.bytes, writer.length, key);
    this.transmit();
  }

  /** Keeps one confirmed state, so that all chunks of a transfer come from the same. */
  private capture(transfer: number): boolean {
    this.state ??= new Uint8Array(this.stateBytes);
    const frame = this.source.copyConfirmedState(this.state);
    const checksum = frame < 1 ? undefined : this.source.checksumAt(frame - 1);
    if (checksum === undefined) return false;
    this.transfer = transfer;
    this.frame = frame;
    this.checksum = checksum;
    return true;
  }
}
