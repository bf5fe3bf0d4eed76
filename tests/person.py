"""A person in front of the small guide: tests press buttons by what they say."""

from dataclasses import replace
from datetime import datetime

from bot.core.guide import Guide
from bot.core.replay import Stop, replay
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Button, Screen
from tests.small import NOON, guide

SMALL = guide()
FOUND = (("situation", "found"),)
UNSURE = (*FOUND, ("age", "unsure"), ("country", "US"))  # at the plan, may be a minor
ADULT = (*FOUND, ("age", "adult"), ("country", "US"))
IN_KOREA = (*FOUND, ("age", "unsure"), ("country", "KR"))


def at(*path: tuple[str, str], language: str = "en", **layers: object) -> Session:
    """A session with this path: `at(*UNSURE, ("plan/plan", "evidence"), fact="world")`."""
    return replace(Session(language, path), **layers)  # type: ignore[arg-type]


class Person:
    """Somebody with a session, who sees its screen at a fixed moment and presses its buttons."""

    def __init__(self, session: Session | None = None, its: Guide = SMALL, now: datetime | None = NOON) -> None:
        self.session = session or Session("en")
        self.guide = its
        self.now = now

    @property
    def screen(self) -> Screen:
        return screen(self.guide, self.session, self.now)

    @property
    def stop(self) -> Stop:
        return replay(self.guide, self.session)

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.screen.buttons]

    def button(self, label: str) -> Button:
        """The first button with this label; a missing one is a failure of the test."""
        found = [button for button in self.screen.all_buttons() if button.label == label]
        assert found, f"no {label!r} among {self.labels}"
        return found[0]

    def press(self, *labels: str) -> "Person":
        """Press one button after the other."""
        for label in labels:
            session = self.button(label).session
            assert session is not None, f"{label!r} leads nowhere"
            self.session = session
        return self
