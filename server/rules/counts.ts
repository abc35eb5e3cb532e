import type { ActionResult } from '../../proto/rules';
import { counter, gauge } from '../metrics';

/** What the Rule Engine counts. */

const rulings = counter(
  'arcade_rules_rulings_total',
  'Calculations by what was asked and what came of it: ruled, refused for want of room, failed',
  ['kind', 'outcome'],
);

export function countRuling(kind: ActionResult['kind'], outcome: 'ruled' | 'refused' | 'failed'): void {
  rulings.inc({ kind, outcome });
}

/** @param read how many calculations are under way */
export function showSimulators(read: () => number): void {
  gauge('arcade_rules_under_way', 'Calculations that run or wait for a thread', read);
}
