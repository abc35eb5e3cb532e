import * as z from 'zod/mini';
import {
  type DeclineReason,
  type EndCause,
  type EndReason,
  type InviteRefusal,
  type MatchSource,
  type RelayCause,
  ROUTES,
  type Route,
} from './sessions';
import {
  COLUMN_BYTES_PER_FRAME,
  INPUT_BYTES_PER_FRAME,
  INPUT_KEY_CHARS,
  INPUT_SIGNATURE_BYTES,
  INVITE_CODE_CHARS,
  MAX_CANDIDATE_CHARS,
  MAX_ID_CHARS,
  MAX_INPUT_FRAMES,
  MAX_PINGED_PLAYERS,
  MAX_PROBE_BYTES,
  MAX_REASON_CHARS,
  MAX_RELAY_BYTES,
  MAX_SDP_BYTES,
  SET_LENGTHS,
} from './signaling-limits';
import { PHRASES, type Phrase } from './social';

/**
 * Every message between a browser and the signaling server (docs/CONTRACT.md, SIG): event names and fields as
 * printed there, additions as optional fields and events of their own. Unknown fields are ignored.
 */

const id = z.string().check(
  z.maxLength(MAX_ID_CHARS),
  // No id of ours has anything else, and a database refuses some of it.
  z.regex(/^[\x21-\x7e]+$/, 'an id is printable ASCII'),
);
const uint32 = z.int().check(z.minimum(0), z.maximum(0xffff_ffff));
const frame = z.int().check(z.minimum(0), z.maximum(0x7fff_ffff));
const characterId = z.int().check(z.minimum(1), z.maximum(9999));

/** Marks a fault of size, which answers 413 instead of 400. */
const TOO_LARGE = 'too large';

const utf8 = new TextEncoder();

const sdp = z.string().check(
  z.minLength(1),
  // A UTF-16 unit is at most three bytes of UTF-8, so most texts need no encoding to be measured.
  z.refine((text) => text.length * 3 <= MAX_SDP_BYTES || utf8.encode(text).length <= MAX_SDP_BYTES, {
    error: `${TOO_LARGE}: an SDP has at most ${MAX_SDP_BYTES} bytes`,
  }),
);

export const iceCandidate = z.object({
  candidate: z.string().check(
    z.refine((text) => text.length <= MAX_CANDIDATE_CHARS, {
      error: `${TOO_LARGE}: a candidate has at most ${MAX_CANDIDATE_CHARS} characters`,
    }),
  ),
  sdpMid: z.optional(z.nullable(z.string().check(z.maxLength(64)))),
  sdpMLineIndex: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(65535)))),
  usernameFragment: z.optional(z.nullable(z.string().check(z.maxLength(256)))),
});

const bytes = () => z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'binary data is expected');

/** Inputs of so many bytes a frame. */
const frames = (bytesPerFrame: number, form: string) =>
  bytes().check(
    z.refine(({ byteLength }) => byteLength <= MAX_INPUT_FRAMES * bytesPerFrame, {
      error: `${TOO_LARGE}: at most ${MAX_INPUT_FRAMES} frames in one message`,
      abort: true,
    }),
    z.refine(({ byteLength }) => byteLength % bytesPerFrame === 0, { error: form }),
  );

const inputs = frames(INPUT_BYTES_PER_FRAME, 'a frame is two little-endian uint16, four bytes');
const column = frames(COLUMN_BYTES_PER_FRAME, 'a frame is one little-endian uint16, two bytes');

const signature = bytes().check(
  z.refine(({ byteLength }) => byteLength === INPUT_SIGNATURE_BYTES, {
    error: `a signature has ${INPUT_SIGNATURE_BYTES} bytes`,
  }),
);

/** The public half of a key for one match: the uncompressed P-256 point, base64url. */
const inputKey = z
  .string()
  .check(
    z.refine(
      (text) => text.length === INPUT_KEY_CHARS && /^[\w-]+$/.test(text),
      'a raw P-256 key, base64url',
    ),
  );

const inviteCode = z
  .string()
  .check(z.refine((text) => text.length <= INVITE_CODE_CHARS && /^[\w-]+$/.test(text), 'a code of a link'));

