import type {
  DeclineReason,
  EndCause,
  EndReason,
  InviteRefusal,
  MatchSource,
  RelayCause,
  Route,
} from './sessions';
import type { ClientEventName, ClientPayload, IceCandidate } from './signaling';
import type { Phrase } from './social';

/** What the server says to a browser: the answers and the events of docs/CONTRACT.md, SIG. What browsers say is in signaling.ts. */

/** Numbers of the closed error table (server/errors.ts), as a browser sees them. */
export type SignalingErrorCode = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500;

export interface SignalingError {
  readonly code: SignalingErrorCode;
  readonly message: string;
  readonly sessionId?: string;
  /** Set when a newer connection of this player took over (409): this one must stay away. */
  readonly replaced?: true;
  /** Set where only the acting connection of a player in a match is heard, and this is not the one (409). */
  readonly onlooker?: true;
  readonly detail?: {
    /** With 429 for what a player did in earlier fights: Unix milliseconds from which on it is possible again. */
    readonly until?: number;
    /** Why an invite link leads to no fight. */
    readonly reason?: InviteRefusal;
  };
}

/** Of one line, since it was opened. */
export interface LineStats {
  /** Messages of the client, and to it, answers included. */
  readonly in: number;
  readonly out: number;
  /** Messages that it never got, because it was too slow. */
  readonly dropped: number;
  /** Messages that wait for it, and about how many bytes they have. */
  readonly queued: number;
  readonly bytes: number;
  /** How long the answer to the server's last ping took; null before the first, which comes after 5 s. */
  readonly rttMs: number | null;
}

/** How somebody stands who waits for a quick match. */
export interface QuickMatchStatus {
  readonly rating: number;
  /** Rating points to either side that an opponent may be away; null: whoever is there. */
  readonly window: number | null;
  readonly waitingMs: number;
  /** How long it takes yet, about; null where nothing tells. */
  readonly estimateMs: number | null;
  /** Others who wait. */
  readonly others: number;
  readonly characterId: number;
}

/** Fields of a successful ack beside `ok`. */
interface ReplyFields {
  join_invite: { readonly sessionId: string };
  join_quick_match: { readonly status: QuickMatchStatus };
  line_stats: LineStats;
  /** In the order they were asked for, milliseconds there and back; null where it is not known. */
  lobby_pings: { readonly rttMs: readonly (number | null)[] };
  request_match: { readonly sessionId: string };
  accept_match: { readonly sessionId: string; readonly config: MatchConfig };
  decline_match: { readonly sessionId: string };
  /** First frame the judge still lacks from this player: send from there. It may go back after a restart. */
  match_inputs: { readonly nextFrame: number };
  /** First frame of this player's column that the judge still lacks. */
  own_inputs: { readonly nextFrame: number };
  /** Both columns as told so far, from frame 0: little-endian uint16, of player 1 and of player 2. */
  match_history: { readonly columns: readonly [Uint8Array, Uint8Array] };
}

export type Success<E extends ClientEventName> = { readonly ok: true } & (E extends keyof ReplyFields
  ? ReplyFields[E]
  : unknown);
export type Failure = { readonly ok: false; readonly error: SignalingError };
export type Ack<E extends ClientEventName> = Success<E> | Failure;

/** Several fights of the same two. */
export interface SetScore {
  /** Fights that one of them has to win. */
  readonly firstTo: number;
  /** What player 1 and player 2 had won before this one. */
  readonly wins: readonly [number, number];
}

/** Fixed by the server on acceptance, the same for both but for `playerIndex`. Player 1 makes the first offer. */
export interface MatchConfig {
  readonly playerIndex: 1 | 2;
  /** Characters of player 1 and player 2, numbered from 1. */
  readonly characters: readonly [number, number];
  /** uint32 */
  readonly seed: number;
  readonly delayFrames: number;
  readonly engineDigest: string;
  /** Of a fight that belongs to a set. */
  readonly set?: SetScore | undefined;
}

export interface LobbyPlayer {
  readonly playerId: string;
  readonly playerName: string;
  readonly status: 'available' | 'in_match';
  /** Glicko-2, of who has fought. */
  readonly rating?: number;
  /** Wants no requests. */
  readonly doNotDisturb?: true;
}

/** As RTCPeerConnection takes it. */
export interface IceServer {
  readonly urls: string | string[];
  readonly username?: string;
  readonly credential?: string;
}

