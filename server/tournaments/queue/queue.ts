/** Where somebody stands. */
export type PlaceState =
  /** Waits; before the draw the position is 0. */
  | 'waiting'
  /** It is this person's turn: until `readyUntil` they may ask for admission. */
  | 'ready'
  /** Has a reservation token that was not used yet. */
  | 'admitted'
  /** Made a reservation with it. */
  | 'used'
  | 'left'
  | 'expired';

/** One person's place in the queue of one event. */
export interface Place {
  /** The waiting token: a UUID that nobody can guess; the same for the same place, on every device. */
  readonly token: string;
  /** What stands for the place in the public log. */
  readonly entryId: string;
  readonly eventId: string;
  readonly userId: string;
  readonly state: PlaceState;
  /** From 1 among those who wait; 0 before the draw and when it is over. */
  readonly position: number;
  /** How many wait, this one included. */
  readonly waiting: number;
  /** Wait until the turn, with the interval that nine of ten fall into. Seconds; undefined while nothing can be said. */
  readonly estimate: { readonly seconds: number; readonly low: number; readonly high: number } | undefined;
  readonly joinedAt: Date;
  /** When the turn or the admission ends, where there is one. */
  readonly readyUntil: Date | undefined;
  /** When the place itself ends: with the registration. */
  readonly expiresAt: Date;
  /** Nobody is admitted at the moment. */
  readonly isPaused: boolean;
  /** Every seat is taken and confirmed. */
  readonly isFull: boolean;
}

export interface Grant {
  /** Signed, for this event and person. */
  readonly reservationToken: string;
  readonly ttlSeconds: number;
  readonly validUntil: Date;
}

/** Numbers of one queue. */
export interface QueueStats {
  readonly eventId: string;
  readonly waiting: number;
  readonly admitted: number;
  readonly admissionsPerMinute: number;
  readonly averageWaitSeconds: number;
}

/** Fair and provable queues, one an event. Every call rejects (or throws) with a refusal. */
export interface Queue {
  /** Resolves when the queues of all open events are read in. */
  readonly ready: Promise<void>;
  /** Takes a place, or gives the one that the person has. @throws no_event, not_open, full, has_seat, bad_request */
  join(who: {
    readonly eventId: string;
    readonly userId: string;
    /** 64 hex digits that the entrant's own client drew; counts until the list is sealed. */
    readonly nonce?: string | undefined;
  }): Promise<Place>;
  /** From memory, places that are over included until their queue is let go. @throws no_place */
  place(token: string): Place;
  /** Like {@link place}; a token that is not known yet is looked for in what other processes wrote. @throws no_place */
  lookUp(token: string): Promise<Place>;
  /** The place of a person in an event, if any. */
  placeOf(eventId: string, userId: string): Place | undefined;
  /** @throws no_place, bad_request, too_late (the list is sealed), too_fast */
  setNonce(token: string, nonce: string): Promise<void>;
  /** The same admission again when asked again. @throws not_ready, no_place, place_expired, not_yours, has_seat, paused */
  admit(request: {
    readonly token: string;
    readonly eventId: string | undefined;
    readonly userId: string | undefined;
  }): Promise<Grant>;
  /** An unknown token is fine. */
  leave(token: string, reason: string): Promise<void>;
  /**
   * Takes people from the front, for queues whose owner calls by himself (`admissionsPerMinute` 0).
   * @returns whom, in order; fewer when fewer wait. @throws no_event
   */
  take(eventId: string, count: number): Promise<readonly string[]>;
  /** Something changed that the queue hangs on (a seat came back, the event was paused): look now, not at the next tick. */
  poke(eventId: string): void;
  /** Deletes the queue of an event that leaves no trace, such as a room. */
  forget(eventId: string): Promise<void>;
  /** Of one event, or of all that have a queue. */
  stats(eventId: string | undefined): readonly QueueStats[];
  /** Called after each change of the event's queue, at most some times a second. */
  watch(eventId: string, listener: () => void): () => void;
  /** Lines of the public log after `afterSeq`; no names, no ids of accounts. */
  publicLog(eventId: string, afterSeq: number, limit: number): Promise<readonly unknown[]>;
  /** Stops the ticks, ends what is being written and closes the log. */
  close(): Promise<void>;
}
