"""Opening hours as authors write them: `mon-fri 09:00-18:00`."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.hours import MINUTES_A_DAY, Hours, Span, Weekly
from bot.core.text import Place
from bot.flowfiles.nodes import Items, Node, Scalar, Table
from bot.flowfiles.problems import Problems

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LINE = re.compile(r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<from>\d\d:\d\d)-(?P<to>\d\d:\d\d)")
_CLOSED = "People would not know when somebody answers."
_SHAPE = "Write days and times like `mon-fri 09:00-18:00`; the day ends at 24:00."


def read_hours(node: Node | None, zone: str, problems: Problems) -> Hours | None:
    """`always`, `unknown` or `{weekly: [...], zone: ...}`; None where nothing is said."""
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text in ("always", "unknown"):
        return "always" if node.text == "always" else "unknown"
    if isinstance(node, Table) and set(node.entries) <= {"weekly", "zone"} and "weekly" in node.entries:
        return _weekly(node, zone, problems)
    problems.add(
        "F09", node.place, "These are no hours.",
        hurts=_CLOSED, fix="Write `always`, `unknown` or `{weekly: [mon-fri 09:00-18:00]}`.",
    )  # fmt: skip
    return "unknown"


def _weekly(node: Table, zone: str, problems: Problems) -> Hours:
    named = node.entries.get("zone")
    if isinstance(named, Scalar):
        zone = named.text
    try:
        where = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        problems.add(
            "F09", named.place if named else node.place, f'"{zone}" is not a time zone.',
            hurts=_CLOSED, fix="Write e.g. `zone: Asia/Seoul`.",
        )  # fmt: skip
        return "unknown"
    lines = node.entries["weekly"]
    spans: list[Span] = []
    for item in lines.items if isinstance(lines, Items) else [lines]:
        spans += _spans(item.text if isinstance(item, Scalar) else "", item.place, problems)
    return Weekly(where, tuple(spans)) if spans else "unknown"


def _spans(text: str, place: Place, problems: Problems) -> list[Span]:
    found = _LINE.fullmatch(text.strip())
    first = found["first"] if found else ""
    last = (found["last"] or first) if found else ""
    if not found or first not in _DAYS or last not in _DAYS or _DAYS.index(last) < _DAYS.index(first):
        problems.add("F09", place, f'"{text}" is not a time of the week.', hurts=_CLOSED, fix=_SHAPE)
        return []
    start, end = _minute(found["from"]), _minute(found["to"])
    if not 0 <= start < end <= MINUTES_A_DAY:
        problems.add("F09", place, f'"{text}" ends before it begins.', hurts=_CLOSED, fix=_SHAPE)
        return []
    return [Span(day, start, end) for day in range(_DAYS.index(first), _DAYS.index(last) + 1)]


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
