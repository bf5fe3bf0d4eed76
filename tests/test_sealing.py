"""Tokens: equal in length, bound to a chat, opaque, and dead to the second."""

import string
from dataclasses import replace

import pytest

from bot.core.session import Session
from bot.sealing import EPOCHS, KEY_BYTES, TOKEN_LENGTH, Closed, Sealing
from tests.person import SMALL, UNSURE, at
from tests.small import GUIDE, PLAN, START, guide

IDLE = 1800.0
EPOCH = IDLE / EPOCHS
CHAT = b"42"
FULL = at(*UNSURE, language="ko", interrupt="crisis", aside=(("crisis/lines", "busy"),), fact="world")


class Random:
    """Predictable bytes: another key at each call."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, length: int) -> bytes:
        self.calls += 1
        return bytes((self.calls + n) % 256 for n in range(length))


def sealing(its: object = SMALL) -> Sealing:
    return Sealing(its, IDLE, Random())  # type: ignore[arg-type]


def closed(its: Sealing, token: str, now: float = 0.0, bound_to: bytes = CHAT) -> bool:
    """Whether a token does not open."""
    try:
        its.open(token, bound_to, now)
    except Closed as wrong:
        assert not wrong.args and wrong.__cause__ is None
        return True
    return False


def test_a_token_is_known_for_known_bytes() -> None:
    """A change of cipher, order or alphabet would break tokens of a rolling deploy unseen."""
    assert sealing().seal(FULL, CHAT, 0.0) == "K4oq3Qd5xP1JoXTNKBl-b7E4ATziRVCynjhGCSBmNE3D97-W1STjrf7XIgkLTbAu"
    assert KEY_BYTES == 64


@pytest.mark.parametrize("session", [Session("en"), at(*UNSURE), FULL])
def test_a_token_opens_to_the_session_it_was_made_from(session: Session) -> None:
    """In the same chat, by the same process, in time."""
    its = sealing()
    assert its.open(its.seal(session, CHAT, 0.0), CHAT, 1.0) == session


@pytest.mark.parametrize("session", [Session("en"), FULL])
def test_every_token_is_as_long_as_a_button_may_be(session: Session) -> None:
    """The length tells nothing about the answers, and Telegram takes 64 bytes."""
    token = sealing().seal(session, CHAT, 0.0)
    assert len(token) == len(token.encode()) == TOKEN_LENGTH == 64
    assert set(token) <= set(string.ascii_letters + string.digits + "-_")


def test_a_token_of_another_chat_is_closed() -> None:
    """A forwarded button opens nobody's answers."""
    its = sealing()
    token = its.seal(FULL, CHAT, 0.0)
    assert closed(its, token, bound_to=b"43")
    assert closed(its, token, bound_to=b"")
    assert not closed(its, token)


def test_a_token_of_another_process_is_closed() -> None:
    """Keys are random and never leave the memory."""
    token = Sealing(SMALL, IDLE).seal(FULL, CHAT, 0.0)
    assert closed(Sealing(SMALL, IDLE), token)
    other = Sealing(SMALL, IDLE)
    other.seal(FULL, CHAT, 0.0)
    assert closed(other, token)


def test_a_token_with_any_bit_flipped_is_closed() -> None:
    """Every one of the 384 bits counts."""
    its = sealing()
    token = its.seal(FULL, CHAT, 0.0)
    alphabet = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    for place, sign in enumerate(token):
        for bit in range(6):
            other = alphabet[alphabet.index(sign) ^ (1 << bit)]
            assert closed(its, token[:place] + other + token[place + 1 :]), (place, bit)


def test_a_token_cut_short_or_made_longer_is_closed() -> None:
    """Whatever its length: none, too few, too many."""
    its = sealing()
    token = its.seal(FULL, CHAT, 0.0)
    assert all(closed(its, token[:length]) for length in range(TOKEN_LENGTH))
    for wrong in (token + "A", token + "=", token + "====", token + "\n", "A" * 65, "A" * 100_000, token * 2):
        assert closed(its, wrong)


def test_a_token_in_another_alphabet_is_closed() -> None:
    """Two spellings of one token would be two buttons."""
    its = sealing()
    tokens = (its.seal(Session("en"), str(chat).encode(), 0.0) for chat in range(1000))
    chat, token = next((n, token) for n, token in enumerate(tokens) if "-" in token and token.endswith("_"))
    assert not closed(its, token, bound_to=str(chat).encode())
    for wrong in (token.replace("-", "+"), token.replace("_", "/"), token[:-1] + "="):
        assert closed(its, wrong, bound_to=str(chat).encode())


@pytest.mark.parametrize("wrong", ["é" * 64, "가" * 64, "\ud800" * 64, "\0" * 64, " " * 64, "A" * 63 + "ａ", "=" * 64])
def test_a_token_of_other_signs_is_closed(wrong: str) -> None:
    """What arrives from outside may be anything."""
    assert closed(sealing(), wrong)


