"""One call of the Bot API, and what its answer means. No exception of a library leaves this module.

The library's exceptions carry the whole request and answer, so they are turned into a status and looked
up in a table at once; nobody prints them.
"""

from dataclasses import dataclass
from typing import Any, Literal

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import EditMessageText, GetUpdates, SendMessage, TelegramMethod

from bot.settings import Settings

Outcome = Literal["done", "new card", "gone", "wait", "stays", "unknown", "refused", "bug"]

# The first line that fits counts: status, a fragment of the description in lower case, what to do.
# "stays": it cannot be deleted any more. "unknown": a server that does not have the method.
TABLE: tuple[tuple[int, str, Outcome], ...] = (
    (429, "", "wait"),
    (400, "message is not modified", "done"),
    (400, "query is too old", "done"),
    (400, "query id is invalid", "done"),
    (400, "message to edit not found", "new card"),
    (400, "message can't be edited", "new card"),
    (400, "message_id_invalid", "new card"),
    (400, "message to delete not found", "done"),
    (400, "message can't be deleted", "stays"),
    (400, "chat not found", "gone"),
    (400, "peer_id_invalid", "gone"),
    (401, "", "refused"),
    (403, "", "gone"),
    (404, "method not found", "unknown"),
    (404, "", "refused"),
    (409, "", "refused"),
    (413, "", "bug"),
    (421, "", "refused"),
    (500, "", "wait"),
    (0, "", "bug"),
)

_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (TelegramRetryAfter, 429),
    (TelegramMigrateToChat, 403),
    (TelegramBadRequest, 400),
    (TelegramUnauthorizedError, 401),
    (TelegramForbiddenError, 403),
    (TelegramNotFound, 404),
    (TelegramConflictError, 409),
    (TelegramEntityTooLarge, 413),
    (TelegramServerError, 500),
    (TelegramNetworkError, 500),
)
_WORDS_OF = {"too many requests": 429, "misdirected request": 421}  # the library has no type for these
_UNNAMED_WAIT = 5.0  # seconds after a 429 that does not say how long


class AskUpdates(GetUpdates):
    """`getUpdates` with raw answers: one update that cannot be read must not spoil the others."""

    __returning__ = list[Any]


class Send(SendMessage):
    """`sendMessage` of which only the number is read."""

    __returning__ = dict[str, Any]


class Edit(EditMessageText):
    """`editMessageText` of which nothing is read."""

    __returning__ = Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call; `wait` is how many seconds the server asked for, 0 when it did not say."""

    outcome: Outcome
    value: Any = None
    wait: float = 0.0


class Calling:
    """Calls the Bot API server of the settings."""

    def __init__(self, settings: Settings) -> None:
        assert settings.bot_token is not None
        session = AiohttpSession(api=TelegramAPIServer.from_base(settings.bot_api_url), limit=200)
        default = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
        self._bot = Bot(settings.bot_token.get_secret_value(), session=session, default=default)

    def __repr__(self) -> str:
        return "Calling()"

    async def once(self, method: TelegramMethod[Any], seconds: int) -> Answer:
        """Call a method once, for at most so many seconds. Raises nothing but cancellation."""
        try:
            return Answer("done", await self._bot(method, request_timeout=seconds))
        except TelegramRetryAfter as asked:
            return Answer("wait", wait=float(asked.retry_after))
        except TelegramAPIError as refused:
            status = _status(refused)
            return Answer(meaning(status, refused.message), wait=_UNNAMED_WAIT if status == 429 else 0.0)
        except Exception:  # an HTML page of a proxy, half an answer, a broken connection
            return Answer("wait")

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.session.close()


def meaning(status: int, description: str | None) -> Outcome:
    """Look up in the table what an answer means; every status from 500 counts as 500."""
    status, words = min(status, 500), (description or "").lower()
    return next(outcome for code, part, outcome in TABLE if code in (status, 0) and part in words)


def _status(refused: TelegramAPIError) -> int:
    known = next((status for kind, status in _STATUS if isinstance(refused, kind)), 0)
    words = (refused.message or "").lower()
    return known or next((status for start, status in _WORDS_OF.items() if words.startswith(start)), 0)
