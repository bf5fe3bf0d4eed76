"""Opening hours: in the line's own zone, to the minute, and never a guess."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.hours import Span, Weekly, clock, is_open, next_opening

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
WORKDAYS = Weekly(SEOUL, tuple(Span(day, 9 * 60, 18 * 60) for day in range(5)))


def seoul(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment in November 2026 as a clock in Seoul shows it; the 25th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SEOUL).astimezone(UTC)


def test_a_line_that_always_answers_is_open() -> None:
    """Day and night, and without a zone."""
    assert is_open("always", seoul(25, 3))


@pytest.mark.parametrize("hours", ["unknown", None])
def test_unknown_hours_never_count_as_open(hours: None) -> None:
    """A wrong "open" costs somebody the courage to call again."""
    assert not is_open(hours, seoul(25, 12))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (seoul(25, 8, 59, 59), False),
        (seoul(25, 9), True),
        (seoul(25, 17, 59, 59), True),
        (seoul(25, 18), False),
        (seoul(28, 12), False),  # a Saturday
    ],
)
def test_a_weekly_line_is_open_from_its_first_to_before_its_last_minute(now: datetime, expected: bool) -> None:
    """The end is not part of the span."""
    assert is_open(WORKDAYS, now) is expected


def test_weekly_hours_are_read_in_the_zone_of_the_line() -> None:
    """Sunday evening in New York is Monday morning in Seoul."""
    assert is_open(WORKDAYS, datetime(2026, 11, 22, 20, 0, tzinfo=NEW_YORK))


def test_minutes_of_a_span_count() -> None:
    """Lines open at half past, too."""
    half = Weekly(SEOUL, (Span(2, 9 * 60 + 30, 17 * 60 + 45),))
    moments = [seoul(25, 9, 29), seoul(25, 9, 30), seoul(25, 17, 44), seoul(25, 17, 45)]
    assert [is_open(half, moment) for moment in moments] == [False, True, True, False]
    assert next_opening(half, seoul(25, 9)) == datetime(2026, 11, 25, 9, 30, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (seoul(25, 3), datetime(2026, 11, 25, 9, 0, tzinfo=SEOUL)),
        (seoul(25, 9), datetime(2026, 11, 26, 9, 0, tzinfo=SEOUL)),
        (seoul(27, 20), datetime(2026, 11, 30, 9, 0, tzinfo=SEOUL)),
    ],
    ids=["later today", "tomorrow", "after the weekend"],
)
def test_the_next_opening_is_the_first_one_after_now(now: datetime, opens: datetime) -> None:
    """Later today if there still is one, else the next day that has hours."""
    assert next_opening(WORKDAYS, now) == opens


def test_a_line_open_once_a_week_opens_again_after_seven_days() -> None:
    """The same weekday of next week is looked at too."""
    once = Weekly(SEOUL, (Span(2, 600, 660),))
    assert next_opening(once, seoul(25, 12)) == datetime(2026, 12, 2, 10, 0, tzinfo=SEOUL)


def test_the_earlier_of_two_spans_of_a_day_comes_first() -> None:
    """Authors may write the evening before the morning."""
    twice = Weekly(SEOUL, (Span(2, 19 * 60, 22 * 60), Span(2, 9 * 60, 12 * 60)))
    assert next_opening(twice, seoul(25, 3)) == datetime(2026, 11, 25, 9, 0, tzinfo=SEOUL)
    assert next_opening(twice, seoul(25, 13)) == datetime(2026, 11, 25, 19, 0, tzinfo=SEOUL)


def test_opening_time_is_wall_clock_time_across_a_clock_change() -> None:
    """A New York line opens at 09:00 also on the Monday after summer time ended (2026-11-01)."""
    monday = Weekly(NEW_YORK, (Span(0, 540, 600),))
    opens = next_opening(monday, datetime(2026, 10, 31, 12, 0, tzinfo=NEW_YORK))
    assert opens == datetime(2026, 11, 2, 9, 0, tzinfo=NEW_YORK)
    assert opens.utcoffset() != datetime(2026, 10, 31, 12, 0, tzinfo=NEW_YORK).utcoffset()


def test_a_line_without_spans_never_opens() -> None:
    """There is nothing to promise then."""
    assert next_opening(Weekly(SEOUL, ()), seoul(25, 12)) is None


def test_minutes_read_as_a_clock_and_a_day_ends_at_24() -> None:
    """00:00 as an end would read as closed all day."""
    assert [clock(minute) for minute in (0, 545, 1440)] == ["00:00", "09:05", "24:00"]
