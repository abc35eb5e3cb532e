import type { SeatCount } from '../sources';
import type { PlainQueue } from './plain-queue';

interface Reservation {
  readonly userId: string;
  status: 'hold' | 'confirmed' | 'ended';
}

/** Seats as the reservations keep them, in the plainest way. */
export interface World {
  seats: number;
  readonly reservations: Map<string, Reservation>;
  taken(): number;
  hasSeat(userId: string): boolean;
  count(tokens: readonly string[]): SeatCount;
  /** @returns what came of it; `full` would be an admission without a seat. */
  reserve(queue: PlainQueue, tokenId: string, userId: string, until: Date): 'reserved' | 'refused' | 'full';
}

export function createWorld(seats: number): World {
  const reservations = new Map<string, Reservation>();
  const all = (): Reservation[] => [...reservations.values()];
  const world: World = {
    seats,
    reservations,
    taken: () => all().filter(({ status }) => status !== 'ended').length,
    hasSeat: (userId) => all().some((one) => one.userId === userId && one.status !== 'ended'),
    count: (tokens) => ({
      seats: world.seats,
      held: all().filter(({ status }) => status === 'hold').length,
      confirmed: all().filter(({ status }) => status === 'confirmed').length,
      usedTokens: new Set(tokens.filter((token) => reservations.has(token))),
    }),
    reserve(queue, tokenId, userId, until) {
      if (queue.nowMs >= until.getTime() || reservations.has(tokenId) || world.hasSeat(userId))
        return 'refused';
      if (world.taken() >= world.seats) return 'full';
      reservations.set(tokenId, { userId, status: 'hold' });
      return 'reserved';
    },
  };
  return world;
}
