import type { Signaling } from '../../client/signaling';
import type { ServerPayloads } from '../../proto/signaling-payloads';

/** Messages of one match that are kept until its page listens. */
const MAX_KEPT = 128;

type MatchEvent =
  | 'sdp_offer_received'
  | 'sdp_answer_received'
  | 'ice_candidate_received'
  | 'match_started'
  | 'opponent_status'
  | 'pause_proposed'
  | 'match_paused'
  | 'match_resumed'
  | 'opponent_key'
  | 'relay_opened'
  | 'relay_closed'
  | 'relay_data'
  | 'opponent_inputs'
  | 'match_ended';

/** A message of one match, named by its event. */
export type MatchMessage = { [E in MatchEvent]: { event: E; payload: ServerPayloads[E] } }[MatchEvent];

/**
 * Keeps what arrives for a match before its page is there: the offer of a quick opponent comes while
 * the play page still loads.
 */
export interface Mailbox {
  /** Delivers the kept and every further message of a session; the returned function stops it. */
  listen(sessionId: string, onMessage: (message: MatchMessage) => void): () => void;
  close(): void;
}

/** Starts collecting at once; one mailbox a connection. */
export function createMailbox(signaling: Pick<Signaling, 'on'>): Mailbox {
  let keptFor = '';
  let kept: MatchMessage[] = [];
  const listeners = new Map<string, (message: MatchMessage) => void>();

  function receive(message: MatchMessage): void {
    const { sessionId } = message.payload;
    const listener = listeners.get(sessionId);
    if (listener) {
      listener(message);
      return;
    }
    // Datagrams are for who is there, and what the opponent told can be asked for.
    if (message.event === 'relay_data' || message.event === 'opponent_inputs') return;
    if (keptFor !== sessionId) {
      keptFor = sessionId;
      kept = [];
    }
    if (kept.length < MAX_KEPT) kept.push(message);
  }

  const stops = [
    signaling.on('sdp_offer_received', (payload) => receive({ event: 'sdp_offer_received', payload })),
    signaling.on('sdp_answer_received', (payload) => receive({ event: 'sdp_answer_received', payload })),
    signaling.on('ice_candidate_received', (payload) =>
      receive({ event: 'ice_candidate_received', payload }),
    ),
    signaling.on('match_started', (payload) => receive({ event: 'match_started', payload })),
    signaling.on('opponent_status', (payload) => receive({ event: 'opponent_status', payload })),
    signaling.on('pause_proposed', (payload) => receive({ event: 'pause_proposed', payload })),
    signaling.on('match_paused', (payload) => receive({ event: 'match_paused', payload })),
    signaling.on('match_resumed', (payload) => receive({ event: 'match_resumed', payload })),
    signaling.on('opponent_key', (payload) => receive({ event: 'opponent_key', payload })),
    signaling.on('relay_opened', (payload) => receive({ event: 'relay_opened', payload })),
    signaling.on('relay_closed', (payload) => receive({ event: 'relay_closed', payload })),
    signaling.on('relay_data', (payload) => receive({ event: 'relay_data', payload })),
    signaling.on('opponent_inputs', (payload) => receive({ event: 'opponent_inputs', payload })),
    signaling.on('match_ended', (payload) => receive({ event: 'match_ended', payload })),
  ];

  return {
    listen(sessionId, onMessage) {
      listeners.set(sessionId, onMessage);
      const early = keptFor === sessionId ? kept : [];
      kept = [];
      keptFor = '';
      for (const message of early) onMessage(message);
      return () => {
        if (listeners.get(sessionId) === onMessage) listeners.delete(sessionId);
      };
    },
    close() {
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
