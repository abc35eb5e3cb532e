import { describe, expect, it } from 'vitest';
import { findDisagreement } from './testing/oracle';
import { VirtualMatch } from './testing/virtual-match';
import { FramePacer } from './time-sync';

const seeds = 20;
const frames = 3600;

/** One-way profiles. `stalls`: the most halts a player may see in a minute, on average over the seeds. */
const profiles = [
  { name: 'LAN', profile: { latencyMs: 1, jitterMs: 0.5 }, rollbacks: 0, stalls: 0, kibPerSecond: 1.5 },
  {
    name: '25 ms ± 10, 1 % loss',
    profile: { latencyMs: 25, jitterMs: 10, loss: 0.01 },
    rollbacks: 1,
    stalls: 0.1,
    kibPerSecond: 1.5,
  },
  {
    name: '50 ms ± 10, 5 % loss',
    profile: { latencyMs: 50, jitterMs: 10, loss: 0.05 },
    rollbacks: 200,
    stalls: 0.1,
    kibPerSecond: 3,
  },
  {
    name: '100 ms ± 20, 15 % loss',
    profile: { latencyMs: 100, jitterMs: 20, loss: 0.15 },
    rollbacks: 200,
    stalls: 6,
    kibPerSecond: 3,
  },
];

describe('a minute of play, twenty times', { timeout: 30_000 }, () => {
  for (const { name, profile, rollbacks, stalls, kibPerSecond } of profiles) {
    it(`over ${name}: no desync, no freeze, few halts, few bytes`, { timeout: 30_000 }, () => {
      let halts = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const match = new VirtualMatch({ seed, profile, frames, drift: [0.0003, -0.0003] });
        match.runToEnd(70_000);
        expect(findDisagreement(match)).toBeUndefined();
        if ('loss' in profile) expect(match.network.statistics.lost).toBeGreaterThan(3600 * profile.loss);
        for (const { session, longestHaltMs } of match.hosts) {
          const { metrics } = session;
          halts += metrics.stalls;
          expect(longestHaltMs).toBeLessThan(250);
          expect(metrics.rollbacks).toBeGreaterThanOrEqual(rollbacks);
          expect(metrics.bytesOut / 1024 / (match.network.nowMs / 1000)).toBeLessThan(kibPerSecond);
        }
      }
      expect(halts / (2 * seeds)).toBeLessThanOrEqual(stalls);
    });
  }

  it('with a partition of ten seconds in it: the match goes on', { timeout: 30_000 }, () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const match = new VirtualMatch({
        seed,
        profile: { latencyMs: 50, jitterMs: 10, loss: 0.05 },
        frames: 1500,
      });
      match.network.partition(8000, 18_000);
      match.runToEnd(60_000);
      expect(findDisagreement(match)).toBeUndefined();
      for (const { events, session } of match.hosts) {
        expect(events.map((event) => event.type)).toEqual(['synchronized', 'interrupted', 'resumed']);
        expect(session.frame).toBe(1500);
      }
    }
  });
});

describe('time sync', { timeout: 30_000 }, () => {
  it('never halts on a stable network once the match has settled, whatever its latency', {
    timeout: 30_000,
  }, () => {
    for (const latencyMs of [0, 20, 60, 100, 130, 160, 200, 250]) {
      const match = new VirtualMatch({
        seed: latencyMs + 1,
        profile: { latencyMs },
        frames: 3600,
        drift: [0.002, -0.002],
        session: { adaptiveDelay: { minFrames: 2, maxFrames: 15 } },
      });
      match.runUntil(10_000);
      const before = match.hosts.map(({ session }) => session.metrics.stalls);
      match.runToEnd(90_000);
      expect(match.hosts.map(({ session }) => session.metrics.stalls)).toEqual(before);
      expect(findDisagreement(match)).toBeUndefined();
    }
  });

  it('shares the rollbacks fairly, also when one way is much longer than the other', {
    timeout: 30_000,
  }, () => {
    for (const [there, back] of [
      [80, 80],
      [30, 130],
      [140, 40],
    ] as const) {
      const match = new VirtualMatch({
        seed: there,
        profile: { latencyMs: there, jitterMs: 5 },
        profileBack: { latencyMs: back, jitterMs: 5 },
        frames: 3600,
        startMs: [0, 90],
      });
      match.runToEnd(90_000);
      for (const { session } of match.hosts) {
        expect(session.metrics.rollbackFrames).toBeGreaterThan(500);
        expect(session.metrics.fairness).toBeGreaterThan(0.4);
        expect(session.metrics.fairness).toBeLessThan(0.6);
        expect(Math.abs(session.framePeriodScale() - 1)).toBeLessThan(0.01);
      }
    }
  });
});

