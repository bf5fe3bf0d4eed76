"""`check`: every problem of the flow files, once or each time that a file is saved."""

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.channels.telegram.drawing import length, text
from bot.cli.formats import FORMATS
from bot.cli.formats import text as in_text
from bot.core.guide import Guide
from bot.core.shown import Screen
from bot.flowfiles.check import check_reading, usable
from bot.flowfiles.reading import read_folder
from bot.flowfiles.stamps import stamps


def check(folder: Path, format: str, today: date | None = None, *, release: bool = False) -> int:
    """Print all problems of a folder; return the exit code, 1 when one of them is an error.

    For a `release`, what has aged is an error too.
    """
    gc.disable()  # one short run that makes many small values and keeps them
    reading = read_folder(folder)
    check_reading(reading, message_length, today)
    if release:
        reading.problems.released()
    problems = reading.problems.ordered
    sys.stdout.write(FORMATS[format](problems, folder))
    return int(any(problem.severity == "error" for problem in problems))


def watch(folder: Path, format: str, pause: float = 0.5, pauses: Callable[[], bool] = lambda: True) -> None:
    """Check again whenever a flow file is saved, until interrupted (or `pauses` says that it is enough)."""
    seen = None
    while pauses():
        now = stamps(folder)
        if now != seen:
            seen = now
            sys.stdout.write("\x1b[2J\x1b[H" if sys.stdout.isatty() else "")  # a fresh screen
            check(folder, format, date.today())
            sys.stdout.flush()
        time.sleep(pause)


def message_length(screen: Screen, guide: Guide) -> int:
    """How long a screen is as a Telegram message, after its markup is read."""
    return length(text(screen, guide))


def guide_or_problems(folder: Path, out: TextIO) -> Guide | None:
    """The guide of a folder; None, with its problems on `out`, when it cannot be used."""
    reading = read_folder(folder)
    guide = usable(reading)
    if guide is None:
        out.write(in_text(reading.problems.errors, folder))
    return guide
