import { isLive } from '../../hold';
import type { ReservationState } from '../../reservations';
import type { SeatKeeper, ToldSeat } from '../told';

type Mutable = { -readonly [K in keyof ToldSeat]: ToldSeat[K] };

/** Seats of another service, in memory: it knows nothing of tournaments and has seats of its own mind. */
export interface OtherOffice extends SeatKeeper {
  readonly seats: ReadonlyMap<string, ToldSeat>;
  /** It does not answer. */
  isDown: boolean;
  /** Many services have none. */
  hasList: boolean;
  hold(eventId: string, userId: string, more?: Partial<ToldSeat>): ToldSeat;
  turn(reservationId: string, state: ReservationState): ToldSeat;
  /** @returns until when it is held now */
  extend(reservationId: string, seconds: number): Date;
  /** Forgets everything, as a service without a disk does. */
  forget(): void;
}

export function otherOffice(now: () => number): OtherOffice {
  const seats = new Map<string, Mutable>();
  let made = 0;
  const answer = () => {
    if (office.isDown) throw new Error('the seats’ service is down');
  };
  const copy = (seat: Mutable): ToldSeat => ({ ...seat });
  const office: OtherOffice = {
    seats,
    isDown: false,
    hasList: true,
    hold(eventId, userId, more = {}) {
      made += 1;
      const seat: Mutable = {
        reservationId: `R-${eventId.slice(0, 8)}-${made}`,
        eventId,
        userId,
        state: 'hold',
        seat: undefined,
        fee: 0,
        holdExpiresAt: new Date(now() + 300_000),
        paymentIntentId: undefined,
        orderId: undefined,
        ...more,
      };
      seats.set(seat.reservationId, seat);
      return copy(seat);
    },
    turn(reservationId, state) {
      const seat = seats.get(reservationId);
      if (!seat) throw new Error(`no seat ${reservationId}`);
      seat.state = state;
      if (state === 'confirmed') seat.orderId = `O-${reservationId}`;
      return copy(seat);
    },
    extend(reservationId, seconds) {
      const seat = seats.get(reservationId);
      if (!seat) throw new Error(`no seat ${reservationId}`);
      seat.holdExpiresAt = new Date((seat.holdExpiresAt?.getTime() ?? now()) + seconds * 1_000);
      return seat.holdExpiresAt;
    },
    forget: () => seats.clear(),
    async list(eventId) {
      answer();
      if (!office.hasList) return undefined;
      return [...seats.values()].filter((one) => one.eventId === eventId && isLive(one.state)).map(copy);
    },
    async get(reservationId) {
      answer();
      const seat = seats.get(reservationId);
      return seat && copy(seat);
    },
    async release({ reservationId }) {
      answer();
      const seat = seats.get(reservationId);
      if (seat && isLive(seat.state)) seat.state = 'cancelled';
      return true;
    },
  };
  return office;
}
