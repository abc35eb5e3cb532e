import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';
import { z } from 'zod';

/** An answer of the HTTP twin: what it says, or the code of a refusal. */
export type Answer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly status: number; readonly code: string };

const bodySchema = z.record(z.string(), z.unknown());
const refusalSchema = z.object({ code: z.string() });

/** Faults that pass: nobody is there, or somebody who can't answer now. Asked again under the same key. */
const PASSING = new Set([429, 500, 502, 503, 504]);

const agent = new Agent({ connections: 256, pipelining: 1, headersTimeout: 10_000, bodyTimeout: 10_000 });

/** What all the people of a rush saw, added up. */
export interface Seen {
  calls: number;
  retries: number;
  refused: Record<string, number>;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

/**
 * The counter of the ticket office as one person sees it: they ask until they are told something, under the same key, as
 * a page on a bad line does.
 */
export class Counter {
  constructor(
    private readonly origin: string,
    private readonly token: string,
    private readonly seen: Seen,
    private readonly wait: (ms: number) => Promise<void>,
    private readonly isOver: () => boolean,
  ) {}

  async ask(call: Call): Promise<Answer> {
    for (let tries = 0; ; tries++) {
      const answer = await this.#once(call);
      this.seen.calls += 1;
      if (answer !== undefined) {
        if (!answer.ok) this.seen.refused[answer.code] = (this.seen.refused[answer.code] ?? 0) + 1;
        return answer;
      }
      if (this.isOver()) return { ok: false, status: 0, code: 'RUSH_OVER' };
      this.seen.retries += 1;
      await this.wait(Math.min(2_000, 100 * 2 ** tries));
    }
  }

  /** undefined for what passes. */
  async #once({ method, path, body, key }: Call): Promise<Answer | undefined> {
    try {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const answer = await request(`${this.origin}${path}`, {
        method,
        dispatcher: agent,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(text === undefined ? {} : { body: text }),
      });
      const told: unknown = await answer.body.json();
      if (answer.statusCode < 300) return { ok: true, body: bodySchema.parse(told) };
      const code = refusalSchema.safeParse(told).data?.code ?? String(answer.statusCode);
      // The first request under the key still runs, perhaps in a process that is dead: its lock ends.
      if (PASSING.has(answer.statusCode) || code === 'DUPLICATE_REQUEST') return undefined;
      return { ok: false, status: answer.statusCode, code };
    } catch {
      return undefined;
    }
  }
}

/** A key of this person for this step; the same each time. */
export function keyOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

export function closeCounters(): Promise<void> {
  return agent.close();
}
