import { describe, expect, it } from 'vitest';
import { combineDevices, createLatch } from './device';

describe('input devices', () => {
  it('a tap shorter than a frame counts for exactly one frame', () => {
    const latch = createLatch();
    latch.press('KeyJ', 16);
    latch.release('KeyJ');
    expect(latch.sample()).toBe(16);
    expect(latch.sample()).toBe(0);
  });

  it('a held key counts every frame until it is released, also when two keys share a bit', () => {
    const latch = createLatch();
    latch.press('KeyA', 4);
    latch.press('ArrowLeft', 4);
    expect(latch.sample()).toBe(4);
    latch.release('KeyA');
    expect(latch.sample()).toBe(4);
    latch.release('ArrowLeft');
    expect(latch.sample()).toBe(0);
  });

  it('losing the focus releases everything', () => {
    const latch = createLatch();
    latch.press('KeyA', 4);
    latch.clear();
    expect(latch.sample()).toBe(0);
  });

  it('several devices act as one', () => {
    const device = (mask: number) => ({ sample: () => mask, close: () => undefined });
    expect(combineDevices([device(1), device(16)]).sample()).toBe(17);
  });
});
