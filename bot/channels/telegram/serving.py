"""The Telegram half of the program: starts, serves until the stop, finishes, and takes its cards away."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp.web import UrlDispatcher

from bot.channels.telegram.answering import Answering
from bot.channels.telegram.calling import Calling
from bot.channels.telegram.receiving import Polling, Webhook
from bot.channels.telegram.reporting import Reporting
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.setup import set_up
from bot.channels.telegram.turns import Turn, Turns
from bot.pressing import Pressing
from bot.settings import Settings

FINISH_SECONDS = 10.0  # for what was fetched
CLEAR_SECONDS = 5.0  # for the cards
_SWEEPS = 30  # of the cards, within an idle limit
_SECRET_BYTES = 32

Serve = Callable[[Turn], Awaitable[None]]
Around = Callable[[Serve], Serve]


class Telegram:
    """The bot of `settings.bot_token`, by long polling, or by webhook when there is a `webhook_url`.

    `around` may put something around the serving of each turn, such as a clock.
    """

    def __init__(self, settings: Settings, pressing: Pressing, around: Around = lambda serve: serve) -> None:
        self._pressing = pressing
        self._reporting = Reporting(pressing.clock)
        self._calling = Calling(settings)
        sending = Sending(self._calling, self._reporting, pressing.sealing.idle)
        self._answering = Answering(pressing, sending, settings.web_url or "")
        self._turns = Turns(around(self._answering.serve), sending.answer, self._failed)
        self._polling = Polling(self._calling, self._turns, self._reporting, pressing.hear)
        self._webhook: Webhook | None = None
        self._path = ""
        if settings.webhook_url:
            given = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
            secret = given or secrets.token_urlsafe(_SECRET_BYTES)
            self._path = urlsplit(settings.webhook_url).path or "/"
            self._webhook = Webhook(settings.webhook_url, secret, self._turns, self._reporting, pressing.hear)

    def __repr__(self) -> str:
        return "Telegram()"

    @property
    def counts(self) -> dict[str, int]:
        """How often each trouble happened."""
        return dict(self._reporting.counts)

    def receive_on(self, router: UrlDispatcher) -> None:
        """Add the route that Telegram pushes to; for `webhook_url` only."""
        if self._webhook:
            router.add_post(self._path, self._webhook.receive)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, whatever Telegram does; then finish what was fetched."""
        beside = [asyncio.create_task(work) for work in (self._set_up(), self._sweep())]
        try:
            while not stop.is_set():
                await self._receive(stop)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            await self._finish()

    async def _receive(self, stop: asyncio.Event) -> None:
        try:
            if self._webhook:
                await self._webhook.run(self._calling, stop)
            else:
                await self._polling.run(stop)
        except Exception:  # a mistake of ours must not take the web chat down
            self._failed()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)

    async def _finish(self) -> None:
        await self._turns.finish(FINISH_SECONDS)
        if not self._webhook:
            await self._polling.confirm()
        await self._answering.clearing.clear_all(CLEAR_SECONDS)
        await self._calling.close()

    async def _set_up(self) -> None:
        try:
            await set_up(self._calling, self._pressing.sealing.guide, self._reporting)
        except Exception:
            self._failed()

    async def _sweep(self) -> None:
        """Cards go when they have been idle, in small steps of the idle limit."""
        while True:
            await asyncio.sleep(min(30.0, self._pressing.sealing.idle / _SWEEPS))
            try:
                await self._answering.clearing.clear_idle()
            except Exception:
                self._failed()

    def _failed(self) -> None:
        self._reporting.trouble("telegram_failed")
