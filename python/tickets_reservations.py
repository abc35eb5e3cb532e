"""ReservationService: seats, by the rules in `tickets_store.py`."""

# First: it finds the generated code.
from tickets_words import Replies, coins, page, stamp  # isort: skip

from proto.common.v1 import types_pb2
from proto.reservation.v1 import reservation_pb2, reservation_pb2_grpc


def reservation_status(reservation):
    return reservation_pb2.ReservationStatus.Value(f"RESERVATION_STATUS_{reservation.status}")


def seats_of(reservation):
    states = {"HOLD": "RESERVED", "CONFIRMED": "SOLD"}
    status = types_pb2.SeatStatus.Value(f"SEAT_STATUS_{states.get(reservation.status, 'AVAILABLE')}")
    return [
        types_pb2.Seat(
            id=str(reservation.seat),
            section="bracket",
            number=str(reservation.seat),
            price=coins(reservation.fee),
            status=status,
        )
    ]


def told_reservation(reservation):
    return reservation_pb2.Reservation(
        reservation_id=reservation.id,
        event_id=reservation.event_id,
        user_id=reservation.user_id,
        status=reservation_status(reservation),
        seats=seats_of(reservation),
        quantity=1,
        total_amount=coins(reservation.fee),
        created_at=stamp(reservation.created_at),
        updated_at=stamp(reservation.updated_at),
        hold_expires_at=stamp(reservation.hold_expires_at),
        payment_intent_id=reservation.payment_intent_id,
        order_id=reservation.order_id,
    )


class ReservationService(reservation_pb2_grpc.ReservationServiceServicer):
    def __init__(self, office):
        self.office = office
        self.replies = Replies()

    async def CreateReservation(self, request, context):
        def work():
            made = self.office.reserve(
                request.event_id,
                request.user_id,
                request.quantity,
                request.seat_ids,
                request.reservation_token,
            )
            return reservation_pb2.CreateReservationResponse(
                reservation_id=made.id,
                status=reservation_status(made),
                hold_expires_at=stamp(made.hold_expires_at),
                reserved_seats=seats_of(made),
                total_amount=coins(made.fee),
            )

        return self.replies.answer("create", request, reservation_pb2.CreateReservationResponse, work)

    async def GetReservation(self, request, context):
        def work():
            found = self.office.find(request.reservation_id, request.user_id)
            return reservation_pb2.GetReservationResponse(reservation=told_reservation(found))

        return Replies.try_it(reservation_pb2.GetReservationResponse, work)

    async def ConfirmReservation(self, request, context):
        def work():
            done = self.office.confirm(request.reservation_id, request.payment_intent_id, request.user_id)
            return reservation_pb2.ConfirmReservationResponse(
                order_id=done.order_id,
                status=reservation_status(done),
                confirmed_at=stamp(done.ended_at),
                confirmed_seats=seats_of(done),
            )

        return self.replies.answer("confirm", request, reservation_pb2.ConfirmReservationResponse, work)

    async def CancelReservation(self, request, context):
        def work():
            done = self.office.cancel(request.reservation_id, request.user_id)
            return reservation_pb2.CancelReservationResponse(
                status=reservation_status(done),
                cancelled_at=stamp(done.ended_at),
                released_seats=seats_of(done),
            )

        return self.replies.answer("cancel", request, reservation_pb2.CancelReservationResponse, work)

    async def ListReservations(self, request, context):
        self.office.expire()
        found, info = page(
            [
                r
                for r in self.office.reservations.values()
                if request.user_id in ("", r.user_id)
                and request.event_id in ("", r.event_id)
                and request.status in (0, reservation_status(r))
            ],
            request.pagination,
        )
        return reservation_pb2.ListReservationsResponse(
            reservations=[told_reservation(r) for r in found], page_info=info
        )

    async def ExtendHold(self, request, context):
        def work():
            held, seconds = self.office.extend(
                request.reservation_id, request.user_id, request.extension_seconds
            )
            return reservation_pb2.ExtendHoldResponse(
                new_expires_at=stamp(held.hold_expires_at), extended_seconds=seconds, extension_allowed=False
            )

        return self.replies.answer("extend", request, reservation_pb2.ExtendHoldResponse, work)
