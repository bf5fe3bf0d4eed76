"""A press becomes a screen: what every channel does between its first word and its last.

Holds no state of a person: the sealing knows keys, the clocks know the time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from bot.core.listening import Heard, heard
from bot.core.noting import as_note, media_note, typed_note
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

    @property
    def minutes(self) -> int:
        """For how many whole minutes the buttons of a screen live at least."""
        return max(1, int(self.sealing.idle // 60))

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
            return self.closed(language)
        return screen(self.sealing.guide, session, self.wall())

    def closed(self, language: str) -> Screen:
        """The kind screen of a button that closed itself."""
        return closed_screen(self.sealing.guide, language, self.wall())

    def hear(self, text: str) -> Heard:
        """What typed words sound like. The text is not kept."""
        ears = self.sealing.guide.ears
        return heard(ears, text) if ears else Heard("unknown")

    def media_note(self, language: str, *, stays: bool = False) -> Screen:
        """The note about a picture or anything else that is not words; `stays`: it could not be deleted."""
        return media_note(self.sealing.guide, language, stays=stays)

    def typed_note(self, language: str, about: Heard, *, stays: bool = False) -> Screen:
        """The note about typed words, by what they sounded like."""
        return typed_note(self.sealing.guide, language, about, self.wall(), stays=stays)

    def pressed_in_note(self, token: str, bound_to: bytes, language: str) -> tuple[Screen, bool]:
        """The screen of a token in a note, and whether it is still a note: one of an interrupt is."""
        try:
            session = self.sealing.open(token, bound_to, self.clock())
        except Closed:
            return self.closed(language), False
        shown = screen(self.sealing.guide, session, self.wall())
        return (as_note(self.sealing.guide, shown), True) if session.interrupt else (shown, False)

    def left(self, language: str) -> Screen:
        """The screen after leaving."""
        return left_screen(self.sealing.guide, language)

    def token(self, session: Session, bound_to: bytes) -> str:
        """The token that leads to a session."""
        return self.sealing.seal(session, bound_to, self.clock())
