"""The two screens outside the guide's flows: a button that closed itself, and after leaving."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.guide import Guide
from bot.core.moves import detailed
from bot.core.offering import crisis_lines
from bot.core.session import Session
from bot.core.shown import Button, Screen, ShownFact
from bot.core.telling import Telling
from bot.core.wording import blocks, interface, line

CLOSED = "closed"
LEFT = "left"


def closed_screen(guide: Guide, language: str, now: datetime | None) -> Screen:
    """For an expired, foreign or forged button: what happened, the general help lines, Start again."""
    again = Session(language)
    telling = Telling(guide, again, {}, now)
    lines = (guide.facts[name] for name in crisis_lines(guide, language, None))
    facts = (telling.short(fact, detailed(again, fact.id), of_country=True) for fact in lines)
    return _outside(guide, CLOSED, language, tuple(facts))


def left_screen(guide: Guide, language: str) -> Screen:
    """After leaving: what stays where, and Start again. Nothing on it tells what this was about."""
    return _outside(guide, LEFT, language, ())


def _outside(guide: Guide, step: str, language: str, facts: tuple[ShownFact, ...]) -> Screen:
    text = blocks(guide, guide.texts[f"{step}-text"], language, {})
    title = line(guide, guide.texts[f"{step}-title"], language)
    return Screen(step, language, language, title, (*text, *facts), tuple(_buttons(guide, language)))


def _buttons(guide: Guide, language: str) -> Iterator[Button]:
    yield Button("choice", interface(guide, "start-again", language), Session(language))
