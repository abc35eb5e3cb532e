import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMsgpack, decodePacket } from './msgpack';
import { packed } from './testing/dialect';

/** As clients write it. */
const encode = (value: unknown) => Buffer.from(packed(value));

/** 32 bits, big end first. */
const word = (value: number) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];

/** Bytes with the memory that reading them takes. */
function heapOf(bytes: Buffer): number {
  const before = process.memoryUsage();
  expect(() => decodeMsgpack(bytes)).toThrow(RangeError);
  const after = process.memoryUsage();
  return Math.max(after.heapUsed - before.heapUsed, after.rss - before.rss);
}

describe('msgpack of a stranger', () => {
  it('SIG-21: is read as socket.io writes it', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small', maxDepth: 5 },
        fc.constantFrom(null, true, false),
        fc.integer(),
        fc.integer({ min: -(2 ** 53), max: 2 ** 53 }),
        fc.double({ noNaN: true, noInteger: true }),
        fc.string(),
        fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }),
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        fc.array(tie('any'), { maxLength: 20 }),
        fc.dictionary(fc.string(), tie('any'), { noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (any) => {
        expect(decodeMsgpack(encode(any))).toEqual(any);
      }),
      { numRuns: 500 },
    );
  });

  it('SIG-21: brings bytes as bytes, whatever kind of array a client has', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
    for (const length of [0, 1, 8, 255, 256, 70_000])
      for (const sent of [
        Buffer.from(bytes.subarray(0, length)),
        bytes.slice(0, length),
        bytes.slice(0, length).buffer,
      ])
        expect(decodeMsgpack(encode(sent))).toEqual(Buffer.from(bytes.subarray(0, length)));
  });

  it('costs no more memory than its bytes, whatever lengths it claims', () => {
    const arrays = Buffer.from(Array.from({ length: 2_000 }, () => [0xdd, ...word(30_000_000)]).flat());
    const wide = Buffer.from([0xdd, ...word(30_000_000), ...Array<number>(1_000).fill(1)]);
    const maps = Buffer.from(Array.from({ length: 2_000 }, () => [0xdf, ...word(0xffff_ffff)]).flat());
    const long = Buffer.from([0xdb, ...word(0xffff_ffff)]);
    const binary = Buffer.from([0xc6, ...word(0xffff_ffff)]);
    const extension = Buffer.from([0xc9, ...word(0xffff_ffff), 0]);
    const deep = Buffer.alloc(1_000_000, 0x91);
    for (const bytes of [arrays, wide, maps, long, binary, extension, deep])
      expect(heapOf(bytes)).toBeLessThan(60_000_000);
  });

  it('is refused as an error, not more, where it is garbage', () => {
    const whole = encode({
      type: 2,
      nsp: '/',
      data: ['join_lobby', { playerId: 'x', list: [1, 2.5, null] }],
    });
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      // Cut short, and with some bytes changed.
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc
        .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
        .map((changes) => {
          const copy = Buffer.from(whole);
          for (const [at, to] of changes) copy[at] = to;
          return copy;
        }),
    );
    let refused = 0;
    fc.assert(
      fc.property(garbage, (bytes) => {
        try {
          decodePacket(Buffer.from(bytes));
        } catch (error) {
          refused += 1;
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 5_000 },
    );
    expect(refused).toBeGreaterThan(3_000);
  });

  it('makes a field of its own of __proto__', () => {
    const bytes = Buffer.concat([Buffer.from([0x81]), encode('__proto__'), encode({ isAdmin: true })]);
    const value = decodeMsgpack(bytes);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
  });
});

describe('a packet', () => {
  const packet = (fields: object) => () =>
    decodePacket(encode({ type: 2, nsp: '/', data: ['x'], ...fields }));

  it('is what a client may send', () => {
    expect(packet({ id: 7 })()).toEqual({ type: 2, nsp: '/', data: ['x'], id: 7 });
    expect(packet({ data: [7, {}] })()).toMatchObject({ data: [7, {}] });
    expect(packet({ type: 0, data: { token: 'x' } })()).toMatchObject({ type: 0, data: { token: 'x' } });
    expect(packet({ type: 0, data: undefined })()).toMatchObject({ type: 0, data: undefined });
    expect(packet({ type: 1, data: undefined })()).toMatchObject({ type: 1 });
  });

  it.each([
    ["the library's own event", { data: ['disconnect', 'x'] }],
    ['another of them', { data: ['newListener'] }],
    ['an event named by what is no text', { data: [{ toString: 1 }] }],
    ['an event without a name', { data: [] }],
    ['an event without data', { data: undefined }],
    ['another type', { type: 9 }],
    ["the server's refusal", { type: 4, data: 'x' }],
    ['a type that is no number', { type: '2' }],
    ['no namespace', { nsp: 7 }],
    ['an id that is none', { id: -1 }],
    ['a log-in that is no map', { type: 0, data: ['x'] }],
    ['a log-in of nothing', { type: 0, data: null }],
  ])('is not %s', (_what, fields) => {
    expect(packet(fields)).toThrow(RangeError);
  });

  it('is not text, nor anything but a map', () => {
    expect(() => decodePacket('2["join_lobby"]')).toThrow(RangeError);
    for (const value of [null, 7, 'x', [2, '/', ['x']]])
      expect(() => decodePacket(encode(value))).toThrow(RangeError);
  });
});
