"""ReservationService and PaymentService in Python: what `BACKEND_RESERVATION_GRPC_ADDRESS` may point to.

    python3 tickets_service.py --event <tournament id>:<seats>:<fee> [--port 50052]

Domain failures are told in band: status OK and the answer's `error`. Who has seats and coins is in `tickets_store.py`.
"""

import argparse
import asyncio
import signal

import grpc
from tickets_payments import PaymentService
from tickets_reservations import ReservationService
from tickets_store import Event, Office

# Found by what was imported above.
from proto.payment.v1 import payment_pb2_grpc
from proto.reservation.v1 import reservation_pb2_grpc


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
