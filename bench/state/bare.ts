import { randomUUID } from 'node:crypto';
import { type Client, Pool } from 'pg';
import { z } from 'zod';

/** One statement as it was sent to the database. */
export const statement = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) });
export type Statement = z.output<typeof statement>;

const sent = z.union([z.string().transform((text) => ({ text, values: [] })), statement]);

/** A pool that writes down what goes through it while somebody listens. */
export class RecordingPool {
  readonly pool: Pool;
  #record: Statement[] | undefined;

  constructor(url: string) {
    this.pool = new Pool({ connectionString: url, max: 4 });
    this.pool.on('connect', (client) => {
      const send = client.query.bind(client);
      const query = (...args: unknown[]) => {
        if (this.#record) this.#record.push(sent.parse(args[0]));
        return Reflect.apply(send, client, args);
      };
      Object.assign(client, { query });
    });
  }

  start(): void {
    this.#record = [];
  }

  /** The statements since then, in order. */
  stop(): readonly Statement[] {
    const record = this.#record ?? [];
    this.#record = undefined;
    return record;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The same statements for another session: its ids in place of the recorded ones, new ids for what they make. */
export function forOthers(
  statements: readonly Statement[],
  ids: ReadonlyMap<string, string>,
): readonly Statement[] {
  const swap = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'string') return value;
    if (UUID.test(value)) return ids.get(value) ?? randomUUID();
    let text = value;
    for (const [from, to] of ids) text = text.replaceAll(from, to);
    return text;
  };
  return statements.map(({ text, values }) => ({ text, values: values.map(swap) }));
}

/** Sends statements one after the other on one connection. */
export async function send(client: Client, statements: readonly Statement[]): Promise<void> {
  for (const { text, values } of statements)
    await client.query({ text, values: [...values], rowMode: 'array' });
}
