"""One call of the Bot API, and what its answer means. No exception of a library leaves this module.

Answers are taken raw: the library's own reading would fail for a whole list because of one update, and its
exceptions carry requests and answers, which nobody may print.
"""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any, Literal

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.methods import GetUpdates, TelegramMethod
from aiogram.types import InputFile
from aiohttp import ClientTimeout

from bot.channels.telegram.unpacking import unpacked
from bot.settings import Settings

Outcome = Literal["done", "new card", "gone", "wait", "stays", "unknown", "refused", "bug"]

# The first line that fits counts: status (0: any), a fragment of the description in lower case, what to do.
# "stays": it cannot be deleted any more. "unknown": the server does not have the method.
TABLE: tuple[tuple[int, str, Outcome], ...] = (
    (429, "", "wait"),
    (400, "message is not modified", "done"),
    (400, "query is too old", "done"),
    (400, "message to edit not found", "new card"),
    (400, "message can't be edited", "new card"),
    (400, "message to delete not found", "done"),
    (400, "message can't be deleted", "stays"),
    (400, "chat not found", "gone"),
    (400, "peer_id_invalid", "gone"),
    (401, "", "refused"),
    (403, "", "gone"),
    (404, "method not found", "unknown"),
    (404, "", "refused"),
    (409, "", "refused"),
    (421, "", "refused"),
    (500, "", "wait"),
    (0, "", "bug"),
)
# All that is ever called. Nothing that fetches, sends or names a file is among them.
METHODS = frozenset(
    {
        "getUpdates", "setWebhook", "deleteWebhook",
        "sendMessage", "editMessageText", "deleteMessage", "deleteMessages", "answerCallbackQuery", "leaveChat",
        "getMyName", "getMyDescription", "getMyShortDescription", "getMyCommands",
        "setMyName", "setMyDescription", "setMyShortDescription", "setMyCommands",
    }
)  # fmt: skip
_MOST_WAIT = 86_400  # seconds; no pause of Telegram's is longer
_UNNAMED_WAIT = 5  # seconds after a 429 that does not say how long
_CONNECTIONS = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call; `wait` is how many seconds the server asked for, 0 when it did not say."""

    outcome: Outcome
    value: Any = field(default=None, repr=False)
    wait: float = 0.0


class NotAllowed(Exception):
    """A method that is not on the closed list, or anything else that would fetch or send a file."""


class Calling:
    """Calls the Bot API server of the settings."""

    def __init__(self, settings: Settings) -> None:
        assert settings.bot_token is not None
        session = _RawSession(api=TelegramAPIServer.from_base(settings.bot_api_url), limit=_CONNECTIONS)
        default = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
        self._bot = _Bot(settings.bot_token.get_secret_value(), session=session, default=default)

    def __repr__(self) -> str:
        return "Calling()"

    async def once(self, method: TelegramMethod[Any], seconds: int) -> Answer:
        """Call a method once, for at most so many seconds. Raises nothing but cancellation."""
        try:
            answer = await self._bot(method, request_timeout=seconds)
        except NotAllowed:
            return Answer("bug")
        except Exception:  # no connection, a broken one, no answer in time
            return Answer("wait")
        return answer if isinstance(answer, Answer) else Answer("bug")

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.session.close()


class _Bot(Bot):
    """The library's bot, which can fetch no file: not from the server, and not from its disk."""

    async def download(self, *_: Any, **__: Any) -> None:
        raise NotAllowed

    async def download_file(self, *_: Any, **__: Any) -> None:
        raise NotAllowed


class _RawSession(AiohttpSession):
    """The library's session, for the methods of the closed list; their results are `Answer`s.

    It takes no redirect, so that nothing but the server of the settings is ever asked.
    """

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - the library's own
        if method.__api_method__ not in METHODS:
            raise NotAllowed
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        form = self.build_form_data(bot=bot, method=method)
        limit = ClientTimeout(self.timeout if timeout is None else timeout)
        async with session.post(url, data=form, timeout=limit, allow_redirects=False) as response:
            content = (await response.read()).decode("utf-8", "replace")
        return _answer(response.status, content, isinstance(method, GetUpdates))

    def prepare_value(self, value: Any, *given: Any, **named: Any) -> Any:
        if isinstance(value, InputFile):
            raise NotAllowed
        return super().prepare_value(value, *given, **named)

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise NotAllowed
        yield b""  # makes it a generator, as it is in the library


def _answer(status: int, content: str, is_updates: bool) -> Answer:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):  # the HTML page of a proxy, half an answer, an update nobody can read
        updates = unpacked(content) if is_updates and status == 200 else None
        return Answer("wait") if updates is None else Answer("done", updates)
    if not isinstance(said, dict):
        return Answer("wait")
    if status < 300 and said.get("ok") is True:
        return Answer("done", said.get("result"))
    code = said.get("error_code")
    code = code if isinstance(code, int) else status
    outcome = meaning(code, str(said.get("description", "")))
    return Answer(outcome, wait=_asked_wait(said, code) if outcome == "wait" else 0.0)


def _asked_wait(said: dict[str, Any], code: int) -> float:
    parameters = said.get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(asked, int | float) and asked > 0:
        return float(min(asked, _MOST_WAIT))
    return _UNNAMED_WAIT if code == 429 else 0.0


def meaning(status: int, description: str) -> Outcome:
    """Look up in the table what an answer means; every status from 500 counts as 500."""
    status, words = min(status, 500), description.lower()
    return next(outcome for code, part, outcome in TABLE if code in (status, 0) and part in words)
