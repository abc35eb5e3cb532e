import { encodeFight } from '../../engine/fighter/replay';
import { MAX_MATCH_FRAMES } from '../../engine/fighter/rules';

/** "ACR" and 1: how fights were stored before they had checksums and a place to seek to. */
const MAGIC = Buffer.from([0x41, 0x43, 0x52, 1]);

/** Whether a stored replay is of the format before the present one. */
export function isOldReplay(bytes: Uint8Array): boolean {
  return MAGIC.equals(bytes.subarray(0, MAGIC.length));
}

/**
 * Brings an old replay into the present format. Configuration and inputs come along; it had no checksums, and which
 * version its rules had it didn't say (0).
 * @returns undefined when the bytes are damaged.
 */
export function convertOldReplay(bytes: Uint8Array): Uint8Array | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = MAGIC.length;
  /** LEB128, at most 28 bits; 0 past the end, where no run may be. */
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = buffer[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  if (buffer.length < at + 11) return undefined;
  const engineDigest = buffer.readUInt32LE(at).toString(16).padStart(8, '0');
  const seed = buffer.readUInt32LE(at + 4);
  const characters = [buffer.readUInt8(at + 8), buffer.readUInt8(at + 9)] as const;
  at += 10;
  const frames = varint();
  if (frames > MAX_MATCH_FRAMES) return undefined;
  const inputs = Buffer.alloc(frames * 4);
  for (const offset of [0, 2]) {
    let value = 0;
    for (let frame = 0; frame < frames; ) {
      value ^= varint();
      const run = varint();
      if (run < 1 || frame + run > frames || value > 0xffff) return undefined;
      for (const end = frame + run; frame < end; frame += 1) inputs.writeUInt16LE(value, frame * 4 + offset);
    }
  }
  if (at !== buffer.length) return undefined;
  return encodeFight({ rulesVersion: 0, engineDigest, seed, characters, inputs, checksums: [] });
}
