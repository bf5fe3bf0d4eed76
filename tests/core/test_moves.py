"""Moves act on the topmost layer and leave those below as they are."""

import pytest

from bot.core.moves import answered, back, closed, detailed, opened, settled, spoken_in
from bot.core.replay import replay
from bot.core.session import Session
from tests.person import FOUND, IN_KOREA, SMALL, UNSURE, Person, at
from tests.small import PLAN, guide
from tests.tour import tour

KR = ("country", "KR")
BUSY = ("crisis/lines", "busy")


def back_from(session: Session) -> Session | None:
    return back(session, replay(SMALL, session))


def answer(session: Session, where: str, what: str) -> Session:
    return answered(session, replay(SMALL, session), where, what)


def test_settling_drops_what_does_not_count() -> None:
    """The buttons of a screen start from the shortest session that stands there."""
    session = at(*FOUND, ("where", "chatty"), fact="world")
    assert settled(session, replay(SMALL, session)) == at(*FOUND, fact="world")


def test_settling_an_interrupt_leaves_the_guide_below_alone() -> None:
    """Only the topmost flow was walked."""
    session = at(*UNSURE, interrupt="crisis", aside=(BUSY, ("where", "chatty")))
    assert settled(session, replay(SMALL, session)) == at(*UNSURE, interrupt="crisis", aside=(BUSY,))


def test_an_answer_is_added_at_the_end() -> None:
    """A path is in the order of the presses."""
    assert answer(at(*FOUND), "age", "adult") == at(*FOUND, ("age", "adult"))


def test_an_answer_inside_an_interrupt_is_kept_aside() -> None:
    """The guide below does not change while an interrupt is open."""
    assert answer(at(*FOUND, interrupt="crisis"), "country", "KR") == at(*FOUND, interrupt="crisis", aside=(KR,))


def test_an_answer_given_once_more_takes_the_place_of_the_old_one() -> None:
    """The page from which it was asked is back, and later answers stay."""
    asked_again = at(*UNSURE, ("plan/plan", "again:age"))
    assert answer(asked_again, "age", "adult") == at(*FOUND, ("age", "adult"), ("country", "US"))


def test_an_answer_below_a_page_takes_the_place_of_a_skipped_one() -> None:
    """One question never has two answers on one path."""
    skipped = at(interrupt="crisis", aside=(("country", "skip"),))
    assert answer(skipped, "country", "KR") == at(interrupt="crisis", aside=(KR,))


def test_a_question_once_more_that_was_never_asked_is_learnt() -> None:
    """Its answer goes to the front, where Back leaves it alone."""
    plan = PLAN.replace("again: age, label: Say the age, when: {age: [unsure, skip]}", "again: where, label: Say where")
    person = Person(at(*UNSURE), its=guide(plan=plan)).press("Say where", "Chatty")
    assert (person.session.path, person.stop.learnt) == ((("where", "chatty"), *UNSURE), 1)


@pytest.mark.parametrize(
    ("session", "before"),
    [
        (at(*UNSURE, interrupt="crisis", aside=(KR,), fact="world"), at(*UNSURE, interrupt="crisis", aside=(KR,))),
        (at(*UNSURE, interrupt="crisis", aside=(KR, BUSY)), at(*UNSURE, interrupt="crisis", aside=(KR,))),
        (at(*UNSURE, interrupt="crisis"), at(*UNSURE)),
        (at(*UNSURE), at(*UNSURE[:-1])),
        (at(fact="world"), at()),
    ],
    ids=["detail", "answer of an interrupt", "interrupt", "answer", "detail on the first screen"],
)
def test_back_takes_one_step_back_on_the_topmost_layer(session: Session, before: Session) -> None:
    """It closes a detail, takes an answer back, or closes the interrupt."""
    assert back_from(session) == before


def test_the_first_screen_has_no_back() -> None:
    """There is nothing before it, whatever was learnt in an interrupt."""
    assert back_from(at()) is None
    assert back_from(at(KR)) is None


def test_back_skips_what_was_learnt() -> None:
    """It takes back the last answer that was given in the guide."""
    assert back_from(at(KR, *FOUND)) == at(KR)


def test_a_detail_lies_on_top_of_everything() -> None:
    """Opening it changes nothing below."""
    assert detailed(at(*FOUND, interrupt="crisis", aside=(KR,)), "world") == at(
        *FOUND, interrupt="crisis", aside=(KR,), fact="world"
    )


def test_another_language_keeps_everything_else() -> None:
    """Same answers, other words."""
    session = at(*FOUND, interrupt="crisis", aside=(KR,), fact="world")
    assert spoken_in(session, "ko") == at(*FOUND, language="ko", interrupt="crisis", aside=(KR,), fact="world")


def test_opening_an_interrupt_closes_a_detail_and_keeps_the_guide() -> None:
    """Coming back leads to the same place."""
    assert opened(at(*FOUND, fact="world"), "crisis") == at(*FOUND, interrupt="crisis")


def test_opening_the_interrupt_inside_itself_keeps_its_answers() -> None:
    """The lines come once more, and the country need not be told again."""
    inside = at(interrupt="crisis", aside=(KR, BUSY))
    assert opened(inside, "crisis") == at(interrupt="crisis", aside=(KR,))


def test_opening_another_interrupt_begins_at_its_beginning() -> None:
    """Two interrupts never lie on top of each other."""
    assert opened(at(*FOUND, interrupt="talk", aside=(KR,)), "crisis") == at(*FOUND, interrupt="crisis")


def test_closing_an_interrupt_keeps_what_was_learnt_at_the_front() -> None:
    """The guide will not ask for it again; pages of the interrupt are left behind."""
    assert closed(at(*FOUND, interrupt="crisis", aside=(KR, BUSY)), SMALL) == at(KR, *FOUND)


def test_closing_an_interrupt_changes_an_older_answer_in_its_place() -> None:
    """What was said last counts, and the order of the path stays."""
    assert closed(at(*UNSURE, interrupt="crisis", aside=(KR,)), SMALL) == at(*IN_KOREA)


def test_back_after_a_crisis_skips_the_country_that_was_told_there() -> None:
    """A person who told their country in a crisis keeps it all the way back to the first screen."""
    person = Person().press("I found a picture", "I need help now", "대한민국", "Return")
    assert person.session == at(KR, *FOUND)
    assert "Back" not in person.press("Back").labels
    assert person.session == at(KR)
    person.press("Somebody told me", "Skip")
    assert person.screen.step == "kr/plan/plan"


def test_changing_an_early_answer_keeps_the_later_ones_that_still_count() -> None:
    """Another way may be taken from there on; nothing is asked twice on it."""
    person = Person(its=tour()).press("I found a picture", "Under 18", "United States")
    person.press("Say what happened", "Somebody told me")
    assert person.session.path == (("situation", "heard"), ("age", "under-18"), ("country", "US"))
    assert person.screen.step == "plan/plan"
