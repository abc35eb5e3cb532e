import type { Db } from '../db/client';
import { refusal } from '../tournaments/refusals';
import type { Reservations } from '../tournaments/reservations/reservations';

/** A tournament as the ticket contracts' event. */
export interface TicketEvent {
  readonly id: string;
  readonly name: string;
  readonly blurb: string;
  readonly fee: number;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly startsAt: Date;
  readonly endedAt: Date | undefined;
  readonly seats: number;
  readonly held: number;
  readonly confirmed: number;
}

export interface EventBoard {
  /** @throws no_event */
  event(id: string): Promise<TicketEvent>;
}

export function eventBoard(db: Db, reservations: Reservations): EventBoard {
  return {
    async event(id) {
      const row = await db.tournament.findUnique({ where: { id } });
      if (!row) throw refusal('no_event', 'event not found: there is no tournament of this id.');
      const { seats, held, confirmed } = await reservations.availability(id);
      const { name, blurb, fee, opensAt, closesAt, startsAt, endedAt } = row;
      return {
        id,
        name,
        blurb,
        fee,
        opensAt,
        closesAt,
        startsAt,
        endedAt: endedAt ?? undefined,
        seats,
        held,
        confirmed,
      };
    },
  };
}
