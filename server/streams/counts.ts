import { counter, gauge } from '../metrics';

/** What the room of streams counts. */

export const eventsSent = counter(
  'arcade_streams_events_total',
  'Events handed to viewers, one for each viewer',
  ['stream'],
);

export const outages = counter(
  'arcade_streams_outages_total',
  'Times that viewers were told that a stream reconnects, one for each stream',
  ['stream'],
);

export const streamsFailed = counter(
  'arcade_streams_failed_total',
  'Streams that ended as failed, by the code that viewers are told',
  ['stream', 'code'],
);

export const viewersResumed = counter(
  'arcade_streams_resumed_total',
  'Viewers who came back with the id of their last event and missed nothing',
  ['stream'],
);

export const gapsTold = counter(
  'arcade_streams_gaps_total',
  'Snapshots that viewers got instead of events that were gone: they came back too late, or read too slowly',
  ['stream'],
);

export const viewersRefused = counter(
  'arcade_streams_refused_total',
  'Viewers refused by a limit: of streams, of viewers of one stream, of streams or exhibitions of an address',
  ['limit'],
);

/** Reads how many watch now when somebody asks. */
export function gaugeViewers(read: () => number): void {
  gauge('arcade_streams_viewers', 'Subscriptions to streams that are open', read);
}
