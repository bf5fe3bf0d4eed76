"""The buttons below a card, as rows of Bot API objects. Laid out for a narrow phone."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from bot.core.session import Session
from bot.core.shown import Button, Screen, ShownFact

Row = list[dict[str, Any]]
Keyboard = list[Row]

LEAVE, CLOSE = "leave", "close"  # the data of these two buttons; no token is so short
MOST_COPIED = 256  # what a copy button holds
MOST_ON_A_ROW = 3
MANY = 6  # so many choices may share rows
NARROW = 16  # columns of a label that leaves room for another beside it
WIDE = 40  # columns of a whole row, with PADDING for each button
PADDING = 4


def keyboard(screen: Screen, token: Callable[[Session], str], copy_number: str = "") -> Keyboard:
    """Ways in and details first, then choices, then what is small, interrupts, leave.

    The button that takes a note away stands where the screen has it: before the choices or at the end.
    """
    rows: Keyboard = []
    for mark, fact in marked(screen.facts):
        ways = [*_ways(fact, mark, copy_number), *_details(fact, mark, token)]
        rows += _packed(sorted(ways, key=lambda button: "url" in button))  # numbers and details fit on one row
    rows += _sources(screen.facts)
    if screen.letter:
        rows += [[button] for button in _copying(screen.letter.copy.label, screen.letter.copy.value)]
    closing = [[{"text": button.label, "callback_data": CLOSE}] for button in _of(screen, "close")]
    closes_first = screen.buttons[:1] == tuple(_of(screen, "close"))
    rows += closing if closes_first else []
    rows += _choices([_leading(button, button.label, token) for button in _of(screen, "choice")])
    for small in (_of(screen, "back", "stay"), _of(screen, "language", "quiet")):
        rows += _packed(_leading(button, button.label, token) for button in small)
    rows += [[_leading(button, button.label, token)] for button in _of(screen, "interrupt")]
    rows += [] if closes_first else closing
    rows += [[{"text": button.label, "callback_data": LEAVE}] for button in _of(screen, "leave")]
    return rows


def _of(screen: Screen, *kinds: str) -> list[Button]:
    """Its buttons of these kinds, kind by kind."""
    return [button for kind in kinds for button in screen.buttons if button.kind == kind]


def marked(facts: Sequence[ShownFact]) -> Iterator[tuple[str, ShownFact]]:
    """Facts with the mark that joins their words to their buttons: "1. ", "2. "; none for a single one."""
    yield from ((f"{n}. " if len(facts) > 1 else "", fact) for n, fact in enumerate(facts, 1))


def _leading(button: Button, label: str, token: Callable[[Session], str]) -> dict[str, Any]:
    assert button.session is not None  # all but leave and close lead somewhere
    return {"text": label, "callback_data": token(button.session)}


def _ways(fact: ShownFact, mark: str, copy_number: str) -> Iterator[dict[str, Any]]:
    """A button for each way in; a number to call and to write to is copied by one button."""
    copied: set[str] = set()
    for contact in fact.contacts:
        button = contact.button
        if button is None:
            continue
        if button.kind == "url":
            yield {"text": mark + button.label, "url": button.value}
            continue
        text, label = button.value, button.label
        if button.kind == "phone":
            text = unquote(text.partition(":")[2])
            number = contact.line.removeprefix(contact.label).strip()  # as it is written, not as it is dialled
            label = number if mark or not copy_number else f"{copy_number} {contact.line}"
        if text not in copied:
            copied.add(text)
            yield from _copying(mark + label, text)


def _details(fact: ShownFact, mark: str, token: Callable[[Session], str]) -> Iterator[dict[str, Any]]:
    if fact.details:
        label = mark + fact.details.label if mark else f"{fact.details.about} · {fact.details.label}"
        yield _leading(fact.details, label, token)


def _copying(label: str, text: str) -> Iterator[dict[str, Any]]:
    """A copy button where the text fits into one; a longer text stands in the message to be copied there."""
    if 0 < len(text.encode("utf-16-le")) // 2 <= MOST_COPIED:
        yield {"text": label, "copy_text": {"text": text}}


def _sources(facts: Iterable[ShownFact]) -> Keyboard:
    """Where a whole fact can be read up; every address once."""
    named = {source.url: source.publisher for fact in facts for source in fact.sources if source.url}
    return _in_rows([{"text": publisher, "url": url} for url, publisher in named.items()], most=2)


def _packed(buttons: Iterable[dict[str, Any]]) -> Keyboard:
    """As many on a row as a narrow phone shows in full."""
    rows: Keyboard = []
    for button in buttons:
        row = [*rows[-1], button] if rows else [button]
        if rows and len(row) <= MOST_ON_A_ROW and sum(_columns(b["text"]) + PADDING for b in row) <= WIDE:
            rows[-1] = row
        else:
            rows.append([button])
    return rows


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
