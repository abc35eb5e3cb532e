import type { Db } from '../../db/client';
import type { PaymentContext } from './context';
import { today } from './context';
import { countFailure, countSent } from './counts';
import { SIGNATURE_HEADER, signatureOf } from './webhook-signature';
import { isAllowedUrl } from './webhook-url';

/** Waits before each retry; after the last one it is given up. */
const RETRIES_MS = [1_000, 2_000, 4_000, 8_000, 16_000] as const;
const TIMEOUT_MS = 30_000;
/** A claim outlives its attempt, so that only a dead process's is taken over. */
const CLAIM_MS = TIMEOUT_MS + 15_000;
/** Under way at once, and to one host: a host that hangs holds up itself alone. */
const MOST = 64;
const MOST_A_HOST = 8;
/** Kept for whoever wonders. */
const KEEP_MS = 7 * 86_400_000;

interface Delivery {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly attempts: number;
}

export interface WebhookSender {
  /** Sends what is due. */
  beat(): Promise<void>;
  /** Breaks off what is under way: it is sent again later. */
  close(): Promise<void>;
}

/** Sends the webhooks of the outbox, each by one process at a time, until its receiver takes it (2xx) or it is given up. */
export function createWebhookSender(
  ctx: PaymentContext,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number | undefined } = {},
): WebhookSender {
  const { db, log, webhooks } = ctx;
  const underWay = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const stop = new AbortController();

  async function attempt(delivery: Delivery, host: string): Promise<void> {
    try {
      const failure = await post(delivery);
      if (!stop.signal.aborted) await note(ctx, delivery, failure);
    } catch (err) {
      countFailure('webhooks');
      log.warn({ err }, 'a webhook’s outcome could not be noted');
    } finally {
      const left = (underWay.get(host) ?? 1) - 1;
      if (left > 0) underWay.set(host, left);
      else underWay.delete(host);
    }
  }

  /** @returns what went wrong */
  async function post({ url, body }: Delivery): Promise<string | undefined> {
    // What was allowed when it was written need not be any more.
    if (!webhooks || !isAllowedUrl(url, webhooks.allowed)) return 'not allowed';
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'arcade-clash',
          [SIGNATURE_HEADER]: signatureOf(webhooks.secret, body),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]),
      });
      // Nobody reads it; a long one is not waited for.
      await answer.body?.cancel();
      return answer.ok ? undefined : `status ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? error.message.slice(0, 200) : 'no answer';
    }
  }

  /** @returns whether there may be more */
  async function round(): Promise<boolean> {
    const most = Math.min(MOST - running.size, MOST_A_HOST);
    if (most <= 0) return false;
    const full = [...underWay].filter(([, count]) => count >= MOST_A_HOST).map(([host]) => host);
    const begun = (await claim(db, today(ctx), most, full)).map((delivery) => {
      const host = hostOf(delivery.url);
      underWay.set(host, (underWay.get(host) ?? 0) + 1);
      const work = attempt(delivery, host).finally(() => running.delete(work));
      running.add(work);
      return work;
    });
    await Promise.all(begun);
    return begun.length === most;
  }

  return {
    async beat() {
      // As long as there is more; one that hangs holds up this round, and the next one begins all the same.
      while (webhooks && !stop.signal.aborted && (await round()));
    },
    async close() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

/** Takes what is due; nobody else gets it until the claim is over. */
function claim(db: Db, now: Date, most: number, without: readonly string[]): Promise<Delivery[]> {
  const until = new Date(now.getTime() + CLAIM_MS);
  return db.$queryRaw<Delivery[]>`
    UPDATE "WebhookDelivery" SET "attempts" = "attempts" + 1, "nextAt" = ${until}
    WHERE "id" IN (
      SELECT "id" FROM "WebhookDelivery"
      WHERE "deliveredAt" IS NULL AND "gaveUpAt" IS NULL AND "nextAt" <= ${now}
        AND NOT (split_part(split_part("url", '://', 2), '/', 1) = ANY(${[...without]}::text[]))
      ORDER BY "nextAt" LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "url", "body", "attempts"`;
}

async function note(ctx: PaymentContext, delivery: Delivery, failure: string | undefined): Promise<void> {
  const now = today(ctx);
  const { id, attempts } = delivery;
  if (failure === undefined) {
    countSent('delivered');
    await ctx.db.webhookDelivery.update({ where: { id }, data: { deliveredAt: now, lastError: null } });
    return;
  }
  const wait = RETRIES_MS[attempts - 1];
  countSent(wait === undefined ? 'gave_up' : 'failed');
  if (wait === undefined) ctx.log.warn({ deliveryId: id, failure }, 'a webhook was given up');
  await ctx.db.webhookDelivery.update({
    where: { id },
    data: {
      lastError: failure,
      ...(wait === undefined ? { gaveUpAt: now } : { nextAt: new Date(now.getTime() + wait) }),
    },
  });
}

/** Forgets what is long over. */
export async function sweepWebhooks({ db, ...ctx }: PaymentContext): Promise<void> {
  const before = new Date(ctx.clock.now() - KEEP_MS);
  await db.webhookDelivery.deleteMany({
    where: { OR: [{ deliveredAt: { lt: before } }, { gaveUpAt: { lt: before } }] },
  });
  // A repeat that is older is refused for its time.
  await db.webhookReceipt.deleteMany({ where: { receivedAt: { lt: before } } });
}
