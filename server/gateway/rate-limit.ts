import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../clock';
import type { AppError } from '../errors';
import { refusal } from '../tournaments/refusals';

interface Bucket {
  tokens: number;
  /** Unix ms of the last look. */
  at: number;
}

/** What a look at the bucket gave. */
export interface Allowance {
  readonly isAllowed: boolean;
  /** Calls that may follow at once. */
  readonly remaining: number;
  /** Unix seconds at which the bucket is full again. */
  readonly resetAt: number;
  /** Seconds until the next call is allowed; 0 when it is now. */
  readonly retryAfter: number;
}

/** Who was forgotten starts with a full bucket: a flood of invented keys gains nothing that new addresses would not. */
const MAX_KEYS = 100_000;

/** Token buckets, one a key: `perSecond` on average, `burst` at once. */
export class RateLimit {
  readonly perSecond: number;
  readonly #burst: number;
  readonly #clock: Clock;
  readonly #buckets: LRUCache<string, Bucket>;
  /** Called with the key of each call that is allowed here. */
  onAllowed: ((key: string) => void) | undefined;

  constructor(perSecond: number, burst: number, clock: Clock = systemClock, maxKeys = MAX_KEYS) {
    this.perSecond = perSecond;
    this.#burst = Math.max(1, burst);
    this.#clock = clock;
    this.#buckets = new LRUCache({ max: maxKeys });
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Counts a call of this key. */
  take(key: string): Allowance {
    const now = this.#clock.now();
    const bucket = this.#bucketAt(key, now);
    const isAllowed = bucket.tokens >= 1;
    if (isAllowed) bucket.tokens -= 1;
    if (isAllowed) this.onAllowed?.(key);
    return this.#allowance(bucket, isAllowed);
  }

  /** Whether a call of this key would be allowed; it is not counted, and the key not remembered. */
  peek(key: string): Allowance {
    const bucket = this.#refilled(this.#buckets.peek(key), this.#clock.now());
    return this.#allowance(bucket, bucket.tokens >= 1);
  }

  #allowance(bucket: Bucket, isAllowed: boolean): Allowance {
    const missing = this.#burst - bucket.tokens;
    return {
      isAllowed,
      remaining: Math.max(0, Math.floor(bucket.tokens)),
      resetAt: Math.ceil((bucket.at + (missing / this.perSecond) * 1000) / 1000),
      retryAfter: isAllowed ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / this.perSecond)),
    };
  }

  /** Counts calls of this key that were allowed by others who share the limit. */
  spend(key: string, calls: number): void {
    const bucket = this.#bucketAt(key, this.#clock.now());
    // Not further down than what comes back in a second: together they may have allowed too many, once.
    bucket.tokens = Math.max(-this.perSecond, bucket.tokens - calls);
  }

  #bucketAt(key: string, now: number): Bucket {
    const known = this.#buckets.get(key);
    const bucket = this.#refilled(known, now);
    if (!known) this.#buckets.set(key, bucket);
    return bucket;
  }

  /** A bucket with what the time since brought; a full one where there is none. */
  #refilled(bucket: Bucket | undefined, now: number): Bucket {
    if (!bucket) return { tokens: this.#burst, at: now };
    const gained = (Math.max(0, now - bucket.at) / 1000) * this.perSecond;
    bucket.tokens = Math.min(this.#burst, bucket.tokens + gained);
    bucket.at = now;
    return bucket;
  }
}

/** What is said to whoever has nothing left. */
export const tooFast = ({ retryAfter }: Allowance): AppError =>
  refusal('too_fast', `Too many calls. Try again in ${retryAfter} s.`, {
    detail: { retryAfterSeconds: retryAfter },
  });
