import { describe, expect, it } from 'vitest';
import { unlockByGesture } from './unlock';

describe('the sound starts with a gesture', () => {
  it.each(['keydown', 'pointerdown', 'pointerup', 'touchend', 'click'])('%s, until it is stopped', (type) => {
    const target = new EventTarget();
    let unlocked = 0;
    const stop = unlockByGesture(target, {
      unlock() {
        unlocked += 1;
      },
    });
    target.dispatchEvent(new Event(type));
    expect(unlocked).toBe(1);
    stop();
    target.dispatchEvent(new Event(type));
    expect(unlocked).toBe(1);
  });
});
