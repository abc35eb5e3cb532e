"""ReservationService and PaymentService in Python: what `BACKEND_RESERVATION_GRPC_ADDRESS` may point to.

    python3 tickets_service.py --event <tournament id>:<seats>:<fee> [--port 50052]

Domain failures are told in band: status OK and the answer's `error`. Who has seats and coins is in `tickets_store.py`.
"""

import argparse
import asyncio
import signal
import sys
import time
from pathlib import Path

import grpc

sys.path.insert(0, str(Path(__file__).parent / "gen"))

from google.protobuf.timestamp_pb2 import Timestamp  # noqa: E402
from proto.common.v1 import errors_pb2, types_pb2  # noqa: E402
from proto.payment.v1 import payment_pb2, payment_pb2_grpc  # noqa: E402
from proto.reservation.v1 import reservation_pb2, reservation_pb2_grpc  # noqa: E402
from tickets_store import INTENT_SECONDS, Event, Office, Refused  # noqa: E402

IDEMPOTENCY_SECONDS = 300
MAX_PAGE = 100


def stamp(seconds):
    if not seconds:
        return None
    made = Timestamp()
    made.FromMicroseconds(int(seconds * 1_000_000))
    return made


def coins(amount):
    return types_pb2.Money(amount=amount, currency="COIN")


def error(refused):
    code = errors_pb2.ErrorCode.Value(f"ERROR_CODE_{refused.code}")
    return errors_pb2.Error(code=code, message=refused.message)


def reservation_status(reservation):
    return reservation_pb2.ReservationStatus.Value(f"RESERVATION_STATUS_{reservation.status}")


def payment_status(payment):
    return payment_pb2.PaymentStatus.Value(f"PAYMENT_STATUS_{payment.status}")


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


def result_of(payment):
    return payment_pb2.PaymentResult(
        success=payment.status == "COMPLETED",
        failure_reason=payment.failure,
        processed_at=stamp(payment.processed_at),
    )


def told_payment(payment):
    return payment_pb2.Payment(
        payment_intent_id=payment.id,
        payment_id=payment.id,
        reservation_id=payment.reservation_id,
        user_id=payment.user_id,
        status=payment_status(payment),
        amount=coins(payment.amount),
        method=payment.method,
        created_at=stamp(payment.created_at),
        updated_at=stamp(payment.updated_at),
        processed_at=stamp(payment.processed_at),
        transaction_id=payment.transaction_id,
        result=result_of(payment) if payment.processed_at else None,
    )


def page(items, pagination):
    """A page of what was found, newest first, and the PageInfo that goes with it."""
    items = sorted(items, key=lambda item: (-item.created_at, item.id))
    size = min(max(pagination.page_size or 20, 1), MAX_PAGE)
    start = int(pagination.cursor) if pagination.cursor.isdigit() else max(0, pagination.page - 1) * size
    end = start + size
    info = types_pb2.PageInfo(
        total_count=len(items),
        has_next_page=end < len(items),
        has_previous_page=start > 0,
        next_cursor=str(end) if end < len(items) else "",
    )
    return items[start:end], info


class Replies:
    """The first answer to a key, given again to the same request for five minutes."""

    def __init__(self):
        self.known = {}

    def answer(self, method, request, response_type, work):
        key = (method, request.idempotency_key)
        if not request.idempotency_key:
            return self.try_it(response_type, work)
        now = time.monotonic()
        self.known = {k: v for k, v in self.known.items() if v[0] > now}
        if key in self.known:
            _, before, reply = self.known[key]
            if before == request.SerializeToString(deterministic=True):
                return reply
            conflict = Refused("IDEMPOTENCY_CONFLICT", "conflict: this key was used for another request")
            return response_type(error=error(conflict))
        reply = self.try_it(response_type, work)
        self.known[key] = (now + IDEMPOTENCY_SECONDS, request.SerializeToString(deterministic=True), reply)
        return reply

    @staticmethod
    def try_it(response_type, work):
        try:
            return work()
        except Refused as refused:
            return response_type(error=error(refused))


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


class PaymentService(payment_pb2_grpc.PaymentServiceServicer):
    def __init__(self, office):
        self.office = office
        self.replies = Replies()

    async def CreatePaymentIntent(self, request, context):
        def work():
            made = self.office.intend(
                request.reservation_id,
                request.amount.amount,
                request.amount.currency,
                request.user_id,
                request.method,
            )
            return payment_pb2.CreatePaymentIntentResponse(
                payment_intent_id=made.id,
                status=payment_status(made),
                expires_at=stamp(made.created_at + INTENT_SECONDS),
            )

        return self.replies.answer("intent", request, payment_pb2.CreatePaymentIntentResponse, work)

    async def ProcessPayment(self, request, context):
        def work():
            done = self.office.process(request.payment_intent_id)
            return payment_pb2.ProcessPaymentResponse(
                payment_id=done.id,
                status=payment_status(done),
                processed_at=stamp(done.processed_at),
                transaction_id=done.transaction_id,
                result=result_of(done),
            )

        return self.replies.answer("process", request, payment_pb2.ProcessPaymentResponse, work)

    async def GetPaymentStatus(self, request, context):
        def work():
            found = self.office.find_payment(request.payment_intent_id, request.user_id)
            return payment_pb2.GetPaymentStatusResponse(payment=told_payment(found))

        return Replies.try_it(payment_pb2.GetPaymentStatusResponse, work)

    async def CancelPayment(self, request, context):
        def work():
            done = self.office.cancel_payment(request.payment_intent_id, request.refund_amount.amount)
            return payment_pb2.CancelPaymentResponse(
                status=payment_status(done),
                cancelled_at=stamp(done.updated_at),
                refunded_amount=coins(done.refunded),
                refund_id=done.refund_id,
            )

        return self.replies.answer("cancel", request, payment_pb2.CancelPaymentResponse, work)

    async def ListPayments(self, request, context):
        found, info = page(
            [
                p
                for p in self.office.payments.values()
                if request.user_id in ("", p.user_id)
                and request.reservation_id in ("", p.reservation_id)
                and request.status in (0, payment_status(p))
            ],
            request.pagination,
        )
        return payment_pb2.ListPaymentsResponse(payments=[told_payment(p) for p in found], page_info=info)


def event_option(text):
    name, seats, fee = (text.split(":") + ["0"])[:3]
    return name, Event(int(seats), int(fee))


async def keep_tidy(office):
    while True:
        office.expire()
        await asyncio.sleep(1)


async def serve(options):
    office = Office(
        dict(options.event), options.hold_seconds, trusts_reservations=options.trust_reservations
    )
    server = grpc.aio.server()
    reservation_pb2_grpc.add_ReservationServiceServicer_to_server(ReservationService(office), server)
    payment_pb2_grpc.add_PaymentServiceServicer_to_server(PaymentService(office), server)
    bound = server.add_insecure_port(f"{options.host}:{options.port}")
    await server.start()
    print(f"listening on {options.host}:{bound}", flush=True)
    tidying = asyncio.create_task(keep_tidy(office))
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
    tidying.cancel()
    await server.stop(grace=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=50052, help="0 takes a free one")
    parser.add_argument("--hold-seconds", type=int, default=300)
    parser.add_argument(
        "--event", type=event_option, action="append", default=[], metavar="ID:SEATS[:FEE]"
    )
    parser.add_argument(
        "--trust-reservations", action="store_true", help="take payments for seats that others keep"
    )
    asyncio.run(serve(parser.parse_args()))
