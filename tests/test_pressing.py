"""A press becomes a screen: what every channel does between its first word and its last."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.parting import closed_screen, left_screen
from bot.core.screen import screen
from bot.core.session import Session
from bot.pressing import Pressing
from bot.sealing import Sealing
from tests.flowfiles.test_ears import LISTENING
from tests.person import SMALL, UNSURE, at
from tests.small import NIGHT, NOON, guide

IDLE = 1800.0
CHAT = b"42"


class Clocks:
    """Two clocks that stand still until a test moves them."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.time = NOON


@pytest.fixture
def clocks() -> Clocks:
    """Noon in Seoul, and no second has passed."""
    return Clocks()


@pytest.fixture
def pressing(clocks: Clocks) -> Pressing:
    """A pressing over the small guide."""
    return Pressing(Sealing(SMALL, IDLE), lambda: clocks.seconds, lambda: clocks.time)


def test_the_first_screen_is_that_of_an_empty_session(pressing: Pressing) -> None:
    """In the language that was asked for."""
    assert pressing.first("ko") == screen(SMALL, Session("ko"), NOON)


def test_a_press_shows_the_screen_of_its_token(pressing: Pressing) -> None:
    """Whatever language the channel would guess, the session's own counts."""
    token = pressing.token(at(*UNSURE), CHAT)
    assert pressing.pressed(token, CHAT, "ko") == screen(SMALL, at(*UNSURE), NOON)


def test_hours_are_told_by_the_time_of_day(pressing: Pressing, clocks: Clocks) -> None:
    """A line that is closed at noon is open at night, in the same card."""
    token = pressing.token(at(*UNSURE, interrupt="crisis"), CHAT)
    at_noon = pressing.pressed(token, CHAT, "en")
    clocks.time = NIGHT
    assert pressing.pressed(token, CHAT, "en") == screen(SMALL, at(*UNSURE, interrupt="crisis"), NIGHT) != at_noon


def test_an_expired_press_shows_the_kind_screen(pressing: Pressing, clocks: Clocks) -> None:
    """In the language of the channel, with help lines of this moment; the answers are gone."""
    token = pressing.token(at(*UNSURE), CHAT)
    clocks.seconds, clocks.time = 2 * IDLE, NIGHT
    assert pressing.pressed(token, CHAT, "ko") == closed_screen(SMALL, "ko", NIGHT)


@pytest.mark.parametrize("token", ["", "A" * 64, "é", "A" * 10_000])
def test_a_forged_press_shows_the_same_kind_screen(pressing: Pressing, token: str) -> None:
    """Nothing tells forged, foreign and expired apart."""
    assert pressing.pressed(token, CHAT, "en") == closed_screen(SMALL, "en", NOON)


def test_a_press_from_another_chat_shows_the_kind_screen(pressing: Pressing) -> None:
    """Tokens are bound to their chat."""
    assert pressing.pressed(pressing.token(at(*UNSURE), CHAT), b"43", "en").step == "closed"


def test_leaving_shows_the_last_screen(pressing: Pressing) -> None:
    """It needs no session."""
    assert pressing.left("en") == left_screen(SMALL, "en")


def test_the_language_that_fits_best_is_chosen(pressing: Pressing) -> None:
    """From the tags that a browser or Telegram sends."""
    assert pressing.language(["fr-FR", "ko-KR", "en"]) == "ko"
    assert pressing.language([]) == "en"


def test_real_clocks_are_used_unless_others_are_given() -> None:
    """Hours need an aware time, and keys a clock that never goes back."""
    pressing = Pressing(Sealing(SMALL, IDLE))
    before = datetime.now(UTC)
    assert before <= pressing.wall() <= datetime.now(UTC)
    assert pressing.clock() <= pressing.clock()
    assert pressing.pressed(pressing.token(at(*UNSURE), CHAT), CHAT, "en").step == "plan/plan"


def test_the_urgent_screen_is_that_of_the_first_interrupt(pressing: Pressing) -> None:
    """Who answers now, without any session; a guide without an interrupt has none."""
    shown = pressing.urgent("en")
    assert shown is not None and shown.step == "crisis/lines"
    pressing.sealing.reload(replace(SMALL, interrupts={}), 0.0)
    assert pressing.urgent("en") is None


def test_words_are_heard_with_the_ears_of_the_guide(pressing: Pressing) -> None:
    """Without word lists nothing is a crisis; with them despair is."""
    assert not pressing.is_crisis("죽고 싶어요")
    pressing.sealing.reload(guide(listening=LISTENING), 0.0)
    assert pressing.is_crisis("죽고 싶어요")
    assert not pressing.is_crisis("hello")
