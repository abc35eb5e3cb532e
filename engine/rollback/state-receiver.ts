import type { ByteReader, ByteWriter } from './bytes';
import { beginPacket, PacketType, seal } from './packet';
import { CHUNK_BYTES } from './state-sender';

const REQUEST_EVERY_MS = 60;

/** Collects a whole state over a link that loses packets, asking from the first missing chunk on until all are there. */
export class StateReceiver {
  readonly #stateBytes: number;
  readonly #writer: ByteWriter;
  readonly #transmit: () => void;
  /** What arrived: the frame the state is from before, and its checksum. Meaningful while `state` is there. */
  frame = 0;
  checksum = 0;
  #bytes: Uint8Array | undefined;
  #has: Uint8Array | undefined;
  #missing = 0;
  #isWanted = false;
  #isArrived = false;
  #hasBegun = false;
  #transfer = 0;
  #nextRequestMs = 0;

  constructor(
    stateBytes: number,
    writer: ByteWriter,
    /** Sends what is in the writer. */
    transmit: () => void,
  ) {
    this.#stateBytes = stateBytes;
    this.#writer = writer;
    this.#transmit = transmit;
  }

  /** The state that arrived complete and was not settled yet. */
  get state(): Uint8Array | undefined {
    return this.#isArrived ? this.#bytes : undefined;
  }

  /** Starts asking, unless that has begun. */
  want(): void {
    if (this.#isWanted || this.#isArrived) return;
    this.#bytes ??= new Uint8Array(this.#stateBytes);
    this.#has ??= new Uint8Array(Math.ceil(this.#stateBytes / CHUNK_BYTES));
    this.#has.fill(0);
    this.#missing = this.#has.length;
    this.#isWanted = true;
    this.#hasBegun = false;
    this.#transfer = (this.#transfer + 1) & 0xff;
    this.#nextRequestMs = Number.NEGATIVE_INFINITY;
  }

  /** Sends a request when one is due. */
  poll(nowMs: number, key: number): void {
    if (!this.#isWanted || nowMs < this.#nextRequestMs || this.#has === undefined) return;
    this.#nextRequestMs = nowMs + REQUEST_EVERY_MS;
    const writer = this.#writer;
    beginPacket(writer, PacketType.stateRequest);
    writer.u8(this.#transfer);
    writer.u16(this.#has.indexOf(0));
    seal(writer.bytes, writer.length, key);
    this.#transmit();
  }

  /** Takes a chunk, read from its body on. @returns false when it is malformed. */
  accept(reader: ByteReader): boolean {
    const transfer = reader.u8();
    const frame = reader.u32();
    const checksum = reader.u32();
    const total = reader.u32();
    const chunk = reader.u16();
    const bytes = this.#bytes;
    const has = this.#has;
    if (!reader.isOk || total !== this.#stateBytes || frame > 0x7fffffff) return false;
    if (!this.#isWanted || transfer !== this.#transfer || !bytes || !has || chunk >= has.length) return true;
    if (this.#hasBegun && (frame !== this.frame || checksum !== this.checksum)) return true;
    const from = chunk * CHUNK_BYTES;
    const length = Math.min(CHUNK_BYTES, total - from);
    if (reader.left !== length) return false;
    this.#hasBegun = true;
    this.frame = frame;
    this.checksum = checksum;
    if (has[chunk] === 1) return true;
    has[chunk] = 1;
    for (let i = 0; i < length; i++) bytes[from + i] = reader.u8();
    this.#missing -= 1;
    if (this.#missing === 0) {
      this.#isWanted = false;
      this.#isArrived = true;
    }
    return true;
  }

  /** The state was used or refused; another may be wanted. */
  settle(): void {
    this.#isArrived = false;
  }
}
