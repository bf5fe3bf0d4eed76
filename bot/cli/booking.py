"""`book`: every distinct screen, one JSON object each or one readable page, for whoever reviews the words."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TextIO

from jinja2 import Environment

from bot.core.guide import Guide
from bot.core.plainly import plain_screen
from bot.core.shown import Button
from bot.core.wording import interface
from bot.flowfiles.reach import Visit, visits


def book(guide: Guide, language: str, format: str, out: TextIO, *, step: str = "", every_answer: bool = False) -> None:
    """Write every distinct reachable screen in one language, those with the fewest presses first.

    With `step`, only screens whose step begins so: `kr/money` is a flow, `kr/money/fund` a page.

    `jsonl`: one object a line with step, answers (those that matter there), same_for (all answers for which
    the screen is the same), language, taps, text, facts, buttons and, where there is one, letter. Hours
    stand in words, not as of a moment.
    """
    if format == "jsonl":
        for visit in _chosen(guide, language, step, every_answer):
            out.write(json.dumps(entry(visit), ensure_ascii=False) + "\n")
        return
    template = Environment(autoescape=True).from_string((files("bot.cli") / "book.html").read_text("utf-8"))
    title = interface(guide, "neutral-title", language)
    out.write(
        template.render(
            language=language, title=title, entries=list(_numbered(_chosen(guide, language, step, every_answer)))
        )
    )


def entry(visit: Visit) -> dict[str, object]:
    """One screen as `book --format jsonl` writes it."""
    screen = visit.screen
    found: dict[str, object] = {
        "step": screen.step,
        "answers": visit.answers,
        "same_for": visit.alike,
        "language": screen.language,
        "taps": visit.taps,
        "text": plain_screen(screen),
        "facts": [fact.id for fact in screen.facts],
        "buttons": [_button(button) for button in screen.all_buttons()],
    }
    if screen.letter:
        found["letter"] = {"id": screen.letter.id, "language": screen.letter.language, "text": screen.letter.text}
    return found


def _button(button: Button) -> dict[str, str]:
    shown = {"label": button.label, "kind": button.kind}
    if button.about:
        shown["about"] = button.about
    if button.kind in ("url", "phone", "copy"):
        shown["value"] = button.value
    return shown


def _chosen(guide: Guide, language: str, step: str, every_answer: bool) -> Iterator[Visit]:
    for visit in visits(guide, language, every_answer=every_answer):
        if visit.screen.step.startswith(step):
            yield visit


def _numbered(found: Iterator[Visit]) -> Iterator[dict[str, object]]:
    for number, visit in enumerate(found, 1):
        yield {"number": number, "title": visit.screen.title or visit.screen.step, **entry(visit)}
