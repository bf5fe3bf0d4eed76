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
    if country is not None and country in guide.countries:
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
        facts = list(_found(guide, entry, answers))
    fitting = [fact for fact in facts if fact.audience is None or fact.audience.fits(answers)]
    if entry.ways:
        fitting = [fact for fact in fitting if any(way.kind in entry.ways for way in fact.contacts)]
    yield from fitting[: entry.at_most]


def _found(guide: Guide, query: FactQuery, answers: Mapping[str, str]) -> Iterator[Fact]:
    """What a query finds, in the guide's order; `answered` places that are not known find nothing."""
    country = answers.get("country", "") if query.country == ANSWERED else query.country
    if query.platform == ANSWERED:
        named = dict.fromkeys(answers.get(question, "") for question in guide.platform_questions)
        near = [fact for platform in named for fact in guide.facts_of.get(platform, ()) if fact.platform == platform]
    elif query.platform is not None:
        near = [fact for fact in guide.facts_of.get(query.platform, ()) if fact.platform == query.platform]
    elif country is not None:
        near = list(guide.facts_of.get(country, ()))
    else:
        near = list(guide.facts.values())
    for fact in near:
        if (not query.kinds or fact.kind in query.kinds) and country in (None, fact.country):
            yield fact
