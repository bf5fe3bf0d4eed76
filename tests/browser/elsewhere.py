"""A site of somebody else, at another origin: where the exit leads, and where attacks come from."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass
class Elsewhere:
    """Serves `pages` by path and a page about the weather for all else; keeps what was asked.

    `/nothing` answers that there is nothing to show, so that a browser stays where it is. While `is_awake`
    is not set, no answer comes.
    """

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)
    is_awake: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> "Elsewhere":
        self.is_awake.set()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.is_awake.set()
        await self._server.close()

    @property
    def url(self) -> str:
        """Its address: the same machine by another name is another origin."""
        return f"http://localhost:{self._server.port}/"

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        await self.is_awake.wait()
        if request.path == "/nothing":
            return web.Response(status=204)
        page = self.pages.get(request.path, "<title>Weather</title><p>It rains.")
        return web.Response(text=f"<!doctype html><link rel=icon href=data:,>{page}", content_type="text/html")
