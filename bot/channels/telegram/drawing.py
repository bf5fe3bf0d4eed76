"""A screen as a Telegram message: text with HTML marks, and rows of buttons. Pure, and free of aiogram.

Nothing is ever cut: whoever writes flows is told by the checker when `length` is above `MOST_TEXT`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.channels.telegram.keyboard import Keyboard, keyboard, marked
from bot.core.guide import Guide
from bot.core.parting import CLOSED, LEFT
from bot.core.session import Session
from bot.core.shown import Screen, ShownContact, ShownFact, ShownLetter
from bot.core.text import Block, Paragraph, Span, Words
from bot.core.wording import interface

MOST_TEXT = 4096  # what Telegram takes, counted without the marks
MOST_MINUTES = 720  # that a card may stay, by the settings
_TAG = re.compile(r"<[^>]+>")


class Message(NamedTuple):
    """What is sent: `text` in Telegram's HTML, `keyboard` as rows of Bot API buttons."""

    text: str
    keyboard: Keyboard


def message(
    screen: Screen,
    token: Callable[[Session], str],
    guide: Guide | None = None,
    web_url: str = "",
    minutes: int = MOST_MINUTES,
) -> Message:
    """Draw a screen as a card; `token` seals the session of a button, which lives for so many `minutes`.

    `guide` gives the channel's own words: the neutral first line, "Copy the number", how long the card stays,
    and on the first screen what to know about Telegram, with `web_url` if there is one.
    """
    drawn = text(screen, guide, web_url, minutes)
    return Message(drawn, keyboard(screen, token, words(guide, "copy-number", screen.language)))


def note(screen: Screen, token: Callable[[Session], str], guide: Guide) -> Message:
    """Draw a screen as the note below a card."""
    pieces = (_neutral(screen, guide), *_pieces(screen))
    return Message(_joined(pieces), keyboard(screen, token, words(guide, "copy-number", screen.language)))


def text(screen: Screen, guide: Guide | None = None, web_url: str = "", minutes: int = MOST_MINUTES) -> str:
    """The words of a card in Telegram's HTML."""
    about = _about_telegram(guide, screen.language, web_url) if guide is not None and _is_first(screen) else ""
    closes = _closes(screen, guide, minutes) if guide is not None and screen.step != LEFT else ""
    about, closes = escape(about, quote=False), escape(closes, quote=False)
    return _joined((_neutral(screen, guide), about, *_pieces(screen), closes))


def words(guide: Guide | None, key: str, language: str) -> str:
    """One of the interface's words; empty where this guide does not have it."""
    return interface(guide, key, language) if guide is not None and key in guide.texts else ""


def length(text: str) -> int:
    """How long Telegram finds a text: UTF-16 units (the stricter count), after its marks are read."""
    return len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def _joined(pieces: Iterable[str]) -> str:
    return "\n\n".join(filter(None, pieces))


def _neutral(screen: Screen, guide: Guide | None) -> str:
    """The chat list and notifications show how a message begins, so it begins with this."""
    return escape(words(guide, "neutral-line", screen.language), quote=False)


def _closes(screen: Screen, guide: Guide, minutes: int) -> str:
    """How long the card stays; with numbers or a letter on it, that they can be noted before."""
    closes = interface(guide, "closes-after", screen.language, minutes=str(minutes))
    worth_noting = screen.letter or any(fact.contacts for fact in screen.facts)
    return f"{closes} {words(guide, 'note-before', screen.language)}" if worth_noting else closes


def _is_first(screen: Screen) -> bool:
    outside = screen.step in (CLOSED, LEFT)
    return not outside and all(button.kind != "back" for button in screen.buttons)


def _about_telegram(guide: Guide, language: str, web_url: str) -> str:
    note = words(guide, "telegram-note", language)
    web = words(guide, "telegram-note-web", language) if web_url else ""
    if web:
        web = web.replace("{web}", web_url) if "{web}" in web else f"{web} {web_url}"
    return " ".join(filter(None, (note, web)))


def _pieces(screen: Screen) -> Iterator[str]:
    if screen.title:
        yield _bold(screen.title)
    marks = iter([mark for mark, _ in marked(screen.facts)])
    for part in screen.parts:
        if isinstance(part, ShownLetter):
            yield from _letter(part)
        elif isinstance(part, ShownFact):
            yield _fact(part, screen.title, next(marks))
        else:
            yield _block(part)


def _letter(letter: ShownLetter) -> Iterator[str]:
    if letter.hint:
        yield escape(letter.hint, quote=False)
    yield f"<pre>{escape(letter.text, quote=False)}</pre>"


def _fact(fact: ShownFact, title: str, mark: str) -> str:
    """The fact's name, what to know before, the ways in, then whatever its detail adds."""
    rows = [] if fact.full and fact.name == title else [_bold(mark + fact.name)]
    rows += [_blocks(line.blocks) for line in fact.lines if not line.label]
    rows += [_contact(contact) for contact in fact.contacts]
    rows += [f"\n{_bold(line.label)}\n{_blocks(line.blocks)}" for line in fact.lines if line.label]
    if fact.sources:
        rows.append("")
        rows += [escape(f"– {source.publisher} {source.date}".rstrip(), quote=False) for source in fact.sources]
    if fact.checked:
        rows.append(escape(fact.checked, quote=False))
    return "\n".join(rows).strip("\n")


def _contact(contact: ShownContact) -> str:
    line = contact.line
    if contact.button and contact.button.kind == "url" and line == contact.button.value:
        line = urlsplit(line).hostname or line  # the address itself is in the button
    notes = f" ({'; '.join(contact.notes)})" if contact.notes else ""
    return f"• {_bold(line)}{escape(notes, quote=False)}"


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _spans(block.spans)
    return "\n".join("• " + _spans(item) for item in block.items)


def _spans(spans: tuple[Span, ...]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    text = span.text if isinstance(span, Words) else "{" + span.name + "}"
    return _bold(text) if span.bold else escape(text, quote=False)


def _bold(text: str) -> str:
    return f"<b>{escape(text, quote=False)}</b>"
