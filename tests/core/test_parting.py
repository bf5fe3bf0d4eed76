"""The two screens outside the flows are kind, give away nothing and always lead back to the start."""

import pytest

from bot.core.parting import closed_screen, left_screen
from bot.core.session import Session
from bot.core.shown import Screen
from bot.core.text import plain
from tests.person import SMALL, at
from tests.small import NIGHT, NOON


def only_button(screen: Screen) -> tuple[str, str, Session | None]:
    (button,) = screen.buttons
    return button.kind, button.label, button.session


def test_a_closed_screen_says_what_happened_and_shows_the_general_help_lines() -> None:
    """Somebody may need help just when a button has expired."""
    shown = closed_screen(SMALL, "en", NOON)
    assert (shown.step, shown.title) == ("closed", "Closed title")
    assert plain(shown.body[:1]) == "Closed text"  # type: ignore[arg-type]
    assert [fact.id for fact in shown.facts] == ["us-day", "world"]


def test_the_lines_of_a_closed_screen_say_their_country_and_have_details() -> None:
    """Nothing is known about the person any more."""
    day = closed_screen(SMALL, "en", NIGHT).facts[0]
    assert plain(day.lines[0].blocks) == "In United States"
    assert day.contacts[0].open_now is True
    assert day.details is not None
    assert day.details.session == at(fact="us-day")


def test_the_lines_of_a_closed_screen_follow_the_language() -> None:
    """It is all that is left to go by."""
    assert [fact.id for fact in closed_screen(SMALL, "ko", NOON).facts] == ["kr-night", "world"]


def test_a_screen_after_leaving_shows_no_help_line() -> None:
    """Whoever looks over a shoulder then learns nothing."""
    shown = left_screen(SMALL, "en")
    assert (shown.step, shown.title, plain(shown.body)) == ("left", "Left title", "Left text")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_both_lead_only_to_a_fresh_start(language: str) -> None:
    """No answer survives, only the language."""
    again = ("choice", "Start again", Session(language))
    assert only_button(closed_screen(SMALL, language, NOON)) == again
    assert only_button(left_screen(SMALL, language)) == again
    assert left_screen(SMALL, language).language == language
