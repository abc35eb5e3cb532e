import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'X-Webhook-Signature';

/** `sha256=<lower-case hex>` of the HMAC-SHA256 over the raw body. */
export const signatureOf = (secret: string, body: string | Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** Whether a body was signed with the secret; takes as long for every wrong signature. */
export function isSigned(secret: string, body: Uint8Array, signature: string | undefined): boolean {
  const wanted = Buffer.from(signatureOf(secret, body));
  const given = Buffer.from(signature ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
