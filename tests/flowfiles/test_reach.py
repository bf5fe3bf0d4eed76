"""Every distinct screen is visited, each with the fewest presses; random presses find no other."""

from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.guide import Guide
from bot.core.replay import replay
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Screen
from bot.flowfiles.reach import visits
from bot.flowfiles.scope import Scope
from tests.small import CRISIS, PLAN, START, WHO, guide

Key = tuple[object, ...]
COUNTRY_FIRST = """
flow: who
written-in: en
steps:
  country:
    ask: Where do you live?
    answers: {from: countries, also: {other: Another country}}
    then: age
  age:
    ask: How old are you?
    answers: {under-18: Under 18, adult: 18 or older, unsure: Not sure}
    then: return
"""
BRANCH_AT_RETURN = START.replace(
    "call: who\n    then: plan",
    "call: who\n    then:\n      - when: {age: adult}\n        go: heard\n      - else: plan",
).replace("You need not look.\n    then: ask-who", "You need not look.\n    then: plan")
ASKED_ONLY_IN_CRISIS = WHO.replace("then: country", "then: return")
GUIDES = {
    "small": guide(),
    "country asked first": guide(who=COUNTRY_FIRST),
    "a branch where the called flow comes back": guide(start=BRANCH_AT_RETURN),
    "country learnt in the crisis only": guide(
        who=ASKED_ONLY_IN_CRISIS,
        crisis=CRISIS.replace("{crisis-lines: answered}", "world"),
        plan=PLAN.replace("- evidence\n", "- {go: evidence, when: {country: KR}}\n", 1),
    ),
}


def key(scope: Scope, session: Session, drawn: Screen) -> Key:
    """What makes a screen distinct: where it stops, what was said above, the answers it reads."""
    stop = replay(scope.guide, session)
    said = () if session.fact else tuple(step.step for step in stop.said)
    return (drawn.step, session.interrupt, said, *sorted(scope.here(session, stop).items()))


def pressed(shown: Screen) -> list[Session]:
    """Where the buttons of a screen lead, but for languages."""
    return [button.session for button in shown.all_buttons() if button.session and button.kind != "language"]


@pytest.mark.parametrize("name", GUIDES)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_screen_that_random_presses_reach_is_visited(name: str, data: st.DataObject) -> None:
    small, scope = GUIDES[name], Scope(GUIDES[name])
    visited = _visited(name)
    session, way = Session("en"), []
    for _ in range(data.draw(st.integers(0, 14), "presses")):
        session = data.draw(st.sampled_from(pressed(screen(small, session, None))), "press")
        drawn = screen(small, session, None)
        way.append(drawn.step)
        assert key(scope, session, drawn) in visited, way


_KNOWN: dict[str, set[Key]] = {}


def _visited(name: str) -> set[Key]:
    if name not in _KNOWN:
        scope = Scope(GUIDES[name])
        _KNOWN[name] = {key(scope, visit.session, visit.screen) for visit in visits(GUIDES[name], "en")}
    return _KNOWN[name]


def fewest(small: Guide, most: int) -> dict[Key, int]:
    """The presses to every screen within `most` presses, found without any merging."""
    scope, found, seen = Scope(small), dict[Key, int](), set[Session]()
    queue = deque([(Session("en"), 0)])
    while queue:
        session, taps = queue.popleft()
        if session in seen or taps > most:
            continue
        seen.add(session)
        drawn = screen(small, session, None)
        found.setdefault(key(scope, session, drawn), taps)
        queue.extend((after, taps + 1) for after in pressed(drawn))
    return found


@pytest.mark.parametrize("name", GUIDES)
def test_the_presses_are_the_fewest(name: str) -> None:
    scope = Scope(GUIDES[name])
    counted = {key(scope, visit.session, visit.screen): visit.taps for visit in visits(GUIDES[name], "en")}
    near = fewest(GUIDES[name], 4)
    assert len(near) > 15
    assert {screen_key: counted[screen_key] for screen_key in near} == near


def test_screens_come_once_each_nearest_first() -> None:
    small = guide()
    scope, found = Scope(small), list(visits(small, "en"))
    keys = [key(scope, visit.session, visit.screen) for visit in found]
    assert len(keys) == len(set(keys))
    assert [visit.taps for visit in found] == sorted(visit.taps for visit in found)
    assert (found[0].screen.step, found[0].taps, found[0].answers) == ("situation", 0, {"situation": "skip"})


def test_a_visit_holds_the_screen_and_the_answers_that_matter_there() -> None:
    small = guide()
    for visit in visits(small, "ko"):
        assert visit.screen == screen(small, visit.session, None)
        assert visit.screen.language == "ko"
    minors = [visit.answers["age"] for visit in visits(small, "en") if visit.screen.step == "plan/plan"]
    assert sorted(minors) == ["adult", "skip", "under-18", "unsure"] or set(minors) >= {"adult", "under-18"}


def test_what_is_said_above_a_question_makes_two_screens_of_it() -> None:
    said = {
        visit.stop.said[0].step for visit in visits(guide(), "en") if visit.screen.step == "age" and visit.stop.said
    }
    assert said == {"start/found", "start/heard"}


def test_a_countrys_own_plan_is_visited_though_the_age_comes_last() -> None:
    steps = {visit.screen.step for visit in visits(GUIDES["country asked first"], "en")}
    assert {"plan/plan", "kr/plan/plan"} <= steps
