"""The contract: a screen is a pure function of guide, session and time."""

from dataclasses import replace

import pytest

from bot.core.guide import Guide
from bot.core.screen import screen
from bot.core.shown import Screen, ShownFact
from bot.core.text import Paragraph, Part, Words, plain
from tests.person import ADULT, FOUND, IN_KOREA, SMALL, UNSURE, Person, at
from tests.small import CRISIS, NIGHT, NOON, PLAN, guide
from tests.tour import tour

EVIDENCE = (*UNSURE, ("plan/plan", "evidence"))
LETTER_OPEN = (*EVIDENCE, ("plan/evidence", "letter"))


def body(shown: Screen) -> list[str]:
    """The body in reading order, a fact as its id in square brackets."""
    return [f"[{part.id}]" if isinstance(part, ShownFact) else plain((part,)) for part in shown.body]


def labels(shown: Screen, kind: str) -> list[str]:
    return [button.label for button in shown.buttons if button.kind == kind]


def seen(*path: tuple[str, str], now: object = NOON, **layers: object) -> Screen:
    return screen(SMALL, at(*path, **layers), now)  # type: ignore[arg-type]


def test_the_first_screen_asks_and_offers_help_languages_and_a_way_to_leave() -> None:
    """Nothing comes before it, so it has no Back."""
    first = seen()
    assert (first.step, first.is_question, first.title) == ("situation", True, "")
    assert body(first) == ["This is not your fault.", "What is closest?"]
    assert [button.kind for button in first.buttons] == ["choice"] * 3 + ["interrupt", "stay", "language", "leave"]
    assert labels(first, "choice") == ["I found a picture", "Somebody told me", "Skip"]


def test_the_same_session_at_the_same_time_gives_the_same_screen() -> None:
    """A double tap or a repeated update is harmless."""
    assert seen(*UNSURE, interrupt="crisis") == seen(*UNSURE, interrupt="crisis")


def test_every_question_can_be_skipped_and_no_page_can() -> None:
    """Nobody must answer anything, and a page asks nothing."""
    assert seen(*FOUND).is_question
    assert "Skip" in labels(seen(*FOUND), "choice")
    assert not seen(*UNSURE).is_question
    assert "Skip" not in labels(seen(*UNSURE), "choice")
    assert "Skip" not in labels(seen(interrupt="crisis"), "choice")


def test_what_was_said_stands_above_the_question() -> None:
    """In the order of the walk."""
    assert body(seen(*FOUND)) == ["Somebody else did this.", "How old are you?"]


def test_facts_stand_where_the_text_says() -> None:
    """Or below it, where it does not."""
    assert body(seen(*UNSURE)) == ["You are not alone.", "[world]", "You can stop at any time."]
    assert body(seen(*EVIDENCE))[-1] == "[world]"


def test_a_page_reads_the_answers() -> None:
    """Words, facts and entries follow them."""
    minor, adult = seen(*UNSURE), seen(*ADULT)
    assert body(adult) == ["You do not have to do this alone.", "[world]", "[adults-only]", "You can stop at any time."]
    assert "Say the age" in labels(minor, "choice")
    assert "Say the age" not in labels(adult, "choice")


def test_only_answers_that_fit_are_offered() -> None:
    """A platform of another country would be noise."""
    where = ("plan/plan", "where")
    assert labels(seen(*UNSURE, where), "choice") == ["Chatty", "I do not know", "Skip"]
    korean = (*IN_KOREA, ("kr/plan/plan", "plan/where"))
    assert labels(seen(*korean), "choice") == ["Chatty", "Korean", "I do not know", "Skip"]


def test_an_entry_is_called_after_the_step_it_leads_to() -> None:
    """Its own label wins, and a country's own page its own title."""
    assert Person(at(*EVIDENCE)).labels[:2] == ["Back to the plan", "A letter"]
    its = guide(crisis=CRISIS.replace("more: [busy]", "more: [busy, plan]"))
    assert Person(at(*UNSURE, interrupt="crisis"), its=its).labels[:2] == ["When it is busy", "What you can do"]
    assert Person(at(*IN_KOREA, interrupt="crisis"), its=its).labels[:2] == ["When it is busy", "지금 할 수 있는 일"]


def test_a_page_with_a_way_on_has_a_continue_button() -> None:
    """It comes after the entries."""
    person = Person(at(*UNSURE), its=tour())
    assert labels(person.screen, "choice") == ["A rest", "A word", "Say the age", "Say what happened", "Continue"]
    assert person.press("Continue").screen.step == "plan/young"


@pytest.mark.parametrize("path", [(), (*FOUND, ("age", "adult"), ("country", "skip"))], ids=["not asked", "skipped"])
def test_a_crisis_without_a_country_offers_the_countries_below_its_lines(path: tuple[tuple[str, str], ...]) -> None:
    """Help comes first; where somebody is can be told afterwards, also by who skipped it before."""
    person = Person(at(*path)).press("I need help now")
    assert body(person.screen)[-2:] == ["[us-day]", "[world]"]
    assert person.labels[:4] == ["When it is busy", "대한민국", "United States", "Another country"]
    person.press("대한민국")
    assert body(person.screen)[-2:] == ["[kr-night]", "[kr-centre]"]
    assert "대한민국" not in person.labels


def test_a_page_asks_nothing_that_was_answered() -> None:
    """The answer on the path stays where it is."""
    asking = PLAN.replace("    letter: report\n", "    asks: country\n")
    person = Person(at(*LETTER_OPEN), its=guide(plan=asking))
    assert labels(person.screen, "choice") == []
    assert (person.stop.path, person.stop.learnt) == (LETTER_OPEN, 0)


