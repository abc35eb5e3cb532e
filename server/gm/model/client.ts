import { Pool } from 'undici';
import { z } from 'zod';
import { AppError } from '../../errors';
import type { Message } from './prompt';

/** An endpoint in the manner of OpenAI's chat completions. */
export interface ModelAddress {
  /** What `/chat/completions` is put behind, such as `https://host/v1`. */
  readonly url: string;
  readonly key?: string | undefined;
  readonly name: string;
}

/** An answer may be so large. Bytes. */
const MOST_BYTES = 64 * 1024;
const MOST_TOKENS = 160;
const CONNECT_MS = 2_000;

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** Asks one endpoint, over connections of its own. */
export interface ModelClient {
  /** @throws {AppError} UNAVAILABLE or INTERNAL; and whatever ends the request when the signal aborts */
  complete(messages: readonly Message[], signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

export function createModelClient({ url, key, name }: ModelAddress, connections: number): ModelClient {
  const { origin, pathname } = new URL(url);
  const path = `${pathname.replace(/\/+$/, '')}/chat/completions`;
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    maxResponseSize: MOST_BYTES,
    // The signal ends a request.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_MS },
  });
  return {
    async complete(messages, signal) {
      const answer = await pool.request({
        method: 'POST',
        path,
        signal,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({ model: name, messages, max_tokens: MOST_TOKENS, temperature: 0.9 }),
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw refused(answer.statusCode);
      return readCompletion(text);
    },
    close: () => pool.destroy(),
  };
}

function refused(status: number): AppError {
  const isAway = status === 429 || status >= 500;
  return new AppError(isAway ? 'UNAVAILABLE' : 'INTERNAL', `The model's endpoint answers ${status}.`);
}

/** @throws {AppError} INTERNAL */
function readCompletion(text: string): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('INTERNAL', "The model's endpoint does not answer JSON.", { cause });
  }
  const parsed = completion.safeParse(json);
  const [first] = parsed.data?.choices ?? [];
  if (!first) throw new AppError('INTERNAL', "The model's endpoint answers no completion.");
  return first.message.content;
}
