"""The web chat's requests. Every screen is the answer to a POST whose body holds the token; nothing is kept."""

from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot import logs
from bot.channels.web.drawing import Drawing
from bot.core.shown import Screen
from bot.pressing import Pressing

BOUND_TO = b"web"
MOST_BODY = 2048  # a token and the names of its fields are far below
MOST_ACCEPTED_LANGUAGES = 8

HEADERS: web.AppKey[dict[str, str]] = web.AppKey("headers", dict)  # what stands on every answer

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(pressing: Pressing, drawing: Drawing, hosts: Iterable[str] = ()) -> web.Application:
    """The web chat as an aiohttp application. `hosts`: the Host names it answers to; empty for any."""
    chat = _Chat(pressing, drawing)
    guarding = _Guarding(drawing, frozenset(hosts))
    app = web.Application(client_max_size=MOST_BODY, middlewares=[guarding.middleware])
    app[HEADERS] = guarding.headers
    app.router.add_get("/", chat.first)
    app.router.add_post("/", chat.press)
    app.router.add_get("/healthz", chat.healthy)
    app.router.add_get(drawing.script_path, chat.script)
    return app


class _Chat:
    def __init__(self, pressing: Pressing, drawing: Drawing) -> None:
        self.pressing = pressing
        self.drawing = drawing

    async def first(self, request: web.Request) -> web.Response:
        return self.shown(self.pressing.first(self.language(request)))

    async def press(self, request: web.Request) -> web.Response:
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return await self.first(request)
        if request.content_type != "application/x-www-form-urlencoded":
            raise web.HTTPUnsupportedMediaType
        form = await request.post()
        language = self.language(request)
        if "leave" in form:
            wanted = form["leave"]
            return self.shown(self.pressing.left(self.pressing.language([str(wanted), language])))
        token = form.get("t")
        if not isinstance(token, str):
            raise web.HTTPBadRequest
        return self.shown(self.pressing.pressed(token, BOUND_TO, language))

    async def script(self, request: web.Request) -> web.Response:
        return web.Response(
            body=self.drawing.script,
            content_type="text/javascript",
            charset="utf-8",
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    async def healthy(self, request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    def language(self, request: web.Request) -> str:
        return self.pressing.language(accepted(request.headers.get("Accept-Language", "")))

    def shown(self, screen: Screen) -> web.Response:
        page = self.drawing.page(screen, lambda session: self.pressing.token(session, BOUND_TO))
        return web.Response(text=page, content_type="text/html", charset="utf-8")


class _Guarding:
    """Puts the headers on every answer and turns every failure into a short page without an echo."""

    def __init__(self, drawing: Drawing, hosts: frozenset[str]) -> None:
        self.hosts = hosts
        self.headers = {
            "Content-Security-Policy": (
                f"default-src 'none'; style-src '{drawing.style_hash}'; script-src 'self'; connect-src 'self'; "
                "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
            "X-Robots-Tag": "noindex, nofollow",
            "Server": "web",
        }

    @property
    def middleware(self) -> Middleware:
        @web.middleware
        async def guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
            response = await self.answer(request, handler)
            for name, value in self.headers.items():
                if name not in response.headers:
                    response.headers[name] = value
            return response

        return guard

    async def answer(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        if self.hosts and request.path != "/healthz" and _host(request) not in self.hosts:
            return _refusal(421)
        try:
            return await handler(request)
        except web.HTTPException as refused:
            return _refusal(refused.status)
        except ValueError:  # a body that is no form
            return _refusal(400)
        except Exception:
            logs.event("web_failed")
            return _refusal(500)


def _refusal(status: int) -> web.Response:
    """A page with nothing of the request on it."""
    return web.Response(status=status, text=f"{status}\n")


def _host(request: web.Request) -> str:
    return request.headers.get("Host", "").rsplit(":", 1)[0].lower()


def accepted(header: str) -> list[str]:
    """The language tags of an Accept-Language header, the most wanted first (RFC 9110 §12.5.4)."""
    weighed = []
    for position, entry in enumerate(header.split(",")[:MOST_ACCEPTED_LANGUAGES]):
        tag, _, weight = entry.strip().partition(";q=")
        try:
            wanted = float(weight) if weight else 1.0
        except ValueError:
            wanted = 0.0
        if tag and wanted > 0:
            weighed.append((-wanted, position, tag))
    return [tag for _, _, tag in sorted(weighed)]
