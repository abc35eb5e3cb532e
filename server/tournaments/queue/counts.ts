import type { QueueChange } from '../../../proto/queue-log';
import { counter, gauge } from '../../metrics';
import type { NewEvent } from './events';

/** What queues count. */

const events = counter('arcade_queue_events_total', 'Events that this process appended to queues, by type', [
  'type',
]);

export function countEvents(appended: readonly NewEvent[]): void {
  for (const { change } of appended) events.inc({ type: change.type satisfies QueueChange['type'] });
}

const appends = counter(
  'arcade_queue_appends_total',
  'Appends by what became of them: `behind` is another process that was faster, `unknown` a store that did not answer',
  ['outcome'],
);

export function countAppend(outcome: 'ok' | 'behind' | 'unknown'): void {
  appends.inc({ outcome });
}

const failures = counter(
  'arcade_queue_failed_ticks_total',
  'Ticks that failed, mostly because the store is away',
);

export function countFailedTick(): void {
  failures.inc();
}

/** @param read how many wait in all queues of this process */
export function showWaiting(read: () => number): void {
  gauge('arcade_queue_waiting', 'People who wait in the queues that this process knows', read, {
    isShared: true,
  });
}
