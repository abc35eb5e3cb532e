import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { CalculateRequest } from './calculate-input';
import { launchThread } from './launch';
import { createSimulators, type Simulators } from './simulators';
import { longest, oneSided } from './testing/fights';

const match = (inputs = oneSided(60)): CalculateRequest => ({
  session_id: 's',
  action_result: { kind: 'match', seed: 1, characters: [1, 2], inputs },
});

const HANGS = "require('node:worker_threads').parentPort.on('message', () => { for (;;); })";
const DIES = "require('node:worker_threads').parentPort.on('message', () => process.exit(3))";

let open: Simulators;
const create = (...options: Parameters<typeof createSimulators>) => {
  open = createSimulators(...options);
  return open;
};
afterEach(() => open.close());

/** Spoiled threads first, then real ones. */
function launching(...programs: string[]) {
  return () => {
    const program = programs.shift();
    return program === undefined ? launchThread() : new Worker(program, { eval: true });
  };
}

describe('RULES-8: calculations', () => {
  it('beyond the room there is are refused at once, with when to come back; then there is room again', async () => {
    const { calculate } = create({ threads: 1, atOnce: 2, timeoutMs: 20_000 });
    const taken = [calculate(match()), calculate(match())];
    await expect(calculate(match())).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      detail: { retryAfterSeconds: 1 },
    });
    await Promise.all(taken);
    expect(await calculate(match())).toMatchObject({ frames: 60 });
  });

  it('that hang are cut, and the next has a thread again', async () => {
    const { calculate } = create({ threads: 1, atOnce: 4, timeoutMs: 3_000 }, launching(HANGS));
    const results = await Promise.allSettled([calculate(match()), calculate(match())]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'TIMEOUT' } },
      { status: 'fulfilled', value: { frames: 60 } },
    ]);
  });

  it('whose thread dies fail alone', async () => {
    const { calculate } = create({ threads: 1, atOnce: 4, timeoutMs: 20_000 }, launching(DIES));
    const results = await Promise.allSettled([calculate(match()), calculate(match())]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'INTERNAL' } },
      { status: 'fulfilled', value: { frames: 60 } },
    ]);
  });

  it('that nobody waits for any more are not begun', async () => {
    const { calculate } = create({ threads: 1, atOnce: 4, timeoutMs: 20_000 });
    const gone = new AbortController();
    const first = calculate(match(longest()));
    const second = calculate(match(), gone.signal);
    gone.abort();
    await expect(second).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await first).toMatchObject({ over: true });
  });

  it('under way when it closes are told so', async () => {
    const simulators = create({ threads: 1, atOnce: 4, timeoutMs: 20_000 });
    const results = Promise.allSettled([simulators.calculate(match()), simulators.calculate(match())]);
    await simulators.close();
    for (const result of await results)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
    await expect(simulators.calculate(match())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
