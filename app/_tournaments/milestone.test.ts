import { describe, expect, it } from 'vitest';
import { milestoneOf } from './milestone';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 20, minute)).toISOString();
const times = {
  status: 'open',
  isPaused: false,
  opensAt: at(0),
  closesAt: at(20),
  checkInAt: at(15),
  startsAt: at(20),
  endsAt: null,
} as const;
const now = (minute: number) => Date.parse(at(minute));

describe('what a tournament counts down to', () => {
  it('is the opening, the check-in, then the start', () => {
    expect(milestoneOf({ ...times, status: 'scheduled' }, now(-5))).toEqual({ what: 'opens', at: at(0) });
    expect(milestoneOf(times, now(3))).toEqual({ what: 'checkIn', at: at(15) });
    expect(milestoneOf({ ...times, status: 'checkin' }, now(16))).toEqual({ what: 'starts', at: at(20) });
  });

  it('is the close where there is no check-in and registration closes before the start', () => {
    const early = { ...times, checkInAt: null, closesAt: at(10) };
    expect(milestoneOf(early, now(3))).toEqual({ what: 'closes', at: at(10) });
    expect(milestoneOf(early, now(11))).toEqual({ what: 'starts', at: at(20) });
  });

  it('is nothing while it is paused, when it is over, and in a bracket that runs', () => {
    expect(milestoneOf({ ...times, isPaused: true }, now(3))).toBeNull();
    expect(milestoneOf({ ...times, status: 'cancelled' }, now(3))).toBeNull();
    expect(milestoneOf({ ...times, status: 'running' }, now(30))).toBeNull();
    expect(milestoneOf({ ...times, status: 'running', endsAt: at(80) }, now(30))).toEqual({
      what: 'ends',
      at: at(80),
    });
  });
});
