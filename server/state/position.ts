import type { Scenario } from '../../proto/scenario';

/** Where a session stands in its scenario: numbers from 1, and what the scenario calls them. */
export interface Position {
  readonly act: number;
  readonly sequence: number;
  readonly actId: string;
  readonly sequenceId: string;
}

/**
 * The position with these numbers. Ids follow the numbers: the n-th act, and the m-th sequence of it (of the whole
 * scenario where no act lists any); where there is none, names that lead nowhere.
 */
export function positionAt(
  { acts, sequences }: Pick<Scenario, 'acts' | 'sequences'>,
  act: number,
  sequence: number,
  {
    actId,
    sequenceId,
  }: { readonly actId?: string | undefined; readonly sequenceId?: string | undefined } = {},
): Position {
  const found = actId === undefined ? acts[act - 1] : acts.find(({ id }) => id === actId);
  const listed = found && found.sequences.length > 0 ? found.sequences : undefined;
  const all = acts.length === 0 ? sequences.map(({ id }) => id) : [];
  return {
    act,
    sequence,
    actId: actId ?? found?.id ?? `act-${act}`,
    sequenceId: sequenceId ?? (listed ?? all)[sequence - 1] ?? `seq-${sequence}`,
  };
}
