import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';
import { MAX_BODY_BYTES } from './body-limit';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A body as a JSON object; none is an empty one. Its announced length was looked at before.
 * @throws {AppError} TOO_LARGE, BAD_REQUEST when it ended early, UNPROCESSABLE when it is no JSON object
 */
export async function readJsonBody(req: IncomingMessage): Promise<Record<string, unknown>> {
  return parseJsonBody((await readBody(req)).toString('utf8'));
}

/**
 * The text of a body as a JSON object; none is an empty one.
 * @throws {AppError} UNPROCESSABLE when it is no JSON object
 */
export function parseJsonBody(text: string): Record<string, unknown> {
  if (text === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new AppError('UNPROCESSABLE', 'The body is not JSON.', {
      cause,
      faults: [{ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error', input: {} }],
    });
  }
  if (isObject(body)) return body;
  throw new AppError('UNPROCESSABLE', 'The body is not a JSON object.', {
    faults: [{ type: 'dict_type', loc: ['body'], msg: 'Input should be a valid dictionary', input: null }],
  });
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
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
    throw new AppError('BAD_REQUEST', 'The body ended early.', { cause });
  }
  if (length > MAX_BODY_BYTES)
    throw new AppError('TOO_LARGE', `The body has more than ${MAX_BODY_BYTES} bytes.`, {
      detail: { maxBytes: MAX_BODY_BYTES },
    });
  return Buffer.concat(chunks);
}
