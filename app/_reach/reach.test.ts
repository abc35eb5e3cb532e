import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerPayloads } from '../../proto/signaling-payloads';
import { startConnectionProbe } from './connection-probe';
import { asksOverUdp, isSymmetric } from './gather';
import { createMeasurement, suggestedDelay } from './measure';
import { predictRoute } from './predict';
import { decodeProbe, encodeProbe, type Reach } from './probe-wire';

const OPEN: Reach = {
  host: true,
  reflexive: true,
  relay: true,
  symmetric: false,
  relayOnly: false,
  asked: true,
};

describe('PEER-14: the way that is foreseen', () => {
  it.each<[string, Partial<Reach>, Partial<Reach>, string]>([
    ['two open networks', {}, {}, 'direct'],
    ['one symmetric network, with TURN', { symmetric: true }, {}, 'turn'],
    ['one symmetric network, without', { symmetric: true, relay: false }, { relay: false }, 'server'],
    ['UDP blocked here, TURN there', { reflexive: false, relay: false }, {}, 'turn'],
    ['UDP blocked here, no TURN', { reflexive: false, relay: false }, { relay: false }, 'server'],
    ['somebody hides an address, with TURN', {}, { relayOnly: true }, 'turn'],
    ['somebody hides an address, without', { relayOnly: true, relay: false }, { relay: false }, 'server'],
    ['one network, nobody to ask', ...twice({ asked: false, reflexive: false, relay: false }), 'direct'],
    ['UDP blocked, TURN over TCP alone', ...twice({ asked: false, reflexive: false, host: false }), 'turn'],
    ['no network at all', ...twice({ asked: false, reflexive: false, relay: false, host: false }), 'server'],
  ])('%s', (_case, own, theirs, route) => {
    expect(predictRoute({ ...OPEN, ...own }, { ...OPEN, ...theirs })).toBe(route);
    expect(predictRoute({ ...OPEN, ...theirs }, { ...OPEN, ...own })).toBe(route);
  });

  it('a server over TCP says nothing of UDP', () => {
    expect(['stun:a', 'turn:a:3478', 'turn:a?transport=udp'].every(asksOverUdp)).toBe(true);
    expect(['turns:a', 'turn:a?transport=tcp', 'stuns:a'].some(asksOverUdp)).toBe(false);
  });

  it('a network is symmetric where two servers see one socket at two ports', () => {
    const seen = (port: number, relatedPort = 5000, address = '192.0.2.1') =>
      ({ type: 'srflx', protocol: 'udp', port, relatedPort, address }) as const;
    const own = { type: 'host', protocol: 'udp', port: 9, relatedPort: null, address: 'x.local' } as const;
    expect(isSymmetric([seen(1), seen(2)])).toBe(true);
    expect(isSymmetric([seen(1), seen(1), seen(2, 5001)])).toBe(false);
    // Hidden ports: one socket of each family can be told apart, several can't.
    expect(isSymmetric([own, seen(1, 0), seen(2, 0)])).toBe(true);
    expect(isSymmetric([own, own, seen(1, 0), seen(2, 0, '2001:db8::1')])).toBe(false);
    expect(isSymmetric([own, own, own, seen(1, 0), seen(2, 0)])).toBe(false);
  });
});

function twice(reach: Partial<Reach>): [Partial<Reach>, Partial<Reach>] {
  return [reach, reach];
}

describe('PEER-14: a probe', () => {
  it('is read as it was written', () => {
    const reach = fc.record({
      host: fc.boolean(),
      reflexive: fc.boolean(),
      relay: fc.boolean(),
      symmetric: fc.boolean(),
      relayOnly: fc.boolean(),
      asked: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('ping', 'pong'),
        fc.option(reach, { nil: undefined }),
        fc.integer({ min: 0, max: 0xffff }),
        (kind, known, number) => {
          const probe = { kind, reach: known, number } as const;
          expect(decodeProbe(encodeProbe(probe))).toEqual(probe);
        },
      ),
    );
  });

  it('of another client is not understood', () => {
    for (const bytes of [[], [1], [0, 0, 0, 0], [3, 0, 0, 0], [1, 0, 0, 0, 0]])
      expect(decodeProbe(Uint8Array.from(bytes))).toBeUndefined();
  });
});

describe('PEER-14: what is measured', () => {
  /** Answers come after these times; undefined never. */
  function measure(times: readonly (number | undefined)[]) {
    const measurement = createMeasurement();
    times.forEach((time, number) => {
      measurement.sent(number, number * 100);
      if (time !== undefined) measurement.answered(number, number * 100 + time);
    });
    return measurement.read(times.length * 100 + 2_000);
  }

  it('is nothing before a handful of answers', () => {
    expect(measure([20, 20, 20, 20])).toBeUndefined();
  });

  it('is a steady line for what it is', () => {
    expect(measure([40, 42, 40, 42, 40, 42])).toMatchObject({
      rttMs: 42,
      jitterMs: 2,
      loss: 0,
      isUnstable: false,
    });
  });

  it('sees jitter and loss, and calls both unstable', () => {
    expect(measure([20, 120, 20, 120, 20, 120])).toMatchObject({ jitterMs: 100, isUnstable: true });
    expect(measure([20, 20, 20, undefined, 20, 20, 20, 20])).toMatchObject({ loss: 1 / 8, isUnstable: true });
  });

  it('calls an answer after a second lost, and one that is under way nothing', () => {
    expect(measure([20, 20, 20, 20, 20, 1_500])?.loss).toBeCloseTo(1 / 6);
    const measurement = createMeasurement();
    for (let number = 0; number < 6; number += 1) {
      measurement.sent(number, 0);
      if (number < 5) measurement.answered(number, 30);
    }
    expect(measurement.read(60)?.loss).toBe(0);
  });

  it('suggests a delay that leaves three frames to rollback', () => {
    expect(suggestedDelay(30, 2)).toBe(0);
    expect(suggestedDelay(100, 5)).toBe(1);
    expect(suggestedDelay(160, 10)).toBe(3);
    expect(suggestedDelay(2_000, 300)).toBe(6);
  });
});

describe('PEER-14: two pages of a request', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answer each other, and stop when the card is gone', () => {
    const [one, two] = linked(25);
    const probes = [one, two].map((signaling) => startConnectionProbe(signaling, 'session', []));
    vi.advanceTimersByTime(2_000);
    for (const { facts } of probes)
      expect(facts.get().quality).toMatchObject({ rttMs: 50, jitterMs: 0, loss: 0, isUnstable: false });
    for (const probe of probes) probe.close();
    vi.advanceTimersByTime(100);
    const before = one.sent;
    vi.advanceTimersByTime(5_000);
    expect(one.sent).toBe(before);
  });
});

/** Two lines, with a server between them that takes this long. */
function linked(delayMs: number) {
  type Listener = (payload: ServerPayloads['probe']) => void;
  const make = () => {
    const listeners = new Set<Listener>();
    const line = {
      sent: 0,
      listeners,
      other: undefined as unknown as { listeners: Set<Listener> },
      on: (_event: string, listener: unknown) => {
        listeners.add(listener as Listener);
        return () => void listeners.delete(listener as Listener);
      },
      sendVolatile: (_event: string, payload: unknown) => {
        line.sent += 1;
        const { sessionId, data } = payload as { sessionId: string; data: Uint8Array };
        setTimeout(() => {
          for (const listener of line.other.listeners) listener({ sessionId, senderId: 'other', data });
        }, delayMs);
      },
    };
    return line;
  };
  const [one, two] = [make(), make()];
  one.other = two;
  two.other = one;
  return [one, two] as const;
}
