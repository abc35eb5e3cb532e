import type { ByteReader, ByteWriter } from './bytes';
import { beginPacket, PacketType, seal } from './packet';

export const CHUNK_BYTES = 1024;
const CHUNKS_PER_BURST = 8;
const BURST_EVERY_MS = 15;

/** Where a confirmed state comes from: a session, or a judge's simulation. */
export interface StateSource {
  /** Copies the state from before a confirmed frame. @returns that frame. */
  copyConfirmedState(out: Uint8Array): number;
  /** Checksum of the state after a confirmed frame. */
  checksumAt(frame: number): number | undefined;
}

/** Answers requests for a whole state with bursts of chunks. The receiver asks again for what got lost. */
export class StateSender {
  readonly #source: StateSource;
  readonly #stateBytes: number;
  readonly #writer: ByteWriter;
  readonly #transmit: () => void;
  #state: Uint8Array | undefined;
  #transfer = -1;
  #frame = 0;
  #checksum = 0;
  #lastBurstMs = Number.NEGATIVE_INFINITY;

  constructor(
    source: StateSource,
    stateBytes: number,
    writer: ByteWriter,
    /** Sends what is in the writer. */
    transmit: () => void,
  ) {
    this.#source = source;
    this.#stateBytes = stateBytes;
    this.#writer = writer;
    this.#transmit = transmit;
  }

  /** Answers a request, read from its body on. @returns false when it is malformed. */
  accept(reader: ByteReader, nowMs: number, key: number): boolean {
    const transfer = reader.u8();
    const first = reader.u16();
    const chunks = Math.ceil(this.#stateBytes / CHUNK_BYTES);
    if (!reader.isOk || reader.left !== 0 || first >= chunks) return false;
    if (nowMs - this.#lastBurstMs < BURST_EVERY_MS) return true;
    if (transfer !== this.#transfer && !this.#capture(transfer)) return true;
    this.#lastBurstMs = nowMs;
    for (let chunk = first; chunk < Math.min(first + CHUNKS_PER_BURST, chunks); chunk++)
      this.#sendChunk(chunk, key);
    return true;
  }

  #sendChunk(chunk: number, key: number): void {
    const state = this.#state;
    const writer = this.#writer;
    if (state === undefined) return;
    const from = chunk * CHUNK_BYTES;
    const to = Math.min(from + CHUNK_BYTES, state.length);
    beginPacket(writer, PacketType.stateChunk);
    writer.u8(this.#transfer);
    writer.u32(this.#frame);
    writer.u32(this.#checksum);
    writer.u32(state.length);
    writer.u16(chunk);
    for (let i = from; i < to; i++) writer.u8(state[i] ?? 0);
    seal(writer.bytes, writer.length, key);
    this.#transmit();
  }

  /** Keeps one confirmed state, so that all chunks of a transfer come from the same. */
  #capture(transfer: number): boolean {
    this.#state ??= new Uint8Array(this.#stateBytes);
    const frame = this.#source.copyConfirmedState(this.#state);
    const checksum = frame < 1 ? undefined : this.#source.checksumAt(frame - 1);
    if (checksum === undefined) return false;
    this.#transfer = transfer;
    this.#frame = frame;
    this.#checksum = checksum;
    return true;
  }
}
