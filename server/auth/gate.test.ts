import { describe, expect, it } from 'vitest';
import { createGate } from './gate';

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('gate', () => {
  it('never runs more than its limit, in order, and refuses what exceeds the queue', async () => {
    const gate = createGate(2, 2);
    const tasks = [deferred(), deferred(), deferred(), deferred()];
    const started: number[] = [];
    const runs = tasks.map((task, index) =>
      gate(() => {
        started.push(index);
        return task.promise;
      }),
    );
    await expect(gate(async () => {})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(started).toEqual([0, 1]);
    tasks[1]?.resolve();
    await runs[1];
    expect(started).toEqual([0, 1, 2]);
    for (const task of tasks) task.resolve();
    await Promise.all(runs);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('frees the slot of a task that failed', async () => {
    const gate = createGate(1, 0);
    await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate(async () => 'yes')).resolves.toBe('yes');
  });
});
