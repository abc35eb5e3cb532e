import { describe, expect, it } from 'vitest';
import { bringBytes, packBytes } from './bytes';

const whole = Uint8Array.from([0, 1, 2, 3, 4, 5]);

describe('bytes of a message', () => {
  it('go as buffers of just their part, however deep they stand', () => {
    const message = { frames: 2, inputs: whole.subarray(2, 4), nested: { list: [whole, null] } };
    expect(packBytes(message)).toEqual({
      frames: 2,
      inputs: Uint8Array.from([2, 3]).buffer,
      nested: { list: [whole.buffer, null] },
    });
    expect(packBytes(undefined)).toBeUndefined();
  });

  it('come as arrays, whatever the platform brings, and all else as it is', () => {
    const heard = { data: whole.slice().buffer, columns: [whole.slice().buffer], text: 'x', none: null };
    bringBytes(heard);
    expect(heard).toEqual({ data: whole, columns: [whole], text: 'x', none: null });
    const buffer = { data: Buffer.from(whole) };
    bringBytes(buffer);
    expect(buffer.data).toBeInstanceOf(Buffer);
  });
});
