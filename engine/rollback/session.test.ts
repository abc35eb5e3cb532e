import { describe, expect, it } from 'vitest';
import { findDisagreement } from './testing/oracle';
import { VirtualMatch, type VirtualMatchOptions } from './testing/virtual-match';

function play(
  options: Omit<VirtualMatchOptions, 'seed'> & { seed?: number },
  limitMs = 60_000,
): VirtualMatch {
  const match = new VirtualMatch({ seed: 7, ...options });
  match.runToEnd(limitMs);
  return match;
}

const stable = { latencyMs: 40, jitterMs: 5 };

describe('a peer-to-peer session', { timeout: 30_000 }, () => {
  it('ends with the same confirmed inputs and checksum on both sides, after rolling back', () => {
    const match = play({ profile: { latencyMs: 50, jitterMs: 10, loss: 0.05 }, frames: 600 });
    expect(findDisagreement(match)).toBeUndefined();
    const [a, b] = match.hosts;
    expect(a?.session.metrics.rollbacks).toBeGreaterThan(20);
    expect(b?.session.metrics.rollbacks).toBeGreaterThan(20);
    expect(match.network.statistics.lost).toBeGreaterThan(20);
    expect(a?.session.checksumAt(599)).toBe(b?.session.checksumAt(599));
  });

  it('starts at frame 0 on both sides when one host is ten seconds late', () => {
    const match = play({ profile: stable, frames: 300, startMs: [0, 10_000] });
    expect(findDisagreement(match)).toBeUndefined();
    for (const host of match.hosts) expect(host.events[0]).toEqual({ type: 'synchronized' });
  });

  it('gets the last inputs across when both hosts stop advancing at the last frame', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const match = play({ seed, profile: { latencyMs: 80, jitterMs: 30, loss: 0.3 }, frames: 120 });
      expect(findDisagreement(match)).toBeUndefined();
      for (const host of match.hosts) expect(host.session.frame).toBe(120);
    }
  });

  it('goes on after a partition of ten seconds', () => {
    const match = new VirtualMatch({ seed: 3, profile: stable, frames: 1200 });
    match.network.partition(5000, 15_000);
    match.runToEnd(60_000);
    expect(findDisagreement(match)).toBeUndefined();
    const [a] = match.hosts;
    expect(a?.longestHaltMs).toBeGreaterThan(9000);
    expect(a?.events.map((event) => event.type)).toEqual(['synchronized', 'interrupted', 'resumed']);
  });

  it('refuses a peer with other rules, and tells both why', () => {
    const match = new VirtualMatch({ seed: 3, profile: { ...stable, loss: 0.2 }, frames: 100 });
    const other = new VirtualMatch({ seed: 4, profile: stable, frames: 100, session: { digest: 1 } });
    const [near, far] = match.network.link(stable);
    const [a] = match.hosts;
    const [, b] = other.hosts;
    a?.session.replaceTransport(1, near);
    b?.session.replaceTransport(0, far);
    for (let ms = 0; ms < 3000; ms += 15) {
      match.network.nowMs = ms;
      a?.session.poll(ms);
      b?.session.poll(ms);
    }
    const reason = 'game or match configuration 0x00000001 there, 0xabcdef01 here';
    expect(a?.session.takeEvent()).toEqual({ type: 'incompatible', player: 1, reason });
    expect(b?.session.takeEvent()).toMatchObject({ type: 'incompatible', player: 0 });
    expect(a?.session.phase).toBe('ended');
    expect(b?.session.phase).toBe('ended');
  });

  it('survives duplicates, reordering, bursts and damaged datagrams', () => {
    const profile = {
      latencyMs: 40,
      jitterMs: 35,
      loss: 0.05,
      duplication: 0.3,
      damage: 0.1,
      bursts: 0.002,
      burstMs: 300,
    };
    const match = play({ profile, frames: 900 });
    expect(findDisagreement(match)).toBeUndefined();
    const { statistics } = match.network;
    expect(Math.min(statistics.duplicated, statistics.reordered, statistics.damaged)).toBeGreaterThan(50);
    expect(match.hosts[0]?.session.metrics.packetsRejected).toBeGreaterThan(20);
  });

  it('plays in lockstep without ever guessing when the prediction limit is 0', () => {
    for (const inputDelayFrames of [0, 3]) {
      const match = play({
        profile: stable,
        frames: 200,
        session: { predictionFrames: 0, inputDelayFrames },
      });
      expect(findDisagreement(match)).toBeUndefined();
      for (const host of match.hosts) {
        expect(host.session.metrics.predictedFrames).toBe(0);
        expect(host.session.metrics.rollbacks).toBe(0);
      }
    }
  });

  it('agrees with three and four peers, and with two players at one of them', () => {
    const profile = { latencyMs: 50, jitterMs: 10, loss: 0.05 };
    for (const peers of [
      [[0], [1], [2]],
      [[0], [1], [2], [3]],
      [[0, 2], [1]],
      [[1], [0, 3], [2]],
    ]) {
      const match = play({ profile, peers, frames: 400 });
      expect(findDisagreement(match)).toBeUndefined();
      for (const host of match.hosts) expect(host.session.metrics.rollbacks).toBeGreaterThan(5);
    }
  });

  it('agrees with sparse saving and with any size of input', () => {
    for (let inputBytes = 1; inputBytes <= 8; inputBytes++) {
      const profile = { latencyMs: 45, jitterMs: 10, loss: 0.03 };
      const match = play({
        profile,
        frames: 300,
        inputBytes,
        session: { sparseSaving: true },
        restlessness: 0.05,
      });
      expect(findDisagreement(match)).toBeUndefined();
    }
  });

  it('plays games that keep their state in objects, through a buffer they write and read', () => {
    const match = play({
      profile: { latencyMs: 60, jitterMs: 10, loss: 0.05 },
      frames: 400,
      keepsObjects: true,
    });
    expect(findDisagreement(match)).toBeUndefined();
    for (const host of match.hosts) expect(host.session.metrics.rollbacks).toBeGreaterThan(20);
  });

  it('asks the predictor it is given, and guesses better with a better one', () => {
    const asked = new Set<number>();
    const zeros = {
      predict: (player: number, since: number, _last: Uint8Array, out: Uint8Array) => {
        asked.add(player * 100 + since);
        out.fill(0);
      },
    };
    const options = { profile: { latencyMs: 60 }, frames: 400, restlessness: 0.02 };
    const bad = play({ ...options, session: { predictor: zeros } });
    const good = play(options);
    expect(findDisagreement(bad)).toBeUndefined();
    const rollbacks = (match: VirtualMatch) =>
      match.hosts.reduce((sum, host) => sum + host.session.metrics.rollbacks, 0);
    expect(rollbacks(good)).toBeGreaterThan(5);
    expect(rollbacks(bad)).toBeGreaterThan(5 * rollbacks(good));
    expect([...asked].sort((a, b) => a - b).slice(0, 2)).toEqual([1, 2]);
  });

  it('goes on past frame 65536, where the frames on the wire begin again', { timeout: 30_000 }, () => {
    const match = play({ profile: { latencyMs: 60, jitterMs: 10, loss: 0.02 }, frames: 66_500 }, 1_200_000);
    for (const host of match.hosts) {
      expect(host.session.metrics.desyncs).toBe(0);
      expect(host.session.metrics.rollbackFrames).toBeGreaterThan(0xffff / 8);
      expect(Math.abs(host.session.metrics.fairness - 0.5)).toBeLessThan(0.05);
    }
    expect(match.hosts[0]?.session.checksumAt(66_499)).toBe(match.hosts[1]?.session.checksumAt(66_499));
  });

  it('contradicting options are refused', () => {
    expect(() => play({ profile: stable, frames: 1, session: { playerCount: 3 } })).toThrow(RangeError);
    expect(() => play({ profile: stable, frames: 1, session: { inputDelayFrames: 31 } })).toThrow(/0 to 30/);
  });
});
