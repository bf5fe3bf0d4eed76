"""`check`: all problems of a folder of flow files, from its letters to its longest path."""

from pathlib import Path

from bot.core.guide import Guide
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.reading import Reading, read_folder
from bot.flowfiles.rules_fit import check_fit
from bot.flowfiles.rules_graph import check_graph
from bot.flowfiles.rules_safety import check_safety
from bot.flowfiles.rules_screens import Measure, check_screens, plain_length
from bot.flowfiles.rules_texts import check_texts


def check_folder(folder: Path, measure: Measure = plain_length) -> list[Problem]:
    """Every problem of the flow files below a folder, in the order of their places.

    `measure` tells how long a screen is as a Telegram message; flow files know no channel.
    """
    return check_reading(read_folder(folder), measure)


def check_reading(reading: Reading, measure: Measure = plain_length) -> list[Problem]:
    """Every problem of a reading. What needs a whole guide is looked at once there is one."""
    if reading.guide is not None:
        check_guide(reading.guide, reading.problems, measure)
    return reading.problems.ordered


def usable(reading: Reading) -> Guide | None:
    """The guide, when nobody can get stuck in it; else None, with the reasons in the problems.

    What only `check` looks at (the screens) is left to it, so that a start takes no longer than it must.
    """
    if reading.guide is not None:
        check_graph(reading.guide, reading.problems)
        if not reading.problems.errors:
            check_fit(reading.guide, reading.problems)
    return None if reading.problems.errors else reading.guide


def check_guide(guide: Guide, problems: Problems, measure: Measure = plain_length) -> None:
    """Add the problems that only the whole guide shows; screens are drawn only for a sound graph."""
    check_graph(guide, problems)
    if not problems.errors:
        check_fit(guide, problems)
        check_texts(guide, problems)
        check_safety(guide, problems)
        check_screens(guide, problems, measure)
