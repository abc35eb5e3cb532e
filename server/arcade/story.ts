import type { Prisma } from '../db/generated/client';
import type { KnownLadder } from './context';
import type { Facts, LadderScenario } from './course/facts';

/** Inside a transaction of the caller. */
export type Tx = Prisma.TransactionClient;

/** A step that the arcade has decided, as the State Manager keeps it. */
export interface StoryStep {
  /** The same key never writes twice. */
  readonly key: string;
  readonly before: Facts;
  readonly after: Facts;
  /** The phase that the player is in from now on. */
  readonly phase: 'exploration' | 'dialogue' | 'combat' | 'rest';
  /** What kind of turn TRACE shows, and with what. */
  readonly turnType: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

/** What the State Manager knows of a run. */
export interface StoryState
  extends Pick<Facts, 'sequenceId' | 'affinities' | 'items' | 'departed' | 'stamina' | 'nerve'> {
  readonly status: 'active' | 'paused' | 'ended';
}

/** The State Manager as arcade mode uses it: one session a run. */
export interface Story {
  /** Starts a session of a ladder; it is a copy, and stays as it is when the ladder is written anew. */
  start(tx: Tx, ladder: KnownLadder, userId: string): Promise<string>;
  /** @throws {AppError} NOT_FOUND */
  read(tx: Tx, sessionId: string): Promise<StoryState>;
  /** The scenario as the session has it. @throws {AppError} NOT_FOUND */
  ladderOf(tx: Tx, sessionId: string): Promise<LadderScenario>;
  /** @throws {AppError} CONFLICT for a session that is not active */
  write(tx: Tx, sessionId: string, step: StoryStep): Promise<void>;
  pause(tx: Tx, sessionId: string): Promise<void>;
  resume(tx: Tx, sessionId: string): Promise<void>;
  end(tx: Tx, sessionId: string): Promise<void>;
}
