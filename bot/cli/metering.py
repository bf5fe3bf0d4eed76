"""`METRICS`: what counts presses, requests and turns, and the listener of its own that shows the counts."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.core.listening import Heard
from bot.core.parting import CLOSED
from bot.core.shown import Screen
from bot.metrics import CONTENT_TYPE, Channel, Metrics, Outcome
from bot.pressing import Pressing

Serve = Callable[[Any], Awaitable[None]]


class AddressTaken(Exception):
    """The address of METRICS cannot be listened on."""


class _Counted(Pressing):
    """A channel's presses, each counted by what came of it. Shares the sealing, and so the keys, with the others."""

    __slots__ = ("_channel", "_metrics")

    def __init__(self, pressing: Pressing, metrics: Metrics, channel: Channel) -> None:
        super().__init__(pressing.sealing, pressing.clock, pressing.wall, pressing.default_language)
        self._metrics = metrics
        self._channel = channel

    def first(self, language: str) -> Screen:
        return self._counted("first", super().first(language))

    def pressed(self, token: str, bound_to: bytes, language: str) -> Screen:
        return self._counted("shown", super().pressed(token, bound_to, language))

    def pressed_in_note(self, token: str, bound_to: bytes, language: str) -> tuple[Screen, bool]:
        shown, is_note = super().pressed_in_note(token, bound_to, language)
        return self._counted("shown", shown), is_note

    def left(self, language: str) -> Screen:
        return self._counted("left", super().left(language))

    def media_note(self, language: str, *, stays: bool = False) -> Screen:
        return self._counted("note", super().media_note(language, stays=stays))

    def typed_note(self, language: str, about: Heard, *, stays: bool = False) -> Screen:
        return self._counted("note", super().typed_note(language, about, stays=stays))

    def _counted(self, outcome: Outcome, shown: Screen) -> Screen:
        self._metrics.ended(self._channel, "closed" if shown.step == CLOSED else outcome)
        return shown


def counted(pressing: Pressing, metrics: Metrics | None, channel: Channel) -> Pressing:
    """The presses of a channel, counted; as they are while nothing is to be counted."""
    return _Counted(pressing, metrics, channel) if metrics else pressing


def timed(metrics: Metrics | None) -> Callable[[Serve], Serve]:
    """What puts a clock around the serving of a Telegram update."""

    def around(serve: Serve) -> Serve:
        if metrics is None:
            return serve

        async def timed_serve(turn: Any) -> None:
            begun = perf_counter()
            await serve(turn)
            metrics.took("telegram", perf_counter() - begun)

        return timed_serve

    return around


def timing(metrics: Metrics) -> Middleware:
    """Counts how long the web chat takes for a screen; nothing else of a request is looked at than its path."""

    @web.middleware
    async def time(request: web.Request, handler: Handler) -> web.StreamResponse:
        begun = perf_counter()
        response = await handler(request)
        if request.path == "/":
            metrics.took("web", perf_counter() - begun)
        return response

    return time


@asynccontextmanager
async def counting(address: tuple[str, int] | None) -> AsyncIterator[Metrics | None]:
    """The counts, shown at /metrics of this address until the end; None without an address.

    Raises:
        AddressTaken: it cannot be listened on.
    """
    if address is None:
        yield None
        return
    metrics = Metrics()

    async def show(request: web.Request) -> web.Response:
        return web.Response(body=metrics.text().encode(), headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.router.add_get("/metrics", show)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, *address).start()
    except OSError:
        await runner.cleanup()
        raise AddressTaken from None
    try:
        yield metrics
    finally:
        await runner.cleanup()
