"""The proof follows everybody: no real person stands where it did not see them, and who is stuck is found."""

from collections import deque
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.guide import Ask, Choose, Guide, Page
from bot.core.replay import NoWayOn, replay
from bot.core.screen import screen
from bot.core.session import Session
from bot.flowfiles.boxes import UNASKED, Box, within
from bot.flowfiles.proof import Proof, prove
from bot.flowfiles.reads import lines
from tests.flowfiles.test_reach import GUIDES
from tests.small import PLAN, START, beginnings, guide


@cache
def proof(name: str) -> Proof:
    return prove(GUIDES[name])


def bits(its: Proof, answers: dict[str, str]) -> Box:
    """One person as a box."""
    names = its.space.names
    return tuple(
        1 << names[place].index(answers[question]) if question in answers else UNASKED
        for question, place in its.space.places.items()
    )


def leading(its: Guide, session: Session) -> list[Session]:
    """Where the buttons of a session's screen lead."""
    return [button.session for button in screen(its, session, None).all_buttons() if button.session]


@pytest.mark.parametrize("name", GUIDES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whoever_presses_at_random_stands_where_the_proof_saw_them(name: str, data: st.DataObject) -> None:
    """The proof may see more people, never fewer."""
    its, found = GUIDES[name], proof(name)
    session = data.draw(st.sampled_from(beginnings(its)), "beginning")
    for _ in range(data.draw(st.integers(0, 14), "presses")):
        session = data.draw(st.sampled_from(leading(its, session)), "press")
        stop = replay(its, session)
        person = bits(found, {q: answer for q, answer in stop.answers.items() if q in its.questions})
        if isinstance(stop.step, Ask):  # asked once more, somebody has answered it already
            place = found.space.places[stop.step.id]
            person = (*person[:place], UNASKED, *person[place + 1 :])
        reached = found.reached[stop.step.step]
        if stop.again is None:
            assert any(all(one & box for one, box in zip(person, each, strict=True)) for each in reached), stop.answers


def stuck_by_pressing(its: Guide) -> set[str]:
    """The steps at which real presses end without a way on, found one by one."""
    found, seen = set[str](), set[Session]()
    queue = deque(beginnings(its))
    while queue:
        session = queue.popleft()
        if session in seen or len(session.path) > 6 or len(session.aside) > 1:
            continue
        seen.add(session)
        try:
            queue.extend(leading(its, session))
        except NoWayOn as wrong:
            found.add(str(wrong).split()[3])
    return found


def cuttable(its: Guide) -> list[tuple[str, int]]:
    """Every line of a step that has more than one."""
    return [(name, n) for name, step in its.steps.items() for n in range(len(lines(step))) if len(lines(step)) > 1]


def without_line(its: Guide, name: str, number: int) -> Guide:
    step = its.steps[name]
    kept = (*lines(step)[:number], *lines(step)[number + 1 :])
    changed = replace(step, lines=kept) if isinstance(step, Choose) else replace(step, then=kept)  # type: ignore[call-arg]
    return replace(its, steps={**its.steps, name: changed})


@pytest.mark.parametrize(("name", "cut"), [(name, cut) for name in GUIDES for cut in cuttable(GUIDES[name])])
def test_deleting_a_line_leaves_exactly_those_stuck_who_needed_it(name: str, cut: tuple[str, int]) -> None:
    """What presses find one by one, the proof finds at once."""
    its = without_line(GUIDES[name], *cut)
    assert set(prove(its).stuck) == stuck_by_pressing(its)


def test_everybody_who_can_get_to_a_step_is_told_apart_by_what_is_read_there() -> None:
    """The plan for minors and for adults; the country matters on a country's own page only."""
    found = proof("small")
    plan = [found.space.words(box) for box in found.reached["plan/plan"]]
    assert all(set(words) <= {"age", "country", "where"} for words in plan)
    (korean,) = {tuple(found.space.words(box)["country"]) for box in found.reached["kr/plan/plan"]}
    assert korean == ("KR",)


def test_a_line_below_one_that_takes_everybody_is_never_taken() -> None:
    """Nor is one for people who never get there."""
    below = guide(
        start=START.replace("- else: heard", "- else: heard\n      - when: {situation: skip}\n        go: found")
    )
    assert ("start/situation", 1) in prove(below).taken
    assert ("start/situation", 2) not in prove(below).taken


def test_an_entry_that_asks_once_more_frees_the_answer() -> None:
    """Whoever was unsure can be an adult after that."""
    found = prove(guide(plan=PLAN.replace("- evidence\n", "- {go: evidence, when: {age: adult}}\n", 1)))
    assert ("plan/plan", 0) in found.taken
    adult = ((found.space.places["age"], found.space.bits("age", ["adult"])),)
    assert any(within(box, adult) for box in found.reached["plan/plan"])


def test_pages_count_as_reached_with_their_entries() -> None:
    """Every page of the small guide can be got to, and every entry is seen by somebody."""
    found, its = proof("small"), GUIDES["small"]
    assert set(found.reached) == set(its.steps)
    for name, step in its.steps.items():
        if isinstance(step, Page):
            assert all((name, n) in found.taken for n in range(len(step.more)))
