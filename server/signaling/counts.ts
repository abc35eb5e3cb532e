import type { ClientEventName } from '../../proto/signaling';
import type { SignalingErrorCode } from '../../proto/signaling-payloads';
import { counter, gauge } from '../metrics';
import type { MessageClass } from './classes';

/** What the edge of the sockets counts. Names and codes are closed sets: what a client makes up is `unknown`. */

const events = counter(
  'arcade_signaling_events_total',
  'Events of clients, by name and the code of their answer (ok, or that of the error)',
  ['event', 'code'],
);

export function countEvent(event: ClientEventName | 'unknown', code: 'ok' | SignalingErrorCode): void {
  events.inc({ event, code: String(code) });
}

/** Why an event was refused: by the edge itself, or by what it was for. */
type Refusal =
  | 'messages'
  | 'unknown_event'
  | 'payload'
  | 'size'
  | 'acting'
  | 'credits'
  | 'onlooker'
  | 'log_in'
  | 'not_yours'
  | 'not_found'
  | 'state'
  | 'too_fast'
  | 'ours';

/** What an answer of the handler itself means. */
const REFUSAL_OF = {
  400: 'payload',
  401: 'log_in',
  403: 'not_yours',
  404: 'not_found',
  409: 'state',
  413: 'size',
  429: 'too_fast',
  500: 'ours',
} as const satisfies Record<SignalingErrorCode, Refusal>;

const refusals = counter('arcade_signaling_refused_total', 'Events refused, by reason', ['reason']);

/** Why the edge refused with an error, for as long as the error lives. */
const why = new WeakMap<object, Refusal>();

/** Notes that the edge itself refuses, and why; returns the error to throw. */
export function refused(reason: Refusal, error: Error): Error {
  why.set(error, reason);
  return error;
}

/** @param code what the client is told; it says why where the refusal is not the edge's own. */
export function countRefusal(error: unknown, code: SignalingErrorCode): void {
  const own = typeof error === 'object' && error !== null ? why.get(error) : undefined;
  refusals.inc({ reason: own ?? REFUSAL_OF[code] });
}

/** What becomes of lines: `taken_over` by an onlooker that asks to, `replaced` by a newer one, `promoted` when the one that acted went. */
type LineFate =
  | 'opened'
  | 'closed'
  | 'refused'
  | 'looks_on'
  | 'reconnected'
  | 'taken_over'
  | 'replaced'
  | 'promoted'
  | 'cut_slow'
  | 'cut_unread'
  | 'cut_flood';

const lineFates = counter('arcade_signaling_lines_total', 'Lines of clients, by what became of them', [
  'what',
]);

export function countLine(what: LineFate): void {
  lineFates.inc({ what });
}

const sent = counter('arcade_signaling_sent_total', 'Messages that lines were given, acks aside, by class', [
  'class',
]);

/** @param lines that were given the message, where it went to several at once */
export function countSent(as: MessageClass, lines = 1): void {
  sent.inc({ class: as }, lines);
}

const queued = counter(
  'arcade_signaling_queued_total',
  'Messages that had to wait for a slow line, by class',
  ['class'],
);

export function countQueued(as: MessageClass): void {
  queued.inc({ class: as });
}

/**
 * `echo`: an error that was in an ack already. `superseded`: an older lobby. `oldest`: went for a newer one. `cut`: what waited for
 * a line that was cut.
 */
type Dropped = 'echo' | 'superseded' | 'oldest' | 'cut';

const dropped = counter(
  'arcade_signaling_outbox_dropped_total',
  'Messages that a slow line never got, by kind',
  ['kind'],
);

export function countDropped(kind: Dropped, messages = 1): void {
  dropped.inc({ kind }, messages);
}

export const lobbyUpdates = counter(
  'arcade_signaling_lobby_updates_total',
  'Lobby updates sent, one for each line',
);
export const lobbyDeltas = counter(
  'arcade_signaling_lobby_deltas_total',
  'Numbered changes of the lobby sent, one for each line',
);

/** What the edge holds at this moment, each read when somebody asks. */
export function showHeld(held: {
  readonly lines: () => number;
  readonly players: () => number;
  readonly inLobby: () => number;
  readonly waitingMessages: () => number;
  readonly busyLanes: () => number;
}): void {
  gauge('arcade_signaling_lines', 'Lines of clients that are open, onlookers included', held.lines);
  gauge('arcade_signaling_players', 'Players who have a line that acts', held.players);
  gauge('arcade_signaling_lobby_players', 'Players in the lobby', held.inLobby);
  gauge('arcade_signaling_waiting_messages', 'Messages that wait for slow lines', held.waitingMessages);
  gauge('arcade_signaling_busy_lanes', 'Lanes of players in which an event is being handled', held.busyLanes);
}
