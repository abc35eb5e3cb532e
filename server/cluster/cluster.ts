/**
 * The processes that carry one arcade together, as everybody in the server may use them. `local.ts` is the arcade of one
 * process, where all of this costs nothing; `redis/` is the one of several.
 */
export interface Cluster {
  readonly nodes: Nodes;
  readonly bus: Bus;
  readonly ownership: Ownership;
  /** Says goodbye: the others go on without this node at once. */
  close(): Promise<void>;
}

/** Who is there. */
export interface Nodes {
  /** This process, and this run of it: after a restart it is another node. */
  readonly own: string;
  /** Whether there may be others at all. */
  readonly isShared: boolean;
  /**
   * False while the others may believe that this node is gone, because it could not say for too long that it is not. It then
   * does nothing that whoever took over may be doing, too.
   */
  readonly isCounted: boolean;
  /** The others that live. */
  others(): readonly string[];
  /** Another node is gone; what it had is whoever's takes it. */
  onGone(listener: (nodeId: string) => void): void;
  /** This node is back among the others: messages may have been lost in both directions, and what it had be taken. */
  onMended(listener: () => void): void;
}

/**
 * Messages between nodes: at most once, from one node to another in the order they were sent. Who hears one looks at what is
 * in it (zod); bytes may be.
 */
export interface Bus {
  /** To all others. */
  tellAll(topic: string, data: unknown): void;
  tell(nodeId: string, topic: string, data: unknown): void;
  hear(topic: string, handler: (data: unknown, from: string) => void): void;
  /**
   * @returns what the other's handler answered
   * @throws {AppError} as that one threw; UNAVAILABLE when nothing was answered in time, with `detail.gone` when the node is
   *   gone; TOO_LARGE
   */
  ask(nodeId: string, topic: string, data: unknown): Promise<unknown>;
  /** One handler a topic. */
  answer(topic: string, handler: (data: unknown, from: string) => Promise<unknown>): void;
}

/** Which node something belongs to. It keeps it until it lets go or is gone. */
export interface Ownership {
  /**
   * Takes what belongs to nobody who lives.
   * @returns whose it is now
   * @throws {AppError} UNAVAILABLE
   */
  claim(id: string): Promise<string>;
  /**
   * The node that it belongs to, if that lives.
   * @throws {AppError} UNAVAILABLE
   */
  find(id: string): Promise<string | undefined>;
  /** Lets go of what is this node's. */
  release(id: string): void;
}

/** A message has at most so many bytes: the whole list of 10,000 people is a sixth of it. */
export const MAX_BUS_BYTES = 8 * 1024 * 1024;

/** A node that has not said for so long that it lives is gone. */
export const NODE_TTL_MS = 3_000;
/** How often it says so. */
export const BEAT_MS = 750;

/** What a question may take: long enough to notice that whoever is asked is gone. */
export const ASK_TIMEOUT_MS = 6_000;
/** Questions that wait for their answers. */
export const MAX_ASKED = 20_000;
