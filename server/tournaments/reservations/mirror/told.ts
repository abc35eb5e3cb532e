import type { ReservationState } from '../reservations';

/** A seat as the service that keeps it tells of it. */
export interface ToldSeat {
  readonly reservationId: string;
  readonly eventId: string;
  readonly userId: string;
  readonly state: ReservationState;
  /** The number that it has over there; undefined where seats have names. */
  readonly seat: number | undefined;
  /** Coins */
  readonly fee: number;
  readonly holdExpiresAt: Date | undefined;
  readonly paymentIntentId: string | undefined;
  readonly orderId: string | undefined;
  /** The admission that it was made with, where that is known. */
  readonly tokenId?: string | undefined;
  /** It was extended by an answer that passed here. */
  readonly isExtended?: true | undefined;
  /** It was given time for a payment by an answer that passed here. */
  readonly isPauseUsed?: true | undefined;
}

/** A service that keeps seats, as the mirror asks it: by the public contract only. */
export interface SeatKeeper {
  /** Seats of an event that are held or confirmed; undefined where the service has no such list. */
  list(eventId: string): Promise<readonly ToldSeat[] | undefined>;
  /** undefined: it knows none of this id. */
  get(reservationId: string): Promise<ToldSeat | undefined>;
  /**
   * Gives a seat back there; again is fine.
   * @returns whether it has none of that id any more that is held or confirmed
   */
  release(seat: {
    readonly reservationId: string;
    readonly userId: string;
    readonly reason: string;
  }): Promise<boolean>;
}
