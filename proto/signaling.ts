import * as z from 'zod/mini';
import { ROUTES } from './sessions';
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
import { PHRASES } from './social';

/**
 * Every message from a browser to the signaling server (docs/CONTRACT.md, SIG; what the server says is in signaling-payloads.ts): event names and fields as
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
