"""The web chat on a port."""

import asyncio
import contextlib

from aiohttp import web

from bot import logs
from bot.channels.web.app import HEADERS
from bot.channels.web.refusing import QuietRunner

GRACE = 5.0  # seconds that requests in hand get at a stop


async def run(app: web.Application, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve the application until `stop` is set, then let the requests in hand finish.

    Raises:
        OSError: the port cannot be taken.
    """
    headers = app[HEADERS]
    runner = QuietRunner(app, headers, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        logs.event("web_serving")
        await stop.wait()
    finally:
        with contextlib.suppress(asyncio.TimeoutError):
            await runner.cleanup()
