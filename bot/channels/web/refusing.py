"""What is no HTTP gets a bare 400. The library would send the bytes back, and log who sent them."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler


class QuietRunner(web.AppRunner):
    """Runs an application whose malformed requests are answered without an echo.

    The library offers no public place for this: connections are made by its server object, so that is
    replaced by one that makes ours. `headers` stand on these answers as on all others.
    """

    def __init__(self, app: web.Application, headers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(app, access_log=None, **kwargs)
        self._headers = headers

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _QuietServer(self._headers, made)


class _QuietServer(web.Server):
    def __init__(self, headers: Mapping[str, str], like: web.Server) -> None:
        super().__init__(
            like.request_handler,
            request_factory=like.request_factory,
            handler_cancellation=like.handler_cancellation,
            **like._kwargs,
        )
        self.headers = headers

    def __call__(self) -> RequestHandler:
        return _QuietConnection(self, self.headers, loop=self._loop, **self._kwargs)


class _QuietConnection(RequestHandler):
    __slots__ = ("_refusal_headers",)

    def __init__(self, server: web.Server, headers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(server, **kwargs)
        self._refusal_headers = headers

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
        refusal = web.Response(status=status, text=f"{status}\n", headers=self._refusal_headers)
        refusal.force_close()
        return refusal
