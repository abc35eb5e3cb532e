import { describe, expect, it } from 'vitest';
import { Lanes } from './lanes';

describe('lanes', () => {
  it('keep order within a lane, run beside each other, and survive a failure', async () => {
    const lanes = new Lanes();
    const done: string[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const first = lanes.run('a', async () => {
      await gate;
      done.push('a1');
      throw new Error('a1 failed');
    });
    const second = lanes.run('a', async () => {
      done.push('a2');
    });
    await lanes.run('b', async () => {
      done.push('b1');
    });
    expect(done).toEqual(['b1']);
    expect(lanes.waiting('a')).toBe(2);
    open();
    await expect(first).rejects.toThrow('a1 failed');
    await second;
    await lanes.idle();
    expect(done).toEqual(['b1', 'a1', 'a2']);
    expect(lanes.waiting('a')).toBe(0);
  });
});
