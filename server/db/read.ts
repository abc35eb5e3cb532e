import type { Pool } from 'pg';
import type { Db } from './client';
import type { Prisma } from './generated/client';

/** The pool behind each client: `createDb` fills it. */
const pools = new WeakMap<object, Pool>();

/** Remembers the pool that a client works on. */
export function rememberPool(db: Db, pool: Pool): void {
  pools.set(db, pool);
}

/**
 * Rows of one statement: straight from the pool, which costs half as much as through Prisma; inside a transaction
 * through that. What the statement gives must need no conversion: JSON, text, booleans and 32-bit numbers.
 * @param db a client, or a transaction
 */
export async function readRows<Row extends object>(
  db: Db | Prisma.TransactionClient,
  statement: Prisma.Sql,
): Promise<Row[]> {
  const pool = pools.get(db);
  if (!pool) return db.$queryRaw<Row[]>(statement);
  return (await pool.query<Row>({ text: statement.text, values: statement.values })).rows;
}
