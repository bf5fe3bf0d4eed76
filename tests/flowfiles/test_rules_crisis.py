"""The crisis lines: one press away from every screen, nothing asked first, honest about who answers at this hour."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.core.guide import Guide
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Screen
from bot.core.text import Paragraph, Words
from bot.core.wording import interface
from bot.flowfiles.check import check_reading
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.reading import read_folder
from bot.flowfiles.rules_crisis import check_crisis, crisis_interrupts
from bot.settings import FLOWS
from tests.flowfiles.finding import SMALL, broken, place_of
from tests.small import CRISIS, INTERRUPTS, guide, reading
from tests.tour import tour

WEEK = [datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour) for hour in range(168)]
LINES = "- {crisis-lines: answered}"


def found(code: str, **changed: str) -> list[Problem]:
    """The problems with this code in the small guide with some files changed."""
    return [problem for problem in check_reading(reading(**changed)) if problem.code == code]


def silent(its: Guide, shown: Screen) -> bool:
    """Whether a screen hides that nobody is known to answer, or says so although somebody does."""
    says = Paragraph((Words(interface(its, "nothing-open-now", shown.language)),)) in shown.body
    return says == any(way.open_now for fact in shown.facts for way in fact.contacts)


def test_the_interrupt_that_shows_crisis_lines_at_once_is_known() -> None:
    """One that asks first, or is about something else, is none."""
    assert crisis_interrupts(guide()) == crisis_interrupts(tour()) == {"crisis"}


def test_a_crisis_flow_that_asks_first_is_found() -> None:
    asks = CRISIS.replace(
        "steps:\n", "steps:\n  first:\n    ask: Is it urgent?\n    answers: {now: Yes}\n    then: lines\n"
    )
    (only,) = found("F32", crisis=asks)
    assert only.place == place_of("interrupts.yaml", INTERRUPTS, "I need help now")


def test_crisis_lines_behind_a_quiet_button_are_not_near() -> None:
    """It stands small at the foot; the loud button must be the one that helps."""
    quiet = INTERRUPTS.replace("inside: Show the lines again", "inside: Show the lines again, quiet: yes")
    problems = found("F32", interrupts=quiet)
    assert problems and all("opens the crisis lines" in problem.what for problem in problems)


def test_lines_by_their_ids_hide_that_nobody_answers_at_night() -> None:
    """Only the country's list says by itself that none of them is known to answer."""
    files = broken("crisis.yaml", LINES, "- us-day")
    problems = found("F33", crisis=files["crisis.yaml"])
    assert {problem.place for problem in problems} == {place_of("crisis.yaml", files["crisis.yaml"], "title: Somebody")}
    assert any("no line is known to answer" in problem.what for problem in problems)
    assert found("F33") == []


def test_a_line_that_answers_beside_the_words_that_none_does_is_found() -> None:
    """The list is closed at night, the line below it is not."""
    files = broken("crisis.yaml", LINES, LINES + "\n      - kr-night")
    assert any("says that none does" in problem.what for problem in found("F33", crisis=files["crisis.yaml"]))


def test_a_way_in_that_is_hidden_from_somebody_does_not_count() -> None:
    """The only open contact is for adults: a minor would see a line that is closed, and no word about it."""
    kr = SMALL["facts/kr.yaml"].replace("crisis: [kr-night, kr-centre]", "crisis: [kr-night]")
    kr = kr.replace(
        '      - {call: "109"}\n      - {text: "109"}',
        '      - {call: "109", when: {age: adult}}\n      - {call: "110", hours: unknown}',
    )
    assert found("F33", facts__kr=kr)


@pytest.mark.parametrize("name", ["small", "shipped"])
def test_what_the_rule_proves_holds_at_every_hour_of_a_week(name: str) -> None:
    """Drawn hour by hour, in every language, for a country with hours and for none: the rule draws far fewer."""
    its = guide() if name == "small" else read_folder(FLOWS).guide
    assert its is not None
    problems = Problems()
    check_crisis(its, problems)
    assert problems.ordered == []
    countries = ("US", "skip") if name == "small" else ("IE", "DK", "skip", "other")
    for language, country, now in product(its.languages, countries, WEEK):
        shown = screen(its, Session(language, (("country", country),), "crisis"), now)
        assert not shown.is_question and not silent(its, shown), (language, country, now)
