"""The web chat on a port."""

import asyncio
import contextlib
from collections.abc import Iterable

from aiohttp import web

from bot import logs
from bot.channels.web.connections import LimitedRunner, Limits

GRACE = 5.0  # seconds that requests in hand get at a stop


async def run(
    app: web.Application,
    host: str,
    port: int,
    stop: asyncio.Event,
    hosts: Iterable[str] = (),
    limits: Limits = Limits(),  # noqa: B008
) -> None:
    """Serve the application until `stop` is set, then let the requests in hand finish.

    `hosts`: the Host names it answers to; empty for any.

    Raises:
        OSError: the port cannot be taken.
    """
    runner = LimitedRunner(app, hosts, limits, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        listening = await runner.listen(host, port)
        logs.event("web_serving")
        await stop.wait()
        listening.close()
    finally:
        with contextlib.suppress(asyncio.TimeoutError):
            await runner.cleanup()
