"""The web chat on a port, behind the same connections as in the running program, and a client of raw bytes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.web import Limits, application
from bot.channels.web.connections import LimitedRunner
from bot.channels.web.drawing import Drawing
from bot.core.guide import Guide
from bot.pressing import Pressing
from bot.sealing import Sealing
from tests.small import NOON, guide

IDLE = 1800.0
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


class Chat:
    """A served chat over the small guide, with clocks that tests move."""

    def __init__(
        self,
        shown: Callable[[], Guide] = guide,
        exit_url: str = "https://example.org/weather",
        hosts: Iterable[str] = ("127.0.0.1",),
        limits: Limits = Limits(),  # noqa: B008
        idle: float = IDLE,
    ) -> None:
        self.now = 0.0
        self.time: datetime = NOON
        self.pressing = Pressing(Sealing(shown(), idle), lambda: self.now, lambda: self.time)
        self.app = application(self.pressing, Drawing(lambda: self.pressing.sealing.guide, exit_url))
        self.runner = LimitedRunner(self.app, hosts, limits)
        self.port = 0

    async def __aenter__(self) -> "Chat":
        await self.runner.setup()
        self.listening = await self.runner.listen("127.0.0.1", 0)
        self.port = self.listening.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.listening.close()
        await self.runner.cleanup()

    @property
    def url(self) -> str:
        """The address of the first screen."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def open(self) -> int:
        """How many connections the server holds."""
        assert self.runner.server is not None
        return len(self.runner.server.connections)

    async def until(self, true: Callable[[], bool], seconds: float = 20) -> None:
        """Wait for something that happens soon, and fail when it does not."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def answer(self, sent: str | bytes) -> "Answer":
        """What comes back for these bytes on a connection of their own."""
        async with self.connected() as (reader, writer):
            writer.write(sent if isinstance(sent, bytes) else sent.encode())
            return await read_answer(reader, is_head=sent[:4] in ("HEAD", b"HEAD"))

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield reader, writer
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def asked(self, method: str = "GET", path: str = "/", headers: str = "", body: str = "") -> str:
        """A request as it goes over the wire; `headers` end in a line break."""
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{headers}{length}\r\n{body}"


@dataclass(frozen=True)
class Answer:
    """One answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: str


async def read_answer(reader: asyncio.StreamReader, *, is_head: bool = False) -> Answer:
    """The next answer of a connection.

    Raises:
        asyncio.IncompleteReadError: the connection was closed before one came.
    """
    async with asyncio.timeout(20):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        assert len(headers) == len(lines), "a header stands twice"
        body = b"" if is_head else await reader.readexactly(int(headers.get("Content-Length", 0)))
    return Answer(int(first.split()[1]), headers, body.decode())


async def is_closed(reader: asyncio.StreamReader, seconds: float = 20) -> bool:
    """Whether the other side ends the connection, in order or not."""
    async with asyncio.timeout(seconds):
        with contextlib.suppress(ConnectionError):
            while await reader.read(65536):
                pass
        return True
