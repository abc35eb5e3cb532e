/** Grows as it is written to. Little-endian. */
export class ByteWriter {
  readonly #out: number[] = [];

  uint8(value: number): void {
    this.#out.push(value & 0xff);
  }

  uint32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.#out.push((value >>> shift) & 0xff);
  }

  /** Unsigned LEB128 of a uint32. */
  varint(value: number): void {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.#out.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.#out.push(rest);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#out);
  }
}

/** Reads what `ByteWriter` wrote, and nothing else. Every failure is the caller's own error. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #fail: (message: string) => Error;
  #offset = 0;

  constructor(bytes: Uint8Array, fail: (message: string) => Error) {
    this.#bytes = bytes;
    this.#fail = fail;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  uint8(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw this.#fail(`cut off after ${this.#bytes.length} bytes`);
    this.#offset += 1;
    return byte;
  }

  uint32(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 8) value |= this.uint8() << shift;
    return value >>> 0;
  }

  /** Unsigned LEB128 up to 28 bits; refuses padded forms, so each number has one spelling. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.uint8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (byte === 0 && shift > 0) throw this.#fail('a number is padded');
        return value;
      }
    }
    throw this.#fail('a number is too long');
  }
}
