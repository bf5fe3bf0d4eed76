"""Whatever somebody presses: properties of random presses on the small guide and on the one with rarer steps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.guide import Guide, Page
from bot.core.moves import settled
from bot.core.replay import Stop, replay
from bot.core.screen import screen
from bot.core.session import MOST_PAIRS, Codec, Pair, Session, possible_pairs
from bot.core.shown import Button, Screen
from tests.person import SMALL, UNSURE, Person, at
from tests.small import NIGHT, NOON
from tests.tour import tour

TOUR = tour()
GUIDES = {"small": SMALL, "tour": TOUR}  # by name: a whole guide is too much to print
guides = st.sampled_from(list(GUIDES))
picks = st.lists(st.integers(0, 10_000), min_size=12, max_size=40)
moments = st.sampled_from([NOON, NIGHT, None])
often = settings(max_examples=60, deadline=None, database=None)


@dataclass(frozen=True)
class Seen:
    """One screen on somebody's way: where they are, what they see, and the button they press there."""

    session: Session  # settled
    stop: Stop
    screen: Screen
    pressed: Button
    after: Session  # settled, where the press leads


def settle(its: Guide, session: Session) -> Session:
    return settled(session, replay(its, session))


def way(its: Guide, chosen: list[int], now: datetime | None = NOON) -> Iterator[Seen]:
    """The screens of somebody who presses at random, each with the press that leaves it."""
    session = Session("en")
    for pick in chosen:
        shown = screen(its, session, now)
        buttons = [button for button in shown.all_buttons() if button.session is not None]
        button = buttons[pick % len(buttons)]
        assert button.session is not None
        stop = replay(its, session)
        yield Seen(settled(session, stop), stop, shown, button, settle(its, button.session))
        session = button.session


def target(shown: Screen, kind: str) -> Session | None:
    """Where the only button of this kind leads; None where there is none."""
    found = [button.session for button in shown.buttons if button.kind == kind]
    assert len(found) <= 1
    return found[0] if found else None


def layer(session: Session) -> tuple[Pair, ...]:
    """The answers of the topmost flow."""
    return session.aside if session.interrupt else session.path


@often
@given(guides, picks, moments)
def test_every_screen_has_help_languages_and_a_way_to_leave(name: str, chosen: list[int], now: datetime | None) -> None:
    """No press raises, and none leads to where help is more than a press away."""
    its = GUIDES[name]
    for seen in way(its, chosen, now):
        buttons = seen.screen.buttons
        helping = [button.session for button in buttons if button.kind == "interrupt"]
        assert [session.interrupt for session in helping if session] == list(its.interrupts)
        spoken = {button.language for button in buttons if button.kind == "language"}
        assert spoken == set(its.languages) - {seen.session.language}
        assert [button.kind for button in buttons].count("leave") == 1


@often
@given(guides, picks)
def test_every_session_fits_its_button_and_comes_back_from_it(name: str, chosen: list[int]) -> None:
    """Those that buttons hold, settled or not."""
    its = GUIDES[name]
    codec = Codec(its)
    for seen in way(its, chosen):
        for button in seen.screen.all_buttons():
            if button.session is not None:
                assert len(button.session.path + button.session.aside) <= MOST_PAIRS
                assert codec.unpack(codec.pack(button.session)) == button.session


@often
@given(guides, picks)
def test_no_question_and_no_page_is_on_a_path_twice(name: str, chosen: list[int]) -> None:
    """So a path is never longer than there are stops, however long somebody goes round."""
    for seen in way(GUIDES[name], chosen):
        for path in (seen.session.path, seen.session.aside):
            assert len({stop for stop, _ in path}) == len(path)


@often
@given(guides, picks)
def test_a_settled_session_stands_at_the_same_stop(name: str, chosen: list[int]) -> None:
    """And settling it again changes nothing."""
    its = GUIDES[name]
    for seen in way(its, chosen):
        again = replay(its, seen.session)
        assert replace(again, reasons=()) == replace(seen.stop, reasons=())
        assert settled(seen.session, again) == seen.session


@often
@given(guides, st.data())
def test_any_answers_in_any_order_lead_somewhere(name: str, data: st.DataObject) -> None:
    """Buttons of an edited guide hold such paths; the replay is total and settles them."""
    its = GUIDES[name]
    pairs = st.lists(st.sampled_from(list(possible_pairs(its))), max_size=MOST_PAIRS).map(tuple)
    interrupt = data.draw(st.sampled_from([None, *its.interrupts]))
    session = Session("en", data.draw(pairs), interrupt, data.draw(pairs) if interrupt else ())
    stop = replay(its, session)
    after = settled(session, stop)
    assert replace(replay(its, after), reasons=()) == replace(stop, reasons=())
    assert set(layer(after)) <= set(layer(session))
    assert screen(its, after, NOON) == screen(its, session, NOON)


@often
@given(guides, picks)
def test_back_acts_on_the_topmost_layer_only(name: str, chosen: list[int]) -> None:
    """Detail, then interrupt, then guide: what lies below stays as it is."""
    for seen in way(GUIDES[name], chosen):
        here, before = seen.session, target(seen.screen, "back")
        if here.fact:
            assert before == replace(here, fact=None)
        elif here.aside:
            assert before == replace(here, aside=here.aside[:-1])
        elif here.interrupt:
            assert before == replace(here, interrupt=None)
        else:
            assert before in (None, replace(here, path=here.path[:-1]))


