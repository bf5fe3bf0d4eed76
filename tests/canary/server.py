"""A Bot API server that fails in every way and says in each of its answers what it was given and more."""

import asyncio
import json
import time
from collections import deque
from typing import Any

from aiohttp import web

from tests.botapi import BotApi
from tests.canary.needles import Canary
from tests.canary.telegram_inputs import Update

DESCRIPTIONS = {
    400: "Bad Request: chat not found", 401: "Unauthorized", 403: "Forbidden: bot was blocked by the user",
    404: "Not Found", 409: "Conflict: terminated by other getUpdates request", 421: "Misdirected Request",
    429: "Too Many Requests: retry after 1", 500: "Internal Server Error: restart", 502: "Bad Gateway",
}  # fmt: skip


class Failing(BotApi):
    """`failures` are used up one a call, whatever the method, for calls that name a chat; `asked` for getUpdates."""

    def __init__(self, canary: Canary) -> None:
        super().__init__()
        self.canary = canary
        self.heard: list[bytes] = []  # every request, as it came
        self.failures: deque[tuple[str, Any]] = deque()
        self.asked: deque[tuple[str, Any]] = deque()
        self.failed = 0
        self._in_hand = 0  # calls about somebody that are not answered yet
        self._last_heard = time.monotonic()
        self._numbers["update"] = int(canary.digits) - 1

    def numbered(self, update: Update) -> Update:
        """An update with the next number. The first is the canary's own; it may not grow beyond 31 bits."""
        return {"update_id": self._next("update"), **update}

    def gives(self, *raw: Any) -> None:
        """Updates for whoever asks, as they are."""
        self.waiting += raw
        self._more.set()

    @property
    def has_given_all(self) -> bool:
        """Whether every update was taken: asked for beyond, or answered with 200."""
        offset = max((call.given.get("offset", 0) for call in self.named("getUpdates")), default=0)
        return self.webhook is not None or all(update["update_id"] < offset for update in self.waiting)

    @property
    def quiet_for(self) -> float:
        """For how many seconds nothing was called about anybody."""
        return 0.0 if self._in_hand else time.monotonic() - self._last_heard

    def ways_to_fail(self) -> list[tuple[str, Any]]:
        """Every failure, each with the canary in it."""
        word, number = self.canary.word, self.canary.number("other")
        echo = f"{word} in chat {number}"
        ways: list[tuple[str, Any]] = [
            (f"answers {status}", (status, self._refusal(status, echo))) for status in DESCRIPTIONS
        ]
        page = f"<html><title>{echo}</title>502</html>"
        shapes = {
            "a text": word,
            "a list": [word, number],
            "a number": number,
            "fields of another kind": {"message_id": word},
        }
        return [
            *ways,
            ("orders a pause of an hour", (429, self._refusal(429, echo, 3600))),
            ("answers 502 in HTML", (502, page)),
            ("answers 200 in HTML", (200, page)),
            ("answers half of its JSON", (200, json.dumps({"ok": True, "result": echo})[:-9])),
            ("answers nested JSON", (200, '{"ok": true, "result": ' + "[" * 100_000 + word)),
            ("answers no fields", (200, json.dumps([word]))),
            ("answers that it is not ok", (200, json.dumps({"ok": False, "description": echo, "error_code": word}))),
            *(
                (f"answers with {name}", (200, json.dumps({"ok": True, "result": shape})))
                for name, shape in shapes.items()
            ),
            ("cuts its answer", ("cut", page)),
            ("resets the connection", ("reset", "")),
            ("answers no HTTP", ("raw", f"{word} {word}\r\n\r\n{word}")),
        ]

    def ways_to_fail_an_asking(self) -> list[tuple[str, Any]]:
        """Failures of getUpdates, each with a sound answer after it, so that pauses do not grow."""
        word = self.canary.word
        junk = [word, None, 5, [word], {word: word}, {"update_id": word, "message": {"text": word}}]
        nothing: tuple[str, Any] = ("answers that there is nothing", (200, json.dumps({"ok": True, "result": []})))
        ways: list[tuple[str, Any]] = [
            ("answers 500", (500, self._refusal(500, word))),
            ("answers junk", (200, json.dumps({"ok": True, "result": junk}))),
            ("cuts its answer", ("cut", word)),
            ("answers nested JSON", (200, '{"ok": true, "result": ' + "[" * 100_000 + word)),
        ]
        return [one for way in ways for one in (way, nothing)]

    def _refusal(self, status: int, echo: str, wait: int = 1) -> str:
        parameters = {"retry_after": wait, self.canary.word: echo} if status == 429 else {}
        description = f"{DESCRIPTIONS[status]} {echo}"
        return json.dumps({"ok": False, "error_code": status, "description": description, "parameters": parameters})

    async def _serve(self, request: web.Request) -> web.Response:
        self.heard.append(
            f"{request.method} {request.path_qs} {dict(request.headers)}\n".encode() + await request.read()
        )
        method = request.match_info["method"].lower()
        is_about_somebody = "chat_id" in await request.post() or method == "answercallbackquery"
        self._in_hand += is_about_somebody
        try:
            return await self._answered(request, method, is_about_somebody)
        finally:
            if is_about_somebody:
                self._in_hand -= 1
                self._last_heard = time.monotonic()

    async def _answered(self, request: web.Request, method: str, is_about_somebody: bool) -> web.Response:
        can_fail = is_about_somebody and method != "answercallbackquery"
        plan = self.asked if method == "getupdates" else self.failures if can_fail else None
        if plan:
            self.failed += 1
            return await self._fail(request, *plan.popleft()[1])
        answer: web.Response = await super()._serve(request)
        return answer

    async def _fail(self, request: web.Request, status: int | str, body: str) -> web.Response:
        if isinstance(status, int):
            return web.Response(
                status=status, text=body, content_type="text/html" if "<" in body else "application/json"
            )
        transport = request.transport
        if transport is None:
            return web.Response()
        if status == "cut":
            length = len(body) + 50
            transport.write(f"HTTP/1.1 502 Bad\r\nContent-Length: {length}\r\n\r\n{body}".encode())
        elif status == "raw":
            transport.write(body.encode())
        await asyncio.sleep(0.01)
        transport.abort() if status == "reset" else transport.close()
        return web.Response()
