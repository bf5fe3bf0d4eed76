"""One raw update becomes what arrived, or nothing. Only the few fields that are needed are looked at.

Telegram grows new kinds of messages all the time; a message of a kind that nobody here knows is still a
message to delete, so only its number and its chat must be sound, and of the rest only words are heard.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channels.telegram.unpacking import Unread
from bot.core.listening import Heard

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

# What Telegram itself writes into a chat when a person changes a setting: deleted, and not worth a note.
_SERVICE = frozenset(
    {"message_auto_delete_timer_changed", "pinned_message", "chat_background_set", "write_access_allowed"}
)
_GONE = frozenset({"left", "kicked"})
_RANKS = ("unknown", "topic", "media", "crisis")  # danger matters more than a picture, a picture than words
_MOST_PIECES, _MOST_LETTERS = 500, 4096  # of a rich message that are looked through for words
_MOST_NUMBER = 2**31 - 1  # of an update


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
    """A button of a message; `message` is None when Telegram does not say which.

    `reachable`: it can be edited, as far as Telegram knows.
    """

    chat: int = field(repr=False)
    query: str = field(repr=False)
    data: str = field(repr=False)
    message: int | None = field(repr=False)
    language: str = field(repr=False)
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """Typed words or media. `about` is what words sounded like, None for what is no words.

    `rank` says how much a note about it matters; 0: no note.
    """

    chat: int = field(repr=False)
    message: int = field(repr=False)
    language: str = field(repr=False)
    about: Heard | None = field(default=None, repr=False)
    rank: int = 0
    album: int = field(default=0, repr=False)


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
Hear = Callable[[str], Heard]

_ChatNumber = Annotated[int, Field(gt=-(2**63), lt=2**63)]
_MessageNumber = Annotated[int, Field(gt=0, lt=2**63)]


class _Read(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True, extra="ignore", frozen=True, strict=True)


class _Chat(_Read):
    id: _ChatNumber
    type: str


class _Message(_Read):
    message_id: _MessageNumber
    chat: _Chat
    date: Any = 0
    person: Any = Field(None, alias="from")
    text: Any = ""
    caption: Any = ""
    rich_message: Any = None
    media_group_id: Any = ""


class _Person(_Read):
    id: _ChatNumber
    language_code: Any = ""


class _Query(_Read):
    id: str
    person: _Person = Field(alias="from")
    message: _Message | None = None
    data: Any = ""


class _Member(_Read):
    status: str = ""


class _Membership(_Read):
    chat: _Chat
    new_chat_member: _Member = _Member()


def read(raw: object, hear: Hear = lambda text: Heard("unknown")) -> Arrived | None:
    """What a raw update says; None for one that there is nothing to do about.

    Typed words go no further than `hear`: what is returned holds what they were taken for, not a letter of them.

    Raises:
        Unreadable: a needed field is missing or of another kind.
    """
    if not isinstance(raw, dict):
        raise Unreadable
    try:
        return _read(raw, hear)
    except (ValidationError, RecursionError):
        raise Unreadable from None


def number(raw: object) -> int | None:
    """The `update_id` of an update, however odd the rest of it is."""
    if isinstance(raw, Unread):
        return raw.number
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if type(found) is int and 0 <= found <= _MOST_NUMBER else None


def _read(raw: dict[str, Any], hear: Hear) -> Arrived | None:
    if "message" in raw:
        return _message(raw["message"], hear, edited=False)
    if "edited_message" in raw:
        return _message(raw["edited_message"], hear, edited=True)
    if "callback_query" in raw:
        return _press(_Query.model_validate(raw["callback_query"]))
    if "my_chat_member" in raw:
        return _membership(_Membership.model_validate(raw["my_chat_member"]))
    return None


def _message(raw: Any, hear: Hear, *, edited: bool) -> Arrived:
    found = _Message.model_validate(raw)
    if found.chat.type != "private":
        return Elsewhere(found.chat.id)
    sender = found.person if isinstance(found.person, dict) else {}
    language, text = _string(sender.get("language_code")), _string(found.text)
    about = hear(text or _string(found.caption) or "\n".join(_rich(found.rich_message)))
    if text.startswith("/") and not edited and about.kind != "crisis":
        return Start(found.chat.id, found.message_id, language)
    words = about if text or about.kind == "crisis" else None
    noted = words is not None or not _SERVICE & raw.keys()
    rank = 1 + _RANKS.index(words.kind if words else "media") if noted else 0
    return Sent(found.chat.id, found.message_id, language, words, rank, _album(found.media_group_id))


def _press(query: _Query) -> Arrived:
    message = query.message
    if message and message.chat.type != "private":
        return Elsewhere(message.chat.id, query.id)
    if message and message.chat.id != query.person.id:  # a private chat has the person's number
        raise Unreadable
    return Press(
        chat=query.person.id,
        query=query.id,
        data=_string(query.data),
        message=message.message_id if message else None,
        language=_string(query.person.language_code),
        reachable=message is not None and message.date != 0,  # date 0 marks an inaccessible message
    )


def _membership(change: _Membership) -> Arrived | None:
    left = change.new_chat_member.status in _GONE
    if change.chat.type == "private":
        return Gone(change.chat.id) if left else None
    return None if left else Elsewhere(change.chat.id)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _album(value: object) -> int:
    """A mark of an album, which tells nobody its number."""
    return hash(value) if isinstance(value, str) and value else 0


def _rich(content: Any) -> Iterator[str]:
    """The words of a rich message, wherever in its blocks they stand."""
    pieces, looked, left = [content], 0, _MOST_LETTERS
    while pieces and looked < _MOST_PIECES and left > 0:
        piece = pieces.pop()
        looked += 1
        if isinstance(piece, str):
            yield piece
            left -= len(piece)
        elif isinstance(piece, list):
            pieces += reversed(piece[:_MOST_PIECES])
        elif isinstance(piece, dict):
            pieces += reversed([piece[key] for key in ("text", "caption", "cells", "items", "blocks") if key in piece])
