import { asAppError } from '../errors';
import { ErrorCode } from '../grpc/gen/proto/common/v1/errors';
import { type Reservation, ReservationStatus } from '../grpc/gen/proto/reservation/v1/reservation';
import { roomLogger } from '../logger';
import { refusal } from '../tournaments/refusals';
import { isLive } from '../tournaments/reservations/hold';
import type { SeatKeeper, ToldSeat } from '../tournaments/reservations/mirror/told';
import { createWarnings } from '../tournaments/reservations/mirror/warnings';
import { askSeat, toldOf } from './ask-seat';
import { refusalOf } from './failures';
import { ownCall } from './own-call';
import type { ReservationService } from './services';

const log = roomLogger('gateway');

/** What a service answers that has no such list, or none for us. Anything else is a failure of the moment. */
const NO_LIST: ReadonlySet<ErrorCode> = new Set([
  ErrorCode.ERROR_CODE_INVALID_ARGUMENT,
  ErrorCode.ERROR_CODE_NOT_FOUND,
  ErrorCode.ERROR_CODE_FORBIDDEN,
  ErrorCode.ERROR_CODE_UNAUTHORIZED,
  ErrorCode.ERROR_CODE_FAILED_PRECONDITION,
]);
const PAGE = 100;
/** More seats than any tournament has. */
const MOST_PAGES = 50;

/**
 * Another service's seats, asked about by the public contract.
 * @param service asked at each call: it is opened after the seats
 */
export function seatKeeper(service: () => ReservationService): SeatKeeper {
  const warnings = createWarnings(log);

  const get = (reservationId: string) => askSeat(service(), reservationId);

  /** What can't be read is left out, and asked about where it is known here. */
  function readable(reservation: Reservation, status: ReservationStatus): readonly ToldSeat[] {
    const { reservation_id: reservationId } = reservation;
    try {
      return [toldOf(reservation, status)];
    } catch (err) {
      warnings.warn(reservationId, { err, reservationId }, 'a seat that is listed elsewhere can’t be read');
      return [];
    }
  }

  /**
   * Pages follow each other by cursor, else by their number: whichever service counts from 1 tells the first one twice.
   * @returns undefined: there is no such list
   */
  async function listIn(eventId: string, status: ReservationStatus): Promise<ToldSeat[] | undefined> {
    const found = new Map<string, ToldSeat>();
    let cursor = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const pagination = { page: cursor === '' ? page : 0, page_size: PAGE, cursor };
      const request = { user_id: '', event_id: eventId, status, pagination };
      const { reservations, page_info, error } = await service().listReservations(request, ownCall());
      if (error && NO_LIST.has(error.code) && page === 0) return undefined;
      if (error) throw refusalOf(error, 'reservation');
      const before = found.size;
      // A service that does not filter tells of others too.
      for (const one of reservations.filter(({ event_id }) => event_id === eventId))
        for (const told of readable(one, status)) if (isLive(told.state)) found.set(told.reservationId, told);
      if (!page_info?.has_next_page) return [...found.values()];
      cursor = page_info.next_cursor;
      // It tells the same page whatever is asked for.
      if (cursor === '' && page > 1 && found.size === before) return [...found.values()];
    }
    throw refusal('upstream_broken', 'The reservation service’s list of seats has no end.');
  }

  return {
    get,
    async list(eventId) {
      try {
        // In this order a seat that is confirmed meanwhile is in one of them.
        const held = await listIn(eventId, ReservationStatus.RESERVATION_STATUS_HOLD);
        const confirmed = held && (await listIn(eventId, ReservationStatus.RESERVATION_STATUS_CONFIRMED));
        if (!held || !confirmed) return undefined;
        const newest = new Map([...held, ...confirmed].map((one) => [one.reservationId, one]));
        return [...newest.values()];
      } catch (error) {
        if (asAppError(error)?.code === 'UNIMPLEMENTED') return undefined;
        throw error;
      }
    },
    async release({ reservationId, userId, reason }) {
      const key = `release:${reservationId}`;
      const request = { reservation_id: reservationId, user_id: userId, reason, idempotency_key: key };
      const { error } = await service().cancelReservation(request, ownCall(key));
      if (!error) return true;
      const now = await get(reservationId);
      return now === undefined || !isLive(now.state);
    },
  };
}
