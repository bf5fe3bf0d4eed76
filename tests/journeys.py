"""The shipped journeys, and how they are walked over the core."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from bot.core.guide import Guide
from bot.core.shown import Button, Screen
from bot.flowfiles.people import Journey, read_visitors
from bot.flowfiles.problems import Problems
from bot.flowfiles.reading import read_folder
from bot.flowfiles.walking import walks
from bot.settings import FLOWS


@cache
def journeys() -> tuple[Journey, ...]:
    """All journeys of the shipped guide."""
    reading = read_folder(FLOWS)
    assert reading.guide is not None
    found = read_visitors(reading.files, reading.guide, Problems())
    return tuple(journey for journey in found if isinstance(journey, Journey))


def walked(guide: Guide, journey: Journey, now: datetime) -> Iterator[tuple[Button | None, Screen]]:
    """The first screen, then each pressed button with the screen that it leads to."""
    walk = next(walks(guide, journey, now))
    assert walk.missing is None, f"no button for {walk.missing} at {walk.last.screen.step}"
    yield from ((here.button, here.screen) for here in walk.stood)
