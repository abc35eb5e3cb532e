import type { Client } from 'pg';

/**
 * Fills the database with copies of one session: every row of it under ids that are made of a number and the
 * original's id, so that anybody can tell the id of a copy.
 */
const COPY = (id: string, n = 'n') => `md5(${n} || '-' || ${id})::uuid`;

const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  StorySession: { id: COPY('t.id'), playerId: COPY('t."playerId"') },
  StoryPlayer: { id: COPY('t.id'), sessionId: COPY('t."sessionId"') },
  StoryEntity: { id: COPY('t.id'), sessionId: COPY('t."sessionId"') },
  StoryItem: { id: COPY('t.id'), sessionId: COPY('t."sessionId"') },
  StoryRelation: {
    sessionId: COPY('t."sessionId"'),
    fromId: COPY('t."fromId"'),
    toId: COPY('t."toId"'),
  },
  StoryTurn: { id: COPY('t.id'), sessionId: COPY('t."sessionId"') },
  StoryPhase: { id: COPY('t.id'), sessionId: COPY('t."sessionId"') },
};

/** @param copies how many; their numbers are 1 to so many */
export async function copySession(client: Client, sessionId: string, copies: number): Promise<void> {
  for (const [table, ids] of Object.entries(TABLES)) {
    const { rows } = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_name = $1 and column_name <> 'ordinal' order by ordinal_position`,
      [table],
    );
    const names = rows.map(({ name }) => name);
    const values = names.map((name) => ids[name] ?? `t."${name}"`);
    await client.query(
      `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')})
       select ${values.join(', ')} from "${table}" t, generate_series(1, ${copies}) n
       where t."${table === 'StorySession' ? 'id' : 'sessionId'}" = $1 order by n`,
      [sessionId],
    );
    await client.query(`vacuum analyze "${table}"`);
  }
}

/** Ids of the n-th copy for some of the original, in their order. */
export async function copiedIds(client: Client, originals: readonly string[], n: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select ${COPY('o.id', '$2::text')}::text as id from unnest($1::text[]) with ordinality o(id, at) order by at`,
    [originals, String(n)],
  );
  return rows.map(({ id }) => id);
}
