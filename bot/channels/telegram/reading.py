"""One raw update becomes what arrived, or nothing. Only the few fields that are needed are looked at.

Telegram grows new kinds of messages all the time; a message of a kind that nobody here knows is still a
message to delete, so its content is never read beyond "is it text".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

# What Telegram itself writes into a chat when a person changes a setting: deleted, and not worth a note.
_SERVICE = frozenset(
    {"message_auto_delete_timer_changed", "pinned_message", "chat_background_set", "write_access_allowed"}
)
CRISIS = "crisis"  # the note that shows who answers now
_GONE = frozenset({"left", "kicked"})


class Unreadable(Exception):
    """An update without what is needed to serve it. Carries nothing of it."""


@dataclass(frozen=True, slots=True)
class Start:
    """A command: the person wants the first screen."""

    chat: int = field(repr=False)
    message: int = field(repr=False)
    language: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Press:
    """A button; `card` is None when its message can no longer be reached."""

    chat: int = field(repr=False)
    query: str = field(repr=False)
    data: str = field(repr=False)
    card: int | None = field(repr=False)
    language: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """Typed text or media; `note` is the interface key of the note that answers it, empty for none."""

    chat: int = field(repr=False)
    message: int = field(repr=False)
    note: str = field(repr=False)
    album: str = field(repr=False)
    language: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A group or channel, where nothing may ever be said; `query` is an unanswered press."""

    chat: int = field(repr=False)
    query: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked the bot."""

    chat: int = field(repr=False)


Arrived = Start | Press | Sent | Elsewhere | Gone


class _Read(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True, extra="ignore", frozen=True)


class _Chat(_Read):
    id: int
    type: str


class _Person(_Read):
    id: int
    language_code: str = ""


class _Message(_Read):
    message_id: int
    chat: _Chat
    date: int = 0
    person: _Person | None = Field(None, alias="from")
    text: str = ""
    caption: str = ""
    media_group_id: str = ""


class _Query(_Read):
    id: str
    person: _Person = Field(alias="from")
    message: _Message | None = None
    data: str = ""


class _Member(_Read):
    status: str = ""


class _Membership(_Read):
    chat: _Chat
    new_chat_member: _Member = _Member()


def read(raw: object, is_crisis: Callable[[str], bool] = lambda text: False) -> Arrived | None:
    """What a raw update says; None for one that there is nothing to do about.

    Typed words go no further than `is_crisis`: what is returned holds the name of a note, not a letter of them.

    Raises:
        Unreadable: a needed field is missing or of another kind.
    """
    if not isinstance(raw, dict):
        raise Unreadable
    try:
        return _read(raw, is_crisis)
    except (ValidationError, RecursionError):
        raise Unreadable from None


def number(raw: object) -> int | None:
    """The `update_id` of an update, however odd the rest of it is."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) else None


def _read(raw: dict[str, Any], is_crisis: Callable[[str], bool]) -> Arrived | None:
    if "message" in raw:
        return _message(raw["message"], is_crisis, edited=False)
    if "edited_message" in raw:
        return _message(raw["edited_message"], is_crisis, edited=True)
    if "callback_query" in raw:
        return _press(_Query.model_validate(raw["callback_query"]))
    if "my_chat_member" in raw:
        return _membership(_Membership.model_validate(raw["my_chat_member"]))
    return None


def _message(raw: Any, is_crisis: Callable[[str], bool], *, edited: bool) -> Arrived:
    found = _Message.model_validate(raw)
    if found.chat.type != "private":
        return Elsewhere(found.chat.id)
    language = found.person.language_code if found.person else ""
    if found.text.startswith("/") and not edited:
        return Start(found.chat.id, found.message_id, language)
    note = "typed-note" if found.text else "" if _SERVICE & raw.keys() else "media-note"
    if is_crisis(found.text or found.caption):
        note = CRISIS
    return Sent(found.chat.id, found.message_id, note, found.media_group_id, language)


def _press(query: _Query) -> Arrived:
    message = query.message
    if message and message.chat.type != "private":
        return Elsewhere(message.chat.id, query.id)
    reachable = message is not None and message.date > 0  # date 0 marks an inaccessible message
    return Press(
        chat=message.chat.id if message else query.person.id,  # a private chat has the person's number
        query=query.id,
        data=query.data,
        card=message.message_id if message and reachable else None,
        language=query.person.language_code,
    )


def _membership(change: _Membership) -> Arrived | None:
    left = change.new_chat_member.status in _GONE
    if change.chat.type == "private":
        return Gone(change.chat.id) if left else None
    return None if left else Elsewhere(change.chat.id)
