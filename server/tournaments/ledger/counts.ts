import { counter, gauge } from '../../metrics';
import { singleton } from '../../singleton';
import type { PostedLine } from './entries';

/** What the books count. */

const transfers = counter(
  'arcade_ledger_transfers_total',
  'Transfers that were written, those of transactions that failed later included',
  ['kind'],
);
const coins = counter('arcade_ledger_coins_moved_total', 'Coins that these transfers moved', ['kind']);

/** @param kind of the closed set of `LEDGER_KINDS` */
export function countTransfer(kind: string, posted: readonly PostedLine[]): void {
  transfers.inc({ kind });
  coins.inc(
    { kind },
    posted.reduce((sum, { amount }) => sum + Math.max(0, amount), 0),
  );
}

const proofs = counter('arcade_ledger_proofs_total', 'Proofs of the books by outcome', ['outcome']);
const latest = singleton('ledger-violations', () => ({ violations: 0 }));

/** @param violations that the latest proof of this process found */
export function countProof(violations: number): void {
  proofs.inc({ outcome: violations === 0 ? 'sound' : 'broken' });
  latest.violations = violations;
  gauge(
    'arcade_ledger_violations',
    'Violations that the latest proof of the books found',
    () => latest.violations,
    { isShared: true },
  );
}
