import { systemClock } from '../clock';
import type { Config } from '../config';
import type { Surface } from '../gateway/gateway';
import type { AnswerKeeper } from '../gateway/idempotency';
import { redisKeeper } from '../gateway/redis-answers';
import type { WebhookReceiver } from '../gateway/webhook-route';
import { roomLogger } from '../logger';
import type { PaymentRoom } from '../tournaments/payments/create-payments';
import type { ServiceSet } from './grpc';
import type { Http } from './http';
import type { Composition } from './run';

/** Kept answers are forgotten this often. */
const SWEEP_MS = 60_000;

/** Services over gRPC, and their HTTP twin. */
export interface Served extends ServiceSet {
  /** Tells who makes a request. */
  readonly callers: Surface['callers'];
  /** Puts the HTTP twin onto the process's routes. */
  mount(http: Http): void;
}

const noCounts = () => ({});

/** Answers in Redis where that is configured; undefined: in the database. */
export async function openKeeper({ config, parts }: Composition): Promise<AnswerKeeper | undefined> {
  const url = config.REDIS_URL;
  if (url === undefined) return undefined;
  return parts.start('answers', () => redisKeeper({ url, log: roomLogger('gateway') }), {
    stop: (keeper) => keeper.close(),
    health: (keeper) =>
      keeper.isReady() ? { status: 'ok' } : { status: 'degraded', message: 'its Redis is away' },
  });
}

/** Serves a surface; what it keeps is swept. */
export async function serve({ parts }: Composition, surface: Surface): Promise<Served> {
  const log = roomLogger('gateway');
  await parts.start(
    'kept answers',
    () =>
      systemClock.every(SWEEP_MS, () => {
        surface.sweep().catch((err: unknown) => log.warn({ err }, 'kept answers could not be swept'));
      }),
    { stop: (stop) => stop() },
  );
  return {
    services: surface.services,
    counts: noCounts,
    callers: surface.callers,
    mount: ({ routes }) => surface.mount(routes),
  };
}

/** Without a secret nobody's webhook could be believed. */
export function webhooksOf(
  { WEBHOOK_SECRET }: Pick<Config, 'WEBHOOK_SECRET'>,
  payments: PaymentRoom,
): WebhookReceiver | undefined {
  return WEBHOOK_SECRET === undefined ? undefined : (webhook) => payments.receiveWebhook(webhook);
}
