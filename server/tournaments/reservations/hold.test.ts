import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseSeat,
  confirmation,
  extension,
  type HoldFacts,
  isHeld,
  isPaused,
  PAUSE_MS,
  pause,
  registration,
  resume,
} from './hold';

const HOLD_S = 300;

type Model = HoldFacts & { fee: number; paymentIntentId: string | null };

const steps = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('wait'), ms: fc.integer({ min: 0, max: 150_000 }) }),
    fc.record({ what: fc.constant('extend'), seconds: fc.integer({ min: -5, max: 2_000 }) }),
    fc.record({ what: fc.constant('pause') }),
    fc.record({ what: fc.constant('resume'), isPaid: fc.boolean() }),
  ),
  { maxLength: 80 },
);

describe('SEAT-4: a hold', () => {
  it('never lasts longer than twice its time and the one pause, whatever its person does (held for ever)', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const madeAt = 1_000_000;
        let nowMs = madeAt;
        let hold: Model = {
          status: 'hold',
          holdExpiresAt: new Date(madeAt + HOLD_S * 1_000),
          extended: false,
          pausedAt: null,
          pauseUsed: false,
          fee: 10,
          paymentIntentId: null,
        };
        let extensions = 0;
        let pauses = 0;
        for (const step of taken) {
          const now = new Date(nowMs);
          const wasHeld = isHeld(hold, now);
          if (step.what === 'wait') nowMs += 'ms' in step ? step.ms : 0;
          if (step.what === 'extend' && 'seconds' in step) {
            const decided = extension(hold, step.seconds, now, HOLD_S);
            if ('patch' in decided) {
              extensions += 1;
              expect(decided.seconds).toBeLessThanOrEqual(HOLD_S);
              hold = { ...hold, ...decided.patch };
            }
          }
          if (step.what === 'pause') {
            const patch = pause(hold, now);
            if (patch) pauses += 1;
            hold = { ...hold, ...patch };
          }
          if (step.what === 'resume' && 'isPaid' in step)
            hold = { ...hold, ...resume(hold, now, step.isPaid) };
          // What has ended stays so, and what is held is not ended by it.
          if (step.what !== 'wait') expect(isHeld(hold, now)).toBe(wasHeld);
          expect(extensions).toBeLessThanOrEqual(1);
          expect(pauses).toBeLessThanOrEqual(1);
          expect(hold.holdExpiresAt.getTime()).toBeLessThanOrEqual(madeAt + 2 * HOLD_S * 1_000 + PAUSE_MS);
          expect(hold.holdExpiresAt.getTime()).toBeGreaterThanOrEqual(madeAt + HOLD_S * 1_000);
        }
      }),
      { seed: 5, numRuns: 5_000 },
    );
  });

  it('stands while its person pays, and goes on where it stood', () => {
    const at = (ms: number) => new Date(ms);
    const hold: HoldFacts = {
      status: 'hold',
      holdExpiresAt: at(300_000),
      extended: false,
      pausedAt: null,
      pauseUsed: false,
    };
    const paused = { ...hold, ...pause(hold, at(200_000)) };
    expect(isPaused(paused, at(260_000))).toBe(true);
    expect(isHeld(paused, at(419_999))).toBe(true);
    // 60 s of paying, 100 s left as before.
    const failed = { ...paused, ...resume(paused, at(260_000), false) };
    expect(failed.holdExpiresAt).toEqual(at(360_000));
    expect(isPaused(failed, at(260_000))).toBe(false);
    // The pause itself ends after two minutes, paid or not.
    expect(isPaused(paused, at(320_000))).toBe(false);
    const late = { ...paused, ...resume(paused, at(330_000), false) };
    expect(late.holdExpiresAt).toEqual(at(420_000));
    expect(pause(failed, at(270_000))).toBeUndefined();
  });

  it('leaves who has paid time to confirm, but no more than the pause had', () => {
    const at = (ms: number) => new Date(ms);
    const paying: HoldFacts = {
      status: 'hold',
      holdExpiresAt: at(300_000 + PAUSE_MS),
      extended: false,
      pausedAt: at(299_000),
      pauseUsed: true,
    };
    expect(resume(paying, at(300_000), true)?.holdExpiresAt).toEqual(at(315_000));
    expect(resume(paying, at(415_000), true)?.holdExpiresAt).toEqual(at(420_000));
    expect(resume(paying, at(300_000), false)?.holdExpiresAt).toEqual(at(301_000));
  });
});

