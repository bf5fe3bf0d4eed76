"""What people and journeys expect, held against what they met: failures that say who, what and by which way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.guide import Guide
from bot.core.plainly import plain_screen
from bot.core.replay import Reason
from bot.core.text import Place
from bot.flowfiles.people import Expected, Visitor
from bot.flowfiles.walking import Walk, walks


@dataclass(frozen=True, slots=True)
class Failure:
    """Somebody did not meet what was expected; `place` is where it was written, `path` the branches taken."""

    who: Visitor
    walk: Walk
    place: Place
    expected: str
    seen: str

    @property
    def path(self) -> tuple[Reason, ...]:
        return self.walk.last.stop.reasons


def failures(walk: Walk) -> Iterator[Failure]:
    """Everything that this walk did not keep; of a walk that stood still, only that."""
    if walk.missing:
        screen = walk.last.screen
        choices = ", ".join(f'"{button.label}"' for button in screen.buttons if button.kind == "choice")
        yield Failure(
            walk.who, walk, walk.missing.place, f'a button for "{walk.missing.word}"',
            f"{screen.step} has none of that. Its buttons: {choices or 'none'}",
        )  # fmt: skip
        return
    its = _Met(walk)
    for expected in walk.who.expects:
        if expected.language in ("", walk.language):
            seen = its.missed(expected)
            if seen is not None:
                yield Failure(walk.who, walk, expected.place, f"{expected.kind}: {expected.what}", seen)


def met(guide: Guide, who: Iterable[Visitor], now: datetime | None = None) -> tuple[list[Walk], list[Failure]]:
    """Every walk of these people and journeys, and what they did not meet, each once over the languages."""
    found: list[Walk] = []
    missed: dict[tuple[Place, str], Failure] = {}
    for each in who:
        for walk in walks(guide, each, now):
            found.append(walk)
            for failure in failures(walk):
                missed.setdefault((failure.place, failure.expected), failure)
    return found, list(missed.values())


class _Met:
    """What one walk came across: facts, pages, letters and words, each with the screen it stood on first."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.names: dict[str, str] = {}
        self.words: list[tuple[str, str]] = []
        for here in walk.stood:
            screen = here.screen
            letter = [screen.letter.id] if screen.letter else []
            for name in (screen.step, here.stop.step.step, *(fact.id for fact in screen.facts), *letter):
                self.names.setdefault(name, screen.step)
            labels = "\n".join(button.label for button in screen.all_buttons())
            self.words.append((_squeezed(plain_screen(screen) + "\n" + labels), screen.step))

    def missed(self, expected: Expected) -> str | None:
        """What was met instead; None when it is as expected."""
        where = self.where(expected)
        last = self.walk.last
        match expected.kind:
            case "ends-at":
                ends = (last.screen.step, last.stop.step.step if not last.session.fact else "")
                return None if expected.what in ends else f"they end at {last.screen.step}"
            case "at-most-presses":
                return None if self.walk.presses <= int(expected.what) else f"it took {self.walk.presses} presses"
            case "sees" | "says":
                pages = " → ".join(here.screen.step for here in self.walk.stood)
                return None if where else f"nowhere on {pages}"
            case _:
                return f"it stands on {where}" if where else None

    def where(self, expected: Expected) -> str | None:
        if expected.kind in ("sees", "never-sees"):
            return self.names.get(expected.what)
        wanted = _squeezed(expected.what)
        return next((step for words, step in self.words if wanted in words), None)


def _squeezed(words: str) -> str:
    return " ".join(words.split())
