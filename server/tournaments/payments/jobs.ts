import type { PaymentIntent } from '../../db/generated/client';
import type { ChangeFeed } from '../reservations/change-feed';
import type { PaymentContext } from './context';
import { countFailure } from './counts';
import { lookAfterDue } from './due';
import type { PaymentState } from './payments';
import { sweepWebhooks, type WebhookSender } from './webhook-out';

/** How often what is due is looked after, and what other processes changed. */
const BEAT_MS = 500;
const SWEEP_MS = 3_600_000;

export interface PaymentJobs {
  /** One round of what the process does by itself twice a second. */
  beat(): Promise<void>;
  /** Begins to do it. */
  start(): void;
  /** Ends it; what is under way is waited for, or broken off where it can be done again. */
  close(): Promise<void>;
}

/** What runs beside payments. Each part fails for itself. */
export function paymentJobs(
  ctx: PaymentContext,
  feed: ChangeFeed<PaymentIntent, PaymentState>,
  sender: WebhookSender,
): PaymentJobs {
  const stops: (() => void)[] = [];
  const running = new Set<Promise<void>>();

  async function guarded(what: Parameters<typeof countFailure>[0], work: () => Promise<unknown>) {
    try {
      await work();
    } catch (err) {
      countFailure(what);
      ctx.log.warn({ err, what }, 'a round of the payments’ jobs failed');
    }
  }

  const parts = {
    due: () => guarded('due', () => lookAfterDue(ctx)),
    feed: () => guarded('feed', () => feed.poll()),
    webhooks: () => guarded('webhooks', () => sender.beat()),
  };

  /** Runs it again and again, never twice at once. */
  function repeat(ms: number, work: () => Promise<void>): void {
    let isRunning = false;
    const stop = ctx.clock.every(ms, () => {
      if (isRunning) return;
      isRunning = true;
      keep(
        work().finally(() => {
          isRunning = false;
        }),
      );
    });
    stops.push(stop);
  }

  function keep(work: Promise<void>): void {
    const kept = work.finally(() => running.delete(kept));
    running.add(kept);
  }

  return {
    async beat() {
      await Promise.all([parts.due(), parts.feed()]);
      await parts.webhooks();
    },
    start() {
      repeat(BEAT_MS, parts.due);
      repeat(BEAT_MS, parts.feed);
      // Rounds may overlap: one may wait for a receiver that hangs.
      stops.push(ctx.clock.every(BEAT_MS, () => keep(parts.webhooks())));
      repeat(SWEEP_MS, () => guarded('webhooks', () => sweepWebhooks(ctx)));
    },
    async close() {
      for (const stop of stops.splice(0)) stop();
      await sender.close();
      await Promise.all(running);
    },
  };
}