def test_a_country_told_in_a_crisis_takes_the_place_of_a_skipped_one() -> None:
    """After coming back the plan is that of the country."""
    person = Person(at(*FOUND, ("age", "adult"), ("country", "skip"))).press("I need help now", "대한민국", "Return")
    assert person.session == at(*FOUND, ("age", "adult"), ("country", "KR"))
    assert person.screen.step == "kr/plan/plan"


def test_lines_of_several_countries_say_where_they_are() -> None:
    """Known countries need not."""
    line = next(fact for fact in seen(interrupt="crisis").facts if fact.id == "us-day")
    assert plain(line.lines[0].blocks) == "In United States"
    known = next(fact for fact in seen(*UNSURE, interrupt="crisis").facts if fact.id == "us-day")
    assert plain(known.lines[0].blocks) == "Somebody listens."


def test_a_crisis_says_when_nobody_answers_now() -> None:
    """Only where there is a moment, and only above lines."""
    words = "Nothing open now"
    assert words in body(seen(*UNSURE, interrupt="crisis", now=NOON))
    assert words not in body(seen(*UNSURE, interrupt="crisis", now=NIGHT))
    assert words not in body(seen(*UNSURE, interrupt="crisis", now=None))
    assert words not in body(seen(*UNSURE, now=NOON))


def test_a_crisis_that_shows_its_lines_again_keeps_the_country() -> None:
    """Its button says so while it is open."""
    person = Person().press("I need help now", "United States", "When it is busy", "Show the lines again")
    assert person.session == at(interrupt="crisis", aside=(("country", "US"),))
    assert "I need help now" not in person.labels


def test_return_leads_back_to_where_an_interrupt_was_opened() -> None:
    """With nothing answered there Back does the same, and one of the two is enough."""
    person = Person(at(*EVIDENCE)).press("I need help now")
    assert "Return" not in person.labels
    person.press("When it is busy", "Return")
    assert person.session == at(*EVIDENCE)


def test_a_detail_shows_one_fact_and_closes_with_back() -> None:
    """It keeps the place below it."""
    person = Person(at(*EVIDENCE)).press("Details")
    shown = person.screen
    assert (shown.step, shown.title, body(shown)) == ("fact/world", "World help", ["[world]"])
    assert shown.facts[0].full
    assert [button.kind for button in shown.buttons] == ["back", "interrupt", "stay", "language", "leave"]
    assert person.press("Back").session == at(*EVIDENCE)


def test_a_detail_inside_a_crisis_has_both_ways_out() -> None:
    """Back closes the detail, Return the crisis with it."""
    person = Person(at(*FOUND)).press("I need help now", "Details")
    assert person.button("Back").session == at(*FOUND, interrupt="crisis")
    assert person.button("Return").session == at(*FOUND)


def test_a_page_can_show_a_whole_fact() -> None:
    """Where one help is the answer, it need not be opened first."""
    its = guide(plan=PLAN.replace("      - world\n", "      - {id: world, full: yes}\n", 1))
    assert screen(its, at(*UNSURE), NOON).facts[0].full


def test_a_letter_is_shown_to_be_copied() -> None:
    """Its text and what the button copies are the same."""
    letter = seen(*LETTER_OPEN).letter
    assert letter is not None
    assert (letter.id, letter.title, letter.hint) == ("report", "Report", "Letter hint")
    assert letter.text == letter.copy.value == "Hello,\nthe link is [link]."
    assert letter.copy in list(seen(*LETTER_OPEN).all_buttons())


def test_a_letter_with_a_fixed_language_stays_in_it() -> None:
    """A Korean police desk reads Korean, whatever the person reads."""
    report = SMALL.letters["report"]
    korean = (Part((Paragraph((Words("안녕하세요"),)),)),)
    both = replace(report, text=replace(report.text, parts={**report.text.parts, "ko": korean}))
    fixed = replace(SMALL, letters={"report": replace(both, language="ko")})
    free = replace(SMALL, letters={"report": both})
    assert _letter(fixed) == ("ko", "안녕하세요")
    assert _letter(free) == ("en", "Hello,\nthe link is [link].")


def _letter(its: Guide) -> tuple[str, str]:
    shown = screen(its, at(*LETTER_OPEN), NOON).letter
    assert shown is not None
    return shown.language, shown.text


def test_a_screen_that_is_not_translated_says_so() -> None:
    """And names the language of the text, for screen readers."""
    korean = seen(language="ko")
    assert (korean.language, korean.text_language, body(korean)[0]) == ("ko", "en", "Not translated")
    assert "Not translated" not in body(seen())


def test_the_languages_that_are_not_shown_are_offered_by_their_own_names() -> None:
    """Who cannot read the screen can read that."""
    (button,) = [button for button in seen(*UNSURE).buttons if button.kind == "language"]
    assert (button.label, button.language, button.session) == ("한국어", "ko", at(*UNSURE, language="ko"))
    assert labels(seen(language="ko"), "language") == ["English"]


def test_leave_carries_no_session() -> None:
    """After it nothing is left to come back to."""
    leave = Person(at(*UNSURE)).button("Leave")
    assert (leave.kind, leave.session, leave.value) == ("leave", None, "")


def test_a_question_asked_once_more_goes_back_to_its_page() -> None:
    """Both Back and the answer lead there."""
    person = Person(at(*UNSURE)).press("Say the age")
    assert person.screen.step == "age"
    assert person.button("Back").session == at(*UNSURE)
    assert person.press("18 or older").session == at(*ADULT)
    assert person.screen.step == "plan/plan"


def test_all_buttons_come_in_reading_order() -> None:
    """The letter's, those of the facts, then the screen's own."""
    kinds = [button.kind for button in seen(*LETTER_OPEN).all_buttons()]
    assert kinds == ["copy", "url", "choice", "back", "interrupt", "stay", "language", "leave"]
