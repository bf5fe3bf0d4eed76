"""People and journeys on their way through a guide: every button they press, with the screen that it leads to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from bot.core.guide import TYPED, Ask, Guide, Page
from bot.core.replay import Stop, replay
from bot.core.screen import drawn
from bot.core.session import Session
from bot.core.shown import Button, Screen
from bot.core.text import SKIP
from bot.flowfiles.people import BACK, Journey, Person, Press, Visitor

_PRESSED = ("choice", "interrupt", "quiet")
_MOST_PRESSES = 99  # nobody gets further; an answer that leads back to its own question would


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody stands after pressing a button (None at the beginning)."""

    session: Session
    stop: Stop
    screen: Screen
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through the guide: as whom, in which language, everywhere they stood, and what stopped them."""

    who: Visitor
    language: str
    said: Mapping[str, str]
    stood: tuple[Here, ...]
    missing: Press | None = None  # the button that was not there

    @property
    def last(self) -> Here:
        return self.stood[-1]

    @property
    def presses(self) -> int:
        return len(self.stood) - 1


class NoButton(LookupError):
    """There is no such button on the screen, nor on those before it."""

    def __init__(self, press: Press) -> None:
        super().__init__(press.word)
        self.press = press


def walks(guide: Guide, who: Visitor, now: datetime | None = None) -> Iterator[Walk]:
    """Every walk of a person or a journey: each language, each combination of the answers they may give."""
    for language in who.languages:
        if isinstance(who, Person):
            for answers in product(*who.answers.values()):
                said = dict(zip(who.answers, answers, strict=True))
                yield _Walking(guide, language, now, who.typed).as_person(who, said)
        elif isinstance(who, Journey):
            yield _Walking(guide, language, now).as_journey(who)


class _Walking:
    def __init__(self, guide: Guide, language: str, now: datetime | None, typed: str = "") -> None:
        self.guide = guide
        self.now = now
        self.language = language
        self.stood: list[Here] = []
        self.stand(Session(language, ((TYPED, typed),) if typed else ()))

    def stand(self, session: Session, button: Button | None = None) -> None:
        stop = replay(self.guide, session)
        self.stood.append(Here(session, stop, drawn(self.guide, session, stop, self.now), button))

    def as_journey(self, journey: Journey) -> Walk:
        missing = None
        try:
            for press in journey.press:
                self.press(press)
        except NoButton as wrong:
            missing = wrong.press
        return Walk(journey, self.language, {}, tuple(self.stood), missing)

    def as_person(self, person: Person, said: Mapping[str, str]) -> Walk:
        missing = None
        try:
            self.answer(person, said)
            for press in person.opens:
                self.open(press)
                self.answer(person, said)
        except NoButton as wrong:
            missing = wrong.press
        return Walk(person, self.language, said, tuple(self.stood), missing)

    def answer(self, person: Person, said: Mapping[str, str]) -> None:
        """Say what this person would say, until nothing is asked any more."""
        while len(self.stood) < _MOST_PRESSES:
            here = self.stood[-1]
            question = self.asked(here, said)
            if not question:
                return
            answer = said.get(question, SKIP)
            button = next((b for b in _buttons(here) if (question, answer) in _pairs(b.session)), None)
            if button is None:
                raise NoButton(Press(answer, person.place))
            self.follow(button)

    def asked(self, here: Here, said: Mapping[str, str]) -> str | None:
        """The question to answer here; what stands below a page only for who has something to say."""
        if here.session.fact:
            return None
        step = here.stop.step
        if isinstance(step, Ask):
            return step.id
        unanswered = step.asks and here.stop.answers.get(step.asks, SKIP) == SKIP
        return step.asks if unanswered and said.get(step.asks or "", SKIP) != SKIP else None

    def open(self, press: Press) -> None:
        """Press it here, or go back to it, or to the nearest screen that has it."""
        before = list(self.stood)
        while self.stood[-1].screen.step != press.word:
            button = chosen(self.guide, self.stood[-1], press)
            if button is not None:
                self.follow(button)
                return
            back = chosen(self.guide, self.stood[-1], Press(BACK, press.place))
            if back is None:
                self.stood = before
                raise NoButton(press)
            self.follow(back)

    def press(self, press: Press) -> None:
        button = chosen(self.guide, self.stood[-1], press)
        if button is None:
            raise NoButton(press)
        self.follow(button)

    def follow(self, button: Button) -> None:
        assert button.session is not None
        self.stand(button.session, button)


def chosen(guide: Guide, here: Here, press: Press) -> Button | None:
    """The button of a screen that an author's word means: by its answer, else by the page that it leads to."""
    wanted = press.word
    if wanted == BACK:
        return next((button for button in here.screen.buttons if button.kind == BACK), None)
    had = _pairs(here.session)
    for button in _buttons(here):
        new = {answer for _, answer in _pairs(button.session) - had}
        if wanted in new or (button.kind in ("interrupt", "quiet") and _interrupt(button) == wanted):
            return button
    if "/" in wanted:
        return next((b for b in _buttons(here) if b.kind == "choice" and _leads_to(guide, b) == wanted), None)
    return None


def _buttons(here: Here) -> Iterator[Button]:
    yield from (button for button in here.screen.all_buttons() if button.session and button.kind in _PRESSED)


def _pairs(session: Session | None) -> set[tuple[str, str]]:
    return {*session.path, *session.aside} if session else set()


def _interrupt(button: Button) -> str | None:
    return button.session.interrupt if button.session else None


def _leads_to(guide: Guide, button: Button) -> str:
    assert button.session is not None
    if button.session.fact:
        return "fact/" + button.session.fact
    step = replay(guide, button.session).step
    return step.step if isinstance(step, Page | Ask) else ""
