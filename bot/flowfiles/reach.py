"""Every distinct screen that a person can reach, with the fewest presses to it.

Screens are distinct by where they stop and by the answers that anything shown there reads. The walk goes
breadth first over real screens and their buttons; states that nothing from here on tells apart are
walked once, so that 24 countries or 60 platforms do not multiply what is the same for all of them.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.guide import TYPED, Ask, Guide, Page
from bot.core.moves import spoken_in
from bot.core.replay import Stop, replay
from bot.core.screen import drawn
from bot.core.session import Session
from bot.core.shown import Button, Screen
from bot.flowfiles.scope import Key, Scope


@dataclass(frozen=True, slots=True)
class Visit:
    """One distinct screen: the session with the fewest presses to it, and the answers that matter there."""

    session: Session
    stop: Stop
    screen: Screen
    taps: int
    answers: dict[str, str]
    scope: Scope = field(repr=False)

    @property
    def alike(self) -> dict[str, list[str]]:
        """For each answer that matters here, all answers with which the screen is the same."""
        return self.scope.alike(self.session, self.stop, self.answers)

    def spoken_in(self, language: str) -> "Visit":
        """The same screen in another language."""
        if language == self.session.language:
            return self
        session = spoken_in(self.session, language)
        return replace(self, session=session, screen=drawn(self.scope.guide, session, self.stop, None))


def visits(guide: Guide, language: str, now: datetime | None = None, *, every_answer: bool = False) -> Iterator[Visit]:
    """Every distinct screen in one language, nearest first.

    Of screens that are the same but for answers that nothing tells apart, the first stands for all of them,
    and says so in `alike`; with `every_answer` each answer that an author wrote gets its own.
    """
    scope = Scope(guide, every_answer=every_answer)
    queue = deque([(Session(language), 0)])
    typed = deque((Session(language, ((TYPED, topic.id),)), 1) for topic in guide.topics.values() if topic.go)
    walked: set[Key] = set()
    shown: set[Key] = set()
    peeked: set[Key | None] = set()
    while queue or typed:  # what words open comes last: a screen counts its presses from the first one
        session, taps = (queue or typed).popleft()
        stop = replay(guide, session)
        key = scope.ahead(session, stop)
        if key in walked:
            continue
        walked.add(key)
        shown_here = drawn(guide, session, stop, now)
        answers = scope.here(session, stop)
        said = () if session.fact else tuple(say.step for say in stop.said)
        here: Key = (shown_here.step, session.interrupt, said, *scope.look(session, stop, answers))
        if here not in shown:
            shown.add(here)
            yield Visit(session, stop, shown_here, taps, answers, scope)
        if session.fact or _asked_again(stop):
            continue  # its buttons lead where those of the screen below it, or of the question's first time, lead
        for button in shown_here.all_buttons():
            # Back leads where somebody came from, except that what was learnt on the way stays learnt
            followed = ("choice", "interrupt", "quiet", *(("back",) if stop.learnt else ()))
            if button.session is not None and button.kind in followed:
                ahead = _ahead(scope, button, session, stop)
                if ahead is None or not (ahead in peeked or ahead in walked):
                    peeked.add(ahead)
                    queue.append((button.session, taps + 1))


def _ahead(scope: Scope, button: Button, session: Session, stop: Stop) -> Key | None:
    """A key for where a button leads, where it is known without going there; most lead to what was seen already."""
    after = button.session
    assert after is not None
    if after.fact or button.kind in ("interrupt", "quiet"):
        return scope.peek(after, stop)
    pairs = after.aside if after.interrupt else after.path
    if button.kind != "choice" or not isinstance(stop.step, Page) or not pairs or pairs[-1][0] != stop.step.step:
        return None
    entry = next((entry for entry in stop.step.more if entry.answer == pairs[-1][1]), None)
    if entry is None or entry.go is None or after.interrupt != session.interrupt:
        return None
    step = entry.go.by_country.get(stop.answers.get("country", ""), entry.go.step)
    passed = {place for place, _ in pairs}  # opening one of these comes back to it
    if step in passed or not isinstance(scope.guide.steps.get(step), Page):
        return None
    return scope.opened(session, stop, step)


def _asked_again(stop: Stop) -> bool:
    """Whether this question is asked once more and its first answer is still on the path."""
    return stop.again is not None and isinstance(stop.step, Ask) and stop.step.id in dict(stop.path)
