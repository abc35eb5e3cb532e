"""An AI game master in Python: what `AI_GM_URL` may point to.

    python3 -m pip install fastapi uvicorn
    python3 gm_service.py [--port 8032] [--ladders ../server/ladders]

It says the same lines and directs fights as the embedded one does, from the same files; it asks no language model.
`INTERNAL_API_KEY` is what callers have to show; without one whoever reaches it may ask, and it listens on loopback.
"""

import argparse
import hmac
import os
import re
import socket
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from gm_data import SERVER, read_ladders
from gm_game import Game
from pydantic import BaseModel, Field, field_validator
from starlette.exceptions import HTTPException

MAX_BODY_BYTES = 256 * 1024
MAX_DEPTH = 64
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
CODES = {400: "BAD_REQUEST", 401: "UNAUTHENTICATED", 404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 413: "TOO_LARGE"}


def is_storable(value, depth=1):
    """No text holds NUL or half of a surrogate pair, which no database of the arcade's can keep; nothing is nested without end."""
    if isinstance(value, str):
        return UNSTORABLE.search(value) is None
    if isinstance(value, (dict, list)):
        inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
        return depth < MAX_DEPTH and all(is_storable(one, depth + 1) for one in inner)
    return True


class OfSession(BaseModel):
    session_id: str = Field(max_length=200)

    @field_validator("*", mode="before")
    @classmethod
    def storable(cls, value):
        if not is_storable(value):
            raise ValueError("No text may hold NUL or half of a surrogate pair")
        return value


class Narrative(OfSession):
    context: dict[str, Any] = Field(default_factory=dict)
    prompt_type: str = Field("default", max_length=100)


class NpcResponse(OfSession):
    npc_id: str = Field(max_length=200)
    player_action: str = Field(max_length=2_000)
    context: dict[str, Any] = Field(default_factory=dict)


class Turn(OfSession):
    content: str = Field(max_length=4_000)


def failed(status, code, message, detail=None):
    return JSONResponse({"status": "error", "code": code, "message": message, "detail": detail}, status)


def fault_of(error):
    return {"type": error["type"], "loc": list(error["loc"]), "msg": error["msg"], "input": None}


def create_app(game, key=None):
    app = FastAPI(title="AI game master of Arcade Clash", version="1", docs_url=None, redoc_url=None)

    def may_call(request: Request):
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        shown = request.headers.get("x-internal-key", bearer)
        if key and not hmac.compare_digest(shown.encode(), key.encode()):
            raise HTTPException(401, "The game master answers this arcade and whoever has its key.")

    @app.middleware("http")
    async def limit(request: Request, answer):
        if "transfer-encoding" in request.headers:
            return failed(400, "BAD_REQUEST", "Send the body with a Content-Length, not in chunks.")
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return failed(413, "TOO_LARGE", f"At most {MAX_BODY_BYTES} bytes are taken.")
        return await answer(request)

    @app.exception_handler(RequestValidationError)
    async def unprocessable(_, error):
        faults = [fault_of(one) for one in error.errors()[:50]]
        where = ".".join(str(part) for part in faults[0]["loc"][1:]) or "The request"
        return failed(422, "UNPROCESSABLE", f"{where}: {faults[0]['msg']}.", faults)

    @app.exception_handler(HTTPException)
    async def refused(_, error):
        return failed(error.status_code, CODES.get(error.status_code, "BAD_REQUEST"), str(error.detail))

    asked = {"dependencies": [Depends(may_call)]}

    @app.post("/generate/narrative", **asked)
    async def narrative(body: Narrative):
        return game.narrate(body.session_id, body.context, body.prompt_type)

    @app.post("/generate/npc-response", **asked)
    async def npc_response(body: NpcResponse):
        return game.answer(body.session_id, body.npc_id, body.player_action, body.context)

    @app.post("/api/v1/game/turn", **asked)
    async def turn(body: Turn):
        return game.take_turn(body.session_id, body.content)

    @app.post("/api/v1/game/npc-turn", **asked)
    async def npc_turn(body: OfSession):
        return game.take_npc_turn(body.session_id)

    @app.get("/api/v1/game/history/{session_id}", **asked)
    async def history(session_id: str):
        return [deed["turn"] for deed in game.session(session_id).deeds]

    @app.post("/api/v1/game/summary", **asked)
    async def summary(body: OfSession):
        return {"session_id": body.session_id, "summary": game.summary(body.session_id)}

    @app.get("/api/v1/system/status", **asked)
    async def status():
        elsewhere = {"rule_manager": "elsewhere", "state_manager": "elsewhere"}
        return elsewhere | {"scenario_manager": "ok", "llm_gateway": "not_configured"}

    @app.get("/health")
    async def health():
        return {"status": "ok", "db": "none", "model": "not_configured"}

    @app.get("/")
    async def root():
        return {"service": "ai-game-master", "contract": "docs/CONTRACT.md, GM", "openapi": "/openapi.json"}

    return app


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8032)
    parser.add_argument("--ladders", type=Path, default=SERVER / "ladders")
    options = parser.parse_args()
    app = create_app(Game(read_ladders(options.ladders)), os.environ.get("INTERNAL_API_KEY"))
    listener = socket.create_server((options.host, options.port), backlog=128)
    print(f"listening on {options.host}:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])


if __name__ == "__main__":
    main()
