import type { IceServer, LobbyPlayer, MatchConfig, ServerPayloads } from '@/proto/signaling';
import type { SignalingState } from './signaling';

/** Somebody challenges this player. */
export type IncomingRequest = ServerPayloads['match_request_received'];

/** This player challenges somebody. */
export interface OutgoingRequest {
  readonly sessionId: string;
  readonly targetId: string;
  readonly targetName: string;
  /** Unix milliseconds at which it ends by itself. */
  readonly expiresAt: number;
}

/** How this player's last challenge ended without a match. */
export interface RequestOutcome {
  readonly name: string;
  readonly reason: ServerPayloads['match_request_declined']['reason'];
}

/** The match this player is in, from acceptance until `leaveMatch`. */
export interface ActiveMatch {
  readonly sessionId: string;
  readonly opponentId: string;
  readonly opponentName: string;
  readonly config: MatchConfig;
}

/** Everything the pages know about the arcade, replaced as a whole at each change. */
export interface ArcadeState {
  readonly line: SignalingState;
  /** The server's word on why the line is down, where it gave one. */
  readonly lineMessage: string | undefined;
  readonly self: { readonly playerId: string; readonly playerName: string } | null;
  readonly iceServers: readonly IceServer[];
  /** null until the first list arrives. */
  readonly players: readonly LobbyPlayer[] | null;
  readonly incoming: readonly IncomingRequest[];
  readonly outgoing: OutgoingRequest | null;
  readonly outcome: RequestOutcome | null;
  readonly match: ActiveMatch | null;
  /** This player fights in another tab: this one looks on and leaves line and fight alone. */
  readonly fightingElsewhere: { readonly sessionId: string; readonly isOver: boolean } | null;
}

export const INITIAL_ARCADE_STATE: ArcadeState = {
  line: 'connecting',
  lineMessage: undefined,
  self: null,
  iceServers: [],
  players: null,
  incoming: [],
  outgoing: null,
  outcome: null,
  match: null,
  fightingElsewhere: null,
};

/** The line went: the server ends open requests with it, a match goes on. */
export function afterLineLost(state: ArcadeState): ArcadeState {
  return { ...state, incoming: [], outgoing: null };
}

/** Both players learn of the acceptance; who the opponent is depends on whose request it was. */
export function afterAccepted(
  state: ArcadeState,
  payload: ServerPayloads['match_request_accepted'],
): ArcadeState {
  const { sessionId, config, accepterId, accepterName } = payload;
  const request = state.incoming.find((incoming) => incoming.sessionId === sessionId);
  const opponent =
    accepterId === state.self?.playerId
      ? {
          opponentId: payload.requesterId ?? request?.requesterId ?? '',
          opponentName: payload.requesterName ?? request?.requesterName ?? '',
        }
      : { opponentId: accepterId, opponentName: accepterName };
  return { ...state, incoming: [], outgoing: null, outcome: null, match: { sessionId, config, ...opponent } };
}

/** The target of this player's request said no, or the server did. */
export function afterDeclined(
  state: ArcadeState,
  payload: ServerPayloads['match_request_declined'],
): ArcadeState {
  if (state.outgoing?.sessionId !== payload.sessionId) return state;
  return { ...state, outgoing: null, outcome: { name: payload.declinerName, reason: payload.reason } };
}

/** A request was withdrawn or expired: told to its target, and to both when it expired. */
export function afterCancelled(
  state: ArcadeState,
  { sessionId, reason }: ServerPayloads['match_request_cancelled'],
): ArcadeState {
  const incoming = state.incoming.filter((request) => request.sessionId !== sessionId);
  if (state.outgoing?.sessionId !== sessionId) return { ...state, incoming };
  const outcome = reason === 'cancelled' ? null : { name: state.outgoing.targetName, reason };
  return { ...state, incoming, outgoing: null, outcome };
}
