import { z } from 'zod';
import { PROCESSOR_STATES, type Processor, type ProcessorIntent } from './processor';

const TIMEOUT_MS = 10_000;

const intentSchema = z.object({
  id: z.string().min(1).max(255),
  status: z.enum(PROCESSOR_STATES),
  amount: z.int().positive(),
  client_secret: z.string().max(500).nullish(),
  last_payment_error: z.object({ code: z.string().max(200).nullish() }).nullish(),
});
const refundSchema = z.object({ id: z.string().min(1).max(255) });
/** A decline (402) and a refused cancellation carry the intent as it is. */
const errorSchema = z.object({
  error: z.object({
    code: z.string().max(200).nullish(),
    message: z.string().nullish(),
    payment_intent: intentSchema.nullish(),
  }),
});

/** A processor said no, can't be reached, or said something that can't be understood. */
export class ProcessorError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ProcessorError';
  }
}

function toIntent({
  id,
  status,
  amount,
  client_secret,
  last_payment_error,
}: z.output<typeof intentSchema>): ProcessorIntent {
  return {
    id,
    state: status,
    amount,
    clientSecret: client_secret ?? undefined,
    failure: last_payment_error ? (last_payment_error.code ?? 'declined') : undefined,
  };
}

interface ProcessorOptions {
  /** Written into each intent: it says later whom to ask. */
  readonly name: string;
  readonly url: string;
  readonly secretKey: string;
  readonly timeoutMs?: number;
}

/** A processor with Stripe's HTTP interface: form-encoded requests, JSON answers, `Idempotency-Key`. */
export function httpProcessor({ name, url, secretKey, timeoutMs = TIMEOUT_MS }: ProcessorOptions): Processor {
  async function call(
    method: 'GET' | 'POST',
    path: string,
    key?: string,
    form: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly ok: boolean; readonly status: number; readonly body: unknown }> {
    try {
      const answer = await fetch(new URL(path, url), {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          Authorization: `Bearer ${secretKey}`,
          ...(key === undefined ? {} : { 'Idempotency-Key': key }),
        },
        ...(method === 'POST' ? { body: new URLSearchParams(form) } : {}),
      });
      return { ok: answer.ok, status: answer.status, body: await answer.json() };
    } catch (cause) {
      throw new ProcessorError(`${name} can’t be reached or understood`, { cause });
    }
  }

  async function intentOf(...request: Parameters<typeof call>): Promise<ProcessorIntent> {
    const { ok, status, body } = await call(...request);
    const found = ok
      ? intentSchema.safeParse(body).data
      : errorSchema.safeParse(body).data?.error.payment_intent;
    if (found) return toIntent(found);
    throw new ProcessorError(`${name} refused: ${reasonIn(body) ?? status}`);
  }

  const at = (id: string, action = '') => `/v1/payment_intents/${encodeURIComponent(id)}${action}`;
  return {
    name,
    create: ({ amount, currency, metadata, key }) =>
      intentOf('POST', '/v1/payment_intents', key, {
        amount: String(amount),
        currency: currency.toLowerCase(),
        ...Object.fromEntries(
          Object.entries(metadata).map(([field, value]) => [`metadata[${field}]`, value]),
        ),
      }),
    confirm: ({ id, key }) => intentOf('POST', at(id, '/confirm'), key),
    retrieve: (id) => intentOf('GET', at(id)),
    cancel: ({ id, key }) => intentOf('POST', at(id, '/cancel'), key),
    async refund({ id, amount, key }) {
      const form = { payment_intent: id, amount: String(amount) };
      const { ok, status, body } = await call('POST', '/v1/refunds', key, form);
      const made = ok ? refundSchema.safeParse(body).data : undefined;
      if (!made) throw new ProcessorError(`${name} refused the refund: ${reasonIn(body) ?? status}`);
      return { refundId: made.id };
    },
  };
}

function reasonIn(body: unknown): string | undefined {
  const error = errorSchema.safeParse(body).data?.error;
  return error?.code ?? error?.message ?? undefined;
}
