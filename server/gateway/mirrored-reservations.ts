import type { Clock } from '../clock';
import type { Db } from '../db/client';
import type { Reservation } from '../db/generated/client';
import { roomLogger } from '../logger';
import { refusal } from '../tournaments/refusals';
import type { VerifyToken } from '../tournaments/reservations/context';
import { isBeforeStart, mayGiveBack, registration } from '../tournaments/reservations/hold';
import type { SeatMirror } from '../tournaments/reservations/mirror/mirror';
import type { Taken } from '../tournaments/reservations/mirror/take-over';
import type { SeatKeeper, ToldSeat } from '../tournaments/reservations/mirror/told';
import { numberOf } from './ask-seat';
import { reservationState } from './local-reservations';
import type { ReservationService } from './services';
import { coins } from './wire-json';

const log = roomLogger('gateway');

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly mirror: SeatMirror;
  readonly keeper: SeatKeeper;
  readonly verifyToken: VerifyToken;
}

/**
 * Seats that another service keeps, which need not know tournaments: when they are given, confirmed and given back is
 * decided here, and what it answers is known here at once (SEAT-12).
 */
export function mirroredReservations(service: ReservationService, parts: Parts): ReservationService {
  const { db, clock, mirror, keeper, verifyToken } = parts;
  const now = () => new Date(clock.now());

  /** What an answer tells; what can't be written now is heard in the next round. */
  async function tell(told: ToldSeat): Promise<Taken | undefined> {
    try {
      const taken = await mirror.tell(told);
      if (taken.is !== 'later') return taken;
      // Whatever stands in its way may be over there already.
      await mirror.catchUp(told.eventId);
      return await mirror.tell(told, true);
    } catch (err) {
      log.warn({ err, reservationId: told.reservationId }, 'a seat kept elsewhere is not known here yet');
      return undefined;
    }
  }

  const known = (id: string) =>
    db.reservation.findUnique({
      where: { id },
      include: { tournament: { select: { status: true, closesAt: true } } },
    });

  /** A seat as it is now, after a call that changed it. */
  async function changed(
    id: string,
    row: Reservation | null,
    news: Pick<ToldSeat, 'state'> & Partial<ToldSeat>,
  ): Promise<Taken | undefined> {
    const before = row ? toldBefore(row) : await keeper.get(id).catch(() => undefined);
    return before && tell({ ...before, ...news });
  }

  return {
    ...service,
    async createReservation(request, call) {
      if (call.isHop) return service.createReservation(request, call);
      const eventId = request.event_id;
      const userId = call.caller.kind === 'player' ? call.caller.playerId : request.user_id;
      const wanted = { eventId, userId };
      // A service that believes every token must not let people past the queue, which is here.
      const admitted = await verifyToken(request.reservation_token, clock.now(), wanted);
      if (admitted.eventId !== eventId || admitted.userId !== userId)
        throw refusal('bad_token', 'The reservation token is for another event or person.');
      const { tokenId } = admitted;
      const event = await db.tournament.findUnique({ where: { id: eventId } });
      if (!event) throw refusal('no_event', 'Event not found: there is no tournament of this id.');
      const open = registration(event, now());
      if (open !== 'open') throw refusal(open.refused, 'Conflict: registration is not open.');
      const answer = await service.createReservation(request, call);
      if (answer.error || answer.reservation_id === '') return answer;
      const taken = await tell({
        ...wanted,
        reservationId: answer.reservation_id,
        state: reservationState(answer.status) ?? 'hold',
        seat: numberOf(answer.reserved_seats),
        fee: coins(answer.total_amount),
        holdExpiresAt: answer.hold_expires_at,
        paymentIntentId: undefined,
        orderId: undefined,
        tokenId,
      });
      if (taken?.is === 'lost') throw lost(taken.why);
      return answer;
    },

    async confirmReservation(request, call) {
      if (call.isHop) return service.confirmReservation(request, call);
      const { reservation_id, payment_intent_id } = request;
      const row = await known(reservation_id);
      if (row && row.status !== 'confirmed' && !isBeforeStart(row.tournament))
        throw refusal('too_late', 'Conflict: the tournament has begun.');
      const answer = await service.confirmReservation(request, call);
      if (answer.error) return answer;
      const taken = await changed(reservation_id, row, {
        state: 'confirmed',
        orderId: answer.order_id || undefined,
        paymentIntentId: payment_intent_id || undefined,
      });
      if (taken?.is === 'lost') throw lost(taken.why);
      return answer;
    },

    async cancelReservation(request, call) {
      if (call.isHop) return service.cancelReservation(request, call);
      const { reservation_id } = request;
      const row = await known(reservation_id);
      if (row?.status === 'confirmed' && !mayGiveBack(row.tournament, now()))
        throw refusal('too_late', 'Conflict: registration is over; the seat can’t be given back any more.');
      const answer = await service.cancelReservation(request, call);
      if (!answer.error) await changed(reservation_id, row, { state: 'cancelled' });
      return answer;
    },

    async extendHold(request, call) {
      const answer = await service.extendHold(request, call);
      if (call.isHop || answer.error || !answer.new_expires_at) return answer;
      const row = await known(request.reservation_id);
      // The arcade itself asks for the time that somebody has to pay, which is no extension of his.
      const isPause = request.reason === 'payment' && call.caller.kind === 'trusted';
      await changed(request.reservation_id, row, {
        state: 'hold',
        holdExpiresAt: answer.new_expires_at,
        ...(isPause ? { isPauseUsed: true } : { isExtended: true }),
      });
      return answer;
    },
  };
}

/** A seat over there that can't be had here: it is given back there. */
const lost = (why: string) =>
  why === 'has_seat' || why === 'full'
    ? refusal(why, `Conflict: the seat can’t be had (${why}).`)
    : refusal('too_late', `Conflict: the seat is over (${why}).`);

const toldBefore = (row: Reservation): ToldSeat => ({
  reservationId: row.id,
  eventId: row.eventId,
  userId: row.userId,
  state: row.status,
  seat: row.seat,
  fee: row.fee,
  holdExpiresAt: row.holdExpiresAt,
  paymentIntentId: row.paymentIntentId ?? undefined,
  orderId: row.orderId ?? undefined,
});
