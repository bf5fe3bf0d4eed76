"""Facts age: what was to be checked again is named, and stops a release."""

from datetime import date

from bot.flowfiles.problems import Problems
from bot.flowfiles.rules_facts import check_facts
from tests.small import KR, guide


def found(today: date, **changed: str) -> Problems:
    problems = Problems()
    check_facts(guide(**changed), problems, today)
    return problems


def test_a_fact_is_named_from_the_day_after_it_was_due() -> None:
    """On the day itself there is still time."""
    assert not found(date(2027, 2, 20)).ordered
    late = found(date(2027, 2, 21)).ordered
    assert {problem.code for problem in late} == {"F49"} and len(late) == 7
    assert all(problem.severity == "warning" and "facts ok" in problem.fix for problem in late)


def test_for_a_release_an_aged_fact_is_an_error() -> None:
    """Nobody publishes numbers that nobody has looked at."""
    problems = found(date(2027, 2, 21))
    problems.released()
    assert len(problems.errors) == 7


def test_a_day_to_come_is_no_day_on_which_it_was_checked() -> None:
    """A mistyped year would hide the fact for a year."""
    (problem,) = found(
        date(2026, 11, 30), facts__kr=KR.replace("checked: 2026-11-22", "checked: 2027-11-22", 1)
    ).ordered
    assert "a day to come" in problem.what
