/** Limits and names of the signaling protocol, free of any library so that a page may import them. */

/** Raised when an old browser could no longer talk to a new server. */
export const PROTOCOL_VERSION = 1;

/** Path of the Socket.io endpoint (requirement S1). */
export const SIGNALING_PATH = '/ws/signal';

/** The same, said in msgpack (`socket.io-msgpack-parser`). */
export const SIGNALING_MSGPACK_PATH = '/ws/signal-msgpack';

/** An SDP is opaque to the server, and never larger than this many UTF-8 bytes. */
export const MAX_SDP_BYTES = 64 * 1024;

/** An ICE candidate line is a few hundred bytes; mDNS and TURN names make none longer than this. */
export const MAX_CANDIDATE_CHARS = 4096;

/** Most frames in one `match_inputs`: ten seconds of fight. */
export const MAX_INPUT_FRAMES = 600;

/** One frame of `match_inputs`: a little-endian uint16 for player 1 and one for player 2. */
export const INPUT_BYTES_PER_FRAME = 4;

/** One frame of `own_inputs`: a little-endian uint16. */
export const COLUMN_BYTES_PER_FRAME = 2;

/** ECDSA over P-256 with SHA-256, r and s one after another. */
export const INPUT_SIGNATURE_BYTES = 64;

/** An uncompressed P-256 point of 65 bytes in base64url, without padding. */
export const INPUT_KEY_CHARS = 87;

/** Largest datagram that the relay of last resort carries: what the data channel carries, too. */
export const MAX_RELAY_BYTES = 1200;

/** Largest probe of a connection before a fight (SIG-28). */
export const MAX_PROBE_BYTES = 64;

/** Players whose distance one message may ask for. */
export const MAX_PINGED_PLAYERS = 100;

/** Longest id (`playerId`, `sessionId`) that a message may carry. */
export const MAX_ID_CHARS = 128;

/** Longest `auth.clientId`: one id a tab, by which a reloaded page is known again. */
export const MAX_CLIENT_ID_CHARS = 64;

/** Longest reason a browser may give for a failed connection. */
export const MAX_REASON_CHARS = 200;

/** A request that nobody answers ends as declined after this long. */
export const REQUEST_EXPIRY_MS = 30_000;

/** How many fights of a set one of the two has to win; 1 is a fight of its own. */
export const SET_LENGTHS = [1, 2, 3, 5] as const;
export type SetLength = (typeof SET_LENGTHS)[number];

/** An invite link works for so long. */
export const INVITE_EXPIRY_MS = 60 * 60_000;

/** The code of an invite link: 16 bytes in base64url. */
export const INVITE_CODE_CHARS = 22;

/** What a match may be paused by agreement (SES-12, SES-13). */
export const PAUSE_LIMITS = {
  /** A proposal that the other does not answer lapses after this long. */
  answerMs: 10_000,
  /** Longest single pause. */
  longestMs: 60_000,
  /** Pauses of one match. */
  most: 3,
  /** What all pauses of one match may last together. */
  totalMs: 120_000,
} as const;
