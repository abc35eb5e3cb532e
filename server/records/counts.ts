import { counter } from '../metrics';

/** What the records count. */

const rulings = counter(
  'arcade_records_rulings_total',
  'Second rulings asked of a rule engine, by what came of it: agrees, differs, or why there was none',
  ['outcome'],
);

export function countRuling(outcome: 'agrees' | 'differs' | 'away' | 'slow' | 'nonsense' | 'refused'): void {
  rulings.inc({ outcome });
}

const wireReports = counter(
  'arcade_records_wire_reports_total',
  'What pages told of the line of a fight: last, or part of a page that went',
  ['kind'],
);

export function countWireReport(kind: 'last' | 'part'): void {
  wireReports.inc({ kind });
}
