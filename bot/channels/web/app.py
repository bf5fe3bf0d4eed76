"""The web chat's requests. Every screen is the answer to a POST whose body holds the token; nothing is kept."""

from aiohttp import web

from bot.channels.web.drawing import BOUND_TO, Drawing
from bot.core.parting import closed_screen
from bot.core.shown import Screen
from bot.pressing import Pressing

MOST_BODY = 2048  # a token and the names of its fields are far below
MOST_ACCEPTED_LANGUAGES = 8

_OWN_SITE = ("same-origin", "none", None)  # what Sec-Fetch-Site says of our pages; None: an older browser


def application(pressing: Pressing, drawing: Drawing) -> web.Application:
    """The web chat as an aiohttp application. Its `run` puts headers, Host names and limits around it."""
    chat = _Chat(pressing, drawing)
    app = web.Application(client_max_size=MOST_BODY)
    app.router.add_get("/", chat.first)
    app.router.add_post("/", chat.press)
    app.router.add_get("/healthz", chat.healthy)
    app.router.add_get("/style.css", chat.style)
    app.router.add_get("/script.js", chat.script)
    return app


class _Chat:
    def __init__(self, pressing: Pressing, drawing: Drawing) -> None:
        self.pressing = pressing
        self.drawing = drawing

    async def first(self, request: web.Request) -> web.Response:
        return self.shown(self.pressing.first(self.language(request)))

    async def press(self, request: web.Request) -> web.Response:
        if _is_foreign(request):
            return await self.first(request)
        form = await _form(request)
        language = self.language(request, form)
        if "t" in form:
            return self.shown(self.pressing.pressed(form["t"], BOUND_TO, language))
        if "leave" in form:
            return self.shown(self.pressing.left(language))
        if "start" in form:
            return self.shown(self.pressing.first(language))
        if "closed" in form:  # asked for early and shown late, so its hours hold for any time
            return self.shown(closed_screen(self.pressing.sealing.guide, language, None))
        raise web.HTTPBadRequest

    async def style(self, request: web.Request) -> web.Response:
        return web.Response(body=self.drawing.style, content_type="text/css", charset="utf-8")

    async def script(self, request: web.Request) -> web.Response:
        return web.Response(body=self.drawing.script, content_type="text/javascript", charset="utf-8")

    async def healthy(self, request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    def language(self, request: web.Request, form: dict[str, str] | None = None) -> str:
        """That of the page that was left, else the browser's."""
        page = [form[name] for name in ("leave", "start", "closed") if name in form] if form else []
        return self.pressing.language((*page, *accepted(request.headers.get("Accept-Language", ""))))

    def shown(self, screen: Screen) -> web.Response:
        return web.Response(text=self.drawing.page(screen, self.pressing), content_type="text/html", charset="utf-8")


def _is_foreign(request: web.Request) -> bool:
    """Whether a page of somebody else made the browser send this.

    A form of ours sends `Origin: null`, because it sends no referrer; only another name in it tells something.
    """
    if request.headers.get("Sec-Fetch-Site") not in _OWN_SITE:
        return True
    origin = request.headers.get("Origin", "null")
    return origin != "null" and origin.partition("://")[2] != request.headers.get("Host")


async def _form(request: web.Request) -> dict[str, str]:
    """The fields of a plain form; the first of each name.

    Raises:
        HTTPUnsupportedMediaType: another kind of body, or a compressed one.
        HTTPBadRequest: it says that it is a form and is none.
    """
    kind, _, more = request.headers.get("Content-Type", "").replace(" ", "").lower().partition(";")
    if kind != "application/x-www-form-urlencoded" or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    if more not in ("", "charset=utf-8"):  # Python keeps the name of every encoding that it is asked for
        raise web.HTTPBadRequest
    try:
        sent = await request.post()
    except ValueError:  # bytes that are no text
        raise web.HTTPBadRequest from None
    fields: dict[str, str] = {}
    for name, value in sent.items():
        if isinstance(value, str):
            fields.setdefault(name, value)
    return fields


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
