import { AppError } from '../errors';
import { Bucket } from './credits';

/** Of one player, whoever is asked: what comes of it is a match, or costs. */
const BUDGET = { burst: 20, perSecond: 1 / 3 };
/** Of one player towards one other. */
const PAIR_BUDGET = { burst: 6, perSecond: 0.1 };
/** Full budgets are worth nothing to remember. */
const MAX_REMEMBERED = 20_000;

/** Requests that come to nothing are few in a time (SIG-26): asking and taking back again and again is a way to pester. */
export class Askings {
  readonly #buckets = new Map<string, Bucket>();

  /** Counts a request. @throws {AppError} RATE_LIMITED */
  ask(requesterId: string, targetId: string, nowMs: number): void {
    const pair = this.#bucket(pairKey(requesterId, targetId), PAIR_BUDGET, nowMs);
    if (!pair.take(nowMs))
      throw new AppError('RATE_LIMITED', 'You have asked this player several times; wait a while.');
    if (!this.#bucket(requesterId, BUDGET, nowMs).take(nowMs))
      throw new AppError('RATE_LIMITED', 'You have asked many players in a short time; wait a few seconds.');
  }

  /** There is a match between the two, whatever brought them together: nothing of what they asked counts. */
  agreed(requesterId: string, targetId: string): void {
    for (const key of [requesterId, targetId, pairKey(requesterId, targetId), pairKey(targetId, requesterId)])
      this.#buckets.delete(key);
  }

  #bucket(key: string, budget: typeof BUDGET, nowMs: number): Bucket {
    const known = this.#buckets.get(key);
    if (known) return known;
    if (this.#buckets.size >= MAX_REMEMBERED)
      for (const [other, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(other);
    const bucket = new Bucket(budget, nowMs);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

/** No id has a space in it. */
const pairKey = (requesterId: string, targetId: string): string => `${requesterId} ${targetId}`;
