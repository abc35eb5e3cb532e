import type { Pool } from 'pg';
import { StatementFailed } from '../storage-faults';
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
 * through that. Neither what the statement takes nor what it gives may need a conversion: no dates, no big integers, but JSON,
 * text, booleans and 32-bit numbers.
 * @throws {StatementFailed} outside a transaction; Prisma's errors in one
 * @param db a client, or a transaction
 */
export async function readRows<Row extends object>(
  db: Db | Prisma.TransactionClient,
  statement: Prisma.Sql,
): Promise<Row[]> {
  const pool = pools.get(db);
  if (!pool) return db.$queryRaw<Row[]>(statement);
  try {
    return (await pool.query<Row>({ text: statement.text, values: statement.values })).rows;
  } catch (cause) {
    throw new StatementFailed(cause);
  }
}
