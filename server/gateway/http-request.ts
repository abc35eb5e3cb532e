import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from '../http/body-limit';
import { refusal } from '../tournaments/refusals';
import { MAX_KEY_CHARACTERS } from './idempotency';
import type { HttpBinding, Json } from './operation';

const NOTHING: Json = {};

/** The query of a request, the first value of each name. */
export function queryOf(url: string | undefined): Json {
  const at = url?.indexOf('?') ?? -1;
  if (url === undefined || at < 0) return NOTHING;
  const text = url.slice(at + 1);
  const query: Record<string, string> = {};
  // Most are plain, and then there is nothing to decode.
  const pairs = /[%+]/.test(text)
    ? new URLSearchParams(text)
    : text.split('&').map((pair): [string, string] => {
        const equals = pair.indexOf('=');
        return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      });
  for (const [name, value] of pairs) if (name !== '') query[name] ??= value;
  return query;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a body to its end; its announced length was looked at before. @throws bad_request */
export async function rawBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of req) {
      const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      length += bytes.length;
      if (length > MAX_BODY_BYTES) break;
      chunks.push(bytes);
    }
  } catch (cause) {
    // Whoever hung up hears nothing of it, and the log should not either.
    throw refusal('bad_request', 'bad request: the body ended early.', { cause });
  }
  if (length > MAX_BODY_BYTES) throw refusal('bad_request', 'bad request: the body is too large.');
  return Buffer.concat(chunks);
}

/**
 * The body as a JSON object; none is an empty one.
 * @throws bad_request
 */
export async function bodyOf(req: IncomingMessage): Promise<Json> {
  if (req.headers['content-length'] === undefined || req.headers['content-length'] === '0') return {};
  const bytes = await rawBody(req);
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw refusal('bad_request', 'bad request: the body is not JSON.', { cause });
  }
  if (!isJson(body)) throw refusal('bad_request', 'bad request: the body is not a JSON object.');
  return body;
}

/** An idempotency key, if there is one. @throws bad_key */
export function keyIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (value.length > MAX_KEY_CHARACTERS)
    throw refusal('bad_key', `An idempotency key has at most ${MAX_KEY_CHARACTERS} characters.`);
  return value;
}

/** What a binding makes of what was sent. @throws the fault's refusal, by the first field at fault */
export function read<Request, Response>(binding: HttpBinding<Request, Response>, input: Json): Request {
  const parsed = binding.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? '');
  const said = `bad request: ${field} ${issue?.message ?? ''}`.trim();
  throw refusal(binding.faults?.[field] ?? 'bad_request', said, { detail: field === '' ? {} : { field } });
}
