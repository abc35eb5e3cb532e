import type { ClientEventName, ClientPayload } from '../../proto/signaling';
import type { Handler } from './context';
import type { Family } from './credits';
import {
  leaveMatch,
  matchEnded,
  matchHistory,
  matchInputs,
  ownInputs,
  pauseMatch,
  resumeMatch,
  takeOver,
} from './handlers/fight';
import { joinInvite } from './handlers/invite';
import { lineStats } from './handlers/line';
import { joinLobby, leaveLobby, lobbyPings, lobbyResync, setStatus } from './handlers/lobby';
import { acceptMatch, cancelMatchRequest, declineMatch, requestMatch } from './handlers/match';
import {
  peerConnected,
  peerFailed,
  relayData,
  sendIceCandidate,
  sendSdpAnswer,
  sendSdpOffer,
} from './handlers/peer';
import { joinQuickMatch, leaveQuickMatch } from './handlers/quick-match';
import { probe, sendPhrase } from './handlers/social';

/** All that the server knows of one event of a client; its schema stands in proto/signaling.ts, its reply in proto/signaling-payloads.ts. */
export interface EventRow<E extends ClientEventName> {
  readonly handle: Handler<E>;
  /** Names the field that says who acts, which must be the signed-in player; null acts for the connection. */
  readonly acting: (keyof ClientPayload<E> & string) | null;
  /** Events of a family share a budget. */
  readonly family: Family;
  /** Events of a lane are handled one after another; inputs have one of their own, so that a slow judge holds up nothing else, and so have the relay and what is said. */
  readonly lane: 'player' | 'inputs' | 'relay' | 'words';
  /** Whether a connection that only looks on may send it, too. */
  readonly onlookers?: true;
}

/** Where an event is authorised, what it costs and who handles it: one row an event. */
export const EVENTS: { readonly [E in ClientEventName]: EventRow<E> } = {
  join_lobby: { handle: joinLobby, acting: 'playerId', family: 'lobby', lane: 'player', onlookers: true },
  leave_lobby: { handle: leaveLobby, acting: 'playerId', family: 'lobby', lane: 'player' },
  lobby_resync: { handle: lobbyResync, acting: 'playerId', family: 'lobby', lane: 'player', onlookers: true },
  line_stats: { handle: lineStats, acting: 'playerId', family: 'lobby', lane: 'player', onlookers: true },
  set_status: { handle: setStatus, acting: 'playerId', family: 'lobby', lane: 'player' },
  lobby_pings: { handle: lobbyPings, acting: 'playerId', family: 'lobby', lane: 'words', onlookers: true },
  request_match: { handle: requestMatch, acting: 'requesterId', family: 'match', lane: 'player' },
  accept_match: { handle: acceptMatch, acting: 'accepterId', family: 'match', lane: 'player' },
  decline_match: { handle: declineMatch, acting: 'declinerId', family: 'match', lane: 'player' },
  cancel_match_request: {
    handle: cancelMatchRequest,
    acting: 'requesterId',
    family: 'match',
    lane: 'player',
  },
  probe: { handle: probe, acting: null, family: 'probe', lane: 'relay' },
  send_phrase: { handle: sendPhrase, acting: 'playerId', family: 'phrase', lane: 'words' },
  join_quick_match: { handle: joinQuickMatch, acting: 'playerId', family: 'quick', lane: 'player' },
  join_invite: { handle: joinInvite, acting: 'playerId', family: 'quick', lane: 'player' },
  leave_quick_match: { handle: leaveQuickMatch, acting: 'playerId', family: 'quick', lane: 'player' },
  send_sdp_offer: { handle: sendSdpOffer, acting: 'senderId', family: 'signal', lane: 'player' },
  send_sdp_answer: { handle: sendSdpAnswer, acting: 'senderId', family: 'signal', lane: 'player' },
  send_ice_candidate: { handle: sendIceCandidate, acting: 'senderId', family: 'signal', lane: 'player' },
  peer_connected: { handle: peerConnected, acting: 'playerId', family: 'match', lane: 'player' },
  peer_failed: { handle: peerFailed, acting: 'playerId', family: 'match', lane: 'player' },
  take_over: { handle: takeOver, acting: 'playerId', family: 'match', lane: 'player', onlookers: true },
  leave_match: { handle: leaveMatch, acting: 'playerId', family: 'match', lane: 'player' },
  pause_match: { handle: pauseMatch, acting: 'playerId', family: 'match', lane: 'player' },
  resume_match: { handle: resumeMatch, acting: 'playerId', family: 'match', lane: 'player' },
  match_inputs: { handle: matchInputs, acting: null, family: 'inputs', lane: 'inputs' },
  own_inputs: { handle: ownInputs, acting: null, family: 'own', lane: 'inputs' },
  relay_data: { handle: relayData, acting: null, family: 'relay', lane: 'relay' },
  match_history: { handle: matchHistory, acting: 'playerId', family: 'history', lane: 'player' },
  match_ended: { handle: matchEnded, acting: null, family: 'match', lane: 'player' },
};
