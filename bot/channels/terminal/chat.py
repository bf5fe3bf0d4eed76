"""Numbered choices on a terminal or from a pipe. The session never leaves the process."""

from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from bot.channels.terminal.drawing import numbered, written
from bot.core.guide import Guide
from bot.core.parting import left_screen
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Button, Screen

MOST_DIGITS = 4


def run(guide: Guide, language: str, incoming: TextIO, out: TextIO, now: Callable[[], datetime]) -> None:
    """Show screens and read a number (or the button's words) a line, until leaving or the end of input."""
    shown = screen(guide, Session(language), now())
    while True:
        out.write(written(shown))
        out.flush()
        button = _next_press(shown, incoming, out)
        if button is None:
            return
        if button.kind == "leave":
            out.write(written(left_screen(guide, shown.language)))
            return
        assert button.session is not None  # only buttons that lead somewhere or leave have a number
        shown = screen(guide, button.session, now())


def _next_press(shown: Screen, incoming: TextIO, out: TextIO) -> Button | None:
    """The button that the next lines choose; None at the end of input."""
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
        if wanted.isdecimal() and len(wanted) <= MOST_DIGITS and 1 <= int(wanted) <= len(buttons):
            return buttons[int(wanted) - 1]
        named = [button for button in buttons if button.label.casefold() == wanted.casefold()]
        if named:
            return named[0]
        out.write(f"1–{len(buttons)}\n")
