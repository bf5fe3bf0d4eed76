"""Opening hours as authors write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.hours import Hours, Span, Weekly, is_open
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.weeks import read_hours
from tests.flowfiles.finding import expect, nodes

HOURS = "hours: {weekly: [mon-fri 09:00-17:00, sat 10:00-12:00]}"


def hours(text: str) -> tuple[Hours | None, list[Problem]]:
    """The hours of one line and their problems; the country's zone is Seoul's."""
    told = Problems()
    tree, _ = nodes(f"hours: {text}\n")
    assert tree is not None
    return read_hours(tree.entries["hours"], "Asia/Seoul", told), told.ordered


def test_always_unknown_and_nothing_said_are_three_things() -> None:
    assert hours("always") == ("always", [])
    assert hours("unknown") == ("unknown", [])
    assert read_hours(None, "Asia/Seoul", Problems()) is None


@pytest.mark.parametrize(
    ("lines", "spans"),
    [
        ("mon 09:00-18:00", [(0, 540, 1080)]),
        ("sat-sun 10:00-12:30", [(5, 600, 750), (6, 600, 750)]),
        ("fri 20:00-24:00, sat 00:00-04:00", [(4, 1200, 1440), (5, 0, 240)]),
    ],
)
def test_days_and_times_become_spans(lines: str, spans: list[tuple[int, int, int]]) -> None:
    read, found = hours(f"{{weekly: [{lines}]}}")
    assert found == []
    assert read == Weekly(ZoneInfo("Asia/Seoul"), tuple(Span(*span) for span in spans))


def test_a_zone_of_its_own_goes_before_the_countrys() -> None:
    read, _ = hours("{weekly: [wed 09:00-10:00], zone: Europe/Paris}")
    assert read is not None
    assert is_open(read, datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
    assert not is_open(read, datetime(2026, 11, 25, 0, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("mon-fri 9-17", "not a time of the week"),
        ("fri-mon 09:00-17:00", "not a time of the week"),
        ("day 09:00-17:00", "not a time of the week"),
        ("mon 17:00-09:00", "ends before it begins"),
        ("mon 09:00-25:00", "ends before it begins"),
        ("월 09:00-17:00", "not a time of the week"),
    ],
)
def test_a_line_that_is_no_time_of_the_week_is_shown_with_its_place(line: str, says: str) -> None:
    new = f"hours: {{weekly: [mon-fri 09:00-17:00, {line}]}}"
    problem = expect("facts/us.yaml", HOURS, new, "F09", line + "]", says)
    assert "`mon-fri 09:00-18:00`" in problem.fix and "somebody answers" in problem.hurts


@pytest.mark.parametrize(
    ("new", "at", "says"),
    [
        ("hours: sometimes", "sometimes", "no hours"),
        ("hours: {days: mon}", "{days", "no hours"),
        ("hours: {weekly: [mon 09:00-10:00], zone: Asia/Soul}", "Asia/Soul", '"Asia/Soul" is not a time zone'),
        ("hours: {weekly: [mon 09:00-10:00], zone: ../etc}", "../etc", "is not a time zone"),
    ],
)
def test_hours_of_another_shape_are_shown_with_their_place(new: str, at: str, says: str) -> None:
    expect("facts/us.yaml", HOURS, new, "F09", at, says)


def test_hours_that_cannot_be_read_never_count_as_open() -> None:
    assert hours("{weekly: [mon 9-17]}")[0] == "unknown"
    assert hours("{weekly: []}")[0] == "unknown"
