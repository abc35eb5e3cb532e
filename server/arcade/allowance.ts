import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors';

/** How often one player may ask for what costs: a fight told is played again, a step asks a game master. */
const ALLOWED = {
  report: { points: 30, duration: 60 },
  step: { points: 240, duration: 60 },
} as const;

export type Costly = keyof typeof ALLOWED;

/** Counts what one player asks for, in this process. */
export interface Allowance {
  /** @throws {AppError} RATE_LIMITED, with the seconds after which it is allowed again */
  take(playerId: string, what: Costly): Promise<void>;
}

export function createAllowance(): Allowance {
  const limits = {
    report: new RateLimiterMemory(ALLOWED.report),
    step: new RateLimiterMemory(ALLOWED.step),
  } satisfies Record<Costly, RateLimiterMemory>;
  return {
    async take(playerId, what) {
      try {
        await limits[what].consume(playerId);
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        throw new AppError('RATE_LIMITED', 'That is too fast for a run. Wait a moment; nothing is lost.', {
          detail: { retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000) },
        });
      }
    },
  };
}