@often
@given(guides, picks)
def test_back_after_a_fresh_press_is_where_it_was_pressed(name: str, chosen: list[int]) -> None:
    """A press that adds an answer, opens a detail or an interrupt is taken back whole."""
    its = GUIDES[name]
    for seen in way(its, chosen):
        here, after = seen.session, seen.after
        adds = seen.pressed.kind == "choice" and len(layer(after)) == len(layer(here)) + 1
        opens = (after.fact and not here.fact) or (after.interrupt and not here.interrupt)
        if opens or (adds and after.interrupt == here.interrupt):
            assert target(screen(its, after, NOON), "back") == replace(here, fact=None)


@often
@given(guides, picks)
def test_back_always_ends_at_the_first_screen_which_has_none(name: str, chosen: list[int]) -> None:
    """In no more presses than there are answers and layers."""
    its = GUIDES[name]
    *_, last = way(its, chosen)
    session, presses = last.session, 0
    while before := target(screen(its, session, NOON), "back"):
        session, presses = settle(its, before), presses + 1
        assert presses <= MOST_PAIRS + 2
    assert screen(its, session, NOON).step == "situation"
    assert (session.interrupt, session.fact) == (None, None)


@often
@given(guides, picks)
def test_another_language_keeps_everything_else(name: str, chosen: list[int]) -> None:
    """The same place, the same choices, the same places behind them."""
    its = GUIDES[name]
    for seen in way(its, chosen):
        other = target(seen.screen, "language")
        assert other is not None
        assert replace(other, language=seen.session.language) == seen.session
        shown = screen(its, other, NOON)
        assert shown.step == seen.screen.step
        assert _behind(shown) == _behind(seen.screen)


def _behind(shown: Screen) -> list[tuple[str, Session | None]]:
    """What a screen's own buttons lead to, whatever the language; the order of languages is left out."""
    buttons = [button for button in shown.buttons if button.kind != "language"]
    return [(button.kind, button.session and replace(button.session, language="en")) for button in buttons]


@often
@given(guides, picks)
def test_opening_help_closes_a_detail_and_changes_no_answer_below(name: str, chosen: list[int]) -> None:
    """Coming back leads to the same place."""
    for seen in way(GUIDES[name], chosen):
        for button in seen.screen.buttons:
            if button.kind == "interrupt":
                assert button.session is not None
                assert (button.session.path, button.session.fact) == (seen.session.path, None)


@often
@given(guides, picks)
def test_closing_help_keeps_what_was_learnt_and_back_skips_what_is_new(name: str, chosen: list[int]) -> None:
    """Nobody tells their country twice, or loses it on the way back."""
    its = GUIDES[name]
    for seen in way(its, chosen):
        here = seen.session
        returns = [button.session for button in seen.screen.buttons if button.label == "Return"]
        if not returns or returns[0] is None:
            continue
        learnt = {pair for pair in here.aside if pair[0] in its.questions}
        session = returns[0]
        assert (session.interrupt, session.fact, learnt <= set(session.path)) == (None, None, True)
        while before := target(screen(its, session, NOON), "back"):
            session = before
        known = {stop for stop, _ in here.path}
        assert {pair for pair in learnt if pair[0] not in known} <= set(session.path)


@often
@given(guides, picks)
def test_questions_can_be_skipped_and_pages_cannot(name: str, chosen: list[int]) -> None:
    """Skip is an answer, so it stands where something is asked and nowhere else."""
    for seen in way(GUIDES[name], chosen):
        asks = not seen.session.fact and not isinstance(seen.stop.step, Page)
        assert seen.screen.is_question == asks
        assert [button.label for button in seen.screen.all_buttons()].count("Skip") == int(asks)


@often
@given(guides, picks)
def test_opening_a_page_that_is_on_the_path_returns_to_it(name: str, chosen: list[int]) -> None:
    """What came after it is dropped; only an answer given once more may differ on the way to it."""
    its = GUIDES[name]
    for seen in way(its, chosen):
        stops = [stop for stop, _ in layer(seen.session)]
        step = replay(its, seen.after).step.step
        if seen.pressed.kind == "choice" and seen.after.interrupt == seen.session.interrupt and step in stops:
            assert [stop for stop, _ in layer(seen.after)] == stops[: stops.index(step)]


@pytest.mark.parametrize(
    ("its", "round_trip"),
    [
        (SMALL, ("What to note", "Back to the plan")),
        (SMALL, ("Where it is", "Skip", "Back to the plan")),
        (SMALL, ("Say the age", "Not sure")),
        (TOUR, ("A word",)),
        (TOUR, ("A rest", "Continue", "Back to the plan")),
        (TOUR, ("Say what happened", "Somebody told me", "Say what happened", "I found a picture")),
        (TOUR, ("Continue", "Back to the plan")),
    ],
)
def test_going_round_for_ever_leaves_the_path_as_it_was(its: Guide, round_trip: tuple[str, ...]) -> None:
    """Links between pages, words in between, called flows and questions asked once more."""
    person = Person(at(*UNSURE), its=its)
    for _ in range(2 * MOST_PAIRS):
        person.press(*round_trip)
        assert settle(its, person.session) == at(*UNSURE)
