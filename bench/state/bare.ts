import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { z } from 'zod';

/** One statement as it was sent to the database. */
export const statement = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) });
export type Statement = z.output<typeof statement>;

const sent = z.union([z.string().transform((text) => ({ text, values: [] })), statement]);

/** Writes down, while somebody listens, what this process sends to the database. */
export class Recording {
  #record: Statement[] | undefined;

  constructor() {
    const send = Client.prototype.query;
    const note = (given: unknown) => this.#record?.push(sent.parse(given));
    Client.prototype.query = function query(this: Client, ...args: unknown[]) {
      note(args[0]);
      return Reflect.apply(send, this, args);
    };
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
