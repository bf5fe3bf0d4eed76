"""Where updates come from: asked for by long polling, or pushed to a webhook."""

import asyncio
import hmac
import json
import logging
from time import monotonic
from typing import Any

from aiogram.methods import DeleteWebhook, GetUpdates, SetWebhook
from aiohttp import web

from bot import logs
from bot.channels.telegram.calling import Answer, Calling
from bot.channels.telegram.pausing import Pausing, unless_stopped
from bot.channels.telegram.reading import KINDS, Hear, Unreadable, number, read
from bot.channels.telegram.reporting import Reporting
from bot.channels.telegram.seen import Seen
from bot.channels.telegram.turns import Turns
from bot.core.listening import Heard

POLL_SECONDS = 25
SPARE_SECONDS = 10  # what an answer may take beyond the poll
MOST_AT_ONCE = 0.1  # seconds of reading before others are served; what comes together is joined within it
MOST_BODY = 1024 * 1024
RETRY_AFTER = {"Retry-After": "5"}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Receiving:
    """Reads each update alone and hands it on; one that cannot be read is counted and left out."""

    def __init__(self, turns: Turns, reporting: Reporting, hear: Hear) -> None:
        self._turns = turns
        self._reporting = reporting
        self._hear = hear
        self._seen = Seen(reporting.clock)

    def take(self, raw: object) -> None:
        """Hold what can be read of a raw update in a task; the same update a second time is nothing new."""
        found = number(raw)
        if found is not None and self._seen.again(found):
            return
        try:
            arrived = read(raw, self._heard)
        except Unreadable:
            self._reporting.trouble("telegram_unreadable")
            return
        if arrived is not None:
            self._turns.take(arrived)

    def _heard(self, text: str) -> Heard:
        """What words sound like. A mistake in the word lists must not keep them in the chat."""
        try:
            return self._hear(text)
        except Exception:
            self._reporting.trouble("telegram_failed")
            return Heard("unknown")


class Polling:
    """Asks for updates, never for more than there is room for."""

    def __init__(self, calling: Calling, turns: Turns, reporting: Reporting, hear: Hear) -> None:
        self._calling = calling
        self._turns = turns
        self._reporting = reporting
        self._receiving = Receiving(turns, reporting, hear)
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until the stop."""
        pausing = Pausing(self._reporting, stop)
        await self._without_webhook(stop, pausing)
        while not stop.is_set():
            answer = await unless_stopped(stop, self._asked())
            if answer is None:
                return
            await pausing.after(await self._taken(answer) if answer.outcome == "done" else answer)
            del answer  # or else these updates would be held until the next ones come

    async def confirm(self) -> None:
        """Tell the server what was served, so that the next copy does not get it again. Fetches nothing new."""
        if self._offset is not None:
            await self._calling.once(GetUpdates(offset=self._offset, limit=1, timeout=0), SPARE_SECONDS)

    async def _asked(self) -> Answer:
        await self._turns.until_room()
        ask = GetUpdates(offset=self._offset, limit=self._turns.room, timeout=POLL_SECONDS, allowed_updates=list(KINDS))
        return await self._calling.once(ask, POLL_SECONDS + SPARE_SECONDS)

    async def _taken(self, answer: Answer) -> Answer:
        """Hand the updates of an answer on. One that brings nothing further would only come again, and waits."""
        if not isinstance(answer.value, list):
            return Answer("wait")
        before, began = self._offset, monotonic()
        for raw in answer.value:
            found = number(raw)
            if found is not None:
                self._offset = found + 1  # not the highest: after a quiet week the numbers begin anywhere
            self._receiving.take(raw)
            if monotonic() - began > MOST_AT_ONCE:  # listening to very long words takes a while
                await asyncio.sleep(0)
                began = monotonic()
        return Answer("wait") if answer.value and self._offset == before else answer

    async def _without_webhook(self, stop: asyncio.Event, pausing: Pausing) -> None:
        """Polling needs the webhook gone; a server that does not know it has none."""
        while not stop.is_set():
            answer = await unless_stopped(stop, self._calling.once(DeleteWebhook(), SPARE_SECONDS))
            if answer and answer.outcome in ("done", "wait"):
                await pausing.after(answer)
            if answer is None or answer.outcome != "wait":
                return


class Webhook:
    """Takes updates that are pushed. 200 means: a task holds it, and a stop waits for that task."""

    def __init__(self, url: str, secret: str, turns: Turns, reporting: Reporting, hear: Hear) -> None:
        self._url = url
        self._secret = secret
        self._turns = turns
        self._reporting = reporting
        self._receiving = Receiving(turns, reporting, hear)
        self._stop: asyncio.Event | None = None

    async def run(self, calling: Calling, stop: asyncio.Event) -> None:
        """Have updates pushed here until the stop; insist until the server agrees."""
        self._stop = stop
        pausing = Pausing(self._reporting, stop)
        method = SetWebhook(url=self._url, secret_token=self._secret, allowed_updates=list(KINDS), max_connections=100)
        while not stop.is_set():
            answer = await unless_stopped(stop, calling.once(method, SPARE_SECONDS))
            if answer is not None:
                await pausing.after(answer)
            if answer is not None and answer.outcome == "done":
                await stop.wait()

    async def receive(self, request: web.Request) -> web.Response:
        """One pushed update."""
        if not self._is_telegram(request):
            return web.Response(status=401)
        if not self._turns.room or (self._stop is not None and self._stop.is_set()):
            return web.Response(status=503, headers=RETRY_AFTER)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            raw: Any = json.loads(body.decode("utf-8", "replace"))
        except json.JSONDecodeError:
            return web.Response(status=400)
        except (ValueError, RecursionError):  # content that cannot be read must not come back for a day
            raw = None
        try:
            self._receiving.take(raw)
        except Exception:  # an answer of 500 would make Telegram send it again for a day
            logs.event("telegram_failed", logging.WARNING)
        return web.Response()

    def _is_telegram(self, request: web.Request) -> bool:
        sent = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(sent, self._secret.encode())


async def _body(request: web.Request) -> bytes | None:
    """The body, read here because the web chat's own limit is far smaller; None when it is too long."""
    if (request.content_length or 0) > MOST_BODY:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MOST_BODY:
            return None
    return bytes(body)
