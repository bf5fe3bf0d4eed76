"""Which facts a page offers to a person, and in which order."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.core.facts import Fact
from bot.core.guide import FactById, FactEntry, FactQuery, Guide, Page
from bot.core.hours import is_open

ANSWERED = "answered"
_LIVE = ("call", "text", "chat")  # ways in that somebody answers at once


def offered(
    guide: Guide, page: Page, language: str, answers: Mapping[str, str], now: datetime | None
) -> list[tuple[Fact, FactEntry]]:
    """The facts of a page for these answers, each once, with the entry that named it."""
    found: dict[str, tuple[Fact, FactEntry]] = {}
    for entry in page.facts:
        if entry.when is not None and not entry.when.fits(answers):
            continue
        for fact in _named(guide, entry, language, answers, now):
            if fact.id not in found and (fact.audience is None or fact.audience.fits(answers)):
                found[fact.id] = (fact, entry)
    return list(found.values())


def answers_now(fact: Fact, now: datetime) -> bool:
    """Whether a person is known to answer a call, a text or a chat of this fact at `now`."""
    return any(way.kind in _LIVE and is_open(way.hours or fact.hours, now) for way in fact.contacts)


def crisis_lines(guide: Guide, language: str, country: str | None) -> tuple[str, ...]:
    """The ordered crisis facts of a country; of several countries while it is not known."""
    if country in guide.countries:
        return guide.countries[country].crisis
    if country is None or country == "skip":
        return guide.lines_anywhere[language]
    return guide.lines_elsewhere


def _named(
    guide: Guide, entry: FactEntry, language: str, answers: Mapping[str, str], now: datetime | None
) -> Iterator[Fact]:
    if isinstance(entry, FactById):
        yield guide.facts[entry.id]
        return
    if entry.crisis_lines:
        facts = [guide.facts[name] for name in crisis_lines(guide, language, answers.get("country"))]
        if now is not None:
            facts.sort(key=lambda fact: not answers_now(fact, now))
    else:
        facts = [fact for fact in guide.facts.values() if _fits(guide, entry, fact, answers)]
    fitting = [fact for fact in facts if fact.audience is None or fact.audience.fits(answers)]
    yield from fitting[: entry.at_most]


def _fits(guide: Guide, query: FactQuery, fact: Fact, answers: Mapping[str, str]) -> bool:
    if query.kinds and fact.kind not in query.kinds:
        return False
    if query.country is not None:
        country = answers.get("country") if query.country == ANSWERED else query.country
        if fact.country != country:
            return False
    if query.platform is None:
        return True
    if query.platform == ANSWERED:
        return fact.platform in {answers.get(question) for question in guide.platform_questions}
    return fact.platform == query.platform
