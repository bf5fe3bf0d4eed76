"""Scripted conversations of flows/journeys/, and how to walk one over the core."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from bot.core.guide import Guide
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Button, Screen
from bot.settings import FLOWS


@dataclass(frozen=True)
class Journey:
    """`press` holds answer ids, targets of `more`, interrupts, or `back`."""

    name: str
    about: str
    language: str
    press: tuple[str, ...]
    ends_at: str
    sees: tuple[str, ...]
    never_sees: tuple[str, ...]


def journeys() -> list[Journey]:
    """All journeys of the shipped guide."""
    return [read(path) for path in sorted((FLOWS / "journeys").glob("*.yaml"))]


def read(path: Path) -> Journey:
    """The journey of a file; every value is text."""
    found = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return Journey(
        path.stem, found["journey"], found["language"], tuple(found["press"]), found["ends-at"],
        tuple(found.get("sees", ())), tuple(found.get("never-sees", ())),
    )  # fmt: skip


def walked(guide: Guide, journey: Journey, now: datetime) -> Iterator[tuple[Button | None, Screen]]:
    """The first screen, then each pressed button with the screen that it leads to."""
    shown, session = screen(guide, Session(journey.language), now), Session(journey.language)
    yield None, shown
    for wanted in journey.press:
        button = chosen(shown, session, wanted)
        assert button.session is not None
        session = button.session
        shown = screen(guide, session, now)
        yield button, shown


def chosen(shown: Screen, session: Session, wanted: str) -> Button:
    """The button of a screen that a journey's word means."""
    had = {*session.path, *session.aside}
    for button in shown.all_buttons():
        if wanted in ("back",) and button.kind == "back":
            return button
        if button.session is None or button.kind not in ("choice", "interrupt"):
            continue
        new = {answer for _, answer in {*button.session.path, *button.session.aside} - had}
        if wanted in new or (button.kind == "interrupt" and button.session.interrupt == wanted):
            return button
    raise AssertionError(f"no button for {wanted!r} at {shown.step}: {[button.label for button in shown.buttons]}")
