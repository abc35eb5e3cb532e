import type { Condition } from './scenario-steps';

/**
 * Whether one of the lists of conditions holds, however a run stands: one of them is empty, or two of one condition each are
 * each other's opposite.
 * @param isFought a fight has been won or lost before: without one neither holds
 */
export function isExhaustive(lists: readonly (readonly Condition[])[], isFought: boolean): boolean {
  if (lists.some((list) => list.length === 0)) return true;
  const alone = new Set(lists.flatMap((list) => (list.length === 1 ? list.map(keyOf) : [])));
  return lists.some(
    (list) => list.length === 1 && list.some((each) => alone.has(oppositeOf(each, isFought))),
  );
}

const keyOf = (condition: Condition): string => JSON.stringify(condition);

function oppositeOf(condition: Condition, isFought: boolean): string {
  if ('flag' in condition) return keyOf({ noFlag: condition.flag });
  if ('noFlag' in condition) return keyOf({ flag: condition.noFlag });
  if ('result' in condition && isFought)
    return keyOf({ result: condition.result === 'won' ? 'lost' : 'won' });
  return '';
}
