"""A press becomes a screen: what every channel does between its first word and its last."""

from datetime import UTC, datetime

import pytest

from bot.core.listening import Heard
from bot.core.noting import as_note, media_note, typed_note
from bot.core.parting import closed_screen, left_screen
from bot.core.screen import screen
from bot.core.session import Session
from bot.pressing import Pressing
from bot.sealing import Sealing
from tests.flowfiles.test_ears import LISTENING
from tests.person import SMALL, UNSURE, at
from tests.small import NIGHT, NOON, guide

GUIDE = guide(listening=LISTENING)
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


def test_words_are_heard_with_the_ears_of_the_guide(pressing: Pressing) -> None:
    """Without word lists nothing is known; with them despair and topics are."""
    assert pressing.hear("죽고 싶어요") == Heard("unknown")
    pressing.sealing.reload(GUIDE, 0.0)
    assert pressing.hear("죽고 싶어요") == Heard("crisis")
    assert pressing.hear("a deepfake") == Heard("topic", ("found",))
    assert pressing.hear("hello") == Heard("unknown")


def test_notes_are_those_of_this_moment(pressing: Pressing, clocks: Clocks) -> None:
    """Whatever they say about hours is true now; whether something stays is passed on."""
    assert pressing.media_note("ko", stays=True) == media_note(SMALL, "ko", stays=True)
    assert pressing.typed_note("en", Heard("unknown"), stays=True) == typed_note(
        SMALL, "en", Heard("unknown"), NOON, stays=True
    )
    clocks.time = NIGHT
    assert pressing.typed_note("ko", Heard("crisis")) == typed_note(SMALL, "ko", Heard("crisis"), NIGHT)


def test_a_press_in_a_note_stays_a_note_within_the_interrupt(pressing: Pressing) -> None:
    """There it has a note's buttons."""
    urgent = at(interrupt="crisis")
    shown, is_note = pressing.pressed_in_note(pressing.token(urgent, CHAT), CHAT, "ko")
    assert is_note
    assert shown == as_note(SMALL, screen(SMALL, urgent, NOON))


def test_a_press_in_a_note_that_leads_into_the_guide_is_a_screen(pressing: Pressing) -> None:
    """With everything that stands on every screen."""
    shown, is_note = pressing.pressed_in_note(pressing.token(at(("situation", "found")), CHAT), CHAT, "ko")
    assert not is_note
    assert shown == screen(SMALL, at(("situation", "found")), NOON)


@pytest.mark.parametrize("chat", [CHAT, b"43"])
def test_a_closed_press_in_a_note_shows_the_kind_screen(pressing: Pressing, clocks: Clocks, chat: bytes) -> None:
    """Expired or foreign, and it is no note."""
    token = pressing.token(at(interrupt="crisis"), CHAT)
    clocks.seconds = 2 * IDLE if chat == CHAT else 0
    assert pressing.pressed_in_note(token, chat, "ko") == (closed_screen(SMALL, "ko", NOON), False)


@pytest.mark.parametrize(("idle", "minutes"), [(1800.0, 30), (1799.0, 29), (60.0, 1), (0.5, 1)])
def test_minutes_are_those_that_buttons_live_at_least(idle: float, minutes: int) -> None:
    """Rounded down, and never none."""
    assert Pressing(Sealing(SMALL, idle)).minutes == minutes
