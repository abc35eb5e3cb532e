/** Who asks for something that belongs to somebody: a player, or a trusted peer that names whom it acts for. */
export type Actor = { readonly playerId: string } | 'trusted';

export type ReservationState = 'hold' | 'confirmed' | 'cancelled' | 'expired';

/** A place in a tournament's bracket that somebody holds or has. */
export interface Seat {
  readonly reservationId: string;
  readonly eventId: string;
  readonly userId: string;
  readonly state: ReservationState;
  /** From 1. */
  readonly seat: number;
  /** Coins. */
  readonly fee: number;
  readonly holdExpiresAt: Date;
  /** The countdown stands while its person pays. */
  readonly isPaused: boolean;
  readonly mayExtend: boolean;
  readonly paymentIntentId: string | undefined;
  readonly orderId: string | undefined;
  /** Why it ended, where it did. */
  readonly reason: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly confirmedAt: Date | undefined;
  readonly endedAt: Date | undefined;
}

/** A change of a seat, told after it was written. */
export interface SeatChange {
  /** undefined when it was just made */
  readonly before: ReservationState | undefined;
  readonly seat: Seat;
}

/**
 * Seats of tournaments: held for a while, confirmed when paid, never oversold. Every call rejects with a refusal
 * (`server/tournaments/refusals.ts`).
 */
export interface Reservations {
  create(request: {
    readonly eventId: string;
    readonly userId: string;
    readonly quantity: number;
    readonly seatIds: readonly string[];
    /** The reservation token that the queue gave; used up by success only. */
    readonly token: string;
    /** The idempotency key: the same request under it gets the same seat, also from a process that has forgotten it. */
    readonly key?: string | undefined;
  }): Promise<Seat>;
  get(reservationId: string, actor: Actor): Promise<Seat>;
  /** Checks that the payment is completed, belongs to this reservation and person, and has the right amount. */
  confirm(request: {
    readonly reservationId: string;
    readonly paymentIntentId: string | undefined;
    readonly actor: Actor;
  }): Promise<Seat>;
  /** Gives a hold back, or a confirmed seat before registration closes: then the fee is refunded. */
  cancel(request: {
    readonly reservationId: string;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<Seat>;
  list(filter: {
    readonly userId: string | undefined;
    readonly eventId: string | undefined;
    readonly state: ReservationState | undefined;
    readonly limit: number;
    readonly cursor: string | undefined;
  }): Promise<{
    readonly seats: readonly Seat[];
    readonly nextCursor: string | undefined;
    readonly total: number;
  }>;
  /** Once, by at most `HOLD_SECONDS`. */
  extend(request: {
    readonly reservationId: string;
    readonly seconds: number;
    /** Somebody pays elsewhere: the countdown stands instead, as with an intent that is made here. */
    readonly isForPayment?: boolean;
    readonly actor: Actor;
  }): Promise<{ readonly seat: Seat; readonly extendedSeconds: number }>;
  /** Seats of an event: all, and those that are held or confirmed. @throws no_event */
  availability(
    eventId: string,
  ): Promise<{ readonly seats: number; readonly held: number; readonly confirmed: number }>;
  /** Tells of every change that this process sees, its own and, within a second, those of other processes. */
  onChange(listener: (change: SeatChange) => void): () => void;
}
