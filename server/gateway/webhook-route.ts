import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Handler, Router } from '../http/router';
import { reasonOf } from '../tournaments/refusals';
import { httpAddress } from './caller-address';
import type { FailedCallers } from './failed-callers';
import { rawBody } from './http-request';
import type { ApiRoute } from './openapi';
import { Reply } from './reply';

/** Takes a processor's webhook, as it came and with its signature. */
export type WebhookReceiver = (webhook: {
  readonly rawBody: Uint8Array;
  readonly signature: string | undefined;
}) => Promise<'accepted' | 'repeated'>;

const PATHS = ['/api/v1/payment/webhook', '/api/v1/payments/webhook'] as const;
const outcome = z.object({ status: z.enum(['accepted', 'repeated']) });

const signatureOf = ({ headers }: IncomingMessage): string | undefined => {
  const value = headers['x-webhook-signature'];
  return typeof value === 'string' ? value : undefined;
};

/** `POST /api/v1/payment/webhook`: who signs it may say it; no key, as a repeat is known by its body. */
export function webhookRoutes(
  receive: WebhookReceiver,
  { failures, trustsProxy }: { readonly failures: FailedCallers; readonly trustsProxy: boolean },
): {
  readonly routes: readonly ApiRoute[];
  mount(router: Router): void;
} {
  const handler: Handler = async (req, res) => {
    const reply = new Reply(res);
    const address = httpAddress(req, trustsProxy);
    // Each costs a hash of all that was sent.
    failures.requireLeft(address);
    const webhook = { rawBody: await rawBody(req), signature: signatureOf(req) };
    try {
      reply.send(200, { status: await receive(webhook) });
    } catch (error) {
      if (reasonOf(error) === 'bad_signature') failures.count(address, 'bad_signature');
      throw error;
    }
  };
  return {
    routes: PATHS.map((path) => ({
      method: 'post',
      path,
      id: `post ${path}`.replace(/[^a-z0-9]+/gi, '_'),
      summary: 'A processor tells of a payment; X-Webhook-Signature is sha256= and the HMAC of the raw body',
      tag: 'payment',
      access: 'anybody',
      needsKey: false,
      input: undefined,
      success: 200,
      output: outcome,
    })),
    mount(router) {
      for (const path of PATHS) router.on(['POST'], path, handler);
    },
  };
}