/** Payloads of the server's events. */
export interface ServerPayloads {
  /** Always the first event of a connection. */
  ready: {
    playerId: string;
    playerName: string;
    protocolVersion: number;
    iceServers: IceServer[];
    /** The player is in a match on another connection: this one looks on until it sends `take_over`. */
    fighting?: { sessionId: string };
  };
  /** `seq` for who asked for changes (`auth.lobby: "delta"`): those with higher numbers come after it. */
  lobby_update: { players: LobbyPlayer[]; seq?: number };
  /** What is otherwise than at `seq - 1`; some of it a list of that number may have already. `left` are ids. */
  lobby_delta: {
    seq: number;
    joined: readonly LobbyPlayer[];
    left: readonly string[];
    changed: readonly LobbyPlayer[];
  };
  match_request_received: {
    requesterId: string;
    requesterName: string;
    /** The fighter that the requester chose. */
    characterId?: number;
    /** The requester is player 1. */
    set?: SetScore;
    sessionId: string;
    /** Unix milliseconds at which the request ends by itself. */
    expiresAt: number;
  };
  /** To both players; again to one who comes back before the fight. */
  match_request_accepted: {
    accepterId: string;
    accepterName: string;
    /** Who asked; not in the printed table. */
    requesterId?: string;
    requesterName?: string;
    sessionId: string;
    config: MatchConfig;
    /** Set where the server arranged the match: then each is told of the other as the one who accepted. */
    source?: MatchSource;
  };
  /** To the requester. */
  match_request_declined: {
    declinerId: string;
    declinerName: string;
    sessionId: string;
    reason: DeclineReason;
  };
  /** To the target, and to both when the request expired. */
  match_request_cancelled: { requesterId: string; sessionId: string; reason: DeclineReason };
  /** From the other player, as it was sent. */
  probe: { sessionId: string; senderId: string; data: Uint8Array };
  phrase_received: { sessionId: string; senderId: string; senderName: string; phrase: Phrase };
  /** To who waits for a quick match: every two seconds, and when it is over. `gone`: the line was away for too long. */
  quick_match_status:
    | ({ state: 'waiting' } & QuickMatchStatus)
    | { state: 'left'; reason: 'matched' | 'left' | 'in_match' | 'gone' };
  sdp_offer_received: { senderId: string; sdp: string; sessionId: string };
  sdp_answer_received: { senderId: string; sdp: string; sessionId: string };
  ice_candidate_received: { senderId: string; candidate: IceCandidate; sessionId: string };
  /** To both once both said `peer_connected`; again (`resumed`) to a player who comes back into the match. */
  match_started: {
    opponentId: string;
    opponentName: string;
    sessionId: string;
    config: MatchConfig;
    resumed: boolean;
    source?: MatchSource;
    /** With `resumed`, while the match is paused: who asked for it, and until when (Unix ms). */
    paused?: { by: string; until: number };
    /** With `resumed`: how often this match may still be paused. */
    pausesLeft?: number;
    /** The way between the two, where a browser has told one: the longer of what they told. */
    route?: Route;
    /** What the opponent signs its inputs with, where it told a key. */
    opponentInputKey?: string;
    /** The match goes through the relay of last resort, from this frame on. */
    relay?: { base: number };
  };
  /** The opponent's page was loaded again and signs with another key from now on. */
  opponent_key: { sessionId: string; inputKey: string };
  /** From the other browser, through the server. */
  relay_data: { sessionId: string; data: Uint8Array };
  /**
   * To both: the fight goes on through the server, from frame `base`, which the judge has of both. Who does not come with
   * `relay_data` until `until` (Unix ms) loses.
   */
  relay_opened: { sessionId: string; base: number; until: number; cause: RelayCause };
  /** To both: the inputs go on without the relay after all. */
  relay_closed: { sessionId: string };
  /** The opponent's own column as the server has it; only while the relay is open. */
  opponent_inputs: { sessionId: string; fromFrame: number; inputs: Uint8Array };
  /** To the other player: agree with `pause_match`, or let it lapse at `until` (Unix ms). */
  pause_proposed: { sessionId: string; by: string; until: number };
  /** To both: the match stands still until `until` (Unix ms), or until one of them says `resume_match`. */
  match_paused: { sessionId: string; by: string; until: number; pausesLeft: number };
  /** To both: it goes on. */
  match_resumed: { sessionId: string; pausesLeft: number };
  /** The opponent's line to the server went or came back; the fight itself runs between the browsers. */
  opponent_status: {
    opponentId: string;
    sessionId: string;
    online: boolean;
    /** Unix milliseconds until which the opponent may come back; only while away. */
    until?: number;
  };
  /**
   * The session is over. After a fight: the judge's verdict. When no fight came about (`failed`):
   * winner 0, no frames, and a FailureReason.
   */
  match_ended: {
    sessionId: string;
    winner: 0 | 1 | 2;
    reason: EndReason;
    frames: number;
    checksum: number;
    /** What brought about a forfeit, a dispute or no contest. */
    cause?: EndCause;
  };
  error: SignalingError;
}

export type ServerEventName = keyof ServerPayloads;

/** Socket.io's typed maps. */
export type ServerToClientEvents = { [E in ServerEventName]: (payload: ServerPayloads[E]) => void };
export type ClientToServerEvents = {
  [E in ClientEventName]: (payload: ClientPayload<E>, ack: (reply: Ack<E>) => void) => void;
};
