"""Every distinct screen is visited, each with the fewest presses; random presses find no other."""

from collections import deque
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.guide import Guide
from bot.core.plainly import plain_screen
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Screen
from bot.flowfiles.reach import visits
from tests.small import CRISIS, PLAN, START, WHO, beginnings, guide, listening

Content = tuple[object, ...]
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
    "topics of typed words": listening(),
    "country asked first": guide(who=COUNTRY_FIRST),
    "a branch where the called flow comes back": guide(start=BRANCH_AT_RETURN),
    "country learnt in the crisis only": guide(
        who=ASKED_ONLY_IN_CRISIS,
        crisis=CRISIS.replace("{crisis-lines: answered}", "world"),
        plan=PLAN.replace("- evidence\n", "- {go: evidence, when: {country: KR}}\n", 1),
    ),
}


def content(drawn: Screen, session: Session) -> Content:
    """What a person reads on a screen: its words, its choices and its ways in, not where buttons lead."""
    ways_out = {"Return"}
    buttons = [
        b for b in drawn.all_buttons() if b.kind in ("choice", "url", "phone", "copy") and b.label not in ways_out
    ]
    shown = tuple((button.kind, button.label, button.value) for button in buttons)
    return (drawn.step, session.interrupt, plain_screen(drawn), shown)


def pressed(shown: Screen) -> list[Session]:
    """Where the buttons of a screen lead, but for languages."""
    return [button.session for button in shown.all_buttons() if button.session and button.kind != "language"]


@cache
def visited(name: str) -> dict[Content, int]:
    """What is read on each visited screen, with its presses."""
    found: dict[Content, int] = {}
    for visit in visits(GUIDES[name], "en"):
        found.setdefault(content(visit.screen, visit.session), visit.taps)
    return found


@pytest.mark.parametrize("name", GUIDES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_screen_that_random_presses_reach_is_visited(name: str, data: st.DataObject) -> None:
    session, way = data.draw(st.sampled_from(beginnings(GUIDES[name])), "beginning"), []
    for _ in range(data.draw(st.integers(0, 14), "presses")):
        session = data.draw(st.sampled_from(pressed(screen(GUIDES[name], session, None))), "press")
        drawn = screen(GUIDES[name], session, None)
        way.append(drawn.step)
        assert content(drawn, session) in visited(name), way


def fewest(small: Guide, most: int) -> dict[Content, int]:
    """The presses to every screen within `most` presses, found without any merging."""
    found, seen = dict[Content, int](), set[Session]()
    queue = deque([(Session("en"), 0)])
    while queue:
        session, taps = queue.popleft()
        if session in seen or taps > most:
            continue
        seen.add(session)
        drawn = screen(small, session, None)
        found.setdefault(content(drawn, session), taps)
        queue.extend((after, taps + 1) for after in pressed(drawn))
    return found


@pytest.mark.parametrize("name", GUIDES)
def test_no_screen_takes_fewer_presses_than_its_visit_says(name: str) -> None:
    near = fewest(GUIDES[name], 4)
    assert len(near) > 12
    assert {read: visited(name).get(read) for read in near} == near


def test_screens_come_nearest_first_and_none_twice() -> None:
    found = list(visits(guide(), "en"))
    assert [visit.taps for visit in found] == sorted(visit.taps for visit in found)
    assert (found[0].screen.step, found[0].taps) == ("situation", 0)
    assert len({visit.session for visit in found}) == len(found)


def test_a_visit_holds_the_screen_and_the_answers_that_matter_there() -> None:
    small = guide()
    for visit in visits(small, "ko"):
        assert visit.screen == screen(small, visit.session, None)
        assert visit.screen.language == "ko"
    plans = [visit.answers for visit in visits(small, "en") if visit.screen.step == "plan/plan"]
    assert {tuple(answers) for answers in plans} == {("age",)}
    assert {answers["age"] == "adult" for answers in plans} == {True, False}


def test_what_is_said_above_a_question_makes_two_screens_of_it() -> None:
    found = [visit.stop.said for visit in visits(guide(), "en") if visit.screen.step == "age"]
    assert {said[0].step for said in found if said} == {"start/found", "start/heard"}


def test_what_typed_words_open_is_visited_last_and_costs_no_screen_its_presses() -> None:
    """A press in a note is no shorter way for whoever does not type."""
    without, with_topics = visited("small"), visited("topics of typed words")
    assert {read[0] for read in with_topics} >= {"plan/letter", "about/about", "where"}
    spoken = {(read[0], read[2]): taps for read, taps in with_topics.items()}
    both = {(read[0], read[2]): taps for read, taps in without.items() if (read[0], read[2]) in spoken}
    assert len(both) > 20
    assert all(spoken[read] == taps for read, taps in both.items())


def test_a_countrys_own_plan_is_visited_though_the_age_comes_last() -> None:
    steps = {visit.screen.step for visit in visits(GUIDES["country asked first"], "en")}
    assert {"plan/plan", "kr/plan/plan"} <= steps
