import type { Actor } from '../reservations/reservations';

export type PaymentState =
  | 'pending'
  | 'processing'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'refunded'
  | 'expired';

/** How a payment is made to go, where scenarios are switched on. */
export type Scenario = 'none' | 'approve' | 'fail' | 'delay' | 'random' | 'timeout';

export interface Payment {
  readonly paymentIntentId: string;
  readonly reservationId: string;
  readonly userId: string;
  readonly state: PaymentState;
  /** Coins; `COIN` is the only currency. */
  readonly amount: number;
  /** The contract's number of the method. */
  readonly method: number;
  readonly transactionId: string | undefined;
  readonly failureReason: string | undefined;
  readonly refundedAmount: number;
  readonly refundId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly processedAt: Date | undefined;
}

export interface PaymentChange {
  readonly before: PaymentState | undefined;
  readonly payment: Payment;
}

/** Entry fees. Every call rejects with a refusal. */
export interface Payments {
  createIntent(request: {
    readonly reservationId: string;
    readonly amount: number;
    readonly currency: string;
    readonly userId: string;
    readonly method: number;
    readonly scenario: Scenario;
    readonly webhookUrl: string | undefined;
  }): Promise<Payment>;
  get(paymentIntentId: string, actor: Actor): Promise<Payment>;
  /** Moves the coins and answers completed or failed in the same call, scenarios and outside processors excepted. */
  process(request: {
    readonly paymentIntentId: string;
    readonly actor: Actor;
    readonly action?: 'approve' | 'fail';
  }): Promise<Payment>;
  /** Cancels what is not paid; refunds what is, wholly or in part. */
  cancel(request: {
    readonly paymentIntentId: string;
    readonly reason: string;
    /** Coins; undefined: all of it */
    readonly refundAmount: number | undefined;
    readonly actor: Actor;
  }): Promise<Payment>;
  list(filter: {
    readonly userId: string | undefined;
    readonly reservationId: string | undefined;
    readonly state: PaymentState | undefined;
    readonly limit: number;
    readonly cursor: string | undefined;
  }): Promise<{
    readonly payments: readonly Payment[];
    readonly nextCursor: string | undefined;
    readonly total: number;
  }>;
  /** Tells of every change that this process sees, its own and, within a second, those of other processes. */
  onChange(listener: (change: PaymentChange) => void): () => void;
}
