import type { RunView } from '@/server/arcade/views';
import type { StingerKind } from '../_stage/sound/stingers';

/** What of a run is heard. */
export type HeardRun = Pick<RunView, 'moment' | 'sequenceId' | 'version'> & {
  readonly items: readonly Pick<RunView['items'][number], 'id' | 'quantity'>[];
};

const count = ({ items }: HeardRun): number => items.reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * What is heard when a run shows something else than before, at most one thing.
 * @param before what was shown until now; undefined when the page was just opened
 */
export function stingerOf(before: HeardRun | undefined, now: HeardRun): StingerKind | undefined {
  if (before?.version === now.version) return undefined;
  if (now.moment === 'ending' || now.moment === 'over' || now.moment === 'continue')
    return before?.moment === now.moment ? undefined : now.moment;
  // What a fight has brought was heard with its result.
  if (before && before.moment !== 'fight' && count(now) > count(before)) return 'item';
  return before?.sequenceId === now.sequenceId && before.moment === now.moment ? undefined : 'scene';
}
