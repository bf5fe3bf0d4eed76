"""Numbered choices on a terminal or from a pipe. The session never leaves the process."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TextIO

from bot.channels.terminal.drawing import listed, numbered, written
from bot.core.guide import Guide
from bot.core.listening import Heard, heard
from bot.core.noting import typed_note
from bot.core.parting import left_screen
from bot.core.plainly import plain_screen
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Button, Screen

MOST_DIGITS = 4


def run(guide: Guide, language: str, incoming: TextIO, out: TextIO, now: Callable[[], datetime]) -> None:
    """Show screens and read a number (or the button's words) a line, until leaving or the end of input.

    Other words are answered by a note as in Telegram, and its buttons are numbered after the others.
    """
    session = Session(language)
    while True:
        shown = screen(guide, session, now())
        out.write(written(shown))
        button = _next_press(shown, incoming, out, partial(_note, guide, session, now))
        if button is None:
            return
        if button.kind == "leave":
            out.write(written(left_screen(guide, shown.language)))
            return
        assert button.session is not None  # only buttons that lead somewhere or leave have a number
        session = button.session


def _next_press(shown: Screen, incoming: TextIO, out: TextIO, note: Callable[[str], Screen]) -> Button | None:
    """The button that the next lines choose; None at the end of input. `note` answers other words."""
    buttons = numbered(shown)
    while True:
        out.write("> ")
        out.flush()
        line = incoming.readline()
        if not line:
            out.write("\n")
            return None
        wanted = line.strip()
        if not wanted:
            continue
        button = _chosen(buttons, wanted)
        if button:
            return button
        if wanted.isdecimal():
            out.write(f"1–{len(buttons)}\n")
            continue
        answer = note(wanted)
        buttons = [*numbered(shown), *(button for button in numbered(answer) if button.kind != "interrupt")]
        out.write(f"\n{plain_screen(answer)}\n\n{listed(buttons)}\n")


def _note(guide: Guide, session: Session, now: Callable[[], datetime], words: str) -> Screen:
    """What answers typed words. What opens from it stands on top of the present session."""
    about = heard(guide.ears, words) if guide.ears else Heard("unknown")
    shown = typed_note(guide, session.language, about, now(), stays=None)
    return replace(shown, buttons=tuple(_on_top_of(session, button) for button in shown.buttons))


def _on_top_of(session: Session, button: Button) -> Button:
    there = button.session
    return button._replace(session=replace(there, path=session.path)) if there and there.interrupt else button


def _chosen(buttons: list[Button], wanted: str) -> Button | None:
    if wanted.isdecimal() and len(wanted) <= MOST_DIGITS and 1 <= int(wanted) <= len(buttons):
        return buttons[int(wanted) - 1]
    return next((button for button in buttons if button.label.casefold() == wanted.casefold()), None)
