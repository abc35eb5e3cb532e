/** Writes little-endian numbers into one reused buffer. The caller keeps within its length. */
export class ByteWriter {
  length = 0;
  readonly #views: (Uint8Array | undefined)[] = [];
  constructor(readonly bytes: Uint8Array) {}

  /** What was written. One view for each length is made and kept, so that sending allocates nothing. */
  written(): Uint8Array {
    const kept = this.#views[this.length];
    if (kept !== undefined) return kept;
    const view = this.bytes.subarray(0, this.length);
    this.#views[this.length] = view;
    return view;
  }

  u8(value: number): void {
    this.bytes[this.length++] = value;
  }
  u16(value: number): void {
    this.u8(value & 0xff);
    this.u8((value >>> 8) & 0xff);
  }
  u32(value: number): void {
    this.u16(value & 0xffff);
    this.u16(value >>> 16);
  }
}

const NOTHING = new Uint8Array(0);

/** Reads little-endian numbers. Past the end it reads zeros and `isOk` turns false; it never throws. */
export class ByteReader {
  isOk = true;
  at = 0;
  bytes: Uint8Array = NOTHING;

  /** Starts over on other bytes. */
  open(bytes: Uint8Array, at: number): void {
    this.bytes = bytes;
    this.at = at;
    this.isOk = true;
  }
  get left(): number {
    return this.bytes.length - this.at;
  }
  u8(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) this.isOk = false;
    return value ?? 0;
  }
  i8(): number {
    return (this.u8() << 24) >> 24;
  }
  u16(): number {
    return this.u8() | (this.u8() << 8);
  }
  u32(): number {
    return (this.u16() | (this.u16() << 16)) >>> 0;
  }
}