describe('SEAT-6: confirming', () => {
  it('asks for payment where something costs, and tells the same order again for the same payment only', () => {
    const seat = (more: Partial<Model>): Model => ({
      status: 'hold',
      holdExpiresAt: new Date(10),
      extended: false,
      pausedAt: null,
      pauseUsed: false,
      fee: 10,
      paymentIntentId: null,
      ...more,
    });
    const now = new Date(9);
    expect(confirmation(seat({ fee: 0 }), undefined, now)).toBe('free');
    expect(confirmation(seat({}), undefined, now)).toEqual({ refused: 'not_paid' });
    expect(confirmation(seat({}), 'p', now)).toBe('if paid');
    expect(confirmation(seat({}), 'p', new Date(10))).toEqual({ refused: 'too_late' });
    expect(confirmation(seat({ status: 'expired' }), 'p', now)).toEqual({ refused: 'too_late' });
    expect(confirmation(seat({ status: 'cancelled' }), 'p', now)).toEqual({ refused: 'reservation_over' });
    const confirmed = seat({ status: 'confirmed', paymentIntentId: 'p' });
    expect(confirmation(confirmed, 'p', new Date(99))).toBe('again');
    expect(confirmation(confirmed, undefined, new Date(99))).toBe('again');
    expect(confirmation(confirmed, 'q', now)).toEqual({ refused: 'reservation_over' });
  });
});

describe('SEAT-3: a seat', () => {
  it('is free, in the bracket, and the one that was asked for where that can be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 })),
        fc.oneof(
          fc.constant(undefined),
          fc.string({ maxLength: 4 }),
          fc.integer({ min: -2, max: 50 }).map(String),
        ),
        (seats, list, wanted) => {
          const taken = new Set(list.filter((seat) => seat <= seats));
          const chosen = chooseSeat(seats, taken, wanted);
          const free = Array.from({ length: seats }, (_, index) => index + 1).filter(
            (seat) => !taken.has(seat),
          );
          const number = wanted !== undefined && /^[0-9]+$/.test(wanted) ? Number(wanted) : undefined;
          if (number === undefined) expect(chosen).toEqual(free[0] ?? { refused: 'full' });
          else if (free.includes(number)) expect(chosen).toBe(number);
          else expect(chosen).toEqual({ refused: taken.has(number) ? 'full' : 'one_seat' });
        },
      ),
      { seed: 3, numRuns: 2_000 },
    );
  });
});

describe('SEAT-2: seats are given out', () => {
  it('while registration is open, and to those who wait in check-in', () => {
    const event = {
      status: 'open',
      opensAt: new Date(10),
      closesAt: new Date(20),
      startsAt: new Date(30),
      pausedAt: null,
    } as const;
    const at = (ms: number, more: Partial<Parameters<typeof registration>[0]> = {}) =>
      registration({ ...event, ...more }, new Date(ms));
    expect(at(15)).toBe('open');
    expect(at(9)).toEqual({ refused: 'not_open' });
    expect(at(20)).toEqual({ refused: 'not_open' });
    // The one who opens it may be late by a moment.
    expect(at(10, { status: 'scheduled' })).toBe('open');
    expect(at(25, { status: 'checkin' })).toBe('open');
    expect(at(30, { status: 'checkin' })).toEqual({ refused: 'not_open' });
    expect(at(15, { pausedAt: new Date(1) })).toEqual({ refused: 'paused' });
    for (const status of ['running', 'ended', 'cancelled'] as const)
      expect(at(15, { status })).toEqual({ refused: 'not_open' });
  });
});
