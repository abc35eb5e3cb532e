import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors';
import { singleton } from '../singleton';

/** A page tells at its end, and when it goes: more is no page of ours. */
const TOLD = { points: 20, duration: 60 } as const;

const told = () => singleton('wire-reports-told', () => new RateLimiterMemory(TOLD));

/** Counts what a player tells of lines, in this process. @throws {AppError} RATE_LIMITED */
export async function takeWireReport(playerId: string): Promise<void> {
  try {
    await told().consume(playerId);
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    throw new AppError('RATE_LIMITED', 'Too many reports of lines in a minute.', {
      detail: { retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000) },
    });
  }
}
