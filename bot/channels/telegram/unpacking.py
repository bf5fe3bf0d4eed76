"""An answer with many updates, one of which no reader of JSON takes: the others are served all the same.

Nesting beyond the depth that Python allows or a number without end would otherwise make the whole answer
unreadable; asked again, Telegram would give the same answer for a day.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_SIGN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)  # brackets within strings are skipped
_NUMBER = re.compile(r'"update_id"\s*:\s*(\d{1,10})(?!\d)')
_DEPTH = 2  # {"result": [ and then the updates


@dataclass(frozen=True, slots=True)
class Unread:
    """An update of which nothing could be read but its number."""

    number: int | None = field(default=None, repr=False)


def unpacked(answer: str) -> list[Any] | None:
    """The updates of an answer of `getUpdates`, each read alone; None when the end of it is missing."""
    pieces = list(_pieces(answer))
    if not pieces or pieces[-1] is not None:
        return None
    return [_read(piece) for piece in pieces[:-1] if piece is not None]


def _pieces(answer: str) -> Iterator[str | None]:
    """What stands in the list, piece by piece; None at the end where everything that opened was closed."""
    depth = start = 0
    for sign in _SIGN.finditer(answer):
        if sign[0] in "[{":
            start = sign.start() if depth == _DEPTH else start
            depth += 1
        elif sign[0] in "]}":
            depth -= 1
            if depth == _DEPTH:
                yield answer[start : sign.end()]
            elif depth == 0:
                yield None


def _read(piece: str) -> Any:
    try:
        return json.loads(piece)
    except (ValueError, RecursionError):
        found = _NUMBER.search(piece)
        return Unread(int(found[1]) if found else None)
