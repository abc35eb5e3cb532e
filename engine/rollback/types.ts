/**
 * A deterministic game as the rollback session sees it.
 *
 * The whole simulation state lives in `state` (one buffer), so a snapshot or a restore is one copy.
 * `advance` must depend on nothing but that buffer and the inputs given.
 *
 * A game whose state is not one buffer implements `beforeSave` and `afterLoad` and keeps its serialized
 * form in `state`: the session calls the first before it copies `state` out, the second after it copied in.
 */
export interface Game {
  /** The one buffer, viewed as bytes. Its identity and length never change during a session. */
  readonly state: Uint8Array;
  /** Bytes of input a player gives each frame, 1 to 8. */
  readonly inputBytes: number;
  /**
   * Simulates one frame in place.
   * @param inputs every player's input, player 0 first, `inputBytes` each. Read only, as `status` is.
   * @param status one entry a player: an `InputStatus`. A game may react to `disconnected`; it must treat
   *   `confirmed` and `predicted` alike, since a correct prediction is never simulated again.
   */
  advance(inputs: Uint8Array, status: Uint8Array): void;
  /** 32-bit digest of `state`; the sessions read it as uint32. `hashWords` is a fast one. */
  checksum(): number;
  /** Name of the field that holds byte `offset` of `state`, for desync reports. */
  describe?(offset: number): string;
  /** For games that keep state elsewhere: write it into `state`. */
  beforeSave?(): void;
  /** For games that keep state elsewhere: read it back from `state`. */
  afterLoad?(): void;
}

/** How a player's input for a frame is known. */
export const InputStatus = { confirmed: 0, predicted: 1, disconnected: 2 } as const;

/**
 * Datagrams to and from one remote peer. May drop, duplicate and reorder.
 * The session calls both only from inside its own `poll` and `advance`.
 */
export interface Transport {
  /** Sends one datagram. The bytes are only valid during the call. */
  send(bytes: Uint8Array): void;
  /** Returns the next received datagram, or undefined when there is none. */
  receive(): Uint8Array | undefined;
}

/** Guesses a remote player's input for a frame that has not arrived. Without one, the last known input repeats. */
export interface Predictor {
  /**
   * @param player whose input is guessed.
   * @param framesSince how many frames after the last known one the guess is for, from 1.
   * @param last the player's last known input (zeros before the first). Read only.
   * @param out where the guess goes, `inputBytes` long.
   */
  predict(player: number, framesSince: number, last: Uint8Array, out: Uint8Array): void;
}
