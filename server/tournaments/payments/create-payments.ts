import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import type { Db } from '../../db/client';
import type { PaymentLookup } from '../reservations/payment-lookup';
import type { PaymentContext } from './context';
import { countMove, countRefusal } from './counts';
import { createIntent } from './create-intent';
import { paymentFeed } from './feed';
import { type PaymentJobs, paymentJobs } from './jobs';
import { listPayments } from './list';
import { lookupHere } from './lookup';
import type { Payments } from './payments';
import { processPayment } from './process';
import type { Processor } from './processor';
import { cancelPayment } from './refund';
import { readOwn, toPayment } from './rows';
import { type SeatBook, seatsHere } from './seats';
import { simulateWebhook } from './simulate';
import { type IncomingWebhook, receiveWebhook } from './webhook-in';
import { createWebhookSender } from './webhook-out';
import { allowedHosts } from './webhook-url';

export interface PaymentParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  /** `PAYMENT_SCENARIOS` */
  readonly scenarios: boolean;
  readonly webhooks: {
    /** `WEBHOOK_SECRET`; undefined: webhooks are off, out and in */
    readonly secret: string | undefined;
    /** `WEBHOOK_ALLOW` */
    readonly allow: readonly string[];
    /** How long a receiver may take; by default 30 s. */
    readonly timeoutMs?: number | undefined;
  };
  /** Moves the money in the arcade's stead; by default fees are paid in coins of the ledger. */
  readonly processor?: Processor | undefined;
  /** Where seats are kept; by default in the same database. */
  readonly seats?: SeatBook | undefined;
  /** From 0, below 1; for what is rehearsed. */
  readonly random?: (() => number) | undefined;
}

/** Payments of this process, and what runs beside them. */
export interface PaymentRoom extends Payments, PaymentJobs {
  /** Payments as seats use them. */
  readonly lookup: PaymentLookup;
  /** A processor's webhook. @throws no_route where they are off, bad_signature, bad_request, no_payment, bad_amount */
  receiveWebhook(webhook: IncomingWebhook): Promise<'accepted' | 'repeated'>;
  /** `PaymentService.SimulateWebhook`. @throws no_route without scenarios, no_payment, bad_request, payment_over */
  simulate(request: Parameters<typeof simulateWebhook>[1]): ReturnType<typeof simulateWebhook>;
}

/** Entry fees, paid in coins of the ledger or through a processor. @throws for a host in `webhooks.allow` that is none */
export function createPayments(parts: PaymentParts): PaymentRoom {
  const { db, clock, log, webhooks } = parts;
  const feed = paymentFeed({ db, clock, log });
  const ctx: PaymentContext = {
    db,
    clock,
    log,
    seats: parts.seats ?? seatsHere,
    scenarios: parts.scenarios,
    random: parts.random ?? Math.random,
    processor: parts.processor,
    webhooks:
      webhooks.secret === undefined
        ? undefined
        : { secret: webhooks.secret, allowed: allowedHosts(webhooks.allow) },
    changed({ row, before }) {
      if (row.status !== before) countMove(before, row.status);
      feed.tell(row);
    },
  };
  const sender = createWebhookSender(ctx, { timeoutMs: webhooks.timeoutMs });
  return {
    createIntent: (request) => counted(async () => toPayment(await createIntent(ctx, request))),
    get: (id, actor) => counted(async () => toPayment(await readOwn(db, id, actor))),
    process: (request) => counted(async () => toPayment(await processPayment(ctx, request))),
    cancel: (request) => counted(async () => toPayment(await cancelPayment(ctx, request))),
    list: (filter) => counted(() => listPayments(ctx, filter)),
    onChange: (listener) => feed.on(({ before, item }) => listener({ before, payment: toPayment(item) })),
    lookup: lookupHere(ctx),
    receiveWebhook: (webhook) => receiveWebhook(ctx, webhook),
    simulate: (request) => simulateWebhook(ctx, request),
    ...paymentJobs(ctx, feed, sender),
  };
}

async function counted<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    countRefusal(error);
    throw error;
  }
}
