"""The terminal: numbered choices for people and for scripts."""

import io

from bot.channels import terminal
from bot.channels.terminal.drawing import numbered, written
from bot.core.screen import screen
from bot.core.session import Session
from tests.flowfiles.test_ears import LISTENING
from tests.small import NOON, guide


def chatted(typed: str, language: str = "en") -> str:
    """What is written when these lines are typed."""
    out = io.StringIO()
    terminal.run(guide(listening=LISTENING), language, io.StringIO(typed), out, lambda: NOON)
    return out.getvalue()


def test_numbers_lead_from_screen_to_screen() -> None:
    """The first choice, then the second: the country is asked."""
    said = chatted("1\n2\n")
    assert "What is closest?" in said
    assert "How old are you?" in said
    assert "Where do you live?" in said


def test_the_words_of_a_button_choose_it_too() -> None:
    """A script may name what it presses, in any case."""
    assert "Somebody who answers now" in chatted("i need help now\n")


def test_the_end_of_input_ends_quietly() -> None:
    """A pipe that runs dry stops the chat after the screen that it led to."""
    assert chatted("1\n").endswith("> \n")


def test_a_number_that_is_not_there_is_asked_for_again() -> None:
    """Nothing is lost: the same choices hold, and the line says which numbers there are."""
    said = chatted("99\n0\n\n1\n")
    assert said.count("1–6") == 2
    assert "How old are you?" in said


def test_other_words_are_answered_by_the_note_above_the_same_choices() -> None:
    """Numbers mean what they meant; what the note offers is numbered after them."""
    said = chatted("tell me something\n8\n")
    note = said.index("Unknown note")
    assert note < said.index("  1 I found a picture", note) < said.index("  7 I found a picture", note)
    assert "  8 Somebody told me" in said
    assert "You need not look." in said
    assert "How old are you?" in chatted("tell me something\n1\n")


def test_words_about_a_topic_offer_it() -> None:
    """A step that no answer leads to is reached by its title."""
    said = chatted("what counts as proof\n7\n")
    assert "Topic note" in said
    assert "  7 What to note" in said
    assert "Write down the link" in said


def test_words_of_despair_show_who_answers_and_their_buttons_as_choices() -> None:
    """What opens from there stands on top of the place where the person was."""
    said = chatted("1\nI want to die\n11\nback\nback\n")
    assert "You are not alone with this." in said
    assert "World help" in said
    assert "Try the next one." in said
    assert said.count("How old are you?") == 2


def test_nothing_typed_is_written_back() -> None:
    """Whatever somebody types instead of a number stands nowhere in the output."""
    for words in ("canary", "canary I want to die", "canary deepfake"):
        assert "canary" not in chatted(words + "\n")


def test_leaving_shows_the_last_screen_and_ends() -> None:
    """After leaving no more is read."""
    said = chatted("leave\n1\n")
    assert "Left text" in said
    assert "How old are you?" not in said


def test_a_screen_is_written_with_its_numbers_hours_and_addresses() -> None:
    """Numbers and links stand in the text; only what leads somewhere has a number."""
    session = Session("en", (("situation", "found"), ("age", "adult"), ("country", "KR")))
    shown = screen(guide(), session, NOON)
    text = written(shown)
    assert "직통 02-123-4567" in text
    assert "https://example.org/form" in text
    assert f"{len(numbered(shown)):3} Leave" in text
    assert "Details: 지원 센터" in text


def test_a_letter_is_written_out() -> None:
    """Its lines stand apart, ready to be copied."""
    path = (
        ("situation", "found"),
        ("age", "adult"),
        ("country", "US"),
        ("plan/plan", "evidence"),
        ("plan/evidence", "letter"),
    )
    assert "  | the link is [link]." in written(screen(guide(), Session("en", path), NOON))
