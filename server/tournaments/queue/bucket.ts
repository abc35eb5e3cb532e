/**
 * The token bucket that paces calls. It is part of what the log adds up to, so that several processes draw on one.
 */
export interface Bucket {
  ratePerMs: number;
  burst: number;
  level: number;
  /** When `level` was right. */
  atMs: number;
}

export function createBucket(): Bucket {
  return { ratePerMs: 0, burst: 1, level: 0, atMs: 0 };
}

export function levelAt(bucket: Bucket, nowMs: number): number {
  const gained = Math.max(0, nowMs - bucket.atMs) * bucket.ratePerMs;
  return Math.min(bucket.burst, bucket.level + gained);
}

/** Fills it up to now. */
export function advance(bucket: Bucket, nowMs: number): void {
  bucket.level = levelAt(bucket, nowMs);
  bucket.atMs = Math.max(bucket.atMs, nowMs);
}

/** How many may be called now. The hair's breadth forgives sums of fractions. */
export function callable(bucket: Bucket, nowMs: number): number {
  return Math.floor(levelAt(bucket, nowMs) + 1e-9);
}
