import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRollback, createMetrics } from '../../engine/rollback/metrics';
import { MAX_WIRE_MARKS, MAX_WIRE_SAMPLES, packStory, unpackStory } from '../../proto/wire-report';
import { createWireLog } from './wire-log';

const FRAME_MS = 1000 / 60;

/** A fight's clock that a test winds: a tick each 4 ms, a frame each 60th of a second. */
function fight() {
  const log = createWireLog();
  const metrics = createMetrics();
  let nowMs = 5_000;
  let frame = 0;
  let owedMs = 0;
  return {
    log,
    metrics,
    now: () => nowMs,
    /** Plays so long; while it waits no frame goes on. */
    play(ms: number, { waits = false, route = 'direct' as const as 'direct' | 'server' } = {}) {
      for (const end = nowMs + ms; nowMs < end; nowMs += 4) {
        if (waits) metrics.stalledTicks += 1;
        else for (owedMs += 4; owedMs >= FRAME_MS; owedMs -= FRAME_MS) frame += 1;
        log.tick(nowMs, metrics, frame, route);
      }
    },
    sleep(ms: number) {
      nowMs += ms;
    },
    /** Another way to the opponent: a session that counts from zero. */
    begin: () => Object.assign(metrics, { ...createMetrics() }),
  };
}

describe('PEER-20: what a page keeps of a line', () => {
  it('has a sample a second with the figures of then', () => {
    const { log, metrics, play, now } = fight();
    expect(log.isEmpty).toBe(true);
    Object.assign(metrics, { pingMs: 31.6, jitterMs: 2.2, loss: 0.0404, inputDelayFrames: 2 });
    play(1_004);
    for (const depth of [3, 5, 2]) countRollback(metrics, depth);
    play(1_004);
    countRollback(metrics, 2);
    metrics.remoteRollbackFrames = 9;
    play(1_100);
    const { samples, marks } = log.story(now());
    expect(marks).toEqual([]);
    expect(samples.slice(0, 3)).toMatchObject([
      { at: 0, ping: 32, jitter: 2, loss: 40, delay: 2, rollbacks: 0, deepest: 0, again: 0, route: 'direct' },
      { rollbacks: 3, deepest: 5, again: 10, waited: 0 },
      { rollbacks: 1, deepest: 2, again: 2, againThere: 9 },
    ]);
    expect(samples[1]?.at).toBe((samples[0]?.at ?? 0) + (samples[0]?.span ?? 0));
  });

  it('counts waits for the other, and marks those that are seen', () => {
    const { log, play, now } = fight();
    play(500);
    play(60, { waits: true });
    play(500);
    play(300, { waits: true });
    play(500);
    const { samples, marks } = log.story(now());
    expect(marks).toHaveLength(1);
    expect(marks[0]?.type).toBe('wait');
    expect(marks[0]?.span).toBeGreaterThan(280);
    expect(marks[0]?.span).toBeLessThan(340);
    const waited = samples.reduce((sum, one) => sum + one.waited, 0);
    expect(waited).toBeGreaterThan(330);
    expect(waited).toBeLessThan(420);
  });

  it('keeps a wait that nothing ended', () => {
    const { log, play, now } = fight();
    play(500);
    play(700, { waits: true });
    expect(log.story(now()).marks).toMatchObject([{ type: 'wait' }]);
  });

  it('tells a page that stood still from one that waited', () => {
    const { log, play, sleep, now } = fight();
    play(500);
    sleep(400);
    play(500);
    expect(log.story(now()).marks).toMatchObject([{ type: 'frozen', span: 404 }]);
  });

  it('calls a rest nobody’s freeze', () => {
    const { log, play, sleep, now } = fight();
    play(500);
    log.rest(now());
    sleep(5_000);
    play(500);
    const { samples, marks } = log.story(now());
    expect(marks).toEqual([]);
    expect(samples.every(({ span }) => span <= 1_004)).toBe(true);
  });

  it('goes on when another way brings a session that counts from zero', () => {
    const { log, metrics, play, begin, now } = fight();
    for (let i = 0; i < 40; i += 1) countRollback(metrics, 6);
    metrics.pingMs = 44;
    play(1_100);
    begin();
    countRollback(metrics, 4);
    play(1_000, { route: 'server' });
    const { samples, marks } = log.story(now());
    expect(marks).toMatchObject([{ type: 'route' }]);
    // It has measured nothing yet.
    expect(samples.at(-1)).toMatchObject({ route: 'server', ping: 44 });
    expect(samples.every(({ rollbacks, again }) => rollbacks >= 0 && again >= 0)).toBe(true);
  });

  it('marks what begins and ends, also what is still on at the end', () => {
    const { log, play, now } = fight();
    play(100);
    log.begin('pause', now());
    log.begin('pause', now() + 50);
    play(1_000);
    log.end('pause', now());
    log.end('away', now());
    log.begin('practice', now());
    play(200);
    expect(log.story(now()).marks).toMatchObject([
      { type: 'pause', at: 100, span: 1_000 },
      { type: 'practice', span: 200 },
    ]);
  });

  it('stays bounded: a long fight has fewer samples a minute and loses no rollback, wait or time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 0, max: 500 }),
        (seconds, freezes) => {
          const log = createWireLog();
          const metrics = createMetrics();
          let nowMs = 0;
          for (let second = 0; second <= seconds; second += 1, nowMs += 1_000) {
            countRollback(metrics, 1 + (second % 7));
            // Ticks a second apart are freezes to the log: marks overflow, too.
            log.tick(nowMs, metrics, second * 60, 'direct');
            if (second < freezes) log.tick(nowMs + 1, metrics, second * 60, 'direct');
          }
          const { samples, marks } = log.story(nowMs);
          expect(samples.length).toBeLessThanOrEqual(MAX_WIRE_SAMPLES);
          expect(marks.length).toBeLessThanOrEqual(MAX_WIRE_MARKS);
          expect(samples.reduce((sum, one) => sum + one.rollbacks, 0)).toBe(metrics.rollbacks);
          expect(samples.reduce((sum, one) => sum + one.span, 0)).toBe(nowMs);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fits what a page that goes may leave behind, and comes out of its rows as it went in', () => {
    const log = createWireLog();
    const metrics = createMetrics();
    Object.assign(metrics, { pingMs: 9_999, jitterMs: 9_999, loss: 1, offsetFrames: -900.5, pausedMs: 0 });
    for (let second = 0; second < 1_400; second += 1) {
      for (let i = 0; i < 60; i += 1) countRollback(metrics, 9);
      metrics.remoteRollbackFrames += 540;
      log.tick(second * 1_000, metrics, second * 60, 'server');
    }
    const story = log.story(1_400_000);
    const packed = packStory(story);
    expect(JSON.stringify(packed).length).toBeLessThan(60 * 1024);
    expect(unpackStory(packed)).toEqual(story);
  });
});
