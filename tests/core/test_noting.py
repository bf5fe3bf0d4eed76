"""Notes: the small screens that answer typed words and media."""

from dataclasses import replace

import pytest

from bot.core.guide import TYPED, Guide, Interrupt
from bot.core.listening import Heard
from bot.core.noting import NOTE, as_note, media_note, typed_note
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Button, Screen
from bot.core.text import plain
from tests.flowfiles.test_ears import LISTENING
from tests.person import at
from tests.small import NIGHT, NOON, guide

GUIDE = guide(listening=LISTENING)
CRISIS = "crisis"
UNKNOWN, DESPAIR = Heard("unknown"), Heard("crisis")


def words(shown: Screen) -> str:
    """The sentences of a note."""
    return plain(tuple(part for part in shown.parts if not hasattr(part, "contacts")))


def kinds(shown: Screen) -> list[str]:
    return [button.kind for button in shown.buttons]


def labels(shown: Screen) -> list[str]:
    return [button.label for button in shown.buttons]


def pressed(shown: Screen, label: str) -> Session:
    """Where the button of a note leads."""
    session = next(button.session for button in shown.all_buttons() if button.label == label)
    assert session is not None
    return session


@pytest.mark.parametrize(("stays", "said"), [(False, "Media note"), (True, "Media stays")])
def test_the_note_about_media_says_whether_it_is_gone(stays: bool, said: str) -> None:
    """Beside it only the help that is on every screen."""
    shown = media_note(GUIDE, "en", stays=stays)
    assert (shown.step, words(shown), labels(shown)) == (NOTE, said, ["I need help now"])
    assert pressed(shown, "I need help now") == at(interrupt=CRISIS)


@pytest.mark.parametrize(("stays", "said"), [(False, ["Typed note"]), (True, ["Typed stays"]), (None, [])])
def test_words_that_mean_nothing_to_the_lists_get_the_first_choices(stays: bool | None, said: list[str]) -> None:
    """One sentence about the words, one about what can be pressed, and the answers of the first question."""
    shown = typed_note(GUIDE, "en", UNKNOWN, NOON, stays=stays)
    assert words(shown).split("\n\n") == [*said, "Unknown note"]
    assert labels(shown) == ["I found a picture", "Somebody told me", "I need help now"]
    assert pressed(shown, "Somebody told me") == at(("situation", "heard"))


def test_topics_are_offered_in_the_order_they_were_heard() -> None:
    """An answer of the first question by its own words, a step by its title."""
    shown = typed_note(GUIDE, "en", Heard("topic", ("note", "found")), NOON)
    assert words(shown).split("\n\n") == ["Typed note", "Topic note"]
    assert labels(shown) == ["What to note", "I found a picture", "I need help now"]
    assert pressed(shown, "What to note") == at((TYPED, "note"))
    assert screen(GUIDE, pressed(shown, "What to note"), NOON).step == "plan/evidence"


def test_a_topic_that_the_guide_does_not_know_is_left_out() -> None:
    """Words may be heard just before the guide is reloaded."""
    assert labels(typed_note(GUIDE, "en", Heard("topic", ("gone", "found")), NOON))[0] == "I found a picture"
    assert "Unknown note" in words(typed_note(GUIDE, "en", Heard("topic", ("gone",)), NOON))


def test_a_note_of_despair_says_too_when_the_words_could_not_be_deleted() -> None:
    """Below the lines: first who answers now."""
    gone, stays = (typed_note(GUIDE, "en", Heard("crisis"), NOON, stays=stays) for stays in (False, True))
    assert words(stays) == words(gone) + "\n\nTyped stays"
    assert labels(stays) == labels(gone)


def test_despair_is_answered_by_the_first_crisis_screen() -> None:
    """Its lines of this moment; to say that it was misheard comes first; nothing leads out of it."""
    shown = typed_note(GUIDE, "ko", DESPAIR, NIGHT)
    urgent = screen(GUIDE, at(interrupt=CRISIS, language="ko"), NIGHT)
    assert (shown.body, shown.title) == (urgent.body, urgent.title)
    assert shown.buttons[0] == Button("close", "Not it")
    assert set(kinds(shown)) == {"close", "choice"}
    assert all(button.session.interrupt == CRISIS for button in shown.all_buttons() if button.session)


def test_deeper_in_a_note_back_leads_within_it_and_closing_comes_last() -> None:
    """There it no longer says that it was misheard."""
    began = typed_note(GUIDE, "en", DESPAIR, NOON)
    deeper = as_note(GUIDE, screen(GUIDE, pressed(began, "When it is busy"), NOON))
    assert labels(deeper) == ["Back", "Return"]
    assert deeper.buttons[-1].kind == "close"
    again = as_note(GUIDE, screen(GUIDE, pressed(deeper, "Back"), NOON))
    assert again == began


def test_a_detail_opens_within_the_note() -> None:
    """Every fact of the crisis screen can be read up."""
    began = typed_note(GUIDE, "en", DESPAIR, NOON)
    detail = as_note(GUIDE, screen(GUIDE, pressed(began, "Details"), NOON))
    assert detail.step.startswith("fact/")
    assert kinds(detail) == ["back", "close"]


def test_a_guide_without_an_interrupt_answers_despair_like_other_words() -> None:
    """It has nobody to name."""
    alone = replace(GUIDE, interrupts={})
    shown = typed_note(alone, "en", DESPAIR, NOON)
    assert "Unknown note" in words(shown)
    assert kinds(shown) == ["choice", "choice"]


def test_a_quiet_interrupt_is_not_offered_in_a_note() -> None:
    """A note is small: it has what is urgent."""
    crisis = GUIDE.interrupts[CRISIS]
    quiet = Interrupt("known", crisis.button, crisis.inside, crisis.first, quiet=True)
    both: Guide = replace(GUIDE, interrupts={CRISIS: crisis, "known": quiet})
    assert labels(media_note(both, "en")) == ["I need help now"]
    assert set(kinds(typed_note(both, "en", DESPAIR, NOON))) == {"close", "choice"}


def test_a_note_speaks_the_language_it_is_asked_in() -> None:
    """And so does everything that opens from it."""
    for shown in (
        media_note(GUIDE, "ko"),
        typed_note(GUIDE, "ko", UNKNOWN, NOON),
        typed_note(GUIDE, "ko", DESPAIR, NOON),
    ):
        assert shown.language == "ko"
        assert {button.session.language for button in shown.all_buttons() if button.session} == {"ko"}


def test_a_guide_that_begins_with_a_page_has_no_first_choices_to_offer() -> None:
    """The help is still there."""
    shown = typed_note(replace(GUIDE, start="plan/plan"), "en", UNKNOWN, NOON)
    assert labels(shown) == ["I need help now"]
