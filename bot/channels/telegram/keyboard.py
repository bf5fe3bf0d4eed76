"""The buttons below a card, as rows of Bot API objects. Laid out for a narrow phone."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from bot.core.session import Session
from bot.core.shown import Button, Screen, ShownFact

Row = list[dict[str, Any]]
Keyboard = list[Row]

LEAVE = "leave"  # the data of the leave button; no token is so short
MOST_COPIED = 256  # what a copy button holds
MOST_ON_A_ROW = 3
MANY = 6  # so many choices may share rows
NARROW = 16  # columns of a label that leaves room for another beside it


def keyboard(screen: Screen, token: Callable[[Session], str], copy_number: str = "") -> Keyboard:
    """Ways in and details first, then choices, then back and languages, interrupts, leave."""
    several = len(screen.facts) > 1
    rows: Keyboard = []
    for fact in screen.facts:
        rows += _ways(fact, several, copy_number)
    for fact in screen.facts:
        rows += [[_leading(fact.details, _about(fact.details), token)]] if fact.details else []
    rows += _sources(screen.facts)
    if screen.letter:
        rows += [[button] for button in _copying(screen.letter.copy.label, screen.letter.copy.value)]
    rows += _choices([_leading(button, button.label, token) for button in _of(screen, "choice")])
    rows += _in_rows([_leading(button, button.label, token) for button in _of(screen, "back", "language")])
    rows += [[_leading(button, button.label, token)] for button in _of(screen, "interrupt")]
    rows += [[{"text": button.label, "callback_data": LEAVE}] for button in _of(screen, "leave")]
    return rows


def _of(screen: Screen, *kinds: str) -> list[Button]:
    return [button for button in screen.buttons if button.kind in kinds]


def _about(details: Button) -> str:
    return f"{details.about} · {details.label}" if details.about else details.label


def _leading(button: Button, label: str, token: Callable[[Session], str]) -> dict[str, Any]:
    assert button.session is not None  # choices, back, interrupts and languages lead somewhere
    return {"text": label, "callback_data": token(button.session)}


def _ways(fact: ShownFact, several: bool, copy_number: str) -> Iterator[Row]:
    """A row for each way in; a number to call and to write to is copied by one button."""
    copied: set[str] = set()
    for contact in fact.contacts:
        button = contact.button
        if button is None:
            continue
        if button.kind == "url":
            yield [{"text": f"{fact.name} · {button.label}" if several else button.label, "url": button.value}]
            continue
        text, label = button.value, button.label
        if button.kind == "phone":
            text = unquote(text.partition(":")[2])
            label = contact.line if several or not copy_number else f"{copy_number} {contact.line}"
        if text not in copied:
            copied.add(text)
            label = f"{label} · {fact.name}" if several else label
            yield from ([made] for made in _copying(label, text))


def _copying(label: str, text: str) -> Iterator[dict[str, Any]]:
    """A copy button where the text fits into one; a longer text stands in the message to be copied there."""
    if 0 < len(text.encode("utf-16-le")) // 2 <= MOST_COPIED:
        yield {"text": label, "copy_text": {"text": text}}


def _sources(facts: Iterable[ShownFact]) -> Keyboard:
    """Where a whole fact can be read up; every address once."""
    named = {source.url: source.publisher for fact in facts for source in fact.sources if source.url}
    return _in_rows([{"text": publisher, "url": url} for url, publisher in named.items()], most=2)


def _choices(buttons: Row) -> Keyboard:
    """One on a row; where there are many, neighbours with short labels share one."""
    if len(buttons) < MANY:
        return [[button] for button in buttons]
    rows: Keyboard = []
    for button in buttons:
        last = rows[-1] if rows else []
        if len(last) == 1 and max(_columns(last[0]["text"]), _columns(button["text"])) <= NARROW:
            last.append(button)
        else:
            rows.append([button])
    return rows


def _in_rows(buttons: Row, most: int = MOST_ON_A_ROW) -> Keyboard:
    return [buttons[start : start + most] for start in range(0, len(buttons), most)]


def _columns(label: str) -> int:
    """The width of a label; Hangul and Chinese signs are two columns wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in label)
