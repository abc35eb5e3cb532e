"""The arcade's own simulator as a child process: one request a line in, one answer a line out.

It is started when it is needed, again when it died, and ends with us. How many requests may be under way is bounded.
"""

import asyncio
import json
import sys

# A whole answer is a line: an OpenAPI document, or the faults of a request.
MAX_LINE_BYTES = 4 * 1024 * 1024
# A worker that dies at once is not started again at once.
RESTART_PAUSE_SECONDS = 0.5


class Busy(Exception):
    """Too many requests are under way."""


class Gone(Exception):
    """The worker is not there, or died over the request."""


class LinesWorker:
    """Requests go out as they come and answers come back in any order; `id` tells which is whose."""

    def __init__(self, command, max_pending, timeout_seconds):
        self._command = command
        self._max_pending = max_pending
        self._timeout_seconds = timeout_seconds
        self._process = None
        self._pending = {}
        self._last_id = 0
        self._ready = asyncio.Event()
        self._keeper = None
        self._is_closed = False

    @property
    def is_ready(self):
        return self._ready.is_set()

    async def open(self):
        self._keeper = asyncio.create_task(self._keep())

    async def close(self):
        """Ends the worker; what is under way fails as Gone."""
        self._is_closed = True
        self._keeper.cancel()
        await asyncio.gather(self._keeper, return_exceptions=True)

    async def ask(self, method, path, body=""):
        """Returns (status, body) as the worker says. Raises Busy, Gone or TimeoutError."""
        if self._is_closed:
            raise Gone
        if len(self._pending) >= self._max_pending:
            raise Busy
        self._last_id += 1
        number = self._last_id
        answer = asyncio.get_running_loop().create_future()
        self._pending[number] = answer
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._ready.wait()
                line = json.dumps({"id": number, "method": method, "path": path, "body": body})
                self._process.stdin.write(line.encode() + b"\n")
                return await answer
        except ConnectionError as error:
            raise Gone from error
        finally:
            del self._pending[number]

    async def _keep(self):
        while True:
            try:
                await self._run()
            except OSError as error:
                print(f"the worker does not start: {error}", file=sys.stderr, flush=True)
            await asyncio.sleep(RESTART_PAUSE_SECONDS)

    async def _run(self):
        """One life of the worker."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=MAX_LINE_BYTES,
        )
        self._process = process
        try:
            while line := await process.stdout.readline():
                self._take(json.loads(line))
        except ValueError as error:
            print(f"the worker said something that is no answer: {error}", file=sys.stderr, flush=True)
        finally:
            self._ready.clear()
            for answer in self._pending.values():
                if not answer.done():
                    answer.set_exception(Gone())
            if process.returncode is None:
                process.kill()
            await process.wait()

    def _take(self, message):
        if message.get("ready"):
            self._ready.set()
            return
        answer = self._pending.get(message["id"])
        if answer and not answer.done():
            answer.set_result((message["status"], message["body"]))
