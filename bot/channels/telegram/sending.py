"""What is sent to a chat: few tries, no late screens, pauses obeyed chat by chat."""

import asyncio
from collections.abc import Iterable
from time import monotonic
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteMessages,
    EditMessageText,
    LeaveChat,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.channels.telegram.calling import Answer, Calling, Outcome
from bot.channels.telegram.drawing import Message
from bot.channels.telegram.keyboard import Keyboard
from bot.channels.telegram.reporting import Reporting

TRIES = 3
MOST_SECONDS = 30.0  # after that a screen would arrive late, and confuse
CALL_SECONDS = 10
ANSWER_SECONDS = 5
MOST_DELETED = 100  # messages in one call
_FIRST_PAUSE = 1.0
_DELETED = ("done", "gone")  # a chat that is gone shows nothing to anybody
_OF_ONE = ("stays", "unknown", "bug")  # may be so for one message, or for one way to delete
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Left = dict[int, Outcome]  # message -> why it could not be deleted


class Sending:
    """Sends, edits and deletes. Times here are the machine's own, not the clock of the sessions.

    A pause is remembered for `idle` seconds at most: no chat is known for longer.
    """

    def __init__(self, calling: Calling, reporting: Reporting, idle: float) -> None:
        self._calling = calling
        self._reporting = reporting
        self._idle = idle
        self._until: dict[int, float] = {}  # chat -> when the server wants to hear of it again

    async def answer(self, query: str) -> None:
        """Answer a press, so that the button stops turning. Tried once: it is soon too late."""
        await self._calling.once(AnswerCallbackQuery(callback_query_id=query), ANSWER_SECONDS)

    async def send(self, chat: int, message: Message, newer: asyncio.Event | None = None) -> int | None:
        """Send a message silently and return its number; None when it could not be sent."""
        method = SendMessage(
            chat_id=chat,
            text=message.text,
            reply_markup=_markup(message.keyboard),
            link_preview_options=_NO_PREVIEW,
            disable_notification=True,
            protect_content=False,
        )
        answer = await self._tried(chat, method, newer)
        number = answer.value.get("message_id") if isinstance(answer.value, dict) else None
        return number if isinstance(number, int) else None

    async def edit(self, chat: int, card: int, message: Message, newer: asyncio.Event) -> Outcome:
        """Put another screen into a card; "wait" means that it was given up, for a newer press or for time."""
        method = EditMessageText(
            chat_id=chat,
            message_id=card,
            text=message.text,
            reply_markup=_markup(message.keyboard),
            link_preview_options=_NO_PREVIEW,
        )
        return (await self._tried(chat, method, newer)).outcome

    async def delete(self, chat: int, messages: Iterable[int]) -> Left:
        """Delete messages of a chat; what is left there, and why."""
        numbers, left = list(messages), Left()
        for start in range(0, len(numbers), MOST_DELETED):
            left |= await self._delete(chat, numbers[start : start + MOST_DELETED])
        return left

    async def leave(self, chat: int) -> None:
        """Leave a group or channel."""
        await self._tried(chat, LeaveChat(chat_id=chat), None)

    def forget(self) -> None:
        """Drop the pauses that are over."""
        now = monotonic()
        self._until = {chat: until for chat, until in self._until.items() if until > now}

    async def _delete(self, chat: int, messages: list[int]) -> Left:
        """All at once; where one that cannot be deleted keeps the others, each half by itself."""
        one = len(messages) == 1
        method = DeleteMessage(chat_id=chat, message_id=messages[0]) if one else _delete_all(chat, messages)
        outcome = (await self._tried(chat, method, None)).outcome
        if outcome in _DELETED:
            return {}
        if one or outcome not in _OF_ONE:
            return dict.fromkeys(messages, outcome)
        half = len(messages) // 2
        left = await self._delete(chat, messages[:half])
        if "wait" not in left.values():  # else the other half would wait as long
            return left | await self._delete(chat, messages[half:])
        for message in messages[half:]:
            left[message] = "wait"
        return left

    async def _tried(self, chat: int, method: TelegramMethod[Any], newer: asyncio.Event | None) -> Answer:
        """Call until there is an answer: at most three times, 30 seconds, and no newer press."""
        latest = monotonic() + MOST_SECONDS
        answer = Answer("wait")
        for attempt in range(TRIES):
            until = self._until.get(chat, 0.0)
            if until > latest:
                break
            if await _overtaken(until - monotonic(), newer):
                return Answer("wait")
            answer = await self._calling.once(method, CALL_SECONDS)
            if answer.outcome != "wait":
                break
            self._until[chat] = monotonic() + min(answer.wait or _FIRST_PAUSE * 2**attempt, self._idle)
        self._report(answer.outcome)
        return answer

    def _report(self, outcome: Outcome) -> None:
        if outcome == "bug":
            self._reporting.trouble("telegram_failed")
        elif outcome == "refused":
            self._reporting.trouble("telegram_refused")
        elif outcome == "wait":
            self._reporting.trouble("telegram_unreachable")


def _delete_all(chat: int, messages: list[int]) -> DeleteMessages:
    return DeleteMessages(chat_id=chat, message_ids=messages)


async def _overtaken(seconds: float, newer: asyncio.Event | None) -> bool:
    """Pause; whether a newer press came before the end."""
    if newer is None:
        await asyncio.sleep(max(0.0, seconds))
        return False
    if seconds > 0:
        try:
            await asyncio.wait_for(newer.wait(), seconds)
        except TimeoutError:
            return False
    return newer.is_set()


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    rows = [[InlineKeyboardButton.model_validate(button) for button in row] for row in keyboard]
    return InlineKeyboardMarkup(inline_keyboard=rows)
