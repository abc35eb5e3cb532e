import type { ServerEventName } from '../../proto/signaling-payloads';

/**
 * What becomes of a message that a line can't take at once (SIG-22):
 * - `latest` counts only in its newest form: one waits, and is made when it can really be sent
 * - `oldest` is worth less the older it is: some wait, and the oldest goes for the newest
 * - `never` is never dropped: a line that can't take it in the end is cut, and finds the present state when it comes back
 */
export type MessageClass = 'latest' | 'oldest' | 'never';

/** The one table of it. */
export const CLASS_OF: { readonly [E in ServerEventName]: MessageClass } = {
  ready: 'never',
  lobby_update: 'latest',
  lobby_delta: 'oldest',
  match_request_received: 'never',
  match_request_accepted: 'never',
  match_request_declined: 'never',
  match_request_cancelled: 'never',
  // One that comes late measures nothing.
  probe: 'oldest',
  phrase_received: 'oldest',
  quick_match_status: 'latest',
  sdp_offer_received: 'never',
  sdp_answer_received: 'never',
  ice_candidate_received: 'never',
  match_started: 'never',
  opponent_key: 'never',
  relay_opened: 'never',
  relay_closed: 'never',
  // The engine sends again what nobody has acknowledged.
  relay_data: 'oldest',
  // Without a frame those after it are worth nothing, and nobody sends it again.
  opponent_inputs: 'never',
  pause_proposed: 'never',
  match_paused: 'never',
  match_resumed: 'never',
  opponent_status: 'never',
  match_ended: 'never',
  error: 'never',
};
