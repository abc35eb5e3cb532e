"""A Rule Engine in Python: what `RULE_ENGINE_URL` may point to.

    python3 -m pip install -r requirements-rules.txt
    python3 rules_service.py [--port 8031]

The HTTP is here: routes, sizes, who may call, what happens when too much comes. The rules are the arcade's own, asked of
a Node process over lines (`server/rules/worker-lines.ts`), so that there is one set of them.
"""

import argparse
import contextlib
import hmac
import os
import socket
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from lines_worker import Busy, Gone, LinesWorker
from starlette.exceptions import HTTPException

MAX_BODY_BYTES = 256 * 1024
MAX_PENDING = 64
TIMEOUT_SECONDS = 40
# When it is told to stop, requests under way have so long.
GRACE_SECONDS = 3
SERVICE = "rule-engine"
VERSION = "0.1.0"
LOOPBACK = {"127.0.0.1", "::1"}
ROOT = Path(__file__).resolve().parent.parent


class Refused(Exception):
    def __init__(self, status, code, message, detail=None, headers=None):
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.body = {"status": "error", "code": code, "message": message, "detail": detail}


def busy(message):
    return Refused(503, "UNAVAILABLE", message, {"retryAfterSeconds": 1}, {"retry-after": "1"})


def may_call(request, key):
    """With a key whoever shows it; without one, loopback that nothing stands in front of."""
    if key:
        bearer = request.headers.get("authorization", "")
        shown = request.headers.get("x-internal-key") or bearer.removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), key.encode())
    passed_on = {"x-forwarded-for", "forwarded", "via", "origin", "sec-fetch-site"}
    # A page of a stranger whose name leads here names another host.
    is_near = request.client.host in LOOPBACK and request.url.hostname in LOOPBACK | {"localhost"}
    return is_near and not passed_on & set(request.headers.keys())


async def body_text(request):
    if "transfer-encoding" in request.headers:
        raise Refused(400, "BAD_REQUEST", "Send the body with a Content-Length, not in chunks.")
    if int(request.headers.get("content-length", 0)) > MAX_BODY_BYTES:
        raise Refused(
            413, "TOO_LARGE", f"The body has more than {MAX_BODY_BYTES} bytes.", {"maxBytes": MAX_BODY_BYTES}
        )
    return (await request.body()).decode("utf-8", errors="replace")


def create_app(worker, key):
    @contextlib.asynccontextmanager
    async def lifespan(_app):
        await worker.open()
        yield

    # The document is the worker's: what it takes is what it describes.
    app = FastAPI(lifespan=lifespan, openapi_url=None)

    async def ask(method, path, body=""):
        try:
            status, answer = await worker.ask(method, path, body)
        except Busy:
            raise busy(f"{MAX_PENDING} requests are under way; try again in a moment.") from None
        except Gone:
            raise busy("The simulator is gone; try again in a moment.") from None
        except TimeoutError:
            raise Refused(504, "TIMEOUT", f"No answer within {TIMEOUT_SECONDS} s.") from None
        detail = answer.get("detail") if status >= 400 else None
        seconds = detail.get("retryAfterSeconds") if isinstance(detail, dict) else None
        headers = {"retry-after": str(seconds)} if seconds is not None else None
        return JSONResponse(answer, status, headers)

    @app.get("/health")
    async def health():
        status = "healthy" if worker.is_ready else "degraded"
        return {"status": status, "service": SERVICE, "version": VERSION}

    @app.get("/openapi.json")
    async def openapi():
        return await ask("GET", "/openapi.json")

    @app.post("/validate")
    @app.post("/calculate")
    @app.post("/session/add")
    async def call(request: Request):
        if not may_call(request, key):
            raise Refused(401, "UNAUTHENTICATED", "Send INTERNAL_API_KEY as X-Internal-Key or bearer.")
        return await ask("POST", request.url.path, await body_text(request))

    @app.exception_handler(Refused)
    async def refused(_request, error):
        return JSONResponse(error.body, error.status, error.headers)

    @app.exception_handler(HTTPException)
    async def not_here(request, error):
        code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(error.status_code, "BAD_REQUEST")
        said = Refused(error.status_code, code, f"{request.method} {request.url.path}: {error.detail}.")
        return JSONResponse(said.body, error.status_code, error.headers)

    return app


class Server(uvicorn.Server):
    """Told to stop it answers what is under way: that it is stopping."""

    def __init__(self, config, worker):
        super().__init__(config)
        self._worker = worker

    async def shutdown(self, sockets=None):
        await self._worker.close()
        await super().shutdown(sockets)


def worker_command():
    bundled = ROOT / ".build/server/rules-lines.mjs"
    if bundled.exists():
        return ["node", str(bundled)]
    return ["node", "--import", "tsx", str(ROOT / "server/rules/worker-lines.ts")]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8031, help="0 takes a free one")
    parser.add_argument(
        "--worker", nargs=argparse.REMAINDER, help="the command of the simulator, to the end of the line"
    )
    options = parser.parse_args()
    worker = LinesWorker(options.worker or worker_command(), MAX_PENDING, TIMEOUT_SECONDS)
    app = create_app(worker, os.environ.get("INTERNAL_API_KEY", ""))
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listening = socket.create_server((options.host, options.port), family=family)
    print(f"listening on {options.host}:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS)
    Server(config, worker).run(sockets=[listening])


if __name__ == "__main__":
    main()
