import type { SeatMirror } from '../reservations/mirror/mirror';
import type { SeatSource } from './sources';

/**
 * Seats that another service keeps: counted by what it told. Where it was silent for too long none is free, and what is
 * taken over there and unknown here is taken all the same.
 */
export function heardSeats(counted: SeatSource, mirror: Pick<SeatMirror, 'isCurrent' | 'unfit'>): SeatSource {
  return {
    seated: (eventId, userIds) => counted.seated(eventId, userIds),
    async count(eventId, tokenIds) {
      const count = await counted.count(eventId, tokenIds);
      const held = mirror.isCurrent(eventId)
        ? count.held + mirror.unfit(eventId)
        : Math.max(count.held, count.seats - count.confirmed);
      return { ...count, held };
    },
  };
}
