import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import type { Db } from '../../db/client';
import type { ChangeFeed } from './change-feed';
import type { PaymentLookup } from './payment-lookup';
import type { ReservationState, Seat } from './reservations';

/** Whom a token admits, and where. */
export interface Admitted {
  /** Serves one reservation; undefined: nobody counts them. */
  readonly tokenId: string | undefined;
  readonly eventId: string;
  readonly userId: string;
}

/**
 * Reads a reservation token.
 * @param wanted what it is shown for, for those who take the queue's word for it
 * @throws bad_token
 */
export type VerifyToken = (
  token: string,
  nowMs: number,
  wanted: { readonly eventId: string; readonly userId: string },
) => Promise<Admitted>;

/** What the parts of this room share. */
export interface ReservationsContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly payments: PaymentLookup;
  readonly verifyToken: VerifyToken;
  readonly holdSeconds: number;
  readonly feed: ChangeFeed<Seat, ReservationState>;
  /** A hold ends then: nobody sleeps past it. */
  holdMade(until: Date): void;
  /** Gives back what is due for a seat, now. Never rejects. */
  settle(reservationId: string): Promise<void>;
}
