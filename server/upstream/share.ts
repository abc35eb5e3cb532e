import { createHash } from 'node:crypto';

/** 2³²: as many as a bucket of 32 bits has values. */
const BUCKETS = 0x1_0000_0000;

/**
 * Where somebody stands between 0 and 1, the same for ever: whoever is within a share of 10 % is within one of 20 %,
 * and who comes in early for one upstream need not for another.
 * @param upstream what is shared, such as `reservation`
 * @param user the person's id, or anything that stands for one call
 */
export function placeInShare(upstream: string, user: string): number {
  return createHash('sha256').update(`${upstream}\0${user}`).digest().readUInt32BE(0) / BUCKETS;
}

/** @param percent 0 to 100: the part of all people for whom the new way is taken */
export function isInShare(upstream: string, user: string, percent: number): boolean {
  return placeInShare(upstream, user) * 100 < percent;
}
