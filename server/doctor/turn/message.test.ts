import { describe, expect, it } from 'vitest';
import { lengthOf, read, readAddress, Type, write, xorAddress } from './message';

/** Test vectors of RFC 5769. */
describe('STUN messages', () => {
  it('are signed with long-term credentials as RFC 5769, 2.4 has it', () => {
    const message = write(Type.binding, Buffer.from('78ad3433c6ad72c029da412e', 'hex'), [], {
      username: '\u30de\u30c8\u30ea\u30c3\u30af\u30b9',
      password: 'TheMatrIX',
      realm: Buffer.from('example.org'),
      nonce: Buffer.from('f//499k954d6OL34oL9FSTvy64sA'),
    });
    expect(message.toString('hex', 0, 20)).toBe('000100602112a44278ad3433c6ad72c029da412e');
    expect(message.subarray(-20).toString('hex')).toBe('f67024656dd64a3e02b8e0712e85c9a28ca89666');
  });

  it.each([
    ['192.0.2.1', '0001a147e112a643'],
    ['2001:db8:1234:5678:11:2233:4455:6677', '0002a1470113a9faa5d3f179bc25f4b5bed2b9d9'],
  ])('hold %s as RFC 5769, 2.2 and 2.3 have it', (ip, hex) => {
    const transaction = 'b7e7a701bc34d686fa87dfae';
    const address = { ip, port: 32_853 };
    expect(xorAddress(address, Buffer.from(transaction, 'hex')).toString('hex')).toBe(hex);
    expect(readAddress(Buffer.from(hex, 'hex'), transaction)).toEqual(address);
  });

  it.each(['::1', '::', 'fd00::1', '2001:db8::', '127.0.0.1'])('hold %s and give it back', (ip) => {
    const transaction = Buffer.alloc(12, 7);
    const value = xorAddress({ ip, port: 1 }, transaction);
    expect(readAddress(value, transaction.toString('hex'))).toEqual({ ip, port: 1 });
  });

  it('are not read out of junk', () => {
    const message = write(Type.binding, Buffer.alloc(12), [Buffer.from([0, 6, 0, 200, 1, 2, 3, 4])]);
    expect(read(message)).toBeUndefined();
    expect(read(Buffer.alloc(3))).toBeUndefined();
    expect(lengthOf(Buffer.alloc(3))).toBeUndefined();
    expect(lengthOf(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toBe(0);
    expect(readAddress(Buffer.alloc(5), '00'.repeat(12))).toBeUndefined();
    expect(readAddress(undefined, '')).toBeUndefined();
  });
});
