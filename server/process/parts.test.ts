import { describe, expect, it, vi } from 'vitest';
import { Parts, StartAbortedError } from './parts';

const silent = () => ({ debug: vi.fn(), warn: vi.fn(), error: vi.fn() });

describe('Parts', () => {
  it('stops in the reverse order of the starts, each once, however often it is told', async () => {
    const order: string[] = [];
    const parts = new Parts(silent());
    for (const name of ['database', 'grpc', 'http']) {
      await parts.start(name, () => name, { stop: (started) => void order.push(started) });
    }
    expect(await Promise.all([parts.stop(), parts.stop(), parts.stop()])).toEqual([true, true, true]);
    expect(order).toEqual(['http', 'grpc', 'database']);
  });

  it('goes on to the database when a part before it hangs or throws, and names them', async () => {
    const log = silent();
    const parts = new Parts(log);
    const database = vi.fn();
    await parts.start('database', () => null, { stop: database });
    await parts.start('broken', () => null, { stop: () => Promise.reject(new Error('no')) });
    await parts.start('hanging', () => null, { stop: () => new Promise(() => {}), stopTimeoutMs: 5 });
    expect(await parts.stop()).toBe(false);
    expect(database).toHaveBeenCalledOnce();
    expect(log.error.mock.calls.map(([fields]) => fields.part)).toEqual(['hanging', 'broken']);
  });

  it('undoes a part whose start was under way when the order to stop came', async () => {
    const parts = new Parts(silent());
    const stopped = vi.fn();
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const starting = parts.start('slow', () => slow, { stop: stopped });
    const stopping = parts.stop();
    finish();
    await expect(starting).rejects.toThrow(StartAbortedError);
    await stopping;
    await expect(parts.start('late', () => null)).rejects.toThrow(StartAbortedError);
    expect(stopped).toHaveBeenCalledOnce();
  });

  it('reports a part that throws as down and the others as they are', async () => {
    const parts = new Parts(silent());
    await parts.start('database', () => 5, { health: (ms) => ({ status: 'ok', ms }) });
    await parts.start('grpc', () => null, { health: () => Promise.reject(new Error('gone')) });
    await parts.start('quiet', () => null);
    expect(await parts.health()).toEqual({
      database: { status: 'ok', ms: 5 },
      grpc: { status: 'down', message: 'fails' },
    });
  });
});
