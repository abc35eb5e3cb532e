import { describe, expect, it } from 'vitest';
import { Input } from '../../engine/fighter/inputs';
import { TAP_WAITS_MS } from './devices/input-source';
import { createFrameInput } from './frame-input';

/** A source that is asked once for each of these masks, then gives none. */
const source = (...masks: number[]) => ({ mask: () => masks.shift() ?? 0, close: () => undefined });

describe('INPUT-3: the input of a frame that had to wait', () => {
  it('keeps what was tapped in a short stall', () => {
    const input = createFrameInput(source(Input.Light, Input.Heavy));
    expect(input.take(0)).toBe(Input.Light);
    input.settle(0, false);
    expect(input.take(TAP_WAITS_MS)).toBe(Input.Light | Input.Heavy);
    input.settle(TAP_WAITS_MS, true);
    expect(input.take(120)).toBe(0);
  });

  it('keeps nothing of a long one but what is pressed now', () => {
    const input = createFrameInput(source(Input.Light, Input.Heavy, Input.Right));
    for (const nowMs of [0, 50]) {
      input.take(nowMs);
      input.settle(nowMs, false);
    }
    expect(input.take(TAP_WAITS_MS + 1)).toBe(Input.Right);
  });

  it('a stall begins with its first frame that did not run, not with the last', () => {
    const input = createFrameInput(source());
    input.settle(0, false);
    input.settle(0, true);
    const later = createFrameInput(source(Input.Light));
    later.settle(1_000, false);
    later.take(1_050);
    later.settle(1_050, false);
    expect(later.take(1_000 + TAP_WAITS_MS + 1)).toBe(0);
  });

  it('INPUT-2: what waits and what is held cancel as well', () => {
    const input = createFrameInput(source(Input.Left, Input.Right));
    input.take(0);
    input.settle(0, false);
    expect(input.take(20)).toBe(0);
  });
});
