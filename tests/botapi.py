"""A small Bot API server: chats in memory, the limits and the exact words of the real one, every call on record."""

import asyncio
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

TOKEN = "42:TEST-token"
SECRET = "X-Telegram-Bot-Api-Secret-Token"
_TAGS = re.compile(r"</?(?:b|i|u|s|code|pre|a|blockquote)(?: [^>]*)?>")
_KINDS = ("url", "callback_data", "copy_text")
RAW = "as it is written"  # the key of an update that is given out letter by letter


class Refusal(Exception):
    """An error answer of the server."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.body["parameters"] = parameters


NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass
class Call:
    method: str
    given: dict[str, Any]


@dataclass
class Person:
    """One chat with the bot, as the person sees and uses it."""

    api: "BotApi"
    id: int
    language: str = "en"
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private" if self.id > 0 else "supergroup", "first_name": "CANARYNAME"}

    @property
    def sender(self) -> dict[str, Any]:
        return {"id": abs(self.id), "is_bot": False, "first_name": "CANARYNAME", "language_code": self.language}

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages.values() if "text" in message]

    @property
    def card(self) -> dict[str, Any]:
        """The newest message with a button to leave; without any, the newest with buttons."""
        shown = [message for message in self.messages.values() if message.get("keyboard")]
        return ([message for message in shown if "leave" in _data(message)] or shown)[-1]

    @property
    def notes(self) -> list[dict[str, Any]]:
        """Everything else that the bot has said and not taken away."""
        said = [message for message in self.messages.values() if message.get("sent_by") == "bot"]
        return [message for message in said if "leave" not in _data(message)]

    @property
    def note(self) -> dict[str, Any]:
        return self.notes[-1]

    @property
    def labels(self) -> list[str]:
        return _labels(self.card)

    @property
    def note_labels(self) -> list[str]:
        return _labels(self.note)

    def had(self, text: str, *data: str) -> int:
        """A message of the bot from before it was started, with buttons of this data; its number."""
        number = self.api.next_message()
        keyboard = [[{"text": f"Button {n}", "callback_data": value}] for n, value in enumerate(data)]
        self.messages[number] = {"message_id": number, "text": text, "keyboard": keyboard, "sent_by": "bot"}
        return number

    async def writes(self, text: str) -> int:
        return await self.sends(text=text)

    async def sends(self, kind: str = "message", **content: Any) -> int:
        """A message of the person with any content."""
        message = {"message_id": self.api.next_message(), "date": 1, "chat": self.chat, "from": self.sender, **content}
        self.messages[message["message_id"]] = message
        await self.api.arrives({kind: message})
        return int(message["message_id"])

    def button(self, label: str, message: dict[str, Any] | None = None) -> dict[str, Any]:
        """The button of a message, the card if none is given, whose label begins like this."""
        message = self.card if message is None else message
        found = [b for row in message["keyboard"] for b in row if b["text"].startswith(label)]
        assert found, f"no {label!r} among {_labels(message)}"
        return dict(found[0])

    async def presses(self, label: str) -> None:
        await self.presses_data(self.button(label)["callback_data"])

    async def presses_in_note(self, label: str) -> None:
        note = self.note
        await self.presses_data(self.button(label, note)["callback_data"], self.reference(note["message_id"]))

    def reference(self, number: int) -> dict[str, Any]:
        """A message as it stands in a press."""
        return {"message_id": number, "date": 1, "chat": self.chat}

    async def presses_data(self, data: str, message: dict[str, Any] | None = None) -> None:
        message = message or self.reference(self.card["message_id"])
        query = {
            "id": self.api.next_query(),
            "from": self.sender,
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        await self.api.arrives({"callback_query": query})


class BotApi:
    """Serves on 127.0.0.1; `async with BotApi() as api`. `planned` holds what a method answers instead."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.people: dict[int, Person] = {}
        self.planned: dict[str, list[Refusal | str]] = defaultdict(list)
        self.always: dict[str, Refusal] = {}
        self.always_as: dict[str, str] = {}  # an answer of 200, letter by letter
        self.delays: dict[str, float] = {}
        self.left: list[int] = []
        self.too_old: set[int] = set()  # messages that can be neither edited nor deleted
        self.strays: list[str] = []  # requests that are no call of a method
        self.webhook: dict[str, Any] | None = None
        self.pushes_to = ""  # where the webhook's host really is
        self.pushed: list[int] = []  # the statuses of the webhook's answers
        self.waiting: list[dict[str, Any]] = []  # what is fetched counts until the next is asked for
        self.port = 0
        self._more = asyncio.Event()
        self._numbers = {"message": 100, "query": 0, "update": 1000}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "BotApi":
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def up(self) -> None:
        """Begin to serve; on the same port as before."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._serve)
        app.router.add_route("*", "/{path:.*}", self._stray)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def down(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def person(self, number: int = 7, language: str = "en") -> Person:
        return self.people.setdefault(number, Person(self, number, language))

    def named(self, *methods: str) -> list[Call]:
        return [call for call in self.calls if call.method in methods]

    def order(self, *methods: str) -> list[str]:
        return [call.method for call in self.named(*methods)]

    async def until(self, fits: Callable[[], object], seconds: float = 8.0) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(seconds):
            while not fits():  # noqa: ASYNC110 - a test asks about anything
                await asyncio.sleep(0.005)

    def next_message(self) -> int:
        return self._next("message")

    def next_query(self) -> str:
        return str(self._next("query"))

    def _next(self, kind: str) -> int:
        self._numbers[kind] += 1
        return self._numbers[kind]

    async def arrives(self, *updates: dict[str, Any]) -> None:
        """Updates for the bot, all at once: into the queue, or pushed."""
        numbered = [{"update_id": self._next("update"), **update} for update in updates]
        if self.webhook is None:
            self.waiting += numbered
            self._more.set()
            return
        for update in numbered:
            self.pushed.append(await self.push(_written(update).encode()))

    async def arrives_as(self, *texts: str) -> int:
        """Updates that are given out letter by letter, with NUMBER as their number; that of the last."""
        first = self._numbers["update"] + 1
        await self.arrives(*({RAW: text.replace("NUMBER", str(n))} for n, text in enumerate(texts, first)))
        return self._numbers["update"]

    async def push(self, body: bytes, secret: str | None = None) -> int:
        """Push a body to the webhook as the real server would."""
        assert self.webhook is not None
        path = urlsplit(self.webhook["url"]).path
        headers = {SECRET: self.webhook.get("secret_token", "") if secret is None else secret}
        headers["Content-Type"] = "application/json"
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.pushes_to + path, data=io.BytesIO(body), headers=headers) as answer,
        ):
            return answer.status

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = {name: _value(str(value)) for name, value in (await request.post()).items()}
        self.calls.append(Call(method, given))
        try:
            if request.match_info["token"] != TOKEN:
                raise Refusal(401, "Unauthorized: invalid token specified")
            result = await self._result(method, given)
        except Refusal as refusal:
            return web.json_response(refusal.body, status=refusal.status)
        if isinstance(result, web.Response):
            return result
        if isinstance(result, list):
            written = ",".join(_written(update) for update in result)
            return web.Response(text=f'{{"ok":true,"result":[{written}]}}', content_type="application/json")
        return web.json_response({"ok": True, "result": result})

    async def _stray(self, request: web.Request) -> web.Response:
        self.strays.append(f"{request.method} {request.path_qs}")
        return web.Response(status=404)

    async def _result(self, method: str, given: dict[str, Any]) -> Any:
        await asyncio.sleep(self.delays.get(method, 0))
        if method in self.always:
            raise self.always[method]
        if method in self.always_as:
            return web.Response(text=self.always_as[method], content_type="application/json")
        if self.planned[method]:
            planned = self.planned[method].pop(0)
            if isinstance(planned, Refusal):
                raise planned
            return web.Response(text=planned, status=502, content_type="text/html")
        serve = getattr(self, "_do_" + method.lower(), None)
        if serve is None:
            raise Refusal(404, "Not Found: method not found")
        return await serve(given)

    async def _do_getupdates(self, given: dict[str, Any]) -> Any:
        if self.webhook is not None:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        offset = given.get("offset", 0)
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting and given.get("timeout"):
            self._more.clear()
            try:
                await asyncio.wait_for(self._more.wait(), given["timeout"])
            except TimeoutError:
                return []
        return self.waiting[: given.get("limit", 100)]

    async def _do_deletewebhook(self, given: dict[str, Any]) -> Any:
        self.webhook = None
        return True

    async def _do_setwebhook(self, given: dict[str, Any]) -> Any:
        if not given["url"].startswith("https://"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = given
        return True

    async def _do_sendmessage(self, given: dict[str, Any]) -> Any:
        person = self._person(given)
        assert given["disable_notification"]
        number = self.next_message()
        person.messages[number] = {"message_id": number, **_content(given), "sent_by": "bot"}
        return {"message_id": number, "date": 1, "chat": person.chat, "text": "x"}

    async def _do_editmessagetext(self, given: dict[str, Any]) -> Any:
        message = self._person(given).messages.get(given["message_id"])
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if given["message_id"] in self.too_old:
            raise Refusal(400, "Bad Request: message can't be edited")
        content = _content(given)
        if content.items() <= message.items():
            raise Refusal(400, NOT_MODIFIED)
        message.update(content)
        return {"message_id": given["message_id"], "date": 1, "chat": {"id": given["chat_id"], "type": "private"}}

    async def _do_deletemessage(self, given: dict[str, Any]) -> Any:
        messages = self._person(given).messages
        if given["message_id"] not in messages:
            raise Refusal(400, "Bad Request: message to delete not found")
        self._refuse_what_stays(messages, [given["message_id"]])
        del messages[given["message_id"]]
        return True

    async def _do_deletemessages(self, given: dict[str, Any]) -> Any:
        assert 1 <= len(given["message_ids"]) <= 100
        messages = self._person(given).messages
        self._refuse_what_stays(messages, given["message_ids"])  # as the real one: all of them, or none
        for number in given["message_ids"]:
            messages.pop(number, None)
        return True

    def _refuse_what_stays(self, messages: dict[int, dict[str, Any]], numbers: list[int]) -> None:
        """Nobody deletes a die for a day, or anything after two days."""
        if any(number in self.too_old or "dice" in messages.get(number, {}) for number in numbers):
            raise Refusal(400, "Bad Request: message can't be deleted for everyone")

    async def _do_answercallbackquery(self, given: dict[str, Any]) -> Any:
        return True

    async def _do_leavechat(self, given: dict[str, Any]) -> Any:
        self.left.append(given["chat_id"])
        return True

    async def _do_getmyname(self, given: dict[str, Any]) -> Any:
        return {"name": ""}

    async def _do_setmyname(self, given: dict[str, Any]) -> Any:
        return True

    _do_setmydescription = _do_setmyshortdescription = _do_setmycommands = _do_setmyname

    async def _do_getmydescription(self, given: dict[str, Any]) -> Any:
        return {"description": ""}

    async def _do_getmyshortdescription(self, given: dict[str, Any]) -> Any:
        return {"short_description": ""}

    async def _do_getmycommands(self, given: dict[str, Any]) -> Any:
        return []

    def _person(self, given: dict[str, Any]) -> Person:
        if given["chat_id"] not in self.people:
            raise Refusal(400, "Bad Request: chat not found")
        return self.people[given["chat_id"]]


def _data(message: dict[str, Any]) -> list[str]:
    return [button.get("callback_data", "") for row in message.get("keyboard", ()) for button in row]


def _labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["keyboard"] for button in row]


def _written(update: Any) -> str:
    return str(update[RAW]) if isinstance(update, dict) and RAW in update else json.dumps(update)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _content(given: dict[str, Any]) -> dict[str, Any]:
    """What a message shows, or the refusal of the real server."""
    assert given["parse_mode"] == "HTML"
    assert given["link_preview_options"]["is_disabled"]
    text = str(given["text"])
    bare = _TAGS.sub("", text)
    if "<" in bare or ">" in bare:
        raise Refusal(400, "Bad Request: can't parse entities: Unsupported start tag")
    if not bare.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(unescape(bare).encode("utf-16-le")) // 2 > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    keyboard = (given.get("reply_markup") or {}).get("inline_keyboard", [])
    if sum(map(len, keyboard)) > 100 or any(not 1 <= len(row) <= 8 for row in keyboard):
        raise Refusal(400, "Bad Request: reply markup is too long")
    for button in (button for row in keyboard for button in row):
        _check_button(button)
    return {"text": unescape(bare), "html": text, "keyboard": keyboard}


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise Refusal(400, "Bad Request: inline keyboard button text must be non-empty")
    kinds = [kind for kind in _KINDS if kind in button]
    if len(kinds) != 1:
        raise Refusal(
            400,
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        )
    if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if not button.get("url", "https://x").startswith(("https://", "http://")):
        raise Refusal(400, "Bad Request: BUTTON_URL_INVALID")
    if not 1 <= len(button.get("copy_text", {"text": "x"})["text"]) <= 256:
        raise Refusal(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")
