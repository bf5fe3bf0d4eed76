"""Every session fits its button: the bound is never below what presses reach, and chains of pages end it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.guide import Guide
from bot.core.moves import settled
from bot.core.replay import replay
from bot.core.screen import screen
from bot.core.session import MOST_PAIRS, Session
from bot.flowfiles.problems import Problems
from bot.flowfiles.rules_fit import bound, check_fit
from tests.flowfiles.finding import broken, problems
from tests.small import CRISIS, LISTENING, LISTENS, PLAN, WHO, beginnings, guide, listening

AGAIN_AT_THE_END = PLAN.replace("letter: report\n", "more: [{again: age, label: Say the age}]\n")
CALM_CRISIS = CRISIS.replace("    asks: country\n", "")
NEVER_ASKED_BEFORE = WHO.replace("then: country", "then: return")
AGAIN_IN_CRISIS = CRISIS.replace("more: [busy]", "more: [busy, {again: age, label: Say the age}]")
CROSSED = PLAN.replace("letter: report\n", "more: [where, plan, evidence]\n")


def chained(pages: int) -> str:
    """The plan with so many further pages after its letter, each leading to the next."""
    added = "".join(
        f"  p{n}:\n    title: Page {n}\n    page: Read on.\n    facts: [world]\n    more: [p{n + 1}]\n"
        for n in range(1, pages + 1)
    ).replace(f"    more: [p{pages + 1}]\n", "")
    return PLAN.replace("    letter: report\n", "    more: [p1]\n" if pages else "") + added


ASKED_BY_THE_LAST = chained(3) + "    asks: country\n"
ONCE_MORE_BEFORE_ITS_TURN = chained(3) + "    more: [{again: country, label: Say where}]\n"
GUIDES = {
    "small": guide(),
    "topics of typed words": listening(),
    "once more at the end": guide(plan=AGAIN_AT_THE_END),
    "asked by a page of the guide": guide(plan=ASKED_BY_THE_LAST, who=NEVER_ASKED_BEFORE, crisis=CALM_CRISIS),
    "asked once more before its turn": guide(
        plan=ONCE_MORE_BEFORE_ITS_TURN, who=NEVER_ASKED_BEFORE, crisis=CALM_CRISIS
    ),
    "once more in the crisis": guide(crisis=AGAIN_IN_CRISIS),
    "pages that lead to one another": guide(plan=CROSSED),
    "a chain": guide(plan=chained(3)),
}


def lengths(small: Guide, session: Session) -> tuple[int, int]:
    """The pairs of a session in its path and in its interrupt, once it was opened."""
    now = settled(session, replay(small, session))
    return len(now.path), len(now.aside)


@pytest.mark.parametrize("name", GUIDES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_presses_make_a_longer_session_than_the_bound(name: str, data: st.DataObject) -> None:
    small = GUIDES[name]
    most = bound(small)
    session = data.draw(st.sampled_from(beginnings(small)), "beginning")
    for _ in range(data.draw(st.integers(5, 25), "presses")):
        buttons = [button.session for button in screen(small, session, None).buttons if button.session]
        longest = max(buttons, key=lambda after: len(after.path) + len(after.aside))
        session = longest if data.draw(st.booleans(), "greedy") else data.draw(st.sampled_from(buttons), "press")
        path, aside = lengths(small, session)
        assert path <= most.path and path + aside <= most.path + most.aside
        assert len(session.path) + len(session.aside) <= most.button


@pytest.mark.parametrize(("last", "more"), [(ASKED_BY_THE_LAST, 1), (ONCE_MORE_BEFORE_ITS_TURN, 2)])
def test_a_question_that_a_page_asks_before_its_turn_makes_the_path_longer(last: str, more: int) -> None:
    without = guide(plan=chained(3), who=NEVER_ASKED_BEFORE, crisis=CALM_CRISIS)
    asked = guide(plan=last, who=NEVER_ASKED_BEFORE, crisis=CALM_CRISIS)
    assert bound(asked).path == bound(without).path + more


def test_a_topic_that_opens_the_longest_way_counts_as_one_answer() -> None:
    """Whoever typed has answered nothing, but the topic stands on their path."""
    far = "flow: far\nwritten-in: en\nsteps:\n" + chained(10).partition("  p1:")[2].join(["  p1:", ""])
    alone = guide(**{**LISTENS, "listening": LISTENING.replace("go: topics", "go: far")}, far=far)
    assert bound(alone).way == tuple(f"far/p{n}" for n in range(1, 11))
    assert bound(alone).path == 1 + 9 + 1  # the topic, all pages but the last, and the country asked in the crisis


def test_the_bound_of_a_chain_is_its_length_and_its_way_names_the_stops() -> None:
    short, long = bound(guide(plan=chained(1))), bound(guide(plan=chained(3)))
    assert long.path == short.path + 2
    assert long.way[-3:] == ("plan/p1", "plan/p2", "plan/p3")


def test_a_page_that_everybody_came_from_does_not_make_the_path_longer() -> None:
    back = chained(2).replace("more: [p2]", "more: [plan, p2]")
    assert bound(guide(plan=chained(2))).path <= bound(guide(plan=back)).path <= bound(guide(plan=chained(2))).path


@pytest.mark.parametrize("pages", [8, 12])
def test_pages_that_chain_too_long_are_a_problem_that_names_them(pages: int) -> None:
    found = problems(broken("plan.yaml", PLAN, chained(pages)))
    (problem,) = [problem for problem in found if problem.code == "F71" and problem.place.file == "guide.yaml"]
    assert "plan/p7 → plan/p8" in problem.what
    assert problem.hurts and "link fewer pages" in problem.fix


def test_the_limit_is_exactly_what_a_button_holds() -> None:
    fits = {pages: bound(guide(plan=chained(pages))) for pages in range(1, 9)}
    for pages, most in fits.items():
        told = Problems()
        check_fit(guide(plan=chained(pages)), told)
        assert bool(told.errors) == (most.button > MOST_PAIRS), pages
    assert len({bool(most.button > MOST_PAIRS) for most in fits.values()}) == 2
