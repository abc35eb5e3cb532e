"""What the two example services of tickets share: the contracts' words for money, times, pages, failures and repeats."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "gen"))

from google.protobuf.timestamp_pb2 import Timestamp  # noqa: E402
from proto.common.v1 import errors_pb2, types_pb2  # noqa: E402
from tickets_store import Refused  # noqa: E402

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
