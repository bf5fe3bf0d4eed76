"""A press becomes a screen: what every channel does between its first word and its last.

Holds no state of a person: the sealing knows keys, the clocks know the time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from bot.core.listening import heard
from bot.core.parting import closed_screen, left_screen
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Screen
from bot.core.wording import preferred
from bot.sealing import Closed, Sealing


def _wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Pressing:
    """`clock` counts seconds and never goes back (keys); `wall` is the time of day (opening hours).

    `default_language` stands in for people whose own is not offered; absent, the guide's own does.
    """

    sealing: Sealing
    clock: Callable[[], float] = monotonic
    wall: Callable[[], datetime] = _wall_clock
    default_language: str | None = None

    def language(self, wanted: Iterable[str]) -> str:
        """The guide's language that fits best, from tags like `ko-KR` in the order of preference."""
        return preferred(self.sealing.guide, (*wanted, self.default_language or ""))

    def first(self, language: str) -> Screen:
        """The first screen."""
        return screen(self.sealing.guide, Session(language), self.wall())

    def pressed(self, token: str, bound_to: bytes, language: str) -> Screen:
        """The screen of a token; the kind closed screen, in `language`, when it cannot be opened."""
        try:
            session = self.sealing.open(token, bound_to, self.clock())
        except Closed:
            return closed_screen(self.sealing.guide, language, self.wall())
        return screen(self.sealing.guide, session, self.wall())

    def urgent(self, language: str) -> Screen | None:
        """The first screen of the guide's first interrupt: who answers now. None where there is no interrupt."""
        for name in self.sealing.guide.interrupts:
            return screen(self.sealing.guide, Session(language, interrupt=name), self.wall())
        return None

    def is_crisis(self, text: str) -> bool:
        """Whether typed words sound like danger or despair. The text is not kept."""
        ears = self.sealing.guide.ears
        return ears is not None and heard(ears, text).kind == "crisis"

    def left(self, language: str) -> Screen:
        """The screen after leaving."""
        return left_screen(self.sealing.guide, language)

    def token(self, session: Session, bound_to: bytes) -> str:
        """The token that leads to a session."""
        return self.sealing.seal(session, bound_to, self.clock())
