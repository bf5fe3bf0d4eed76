"""When a line answers: always, weekly in its own time zone, or unknown. Never counts unknown as open."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """Open on `weekday` (0 = Monday) from minute `start` up to, not including, minute `end`."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """Ordinary weeks only: holidays are not known, so texts say "usually"."""

    zone: tzinfo
    spans: tuple[Span, ...]


Hours = Literal["always", "unknown"] | Weekly


def is_open(hours: Hours | None, now: datetime) -> bool:
    """Whether a line with these hours is known to answer at `now` (an aware time)."""
    if hours == "always":
        return True
    if not isinstance(hours, Weekly):
        return False
    local = now.astimezone(hours.zone)
    minute = local.hour * 60 + local.minute
    return any(span.weekday == local.weekday() and span.start <= minute < span.end for span in hours.spans)


def next_opening(hours: Weekly, now: datetime) -> datetime | None:
    """The next moment at which a closed line opens, in its own zone; None when it never does."""
    local = now.astimezone(hours.zone)
    for ahead in range(8):
        day = local + timedelta(days=ahead)
        for span in sorted(hours.spans, key=lambda span: span.start):
            at = day.replace(hour=span.start // 60, minute=span.start % 60, second=0, microsecond=0)
            if span.weekday == day.weekday() and at > local:
                return at
    return None


def clock(minute: int) -> str:
    """Minute of the day as HH:MM; the end of the day is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
