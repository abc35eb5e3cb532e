import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ProcessorState } from '../processor';

interface Intent {
  readonly id: string;
  amount: number;
  currency: string;
  status: ProcessorState;
  client_secret: string;
  last_payment_error: { code: string } | null;
  metadata: Record<string, string>;
  refunded: number;
}

/** An HTTP service that behaves like a payment processor with Stripe's interface. */
export interface ProcessorService {
  readonly url: string;
  readonly secretKey: string;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly refunds: readonly { readonly id: string; readonly intent: string; readonly amount: number }[];
  /** How confirmations go from now on. */
  onConfirm: 'succeed' | 'decline' | 'process' | 'action' | 'capture';
  /** Does what is asked, and its answer is lost; so many times. */
  loseAnswers: number;
  isDown: boolean;
  /** Somebody moves an intent there. */
  move(id: string, status: ProcessorState): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function startProcessorService(): Promise<ProcessorService> {
  const intents = new Map<string, Intent>();
  const refunds: { id: string; intent: string; amount: number }[] = [];
  const kept = new Map<string, { readonly form: string; readonly answer: Answer }>();
  const secretKey = `sk_test_${randomUUID()}`;
  const error = (status: number, code: string, intent?: Intent): Answer => ({
    status,
    body: { error: { type: 'error', code, message: code, ...(intent ? { payment_intent: intent } : {}) } },
  });

  function create(form: URLSearchParams): Answer {
    const amount = Number(form.get('amount'));
    if (!Number.isInteger(amount) || amount < 1) return error(400, 'parameter_invalid_integer');
    const id = `pi_${randomUUID()}`;
    const metadata: Record<string, string> = {};
    for (const [name, value] of form) {
      const field = /^metadata\[(.+)\]$/.exec(name)?.[1];
      if (field) metadata[field] = value;
    }
    const intent: Intent = {
      id,
      amount,
      currency: form.get('currency') ?? '',
      status: 'requires_confirmation',
      client_secret: `${id}_secret`,
      last_payment_error: null,
      metadata,
      refunded: 0,
    };
    intents.set(id, intent);
    return { status: 200, body: { ...intent } };
  }

  function confirm(intent: Intent): Answer {
    if (intent.status !== 'requires_confirmation' && intent.status !== 'requires_payment_method')
      return error(400, 'payment_intent_unexpected_state', intent);
    switch (service.onConfirm) {
      case 'succeed':
        intent.status = 'succeeded';
        break;
      case 'process':
        intent.status = 'processing';
        break;
      case 'action':
        intent.status = 'requires_action';
        break;
      case 'capture':
        intent.status = 'requires_capture';
        break;
      case 'decline':
        intent.status = 'requires_payment_method';
        intent.last_payment_error = { code: 'card_declined' };
        return error(402, 'card_declined', { ...intent });
    }
    return { status: 200, body: { ...intent } };
  }

  function cancel(intent: Intent): Answer {
    if (intent.status === 'succeeded' || intent.status === 'canceled')
      return error(400, 'payment_intent_unexpected_state', { ...intent });
    intent.status = 'canceled';
    return { status: 200, body: { ...intent } };
  }

  function refund(form: URLSearchParams): Answer {
    const intent = intents.get(form.get('payment_intent') ?? '');
    const amount = Number(form.get('amount'));
    if (!intent) return error(404, 'resource_missing');
    if (intent.status !== 'succeeded' || intent.refunded + amount > intent.amount)
      return error(400, 'charge_already_refunded');
    intent.refunded += amount;
    const id = `re_${randomUUID()}`;
    refunds.push({ id, intent: intent.id, amount });
    return { status: 200, body: { id, status: 'succeeded', amount } };
  }

  function route(method: string, path: string, form: URLSearchParams): Answer {
    if (method === 'POST' && path === '/v1/payment_intents') return create(form);
    if (method === 'POST' && path === '/v1/refunds') return refund(form);
    const [, id = '', action = ''] = /^\/v1\/payment_intents\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const intent = intents.get(id);
    if (!intent) return error(404, 'resource_missing');
    if (method === 'GET' && action === '') return { status: 200, body: { ...intent } };
    if (method === 'POST' && action === 'confirm') return confirm(intent);
    if (method === 'POST' && action === 'cancel') return cancel(intent);
    return error(404, 'not_found');
  }

  function answerTo(request: IncomingMessage, text: string): Answer {
    if (request.headers.authorization !== `Bearer ${secretKey}`) return error(401, 'api_key_invalid');
    const path = request.url ?? '';
    const method = request.method ?? '';
    const key = request.headers['idempotency-key'];
    if (method === 'GET' || typeof key !== 'string') return route(method, path, new URLSearchParams(text));
    const form = `${path} ${text}`;
    const known = kept.get(key);
    if (known) return known.form === form ? known.answer : error(400, 'idempotency_error');
    const answer = route(method, path, new URLSearchParams(text));
    kept.set(key, { form, answer: structuredClone(answer) });
    return answer;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    if (service.isDown) {
      response.destroy();
      return;
    }
    const { status, body } = answerTo(request, Buffer.concat(parts).toString());
    if (service.loseAnswers > 0) {
      service.loseAnswers -= 1;
      response.destroy();
      return;
    }
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const service: ProcessorService = {
    url: `http://127.0.0.1:${address.port}`,
    secretKey,
    intents,
    refunds,
    onConfirm: 'succeed',
    loseAnswers: 0,
    isDown: false,
    move(id, status) {
      const intent = intents.get(id);
      if (!intent) throw new Error(`no intent ${id}`);
      intent.status = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return service;
}