describe('clocks that differ', { timeout: 60_000 }, () => {
  const lines = [
    { latencyMs: 20, jitterMs: 3 },
    { latencyMs: 50 },
    { latencyMs: 60, jitterMs: 10, loss: 0.02 },
    { latencyMs: 150, jitterMs: 15, loss: 0.02 },
  ];
  for (const drift of [0, 0.01, -0.01, 0.03, -0.03, 0.05, -0.05]) {
    it(`by ${drift * 100} %: the rollbacks are shared within 60:40, the pace changes unseen and does not swing`, () => {
      for (const profile of lines) {
        const match = new VirtualMatch({ seed: 5, profile, frames: 3600, drift: [drift, 0] });
        const scales = match.hosts.map(() => [] as number[]);
        match.onStep = ({ index, session }) => scales[index]?.push(session.framePeriodScale());
        match.runToEnd(120_000);
        expect(findDisagreement(match)).toBeUndefined();
        for (const { index, session, longestHaltMs } of match.hosts) {
          // A line that hardly rolls anything back has nothing to share.
          if (profile.latencyMs > 20)
            expect(Math.abs(session.metrics.fairness - 0.5)).toBeLessThanOrEqual(0.1);
          else expect(session.metrics.rollbackFrames).toBeLessThan(300);
          expect(longestHaltMs).toBeLessThan(profile.latencyMs < 100 ? 40 : 200);
          const paces = scales[index] ?? [];
          expect(Math.max(...paces.map((pace) => Math.abs(pace - 1)))).toBeLessThan(0.030_001);
          const settled = paces.slice(-1200);
          expect(Math.max(...settled) - Math.min(...settled)).toBeLessThan(0.012);
        }
      }
    });
  }

  it('never change a frame by more than a thousandth of the one before', () => {
    const pacer = new FramePacer();
    let before = pacer.scale;
    for (let frame = 0; frame < 2000; frame++) {
      pacer.update({ offsetFrames: frame % 400 < 200 ? 50 : -50 });
      expect(Math.abs(pacer.scale - before)).toBeLessThan(0.001_001);
      expect(Math.abs(pacer.scale - 1)).toBeLessThan(0.030_001);
      before = pacer.scale;
    }
  });
});

describe('the metrics', { timeout: 30_000 }, () => {
  it('describe the network that there is', () => {
    const profile = { latencyMs: 60, jitterMs: 15, loss: 0.1 };
    const match = new VirtualMatch({ seed: 9, profile, frames: 3600 });
    match.runToEnd(90_000);
    for (const { session, game } of match.hosts) {
      const { metrics } = session;
      expect(metrics.pingMs).toBeGreaterThan(110);
      // A datagram waits for the next poll, on each way.
      expect(metrics.pingMs).toBeLessThan(155);
      expect(metrics.jitterMs).toBeGreaterThan(4);
      expect(metrics.jitterMs).toBeLessThan(25);
      expect(metrics.loss).toBeGreaterThan(0.04);
      expect(metrics.loss).toBeLessThan(0.16);
      expect(metrics.rollbackFrames).toBe(game.simulated() - 3600);
      const bars = metrics.rollbackHistogram.reduce((sum, count, depth) => sum + count * depth, 0);
      expect(bars).toBe(metrics.rollbackFrames);
      expect(metrics.predictedFrames).toBeGreaterThan(1000);
    }
    const [a, b] = match.hosts;
    const there = b?.session.metrics.rollbackFrames ?? 0;
    expect(Math.abs((a?.session.metrics.remoteRollbackFrames ?? 0) - there)).toBeLessThan(100);
  });
});
