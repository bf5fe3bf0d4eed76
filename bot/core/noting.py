"""Notes: what answers typed words and media, which carry no token and so know no place, age or language.

A note is a small screen beside the one that stays. Whatever was typed has gone by when it is made: only what
it was taken for is left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.guide import TYPED, Ask, Guide
from bot.core.listening import Heard, Topic
from bot.core.moves import opened
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Button, Screen
from bot.core.text import Block, Text
from bot.core.wording import blocks, interface, line

NOTE = "note"


def media_note(guide: Guide, language: str, *, stays: bool = False) -> Screen:
    """The answer to a picture, or to anything else that is not words. `stays`: it could not be deleted."""
    return _note(guide, language, ("media-stays" if stays else "media-note",), ())


def typed_note(
    guide: Guide, language: str, about: Heard, now: datetime | None, *, stays: bool | None = False
) -> Screen:
    """The answer to typed words: who answers now, the likely topics, or the choices of the first question.

    `stays`: they could not be deleted; None: there was nothing to delete.
    """
    if about.kind == "crisis" and guide.interrupts:
        urgent = Session(language, interrupt=next(iter(guide.interrupts)))
        shown = as_note(guide, screen(guide, urgent, now))
        return replace(shown, body=(*shown.body, *_words(guide, language, "typed-stays"))) if stays else shown
    said = () if stays is None else ("typed-stays" if stays else "typed-note",)
    topics = [guide.topics[name] for name in about.topics if name in guide.topics]
    choices = [button for topic in topics if (button := _topic(guide, topic, language))]
    if choices:
        return _note(guide, language, (*said, "topic-note"), choices)
    return _note(guide, language, (*said, "unknown-note"), [button for _, button in _answers(guide, language)])


def as_note(guide: Guide, shown: Screen) -> Screen:
    """A screen of an interrupt with only the buttons that stay within it, and one that takes the note away.

    The card beside it keeps its place, so nothing here leads back to the first screen instead.
    """
    inside = [button for button in shown.buttons if button.session and button.session.interrupt]
    began = not any(button.kind == "back" for button in inside)
    close = Button("close", interface(guide, "not-it" if began else "return", shown.language))
    kept = [button for button in inside if button.kind in ("choice", "back")]
    return replace(shown, buttons=(close, *kept) if began else (*kept, close))


def _note(guide: Guide, language: str, keys: tuple[str, ...], choices: Sequence[Button]) -> Screen:
    body = _words(guide, language, *keys)
    urgent = (
        Button("interrupt", line(guide, interrupt.button, language), opened(Session(language), interrupt.id))
        for interrupt in guide.interrupts.values()
        if not interrupt.quiet
    )
    return Screen(NOTE, language, language, "", body, (*choices, *urgent))


def _words(guide: Guide, language: str, *keys: str) -> tuple[Block, ...]:
    return tuple(block for key in keys for block in blocks(guide, guide.texts[key], language, {}))


def _topic(guide: Guide, topic: Topic, language: str) -> Button | None:
    if topic.go:
        label = guide.steps[topic.go].title
        return _leading(guide, label, language, (TYPED, topic.id)) if label else None
    return next((button for name, button in _answers(guide, language) if name == topic.answer), None)


def _answers(guide: Guide, language: str) -> Iterator[tuple[str, Button]]:
    """The answers of the first question, where the guide begins with one."""
    first = guide.steps[guide.start]
    if isinstance(first, Ask):
        for answer in first.answers:
            yield answer.id, _leading(guide, answer.label, language, (first.id, answer.id))


def _leading(guide: Guide, label: Text, language: str, pair: tuple[str, str]) -> Button:
    return Button("choice", line(guide, label, language), Session(language, (pair,)))
