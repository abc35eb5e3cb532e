import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatcher } from './batcher';

/** Node's timers fire a moment late, by up to a turn of the loop and a rounded millisecond. */
const LATE_MS = 1;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const punctual = globalThis.setTimeout;
  vi.stubGlobal('setTimeout', (handler: () => void, ms: number) => punctual(handler, ms + LATE_MS));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What is handed on when messages come `hz` times a second for ten seconds. */
function handedOn(hz: number): number[][] {
  const events: number[][] = [];
  const batcher = createBatcher<number>((messages) => events.push([...messages]));
  const start = performance.now();
  for (let message = 0; message < hz * 10; message += 1) {
    // The clock of fake timers knows whole milliseconds only.
    vi.advanceTimersByTime(Math.max(0, Math.round(start + (message * 1000) / hz - performance.now())));
    batcher.add(message);
  }
  vi.advanceTimersByTime(100);
  return events;
}

describe('the batcher', () => {
  it('STREAM-2: hands sixty messages a second on as thirty events, never more', () => {
    const events = handedOn(60);
    expect(events.flat()).toEqual(Array.from({ length: 600 }, (_, message) => message));
    expect(events.length).toBeGreaterThanOrEqual(290);
    expect(events.length).toBeLessThanOrEqual(301);
  });

  it.each([10, 25, 40, 240])('STREAM-2: makes at most thirty events of %i messages a second', (hz) => {
    const events = handedOn(hz);
    expect(events.flat()).toHaveLength(hz * 10);
    expect(events.length).toBeLessThanOrEqual(301);
    expect(events.length).toBeGreaterThanOrEqual(Math.min(hz, 24) * 10);
  });

  it('hands a burst on together', () => {
    const events: number[][] = [];
    const batcher = createBatcher<number>((messages) => events.push([...messages]));
    for (let message = 0; message < 500; message += 1) batcher.add(message);
    vi.advanceTimersByTime(40);
    expect(events).toHaveLength(1);
  });
});
