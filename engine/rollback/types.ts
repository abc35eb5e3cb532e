/**
 * A deterministic game as the rollback session sees it.
 *
 * The whole simulation state lives in `state` (one buffer), so a snapshot or a restore is one copy.
 * `advance` must depend on nothing but that buffer and the inputs given.
 */
export interface Game {
  /** The one buffer, viewed as bytes. Its identity and length never change during a session. */
  readonly state: Uint8Array;
  /** Bytes of input a player gives each frame, 1 to 8. */
  readonly inputBytes: number;
  /**
   * Simulates one frame in place.
   * @param inputs every player's input, player 0 first, `inputBytes` each.
   * @param status one entry a player: an `InputStatus`.
   */
  advance(inputs: Uint8Array, status: Uint8Array): void;
  /** uint32 digest of `state`. */
  checksum(): number;
  /** Name of the field that holds byte `offset` of `state`, for desync reports. */
  describe?(offset: number): string;
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
