import { counter } from '../metrics';

/** What the procedures count. */

export const proceduresFailed = counter(
  'arcade_trpc_failed_total',
  'Procedures that were refused or failed, by what went wrong',
  ['type', 'code'],
);
