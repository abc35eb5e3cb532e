import type { Prisma } from '../../db/generated/client';

/** The database, or a transaction in it. */
export type Tx = Prisma.TransactionClient;
