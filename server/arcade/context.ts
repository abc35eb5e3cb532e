import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Db } from '../db/client';
import type { LadderScenario } from './course/facts';
import type { Narrator } from './narrator';
import type { Referee } from './referee';
import type { Story, Tx } from './story';

/** A ladder that can be climbed here. */
export interface KnownLadder extends LadderScenario {
  /** Short and stable, such as `garam`. */
  readonly key: string;
  /** The scenario that sessions of it are started from. */
  readonly scenarioId: string;
  /** It comes with the arcade, so that every game master of ours knows its lines. */
  readonly isBundled: boolean;
}

/** The player's coins, as far as arcade mode needs them. */
export interface Purse {
  balance(userId: string): Promise<number>;
  /** Takes coins, once for each key. @throws {AppError} CONFLICT when there are too few */
  pay(tx: Tx, payment: { userId: string; coins: number; key: string; reason: string }): Promise<void>;
}

/** What the functions of arcade mode need. */
export interface ArcadeContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly story: Story;
  readonly narrator: Narrator;
  readonly referee: Referee;
  readonly purse: Purse;
  ladders(): Promise<readonly KnownLadder[]>;
  /** uint32, not to be guessed. */
  seed(): number;
}

/** Who plays, and in which language. */
export interface Climber {
  readonly playerId: string;
  readonly language: 'en' | 'ko';
}

export const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const;
/** Coins that another try costs when the continues are used up. */
export const CONTINUE_PRICE = 10;