@pytest.mark.parametrize("sealed_at", [0.0, 1.0, EPOCH - 0.001, EPOCH, 10 * EPOCH + 7])
def test_a_token_dies_to_the_second_one_idle_limit_after_its_epoch(sealed_at: float) -> None:
    """No sooner than the idle limit promises, and no later than one epoch more."""
    its = sealing()
    token = its.seal(FULL, CHAT, sealed_at)
    death = (sealed_at // EPOCH + 1) * EPOCH + IDLE
    assert IDLE < death - sealed_at <= IDLE + EPOCH
    assert its.next_death() == death
    assert not closed(its, token, death - 0.001)
    assert closed(its, token, death)
    assert closed(its, token, death - 1)  # the key is gone, not only late


def test_forgetting_destroys_the_keys_whose_time_has_come_and_no_others() -> None:
    """Forgetting is arithmetic."""
    its = sealing()
    early, late = its.seal(FULL, CHAT, 0.0), its.seal(FULL, CHAT, EPOCH)
    its.forget(EPOCH + IDLE)
    assert repr(its) == "Sealing(1 keys)"
    assert its.next_death() == 2 * EPOCH + IDLE
    assert closed(its, early)
    assert not closed(its, late, EPOCH)
    its.forget(2 * EPOCH + IDLE)
    assert repr(its) == "Sealing(0 keys)"
    assert its.next_death() is None


def test_a_new_epoch_has_a_new_key_and_forgets_the_dead_ones() -> None:
    """Within an epoch the key is the same."""
    its = sealing()
    first = its.seal(FULL, CHAT, 0.0)
    assert its.seal(FULL, CHAT, EPOCH - 1) == first
    assert its.seal(FULL, CHAT, EPOCH) != first
    its.seal(FULL, CHAT, 100 * EPOCH)
    assert repr(its) == "Sealing(1 keys)"


def test_keys_are_never_shown() -> None:
    """Not by the sealing, nor by what it holds."""
    its = sealing()
    its.seal(FULL, CHAT, 0.0)
    secret = Random()(KEY_BYTES)
    for shown in (repr(its), str(its), repr(vars(its)["_keys"])):
        assert "AESSIV" not in shown
        assert repr(secret)[2:10] not in shown
        assert secret.hex()[:8] not in shown


def test_a_reload_with_other_words_keeps_old_tokens() -> None:
    """The fingerprint covers ids; the new words are used at once, and do not die with the old ones."""
    its = sealing()
    token = its.seal(FULL, CHAT, 0.0)
    reworded = guide(plan=PLAN.replace("You are not alone", "You are never alone"))
    its.reload(reworded, 10.0)
    assert its.guide is reworded
    assert its.open(token, CHAT, 20.0) == FULL
    much_later = 100 * IDLE
    assert its.open(its.seal(FULL, CHAT, much_later), CHAT, much_later) == FULL


def test_a_reload_drops_only_the_answers_whose_ids_are_gone() -> None:
    """A token of the old guide opens in the new one."""
    its = sealing()
    token = its.seal(at(*UNSURE, ("plan/plan", "evidence")), CHAT, 0.0)
    its.reload(guide(plan=PLAN.replace("      - evidence\n", "")), 10.0)
    assert its.open(token, CHAT, 20.0) == at(*UNSURE)


def test_an_old_guide_is_forgotten_when_no_key_can_name_it_any_more() -> None:
    """Neither sooner, when a token would still open, nor later."""
    its = sealing()
    its.reload(guide(start=START.replace("      heard:", "      told:")), 10.0)
    last = 10.0 + EPOCH + IDLE
    its.forget(last - 0.001)
    assert len(vars(its)["_versions"]) == 2
    its.forget(last)
    assert len(vars(its)["_versions"]) == 1


def test_a_token_of_a_forgotten_guide_is_closed() -> None:
    """Also if its key were still alive, as after a clock that was set back."""
    its = sealing()
    token = its.seal(FULL, CHAT, 0.0)
    its.reload(guide(start=START.replace("      heard:", "      told:")), -EPOCH - IDLE)
    assert closed(its, token)


def test_a_guide_that_comes_back_is_current_and_does_not_die() -> None:
    """An edit that was taken back is the old guide again."""
    its = sealing()
    token = its.seal(at(*UNSURE), CHAT, 0.0)
    its.reload(
        guide(start=START.replace("      found:", "      saw:", 1).replace("situation: found", "situation: saw")), 1.0
    )
    its.reload(SMALL, 2.0)
    assert its.open(token, CHAT, 3.0) == at(*UNSURE)
    its.forget(100 * IDLE)
    assert its.open(its.seal(at(*UNSURE), CHAT, 100 * IDLE), CHAT, 100 * IDLE) == at(*UNSURE)


def test_numbers_that_name_nothing_are_closed() -> None:
    """Two guides could share four bytes of fingerprint; the shape is still looked at."""
    its = sealing()
    token = its.seal(at(fact="world"), CHAT, 0.0)
    fewer = Sealing(replace(SMALL, facts={}), IDLE)
    versions, (version,) = vars(its)["_versions"], vars(fewer)["_versions"].values()
    (mark,) = versions
    version.codec.fingerprint = mark
    versions[mark] = version
    assert closed(its, token)


def test_a_guide_in_other_languages_takes_the_sessions_of_the_old_one() -> None:
    """A language that is gone becomes the default one."""
    its = sealing()
    token = its.seal(at(*UNSURE, language="ko"), CHAT, 0.0)
    assert "ko: 한국어" in GUIDE
    its.reload(replace(SMALL, languages={"en": "English"}), 1.0)
    assert its.open(token, CHAT, 2.0) == at(*UNSURE)
