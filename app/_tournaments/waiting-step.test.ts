import { describe, expect, it } from 'vitest';
import type { WaitingRoom } from '@/server/tournaments/views/waiting-room';
import { stepOf } from './waiting-step';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 20, minute)).toISOString();

const place = {
  token: 'token',
  entryId: 'entry',
  state: 'waiting',
  position: 7,
  waiting: 40,
  estimate: null,
  joinedAt: at(0),
  readyUntil: null,
  expiresAt: at(60),
} as const satisfies WaitingRoom['place'];
const seat = {
  reservationId: 'seat',
  state: 'hold',
  seat: 3,
  fee: 10,
  holdExpiresAt: at(9),
  isPaused: false,
  mayExtend: false,
  paymentIntentId: null,
  reason: null,
} as const satisfies WaitingRoom['seat'];
const room: WaitingRoom = {
  tournamentId: 'cup',
  status: 'open',
  isPaused: false,
  isFull: false,
  opensAt: at(0),
  closesAt: at(30),
  startsAt: at(30),
  fee: 10,
  seats: 16,
  confirmed: 0,
  held: 0,
  place,
  seat: null,
  payment: null,
  balance: 100,
  isEntrant: false,
  isCheckedIn: false,
};
const step = (fields: Partial<WaitingRoom>) => stepOf({ ...room, ...fields });

describe('the waiting room', () => {
  it('leads from the door to the bracket', () => {
    expect(step({ place: null })).toEqual({ step: 'outside', isOpen: true });
    expect(step({ status: 'scheduled', place: { ...place, position: 0 } }).step).toBe('undrawn');
    expect(step({}).step).toBe('waiting');
    expect(step({ place: { ...place, state: 'ready', readyUntil: at(5) } })).toEqual({
      step: 'turn',
      until: at(5),
    });
    expect(step({ place: { ...place, state: 'used' }, seat }).step).toBe('paying');
    expect(step({ seat: { ...seat, state: 'confirmed' } }).step).toBe('in');
  });

  it('says which of the two was lost', () => {
    expect(step({ place: { ...place, state: 'expired' } })).toMatchObject({ step: 'lost', what: 'place' });
    const used = { ...place, state: 'used' } as const;
    expect(step({ place: used, seat: { ...seat, state: 'expired' } })).toMatchObject({ what: 'seat' });
    expect(step({ place: used, seat: { ...seat, state: 'cancelled' } })).toMatchObject({ what: 'left' });
  });

  it('prefers the place of a second try to a seat that was lost in the first', () => {
    expect(step({ seat: { ...seat, state: 'expired' } }).step).toBe('waiting');
  });

  it('keeps an entrant in, whatever the tournament comes to, but for the end of it all', () => {
    expect(step({ status: 'running', isEntrant: true }).step).toBe('in');
    expect(step({ status: 'running' }).step).toBe('missed');
    expect(step({ status: 'cancelled', isEntrant: true }).step).toBe('cancelled');
  });
});
