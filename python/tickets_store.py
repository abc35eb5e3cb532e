"""Seats and coins in memory: the rules of a small ticket office, without a word about wires.

One event loop, no threads, so what a method does between two awaits nobody else sees half done.
"""

import time
import uuid
from dataclasses import dataclass, field

WELCOME_COINS = 100
INTENT_SECONDS = 900


class Refused(Exception):
    """Told in the answer's `error` field. `code` is a name of common.v1.ErrorCode without its prefix."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass
class Event:
    seats: int
    fee: int = 0


@dataclass
class Reservation:
    event_id: str
    user_id: str
    seat: int
    fee: int
    hold_expires_at: float
    status: str = "HOLD"
    extended: bool = False
    payment_intent_id: str = ""
    order_id: str = ""
    ended_at: float = 0.0
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created_at: float = field(default_factory=time.time)
    updated_at: float = field(default_factory=time.time)

    def is_taken(self):
        return self.status in ("HOLD", "CONFIRMED")


@dataclass
class Payment:
    reservation_id: str
    user_id: str
    amount: int
    method: int = 0
    status: str = "PENDING"
    transaction_id: str = ""
    failure: str = ""
    refunded: int = 0
    refund_id: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created_at: float = field(default_factory=time.time)
    updated_at: float = field(default_factory=time.time)
    processed_at: float = 0.0


class Office:
    """Everything that is held, sold and paid."""

    def __init__(self, events, hold_seconds=300, clock=time.time, trusts_reservations=False):
        self.events = events
        # Seats may be kept by somebody else, who checks what is paid for them.
        self.trusts_reservations = trusts_reservations
        self.hold_seconds = hold_seconds
        self.clock = clock
        self.reservations = {}
        self.payments = {}
        self.coins = {}
        self.used_tokens = set()

    # -- seats ------------------------------------------------------------

    def expire(self):
        """Lets holds go that are over; called before anything looks at seats, and by a task every second."""
        now = self.clock()
        for reservation in self.reservations.values():
            if reservation.status == "HOLD" and reservation.hold_expires_at <= now:
                self._end(reservation, "EXPIRED")

    def reserve(self, event_id, user_id, quantity, seat_ids, token):
        self.expire()
        if not event_id:
            raise Refused("INVALID_ARGUMENT", "bad request: event_id is missing")
        if not user_id:
            raise Refused("INVALID_ARGUMENT", "bad request: user_id is missing")
        if quantity > 1 or len(seat_ids) > 1:
            raise Refused("INVALID_ARGUMENT", "bad request: one seat a person")
        event = self.events.get(event_id)
        if event is None:
            raise Refused("NOT_FOUND", f"event {event_id} not found")
        if token and token in self.used_tokens:
            raise Refused("FORBIDDEN", "conflict: the reservation token is used up")
        taken = [r for r in self.reservations.values() if r.event_id == event_id and r.is_taken()]
        if any(r.user_id == user_id for r in taken):
            raise Refused("ALREADY_EXISTS", "conflict: this person has a seat already")
        free = sorted(set(range(1, event.seats + 1)) - {r.seat for r in taken})
        if not free:
            raise Refused("INSUFFICIENT_INVENTORY", "conflict: no seats left")
        expires_at = self.clock() + self.hold_seconds
        reservation = Reservation(event_id, user_id, free[0], event.fee, expires_at)
        self.reservations[reservation.id] = reservation
        if token:
            self.used_tokens.add(token)
        return reservation

    def find(self, reservation_id, user_id=""):
        self.expire()
        reservation = self.reservations.get(reservation_id)
        if reservation is None:
            raise Refused("NOT_FOUND", f"reservation {reservation_id} not found")
        if user_id and reservation.user_id != user_id:
            raise Refused("FORBIDDEN", "this reservation is somebody else's")
        return reservation

    def confirm(self, reservation_id, payment_intent_id, user_id):
        reservation = self.find(reservation_id, user_id)
        if reservation.status == "EXPIRED":
            raise Refused("RESERVATION_EXPIRED", "conflict: the hold has expired")
        if reservation.status == "CONFIRMED" and reservation.payment_intent_id == payment_intent_id:
            return reservation
        if reservation.status != "HOLD":
            raise Refused("FAILED_PRECONDITION", f"conflict: the reservation is {reservation.status}")
        if reservation.fee > 0:
            self._require_payment(reservation, payment_intent_id)
        reservation.payment_intent_id = payment_intent_id
        reservation.order_id = f"ord_{uuid.uuid4().hex[:12]}"
        reservation.status = "CONFIRMED"
        reservation.ended_at = reservation.updated_at = self.clock()
        return reservation

    def cancel(self, reservation_id, user_id):
        reservation = self.find(reservation_id, user_id)
        if not reservation.is_taken():
            raise Refused("FAILED_PRECONDITION", f"conflict: the reservation is {reservation.status}")
        self._end(reservation, "CANCELLED")
        return reservation

    def extend(self, reservation_id, user_id, seconds):
        reservation = self.find(reservation_id, user_id)
        if reservation.status != "HOLD":
            raise Refused("FAILED_PRECONDITION", f"conflict: the reservation is {reservation.status}")
        if seconds < 1:
            raise Refused("INVALID_ARGUMENT", "bad request: extension_seconds is not positive")
        if reservation.extended:
            raise Refused("FAILED_PRECONDITION", "conflict: the hold was extended already")
        extended = min(seconds, self.hold_seconds)
        reservation.extended = True
        reservation.hold_expires_at += extended
        reservation.updated_at = self.clock()
        return reservation, extended

    def _require_payment(self, reservation, payment_intent_id):
        payment = self.payments.get(payment_intent_id)
        if payment is None or payment.status != "COMPLETED":
            raise Refused("PAYMENT_NOT_APPROVED", "payment not approved")
        if payment.reservation_id != reservation.id or payment.user_id != reservation.user_id:
            raise Refused("PAYMENT_NOT_APPROVED", "payment not approved: it is for something else")
        if payment.amount != reservation.fee:
            raise Refused("PAYMENT_NOT_APPROVED", "payment not approved: the amount is wrong")

    def _end(self, reservation, status):
        """A seat that is lost gives back what was paid for it."""
        reservation.status = status
        reservation.ended_at = reservation.updated_at = self.clock()
        for payment in self.payments.values():
            if payment.reservation_id == reservation.id and payment.status in ("PENDING", "COMPLETED"):
                self._take_back(payment, payment.amount)

    # -- coins ------------------------------------------------------------

    def balance(self, user_id):
        return self.coins.setdefault(user_id, WELCOME_COINS)

    def intend(self, reservation_id, amount, currency, user_id, method):
        if amount <= 0:
            raise Refused("INVALID_ARGUMENT", "bad request: the amount is not positive")
        if currency not in ("", "COIN"):
            raise Refused("INVALID_ARGUMENT", f"bad request: coins are paid here, not {currency}")
        if not user_id:
            raise Refused("INVALID_ARGUMENT", "bad request: user_id is missing")
        if not self._is_elsewhere(reservation_id):
            reservation = self.find(reservation_id, user_id)
            if reservation.status == "EXPIRED":
                raise Refused("RESERVATION_EXPIRED", "conflict: the hold has expired")
            if reservation.status != "HOLD":
                raise Refused("FAILED_PRECONDITION", f"conflict: the reservation is {reservation.status}")
            if amount != reservation.fee:
                raise Refused("INVALID_ARGUMENT", f"bad request: the fee is {reservation.fee}")
        payment = Payment(reservation_id, user_id, amount, method)
        self.payments[payment.id] = payment
        return payment

    def _is_elsewhere(self, reservation_id):
        return self.trusts_reservations and reservation_id not in self.reservations

    def find_payment(self, payment_intent_id, user_id=""):
        payment = self.payments.get(payment_intent_id)
        if payment is None:
            raise Refused("NOT_FOUND", f"payment {payment_intent_id} not found")
        if user_id and payment.user_id != user_id:
            raise Refused("FORBIDDEN", "this payment is somebody else's")
        return payment

    def process(self, payment_intent_id):
        payment = self.find_payment(payment_intent_id)
        if payment.status != "PENDING":
            return payment
        is_held = (
            self._is_elsewhere(payment.reservation_id) or self.find(payment.reservation_id).status == "HOLD"
        )
        payment.processed_at = payment.updated_at = self.clock()
        if not is_held:
            payment.status, payment.failure = "FAILED", "the reservation is over"
        elif self.balance(payment.user_id) < payment.amount:
            payment.status, payment.failure = "FAILED", "payment required: too few coins"
        else:
            self.coins[payment.user_id] -= payment.amount
            payment.status = "COMPLETED"
            payment.transaction_id = f"txn_{uuid.uuid4().hex[:12]}"
        return payment

    def cancel_payment(self, payment_intent_id, amount):
        payment = self.find_payment(payment_intent_id)
        if payment.status not in ("PENDING", "COMPLETED"):
            raise Refused("FAILED_PRECONDITION", f"conflict: the payment is {payment.status}")
        if amount < 0 or amount > payment.amount:
            raise Refused("INVALID_ARGUMENT", "bad request: that is not what was paid")
        self._take_back(payment, amount or payment.amount)
        return payment

    def _take_back(self, payment, amount):
        if payment.status == "COMPLETED":
            self.coins[payment.user_id] += amount
            payment.status, payment.refunded = "REFUNDED", amount
            payment.refund_id = f"ref_{uuid.uuid4().hex[:12]}"
        else:
            payment.status = "CANCELLED"
        payment.updated_at = self.clock()
