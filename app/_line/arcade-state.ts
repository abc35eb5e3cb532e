import type { MatchSource } from '@/proto/sessions';
import type { IceServer, LobbyPlayer, MatchConfig, ServerPayloads } from '@/proto/signaling-payloads';
import type { QuickWait } from '../../client/quick-match';
import type { SignalingState } from '../../client/signaling';

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
  /**
   * How this page came to it: `agreed` here, or arranged by the arcade, which waits for nobody; `found`, agreed before the page
   * was loaded; `resumed`, fought already when the page was loaded.
   */
  readonly origin: 'agreed' | 'found' | 'resumed';
  /** What arranged it; absent for a challenge. */
  readonly source?: MatchSource;
  /** The server has said how it ended. */
  readonly isOver: boolean;
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
  /** How this player's wait for a quick match stands. */
  readonly quickMatch: QuickWait | null;
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
  quickMatch: null,
  fightingElsewhere: null,
};

/** The line went: the server ends open requests with it, a match goes on. */
export function afterLineLost(state: ArcadeState): ArcadeState {
  return { ...state, incoming: [], outgoing: null };
}

/**
 * Both players learn of the acceptance; who the opponent is depends on whose request it was.
 * @param isAsking a challenge of this page is under way, so that its answer may be here before its ack.
 */
export function afterAccepted(
  state: ArcadeState,
  payload: ServerPayloads['match_request_accepted'],
  isAsking: boolean,
): ArcadeState {
  const { sessionId, config, accepterId, accepterName } = payload;
  if (state.match?.sessionId === sessionId) return { ...state, incoming: [], outgoing: null, outcome: null };
  const request = state.incoming.find((incoming) => incoming.sessionId === sessionId);
  const isArranged = payload.source !== undefined;
  const isKnown = isArranged || isAsking || request !== undefined || state.outgoing?.sessionId === sessionId;
  const opponent =
    accepterId === state.self?.playerId
      ? {
          opponentId: payload.requesterId ?? request?.requesterId ?? '',
          opponentName: payload.requesterName ?? request?.requesterName ?? '',
        }
      : { opponentId: accepterId, opponentName: accepterName };
  const match = {
    sessionId,
    config,
    ...opponent,
    origin: isKnown ? 'agreed' : 'found',
    ...sourceOf(payload),
    isOver: false,
  } as const;
  return { ...state, incoming: [], outgoing: null, outcome: null, fightingElsewhere: null, match };
}

const sourceOf = ({ source }: { readonly source?: MatchSource }) => (source ? { source } : {});

/** The fight is on: the first word of it for a page that was loaded meanwhile, otherwise what is known. */
export function afterStarted(state: ArcadeState, payload: ServerPayloads['match_started']): ArcadeState {
  const { sessionId, opponentId, opponentName, config } = payload;
  if (state.match?.sessionId === sessionId) return state;
  const match = {
    sessionId,
    opponentId,
    opponentName,
    config,
    origin: 'resumed',
    ...sourceOf(payload),
    isOver: false,
  } as const;
  return { ...state, fightingElsewhere: null, match };
}

/** A match is over, here or in another tab. The line stays the other tab's until the player asks for it here. */
export function afterEnded(state: ArcadeState, sessionId: string): ArcadeState {
  const { match, fightingElsewhere } = state;
  return {
    ...state,
    match: match?.sessionId === sessionId ? { ...match, isOver: true } : match,
    fightingElsewhere:
      fightingElsewhere?.sessionId === sessionId ? { sessionId, isOver: true } : fightingElsewhere,
  };
}

/** Another page of this player took over, and with it the match that goes on. */
export function afterReplaced(state: ArcadeState): ArcadeState {
  const { match } = state;
  if (!match || match.isOver) return state;
  return { ...state, match: null, fightingElsewhere: { sessionId: match.sessionId, isOver: false } };
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
