import { describe, expect, it } from 'vitest';
import { seededFraction } from '../../engine/rollback/testing/random';
import type { Transport } from '../../engine/rollback/types';
import { conditionTransport, NO_CONDITIONS } from './channel';

function fakeInner(): Transport & { arrive(value: number): void } {
  const queue: Uint8Array[] = [];
  return {
    send: () => undefined,
    receive: () => queue.shift(),
    arrive: (value) => void queue.push(Uint8Array.of(value)),
  };
}

describe('network conditioner', () => {
  it('is not there at all when nothing is asked of it', () => {
    const inner = fakeInner();
    expect(conditionTransport(inner, NO_CONDITIONS, () => 0, seededFraction(1))).toBe(inner);
  });

  it('holds every packet for the latency, plus or minus the jitter, and loses the share asked for', () => {
    const inner = fakeInner();
    let nowMs = 0;
    const line = conditionTransport(
      inner,
      { latencyMs: 80, jitterMs: 10, loss: 0.02 },
      () => nowMs,
      seededFraction(7),
    );
    const sentAt: number[] = [];
    const delays: number[] = [];
    for (nowMs = 0; nowMs < 60_000; nowMs += 1) {
      if (nowMs % 15 === 0 && nowMs < 59_000) {
        inner.arrive(sentAt.length % 256);
        sentAt.push(nowMs);
      }
      for (let bytes = line.receive(); bytes !== undefined; bytes = line.receive()) {
        const value = bytes[0] ?? 0;
        const recent = sentAt.length - 1 - ((sentAt.length - 1 - value) & 255);
        delays.push(nowMs - (sentAt[recent] ?? 0));
      }
    }
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(70);
    expect(Math.max(...delays)).toBeLessThanOrEqual(92);
    const lost = 1 - delays.length / sentAt.length;
    expect(lost).toBeGreaterThan(0.01);
    expect(lost).toBeLessThan(0.03);
  });

  it('reorders packets when jitter says so', () => {
    const inner = fakeInner();
    let nowMs = 0;
    const line = conditionTransport(
      inner,
      { latencyMs: 30, jitterMs: 30, loss: 0 },
      () => nowMs,
      seededFraction(3),
    );
    const order: number[] = [];
    for (nowMs = 0; nowMs < 2_000; nowMs += 1) {
      if (nowMs < 1_000 && nowMs % 5 === 0) inner.arrive(nowMs / 5);
      for (let bytes = line.receive(); bytes !== undefined; bytes = line.receive())
        order.push(bytes[0] ?? -1);
    }
    expect(order).toHaveLength(200);
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
  });
});
