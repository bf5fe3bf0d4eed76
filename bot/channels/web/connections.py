"""How long, how much and how often a connection may ask. What is no HTTP gets a bare refusal.

A limit belongs to a connection and is forgotten with it: no address is kept, none is a key. The library
has no public place for this, and its own answer to what is no HTTP would repeat the bytes and log who sent
them; its connections are made by its server object, so that is replaced by one that makes ours.
"""

from asyncio import BaseTransport, Server, Transport, get_running_loop
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any, NamedTuple

import yarl
from aiohttp import helpers, web
from aiohttp.http_exceptions import LineTooLong
from aiohttp.streams import EMPTY_PAYLOAD
from aiohttp.web_protocol import RequestHandler, _ErrInfo

from bot.channels.web.guarding import Handler, guarded, refusal

Network = IPv4Network | IPv6Network

_MOST_LINE = 2048  # bytes of a request line
_MOST_FIELD = 8190  # of one header: other services of the same host may have set long cookies
_MOST_HEAD = 16_384  # of all that comes before a body
_LINGER = 1.0  # seconds for the rest of a body that is refused: cut off at once, its sender would see no answer
_AT_ONCE = 16  # connections taken before those that are there already are heard
_QUEUE = 1024  # connections that wait in the system's hands meanwhile
# What the libraries remember of addresses and headers, so as not to read the same ones twice.
_CACHES = tuple(
    cached
    for module in (helpers, yarl._parse, yarl._url)
    for cached in vars(module).values()
    if hasattr(cached, "cache_clear")
)
_PROXY_IDLE = 90.0  # longer than proxies keep a connection, so that they close it and not we


class Limits(NamedTuple):
    """What one connection may do.

    `patience` is in seconds: for a head or silence, for a body, and for taking an answer. `most_open`
    connections may be open at once. `proxies` carry many people: theirs are neither rated nor counted.
    """

    patience: float = 10.0
    most_a_second: int = 30
    most_open: int = 512
    proxies: tuple[Network, ...] = ()

    def is_proxy(self, transport: BaseTransport) -> bool:
        """Whether this connection comes from one of the proxies."""
        peer = transport.get_extra_info("peername")
        if not self.proxies or not isinstance(peer, tuple):
            return False
        address = ip_address(str(peer[0]).partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self.proxies)


class LimitedRunner(web.AppRunner):
    """Runs an application within limits; `hosts` are the Host names it answers to."""

    def __init__(self, app: web.Application, hosts: Iterable[str], limits: Limits, **kwargs: Any) -> None:
        super().__init__(
            app,
            access_log=None,
            keepalive_timeout=limits.patience,
            lingering_time=_LINGER,
            max_line_size=_MOST_LINE,
            max_field_size=_MOST_FIELD,
            auto_decompress=False,  # nobody sends a form compressed, but a bomb
            **kwargs,
        )
        self._hosts = hosts
        self._limits = limits

    async def listen(self, host: str, port: int) -> Server:
        """Begin to serve; what is returned is to be closed before the clean-up.

        Raises:
            OSError: the port cannot be taken.
        """
        assert self.server is not None
        listening = await get_running_loop().create_server(self.server, host, port, backlog=_AT_ONCE)
        for taken in listening.sockets:  # asyncio has one number for both, and a crowd needs two
            with taken.dup() as same:
                same.listen(_QUEUE)
        return listening

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _LimitedServer(made, guarded(made.request_handler, self._hosts), self._limits)


class _LimitedServer(web.Server):
    def __init__(self, like: web.Server, handler: Handler, limits: Limits) -> None:
        super().__init__(
            handler,
            request_factory=like.request_factory,
            handler_cancellation=like.handler_cancellation,
            **like._kwargs,
        )
        self.limits = limits
        self._waiting: dict[_LimitedConnection, None] = {}  # the longest without an answer first

    def __call__(self) -> RequestHandler:
        return _LimitedConnection(self, loop=self._loop, **self._kwargs)

    def opened(self, connection: "_LimitedConnection") -> None:
        """Make room: at the bound the connection that is longest without an answer goes."""
        self._waiting[connection] = None
        if len(self._waiting) > self.limits.most_open:
            next(iter(self._waiting)).cut()

    def answered(self, connection: "_LimitedConnection") -> None:
        """Put a connection behind all others."""
        if connection in self._waiting:
            self._waiting[connection] = self._waiting.pop(connection)

    def forget(self, connection: "_LimitedConnection") -> None:
        """It no longer counts."""
        self._waiting.pop(connection, None)


