"""Which facts a page offers: by id or query, each once, for this person, who answers now first."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.core.guide import FactById, FactEntry, FactQuery, Guide, Page
from bot.core.offering import answers_now, crisis_lines, offered
from bot.core.text import Condition
from tests.person import SMALL
from tests.small import NIGHT, NOON, US, guide

EVIDENCE = SMALL.steps["plan/evidence"]
assert isinstance(EVIDENCE, Page)
YOUNG = Condition((("age", frozenset({"under-18"})),))


def ids(*entries: FactEntry, its: Guide = SMALL, now: datetime | None = NOON, **answers: str) -> list[str]:
    """The facts that a page with these entries offers."""
    return [fact.id for fact, _ in offered(its, replace(EVIDENCE, facts=entries), "en", answers, now)]


def test_facts_stand_in_the_order_of_the_page() -> None:
    """Authors decide what comes first."""
    assert ids(FactById("us-day"), FactById("world")) == ["us-day", "world"]


def test_a_fact_is_offered_once_with_the_entry_that_named_it_first() -> None:
    """A query may find what an id has named already."""
    page = replace(EVIDENCE, facts=(FactById("world", full=True), FactQuery(frozenset({"hash-matching"}))))
    assert [(fact.id, entry) for fact, entry in offered(SMALL, page, "en", {}, NOON)] == [("world", page.facts[0])]


def test_an_entry_counts_only_where_its_condition_fits() -> None:
    """For ids and for queries."""
    entries = (FactById("world", YOUNG), FactQuery(frozenset({"crisis"}), when=YOUNG))
    assert ids(*entries, age="adult") == []
    assert ids(*entries, age="under-18") == ["world", "kr-night", "us-day"]


@pytest.mark.parametrize("entry", [FactById("adults-only"), FactQuery(frozenset({"ngo"}))])
def test_a_fact_for_adults_is_not_offered_to_whom_may_be_a_minor(entry: FactEntry) -> None:
    """However a page names it."""
    assert ids(entry, age="adult") == ["adults-only"]
    assert ids(entry, age="unsure") == []
    assert ids(entry) == []


def test_a_query_finds_facts_by_kind_and_country() -> None:
    """Both must fit; no kind means any."""
    assert ids(FactQuery(frozenset({"crisis", "removal"}), country="KR")) == ["kr-night", "kr-centre"]
    assert ids(FactQuery(country="US")) == ["us-day"]


def test_a_query_for_the_answered_country_follows_the_answer() -> None:
    """Without an answer it finds nothing rather than everything."""
    entry = FactQuery(frozenset({"crisis"}), country="answered")
    assert ids(entry, country="KR") == ["kr-night"]
    assert ids(entry, country="other") == []
    assert ids(entry) == []


def test_a_query_for_a_platform_follows_its_name_or_the_answer() -> None:
    """The answer may come from any question about platforms."""
    assert ids(FactQuery(platform="chatty")) == ["chatty-report"]
    assert ids(FactQuery(platform="answered"), where="chatty") == ["chatty-report"]
    assert ids(FactQuery(platform="answered"), where="unknown") == []


def test_a_query_offers_at_most_as_many_as_it_says() -> None:
    """Those who may not see a fact do not lose another one for it."""
    assert ids(FactQuery(at_most=2)) == ["kr-night", "kr-centre"]
    assert ids(FactQuery(frozenset({"ngo", "platform"}), at_most=1)) == ["chatty-report"]


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("KR", ("kr-night", "kr-centre")),
        (None, ("us-day", "world")),
        ("skip", ("us-day", "world")),
        ("other", ("world",)),
    ],
)
def test_crisis_lines_are_those_of_the_country_or_of_several(country: str | None, lines: tuple[str, ...]) -> None:
    """Somebody who does not say where they are still sees help."""
    assert crisis_lines(SMALL, "en", country) == lines


def test_crisis_lines_without_a_country_follow_the_language() -> None:
    """Who reads Korean is likely helped by a Korean line."""
    assert crisis_lines(SMALL, "ko", None) == ("kr-night", "world")


def test_who_answers_now_comes_first_in_a_crisis() -> None:
    """The others keep their order; without a moment the author's order counts."""
    day_first = US.replace("crisis: [us-day]", "crisis: [us-day, us-night]") + US[US.index("  us-day:") :].replace(
        "us-day", "us-night"
    ).replace("{weekly: [mon-fri 09:00-17:00, sat 10:00-12:00]}", "always")
    its = guide(facts__us=day_first)
    lines = FactQuery(crisis_lines=True)
    assert ids(lines, its=its, now=NIGHT, country="US") == ["us-day", "us-night"]
    assert ids(lines, its=its, now=NOON, country="US") == ["us-night", "us-day"]
    assert ids(lines, its=its, now=None, country="US") == ["us-day", "us-night"]


@pytest.mark.parametrize(
    ("fact", "now", "answers"),
    [
        ("kr-night", NIGHT, True),
        ("us-day", NIGHT, True),
        ("us-day", NOON, False),
        ("kr-centre", NIGHT, True),
        ("world", NOON, False),
    ],
    ids=["always", "within hours", "outside hours", "one way has its own hours", "only a site"],
)
def test_a_fact_answers_now_when_somebody_takes_a_call_text_or_chat(fact: str, now: datetime, answers: bool) -> None:
    """A form that waits for somebody to read it does not count."""
    assert answers_now(SMALL.facts[fact], now) is answers


def test_a_query_can_ask_for_a_way_in() -> None:
    """Who cannot speak gets only those that take a text or a chat."""
    entry = FactQuery(crisis_lines=True, ways=frozenset({"text"}))
    assert ids(entry, country="KR") == ["kr-night"]
    assert ids(entry, country="US") == []
