import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './bytes';
import { decodeRuns, encodeInputs, plainBytesThatFit } from './input-codec';
import { InputQueue } from './input-queue';
import {
  createHelloPacket,
  createInputPacket,
  createPacketWriter,
  HEADER_BYTES,
  HELLO_KEY,
  InputFlag,
  isSealed,
  readHello,
  readInputHeader,
  seal,
  widenFrame,
  writeHello,
  writeInputHeader,
} from './packet';

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('the wire format', () => {
  it('of a hello is pinned', () => {
    const writer = createPacketWriter();
    const hello = {
      ...createHelloPacket(),
      nonce: 0x11223344,
      digest: 0xaabbccdd,
      playerCount: 2,
      inputBytes: 2,
    };
    writeHello(writer, { ...hello, playerMask: 1, flags: 1, time: 0x0102, echoTime: 0x0304 });
    seal(writer.bytes, writer.length, HELLO_KEY);
    const bytes = writer.bytes.slice(0, writer.length);
    expect(hex(bytes)).toBe(`01${hex(bytes.slice(1, 5))}014433221100000000ddccbbaa0202010102010403`);
    expect(hex(bytes.slice(1, 5))).toMatchInlineSnapshot(`"bcf40b5e"`);
    expect(isSealed(bytes, HELLO_KEY)).toBe(true);
    expect(isSealed(bytes, HELLO_KEY + 1)).toBe(false);
  });

  it('of an input packet is pinned, section by section', () => {
    const writer = createPacketWriter();
    const packet = createInputPacket(2);
    Object.assign(packet, { sequence: 9, start: 70_000, count: 3, ack: 5, lead: -2, advantage: 4 });
    Object.assign(packet, { pingTime: 0x0a0b, pongTime: 0x0c0d, pongHoldMs: 7, leaveFrame: 0x99 });
    Object.assign(packet, { checkFrame: 60, checksum: 0xdeadbeef, rollbackFrames: 12, gossipGone: 2 });
    packet.gossipKnown.set([3, 4]);
    packet.flags = 63;
    writeInputHeader(writer, packet);
    expect(hex(writer.bytes.slice(HEADER_BYTES, writer.length))).toBe(
      '09' +
        '3f' +
        '7011' +
        '03' +
        '0500' +
        'fe' +
        '04' +
        '0b0a' +
        '0d0c07' +
        '3c00efbeadde0c00' +
        '0300040002' +
        '9900',
    );
    const reader = new ByteReader();
    reader.open(writer.bytes.slice(0, writer.length), HEADER_BYTES);
    const read = createInputPacket(2);
    expect(readInputHeader(reader, read)).toBe(true);
    expect(read).toEqual({ ...packet, start: 70_000 & 0xffff, payload: writer.length });
  });

  it('of a hello from another version is readable as far as its version', () => {
    const reader = new ByteReader();
    reader.open(Uint8Array.from([1, 0, 0, 0, 0, 77, 1, 2]), HEADER_BYTES);
    const hello = createHelloPacket();
    expect(readHello(reader, hello)).toBe(true);
    expect(hello.version).toBe(77);
  });

  it('is refused when it is cut short, at any length', () => {
    const writer = createPacketWriter();
    const packet = createInputPacket(2);
    packet.flags = InputFlag.ping | InputFlag.report;
    writeInputHeader(writer, packet);
    const reader = new ByteReader();
    for (let length = HEADER_BYTES; length < writer.length; length++) {
      reader.open(writer.bytes.slice(0, length), HEADER_BYTES);
      expect(readInputHeader(reader, createInputPacket(2))).toBe(false);
    }
  });

  it('never hides a change of any single byte from the seal', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 6, maxLength: 60 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, flip) => {
          seal(bytes, bytes.length, 1234);
          expect(isSealed(bytes, 1234)).toBe(true);
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
          expect(isSealed(bytes, 1234)).toBe(false);
        },
      ),
      { seed: 1 },
    );
  });

  it('widens 16-bit frames to the nearest one', () => {
    for (const frame of [0, 5, 65_535, 65_536, 1_000_000]) {
      for (const near of [frame - 30_000, frame, frame + 30_000])
        expect(widenFrame(frame & 0xffff, near)).toBe(frame);
    }
  });
});

describe('coded inputs', () => {
  const rows = fc.record({
    inputBytes: fc.integer({ min: 1, max: 8 }),
    players: fc.constantFrom([0], [1], [0, 1], [2, 0]),
    frames: fc.array(fc.uint8Array({ minLength: 24, maxLength: 24 }), { minLength: 1, maxLength: 120 }),
    calm: fc.integer({ min: 1, max: 10 }),
  });

  it('come back as they were, and never take more room than was planned for', () => {
    fc.assert(
      fc.property(rows, ({ inputBytes, players, frames, calm }) => {
        const queue = new InputQueue(3, inputBytes, 256, undefined);
        for (let i = 0; i < frames.length; i++) {
          const bytes = frames[i - (i % calm)] ?? new Uint8Array(24);
          for (let player = 0; player < 3; player++) queue.put(player, bytes, player * 8, 0);
        }
        const length = frames.length * players.length * inputBytes;
        const coded = new Uint8Array(4000);
        const end = encodeInputs(queue, players, 0, frames.length, new Uint8Array(4000), coded, 0);
        expect(plainBytesThatFit(end)).toBeLessThanOrEqual(length);
        const plain = new Uint8Array(4000);
        expect(decodeRuns(coded.subarray(0, end), 0, length, plain)).toBe(true);
        expect(decodeRuns(coded.subarray(0, end), 0, length + 1, plain)).toBe(false);
        expect(decodeRuns(coded.subarray(0, end), 0, length - 1, plain)).toBe(false);
        const frameBytes = players.length * inputBytes;
        for (let at = 0; at < length; at++) {
          if (at >= frameBytes) plain[at] = (plain[at] ?? 0) ^ (plain[at - frameBytes] ?? 0);
          const player = players[Math.floor((at % frameBytes) / inputBytes)] ?? 0;
          expect(plain[at]).toBe(queue.byteAt(Math.floor(at / frameBytes), player, at % inputBytes));
        }
      }),
      { seed: 2 },
    );
  });

  it('that do not change cost one byte for 64 frames of two bytes', () => {
    const queue = new InputQueue(1, 2, 256, undefined);
    for (let i = 0; i < 65; i++) queue.put(0, Uint8Array.from([3, 4]), 0, 0);
    expect(encodeInputs(queue, [0], 1, 64, new Uint8Array(128), new Uint8Array(200), 0)).toBe(1);
  });
});