class _LimitedConnection(RequestHandler):
    __slots__ = ("_asked", "_head", "_is_proxy", "_limited", "_refused", "_second")

    def __init__(self, server: _LimitedServer, **kwargs: Any) -> None:
        super().__init__(server, **kwargs)
        self._limited = server
        self._is_proxy = False
        self._head = 0  # bytes of a head that is not complete
        self._refused = False
        self._second = 0.0  # when the second began in which
        self._asked = 0  # so many requests came

    def connection_made(self, transport: BaseTransport) -> None:
        self._is_proxy = self._limited.limits.is_proxy(transport)
        if self._is_proxy:
            self._keepalive_timeout = _PROXY_IDLE
        else:
            self._limited.opened(self)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        """With a connection goes what the libraries remember of its addresses and headers."""
        self._limited.forget(self)
        super().connection_lost(exc)
        for cached in _CACHES:
            cached.cache_clear()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        before = self._request_count
        super().data_received(data)
        waiter = self._waiter
        if waiter is None or waiter.done() or self._request_count != before:
            self._head = 0
            return
        self._head += len(data)
        if self._head > _MOST_HEAD:
            self._refused = True
            self._messages.append((_ErrInfo(431, LineTooLong(b""), ""), EMPTY_PAYLOAD))
            waiter.set_result(None)

    async def start(self) -> None:
        """Serve until the end; an answer that nobody takes does not keep the connection for ever."""
        await super().start()
        if _unsent(self.transport):
            self._loop.call_later(self._limited.limits.patience, self.cut)

    async def _handle_request(
        self, request: web.BaseRequest, start_time: float | None, request_handler: Handler
    ) -> tuple[web.StreamResponse, bool]:
        late = self._loop.call_later(self._limited.limits.patience, self._give_up, request)
        try:
            return await super()._handle_request(
                request, start_time, _too_many if self._is_too_often() else request_handler
            )
        finally:
            late.cancel()
            self._limited.answered(self)

    def _is_too_often(self) -> bool:
        now = self._loop.time()
        if now - self._second >= 1.0:
            self._second, self._asked = now, 0
        self._asked += 1
        return self._asked > self._limited.limits.most_a_second and not self._is_proxy

    def _give_up(self, request: web.BaseRequest) -> None:
        """The body has not come, or the answer is not taken."""
        if not request.content.is_eof() or self.writing_paused:
            self.cut()

    def cut(self) -> None:
        """End the connection now, whatever is still to be sent."""
        self._limited.forget(self)
        if self.transport is not None:
            self.transport.abort()

    def force_close(self) -> None:
        """As the library does, but without waiting for somebody who takes nothing."""
        transport = self.transport
        super().force_close()
        if transport is not None and _unsent(transport):
            transport.abort()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """The bare status; nothing of the request, nothing in a log.

        Raises:
            ConnectionError: part of an answer is on its way already, so no other can be sent.
        """
        if request.writer.output_size > 0:
            raise ConnectionError
        if isinstance(exc, LineTooLong):
            status = 414 if exc.args[1] == _MOST_LINE else 431
        return _last(status)


def _unsent(transport: Transport | None) -> bool:
    return transport is not None and transport.get_write_buffer_size() > 0


async def _too_many(request: web.BaseRequest) -> web.StreamResponse:
    return _last(429)


def _last(status: int) -> web.Response:
    """A refusal after which the connection is closed."""
    refused = refusal(status)
    refused.force_close()
    return refused
