"""PaymentService: payments in coins, by the rules in `tickets_store.py`."""

# First: it finds the generated code.
from tickets_words import Replies, coins, page, stamp  # isort: skip

from proto.payment.v1 import payment_pb2, payment_pb2_grpc
from tickets_store import INTENT_SECONDS


def payment_status(payment):
    return payment_pb2.PaymentStatus.Value(f"PAYMENT_STATUS_{payment.status}")


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