/** What a browser may send: one schema an event. */
const CLIENT_EVENTS = {
  join_lobby: z.object({ playerId: id }),
  leave_lobby: z.object({ playerId: id }),
  /** A change of the lobby was missed: the whole list, please. */
  lobby_resync: z.object({ playerId: id }),
  /** How this line does: what went over it, and what waits for it. */
  line_stats: z.object({ playerId: id }),
  /** Whether this player, while in the lobby, wants to be asked for matches. */
  set_status: z.object({ playerId: id, doNotDisturb: z.boolean() }),
  /** How far these players are from the server: for the rows of a list that are looked at. */
  lobby_pings: z.object({
    playerId: id,
    playerIds: z.array(id).check(z.maxLength(MAX_PINGED_PLAYERS)),
  }),
  request_match: z.object({
    requesterId: id,
    targetId: id,
    characterId: z.optional(characterId),
    /** Begins a set. */
    firstTo: z.optional(z.literal(SET_LENGTHS)),
    /** Goes on with the set of this fight, which is the last of the two. */
    follows: z.optional(id),
  }),
  accept_match: z.object({
    accepterId: id,
    requesterId: id,
    sessionId: z.optional(id),
    characterId: z.optional(characterId),
  }),
  decline_match: z.object({ declinerId: id, requesterId: id, sessionId: z.optional(id) }),
  cancel_match_request: z.object({ requesterId: id, targetId: id, sessionId: id }),
  /** For the other player of a request or a match before its fight: how good would a fight be? */
  probe: z.object({
    sessionId: id,
    data: bytes().check(
      z.refine(({ byteLength }) => byteLength <= MAX_PROBE_BYTES, {
        error: `${TOO_LARGE}: at most ${MAX_PROBE_BYTES} bytes in a probe`,
      }),
    ),
  }),
  /** To the other player of a session, also for a while after its end: instead of a chat. */
  send_phrase: z.object({ playerId: id, sessionId: id, phrase: z.enum(PHRASES) }),
  /** Wants to fight whoever is near in rating; who waits already changes the fighter. */
  join_quick_match: z.object({ playerId: id, characterId: z.optional(characterId) }),
  leave_quick_match: z.object({ playerId: id }),
  /** Fights who has made the link with this code. */
  join_invite: z.object({ playerId: id, code: inviteCode, characterId: z.optional(characterId) }),
  send_sdp_offer: z.object({ senderId: id, receiverId: id, sdp, sessionId: id }),
  send_sdp_answer: z.object({ senderId: id, receiverId: id, sdp, sessionId: id }),
  send_ice_candidate: z.object({ senderId: id, receiverId: id, candidate: iceCandidate, sessionId: id }),
  /** This browser's data channel is open. */
  peer_connected: z.object({
    playerId: id,
    sessionId: id,
    inputKey: z.optional(inputKey),
    /** The way that was found, as this browser knows it. */
    route: z.optional(z.enum(ROUTES)),
    /** The way that this browser expected before the match was agreed. */
    predicted: z.optional(z.enum(ROUTES)),
  }),
  /** This browser can't reach the other one, or gives up. */
  peer_failed: z.object({
    playerId: id,
    sessionId: id,
    reason: z.string().check(z.maxLength(MAX_REASON_CHARS)),
  }),
  /** From an onlooker: this connection is to act from now on; the one that did is told `replaced`. */
  take_over: z.object({ playerId: id, sessionId: id }),
  /** Gives the match up: a fight counts as lost, before one nothing counts. */
  leave_match: z.object({ playerId: id, sessionId: id }),
  /** Asks the other for a pause, or agrees to the one that the other has asked for. */
  pause_match: z.object({ playerId: id, sessionId: id }),
  /** Ends a pause before its time is up. */
  resume_match: z.object({ playerId: id, sessionId: id }),
  /** Confirmed inputs of both players as this browser saw them; no frame at all asks where to go on. */
  match_inputs: z.object({
    sessionId: id,
    fromFrame: frame,
    inputs,
    /** The opponent's latest signature that came over the peer line: over its first `frames` inputs. */
    opponentSignature: z.optional(z.object({ frames: frame, signature })),
  }),
  /** This player's own column, as it is made; the signature covers everything from frame 0 to the end of `inputs`. */
  own_inputs: z.object({ sessionId: id, fromFrame: frame, inputs: column, signature: z.optional(signature) }),
  /** For the other browser, which this one can't reach: the relay of last resort. */
  relay_data: z.object({
    sessionId: id,
    data: bytes().check(
      z.refine(({ byteLength }) => byteLength <= MAX_RELAY_BYTES, {
        error: `${TOO_LARGE}: at most ${MAX_RELAY_BYTES} bytes in one message`,
      }),
    ),
  }),
  /** What both players have told of the fight that is on, for a page that comes back into it. */
  match_history: z.object({ playerId: id, sessionId: id }),
  /** What this browser believes the result to be. */
  match_ended: z.object({ sessionId: id, frames: frame, checksum: uint32 }),
} as const;

export type ClientEventName = keyof typeof CLIENT_EVENTS;
export type ClientPayloads = { [E in ClientEventName]: z.output<(typeof CLIENT_EVENTS)[E]> };
export type ClientPayload<E extends ClientEventName> = ClientPayloads[E];
export type IceCandidate = z.infer<typeof iceCandidate>;

/** True for the name of an event that a browser may send. */
export function isClientEvent(name: string): name is ClientEventName {
  return Object.hasOwn(CLIENT_EVENTS, name);
}

/** Tells the compiler that each event's schema yields that event's payload. */
const SCHEMAS: { readonly [E in ClientEventName]: z.ZodMiniType<ClientPayloads[E]> } = CLIENT_EVENTS;

export type ParsedEvent<E extends ClientEventName> =
  | { readonly ok: true; readonly payload: ClientPayloads[E] }
  | { readonly ok: false; readonly code: 400 | 413; readonly message: string };

/** Reads what a browser sent; a fault names the fields. */
export function parseClientEvent<E extends ClientEventName>(event: E, raw: unknown): ParsedEvent<E> {
  const parsed = z.safeParse(SCHEMAS[event], raw);
  if (parsed.success) return { ok: true, payload: parsed.data };
  const { issues } = parsed.error;
  const faults = issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`);
  const isLarge = issues.some(({ message }) => message.startsWith(TOO_LARGE));
  return { ok: false, code: isLarge ? 413 : 400, message: `${event}: ${faults.join('; ')}` };
}

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
