import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import type { Db } from '../../db/client';
import type { PaymentIntent } from '../../db/generated/client';
import type { Tx } from '../ledger/ledger';
import type { PaymentState } from './payments';
import type { Processor } from './processor';
import { TRANSACTION } from './rows';
import type { SeatBook, SeatInHand } from './seats';
import type { AllowedHosts } from './webhook-url';

/** What the files of this folder share. */
export interface PaymentContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly seats: SeatBook;
  /** `PAYMENT_SCENARIOS` */
  readonly scenarios: boolean;
  /** From 0, below 1. */
  readonly random: () => number;
  /** Moves the money in the arcade's stead. */
  readonly processor: Processor | undefined;
  /** undefined: webhooks are off */
  readonly webhooks: { readonly secret: string; readonly allowed: AllowedHosts } | undefined;
  /** Tells of a change that was committed. */
  readonly changed: (step: Step) => void;
}

export const today = ({ clock }: Pick<PaymentContext, 'clock'>): Date => new Date(clock.now());

/** What a transaction did to an intent. */
export interface Step {
  readonly row: PaymentIntent;
  readonly before: PaymentState | undefined;
  /** What happened to others along with it. */
  readonly also?: readonly Step[];
}

/**
 * One transaction about the payments of one seat. Nobody else pays for it meanwhile; what changed is told when it is
 * committed. Locks are taken in this order: seat, intents, accounts.
 */
export async function withSeat<Result extends { readonly steps: readonly Step[] }>(
  ctx: PaymentContext,
  reservationId: string,
  act: (tx: Tx, hand: SeatInHand | null) => Promise<Result>,
  {
    isForRelease = false,
    isSeatNeeded = true,
  }: {
    /** The seat may be given back. */
    readonly isForRelease?: boolean;
    /** False: it ends whatever became of the seat, so a service that keeps seats elsewhere isn't asked. */
    readonly isSeatNeeded?: boolean;
  } = {},
): Promise<Result> {
  const asked = isSeatNeeded ? await ctx.seats.ask(ctx.db, reservationId) : undefined;
  const result = await ctx.db.$transaction(
    async (tx) => act(tx, await ctx.seats.hold(tx, reservationId, asked, isForRelease)),
    TRANSACTION,
  );
  for (const step of result.steps) for (const each of [step, ...(step.also ?? [])]) ctx.changed(each);
  return result;
}
