import { createHash } from 'node:crypto';
import type { PaymentIntent } from '../../db/generated/client';
import type { Tx } from '../ledger/ledger';
import { refusal } from '../refusals';
import type { PaymentContext } from './context';
import { countReceived } from './counts';
import { applyOutside } from './outside';
import type { ProcessorState } from './processor';
import { COINS } from './rows';
import { type WebhookBody, webhookBody } from './webhook-body';
import { isSigned } from './webhook-signature';

/** How far a webhook's clock may be off. */
const MOST_OFF_MS = 300_000;
const MAX_BYTES = 64 * 1024;

export interface IncomingWebhook {
  /** As it came, to the byte: that is what was signed. */
  readonly rawBody: Uint8Array;
  readonly signature: string | undefined;
}

/** One that is refunded there is refunded from here, so nothing has to be done about it. */
const MEANS = {
  PAYMENT_STATUS_PENDING: { state: 'requires_confirmation', failure: undefined },
  PAYMENT_STATUS_REFUNDED: { state: 'requires_confirmation', failure: undefined },
  PAYMENT_STATUS_PROCESSING: { state: 'processing', failure: undefined },
  PAYMENT_STATUS_COMPLETED: { state: 'succeeded', failure: undefined },
  PAYMENT_STATUS_FAILED: { state: 'requires_payment_method', failure: 'declined' },
  PAYMENT_STATUS_CANCELLED: { state: 'canceled', failure: undefined },
  PAYMENT_STATUS_EXPIRED: { state: 'canceled', failure: undefined },
} as const satisfies Record<
  WebhookBody['status'],
  { readonly state: ProcessorState; readonly failure: string | undefined }
>;

/**
 * A processor tells of one of its intents. The same webhook again is accepted and changes nothing.
 * @throws no_route where webhooks are off, bad_signature, bad_request, no_payment, bad_amount
 */
export async function receiveWebhook(
  ctx: PaymentContext,
  webhook: IncomingWebhook,
): Promise<'accepted' | 'repeated'> {
  try {
    const outcome = await take(ctx, webhook);
    countReceived(outcome);
    return outcome;
  } catch (error) {
    countReceived('refused');
    throw error;
  }
}

async function take(
  ctx: PaymentContext,
  { rawBody, signature }: IncomingWebhook,
): Promise<'accepted' | 'repeated'> {
  if (!ctx.webhooks) throw refusal('no_route', 'Webhooks are switched off here (WEBHOOK_SECRET is not set).');
  if (rawBody.byteLength > MAX_BYTES) throw refusal('bad_request', 'bad request: the webhook is too long.');
  if (!isSigned(ctx.webhooks.secret, rawBody, signature))
    throw refusal('bad_signature', 'The webhook’s signature is not right.');
  const body = parse(rawBody);
  if (Math.abs(body.timestamp * 1000 - ctx.clock.now()) > MOST_OFF_MS)
    throw refusal('bad_request', 'bad request: the webhook is from more than five minutes ago or ahead.');
  const row = await find(ctx, body);
  const id = createHash('sha256').update(rawBody).digest('hex');
  let isNew = false;
  const told = {
    ...MEANS[body.status],
    id: row.externalId ?? '',
    amount: body.amount ?? Number(row.amount),
    clientSecret: undefined,
  };
  await applyOutside(ctx, row, told, async (tx) => {
    isNew = await noteOnce(tx, id, new Date(ctx.clock.now()));
    return isNew;
  });
  return isNew ? 'accepted' : 'repeated';
}

/** @returns false when it was here before */
async function noteOnce(tx: Tx, id: string, receivedAt: Date): Promise<boolean> {
  const { count } = await tx.webhookReceipt.createMany({ data: [{ id, receivedAt }], skipDuplicates: true });
  return count === 1;
}

function parse(rawBody: Uint8Array): WebhookBody {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch (cause) {
    throw refusal('bad_request', 'bad request: the webhook is no JSON.', { cause });
  }
  const body = webhookBody.safeParse(json);
  if (!body.success) {
    const [issue] = body.error.issues;
    throw refusal('bad_request', `bad request: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return body.data;
}

async function find({ db }: PaymentContext, body: WebhookBody): Promise<PaymentIntent> {
  const row = await db.paymentIntent.findFirst({
    where: { OR: [{ id: body.payment_id }, { externalId: body.payment_id }] },
  });
  if (!row) throw refusal('no_payment', 'Payment not found.');
  if (row.processor === COINS)
    throw refusal('bad_request', 'bad request: no processor handles this payment; it is paid in coins.');
  if (body.reservation_id && body.reservation_id !== row.reservationId)
    throw refusal('bad_request', 'bad request: this payment is for another reservation.');
  if (body.currency && body.currency !== row.currency)
    throw refusal('bad_currency', `bad request: this payment is in ${row.currency}.`);
  if (body.amount !== undefined && BigInt(body.amount) !== row.amount)
    throw refusal('bad_amount', 'bad request: this payment is of another amount.');
  return row;
}
