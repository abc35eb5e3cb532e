import { describe, expect, it } from 'vitest';
import { createGate } from './gate';

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const busy = { code: 'UNAVAILABLE', detail: { field: 'account', reason: 'busy', retryAfterSeconds: 5 } };

/** A gate of one slot whose tasks are let go by hand, and the order in which they started. */
function bench(maxWaiting: number, maxWaitingPerKey: number) {
  const gate = createGate({ limit: 1, maxWaiting, maxWaitingPerKey });
  const started: string[] = [];
  const first = deferred();
  const runs: Promise<unknown>[] = [gate('zero', () => first.promise)];
  const enter = (key: string, name: string) => {
    const run = gate(key, async () => {
      started.push(name);
    });
    runs.push(run.catch(() => {}));
    return run;
  };
  return {
    started,
    enter,
    async finish() {
      first.resolve();
      await Promise.all(runs);
      return started;
    },
  };
}

describe('gate', () => {
  it('never runs more than its limit, in order, and refuses what exceeds the queue', async () => {
    const gate = createGate({ limit: 2, maxWaiting: 2, maxWaitingPerKey: 2 });
    const tasks = [deferred(), deferred(), deferred(), deferred()];
    const started: number[] = [];
    const runs = tasks.map((task, index) =>
      gate('one', () => {
        started.push(index);
        return task.promise;
      }),
    );
    await expect(gate('one', async () => {})).rejects.toMatchObject(busy);
    expect(started).toEqual([0, 1]);
    tasks[1]?.resolve();
    await runs[1];
    expect(started).toEqual([0, 1, 2]);
    for (const task of tasks) task.resolve();
    await Promise.all(runs);
    expect(started).toEqual([0, 1, 2, 3]);
    expect(gate.waiting()).toBe(0);
  });

  it('frees the slot of a task that failed', async () => {
    const gate = createGate({ limit: 1, maxWaiting: 0, maxWaitingPerKey: 0 });
    await expect(gate('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate('one', async () => 'yes')).resolves.toBe('yes');
  });

  it('AUTH-11: lets the addresses take turns: six hundred of one stand behind one of another', async () => {
    const { enter, finish } = bench(1_000, 600);
    for (let i = 0; i < 600; i++) void enter('flood', `flood ${i}`);
    void enter('ann', 'ann 0');
    void enter('ann', 'ann 1');
    void enter('bob', 'bob 0');
    const order = await finish();
    expect(order).toHaveLength(603);
    // The flood's queue was there first: one of it before each of the others.
    expect(order.slice(0, 6)).toEqual(['flood 0', 'ann 0', 'bob 0', 'flood 1', 'ann 1', 'flood 2']);
  });

  it('AUTH-11: refuses what is too much of one address, and keeps places for others', async () => {
    const { enter, finish } = bench(4, 3);
    for (let i = 0; i < 3; i++) void enter('flood', `flood ${i}`);
    await expect(enter('flood', 'flood 3')).rejects.toMatchObject(busy);
    void enter('ann', 'ann 0');
    // Full: the last of the longest queue makes room.
    void enter('bob', 'bob 0');
    expect(await finish()).toEqual(['flood 0', 'ann 0', 'bob 0', 'flood 1']);
  });

  it('refuses whoever has the longest queue already when all places are taken', async () => {
    const { enter, finish } = bench(2, 2);
    void enter('ann', 'ann 0');
    void enter('bob', 'bob 0');
    await expect(enter('ann', 'ann 1')).rejects.toMatchObject(busy);
    await expect(enter('carl', 'carl 0')).rejects.toMatchObject(busy);
    expect(await finish()).toEqual(['ann 0', 'bob 0']);
  });
});
