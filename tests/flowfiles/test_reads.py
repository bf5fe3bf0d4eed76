"""What each step depends on: the questions its screen and its lines read, and what can come after it."""

import pytest

from bot.core.guide import Guide, Page
from bot.flowfiles.reads import Clause, facts_of, leading_clauses, onward, shown_clauses
from tests.small import CRISIS, KR, PLAN, START, guide


def clauses(small: Guide, step: str) -> frozenset[Clause]:
    """All clauses of a step: of what it shows and of where it leads."""
    return shown_clauses(small, small.steps[step]) | leading_clauses(small.steps[step])


def read(small: Guide, step: str) -> set[str]:
    """The questions by whose answers a step tells people apart."""
    return {question for question, _ in clauses(small, step)}


def told_apart(small: Guide, step: str, question: str) -> set[str]:
    """The answers to a question that a step tells from all others."""
    alone = [wanted for asked, wanted in clauses(small, step) if asked == question and len(wanted) == 1]
    return {answer for wanted in alone for answer in wanted}


@pytest.mark.parametrize(
    ("step", "questions"),
    [
        ("start/situation", {"situation"}),
        ("start/found", set()),
        ("start/ask-who", {"country"}),  # the plan of one's country comes after it
        ("who/age", set()),
        ("plan/plan", {"age"}),
        ("plan/where", {"country"}),  # a platform of one country
        ("plan/route", {"where"}),
        ("plan/evidence", set()),
        ("crisis/busy", set()),
    ],
)
def test_a_step_reads_the_questions_that_change_it(step: str, questions: set[str]) -> None:
    assert read(guide(), step) == questions


def test_lines_decide_where_to_go_and_not_what_is_shown() -> None:
    small = guide()
    assert shown_clauses(small, small.steps["start/situation"]) == frozenset()
    assert {question for question, _ in leading_clauses(small.steps["start/situation"])} == {"situation"}


def test_crisis_lines_tell_every_country_apart_and_platform_routes_those_that_have_one() -> None:
    small = guide()
    assert told_apart(small, "crisis/lines", "country") >= {"KR", "US", "skip"}
    assert told_apart(small, "plan/route", "where") == {"chatty", "korean"}


def test_a_blank_tells_every_answer_apart_beside_a_condition_on_the_same_question_too() -> None:
    text = "{when: {country: [KR, US]}, text: Here., else: 'In {answer.country}.'}"
    small = guide(crisis=CRISIS.replace("page: |\n      Try the next one.", f"page: [{text}]"))
    assert told_apart(small, "crisis/busy", "country") == {"KR", "US", "other"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: What to note", "title: [{when: {country: KR}, text: Note, else: What to note}]"),
        ("label: Say the age", "label: [{when: {country: KR}, text: Say it, else: Say the age}]"),
    ],
)
def test_the_words_of_a_button_are_read_too(old: str, new: str) -> None:
    assert "country" in read(guide(plan=PLAN.replace(old, new)), "plan/plan")


def test_a_contacts_label_is_read_too() -> None:
    label = "label: [{when: {country: KR}, text: 직통, else: 다른 직통}]"
    small = guide(facts__kr=KR.replace("label: 직통", label))
    assert read(small, "kr/plan/plan") == {"age", "country"}


def test_the_detail_of_a_fact_is_read_only_where_it_is_shown_in_full() -> None:
    fact = KR.replace("when: {age: adult}", "when: {country: KR}")
    assert "age" not in read(guide(facts__kr=fact), "kr/plan/plan")
    plan = "flow: kr/plan\nwritten-in: ko\nsteps:\n  plan:\n    title: 할 일\n    page: 혼자가 아니에요.\n"
    plan += "    facts: [{id: kr-centre, full: yes}]\n    more: [plan/evidence, plan/where]\n"
    assert "age" in read(guide(facts__kr=fact, kr__plan=plan), "kr/plan/plan")


def test_what_can_come_after_a_step() -> None:
    small = guide()
    assert set(onward(small, small.steps["start/situation"])) == {"start/found", "start/heard"}
    assert set(onward(small, small.steps["start/ask-who"])) == {"who/age"}
    assert set(onward(small, small.steps["who/country"], ("plan/plan",))) == {"plan/plan"}
    assert set(onward(small, small.steps["plan/plan"])) == {"plan/evidence", "plan/where", "who/age"}


def test_a_countrys_own_flow_can_come_after_a_step() -> None:
    lines = "- else: plan\n      - when: {situation: skip}\n        go: heard"
    small = guide(start=START.replace("- else: heard", lines))
    assert {"plan/plan", "kr/plan/plan"} <= set(onward(small, small.steps["start/situation"]))


def test_a_page_may_show_every_fact_that_its_queries_can_find() -> None:
    small = guide()

    def shown(step: str) -> list[str]:
        page = small.steps[step]
        assert isinstance(page, Page)
        return [fact.id for fact in facts_of(small, page)]

    assert shown("plan/route") == ["chatty-report", "korean-report", "world"]
    assert shown("plan/plan") == ["world", "adults-only"]
    assert sorted(shown("crisis/lines")) == ["kr-centre", "kr-night", "us-day", "world"]
