"""The ways through the guide: nobody stuck, nobody in a circle, nothing that nobody can reach."""

import pytest

from bot.core.text import Place
from tests.flowfiles.finding import SMALL, broken, expect, place_of, problems
from tests.small import START, WHO

BRANCH = "- else: heard"
HEARD = "- when: {situation: heard}\n        go: heard"
WRONG = [
    ("start.yaml", BRANCH, HEARD, "F10", "ask: |", "no line fits situation = skip"),
    ("start.yaml", BRANCH, BRANCH + "\n      " + HEARD, "F19", "when: {situation: heard}", "takes this line"),
    ("start.yaml", "then: plan", "then: return", "F16", "return", "without a `call:`"),
    ("plan.yaml", "- letter\n", "- {go: return, label: Back}\n", "F16", "{go: return", "without a `call:`"),
    ("crisis.yaml", "more: [busy]", "then: return", "F16", "return", "without a `call:`"),
    ("start.yaml", "    then: ask-who\n  heard", "    then: found\n  heard", "F14", "say: |", "found → start/found"),
    ("start.yaml", "then: plan", "then: situation", "F14", "ask: |", "round without a page"),
    ("crisis.yaml", "more: [busy]", "more: []", "F18", "title: When", 'Nobody can get to "crisis/busy"'),
    ("facts/intl.yaml", "    kind: platform\n", "    kind: tool\n", "F47", "kind: tool", 'the fact "chatty-report"'),
    ("plan.yaml", "label: Say the age, ", "", "F06", "{again: age", "wants a `label:`"),
    ("plan.yaml", "- letter\n", "- return\n      - letter\n", "F06", "return", "{go: return, label: …}"),
    ("plan.yaml", "    title: Where it is\n", "", "F06", "ask: Where is", '"plan/where" has no title'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "at", "says"), WRONG)
def test_what_is_wrong_in_the_graph_is_found_where_it_stands(
    file: str, old: str, new: str, code: str, at: str, says: str
) -> None:
    expect(file, old, new, code, at, says)


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "says"),
    [
        ("start.yaml", BRANCH, "- else: who", place_of("who.yaml", WHO, "return"), "without a `call:`"),
        (
            "who.yaml",
            "then: return",
            "then: plan",
            place_of("start.yaml", START, "call: who"),
            "never comes back",
        ),
    ],
)
def test_a_call_and_its_return_belong_together(file: str, old: str, new: str, place: Place, says: str) -> None:
    found = [problem for problem in problems(broken(file, old, new)) if problem.severity == "error"]
    assert [(p.code, p.place, says in p.what, bool(p.fix)) for p in found] == [("F16", place, True, True)]


def test_a_branch_on_two_questions_names_one_whole_combination_that_is_left_out() -> None:
    lines = """
      - when: {situation: [found, skip]}
        go: found
      - when: {situation: heard, age: [adult, under-18]}
        go: heard
"""
    files = broken("start.yaml", START[START.index("\n      - when") : START.index("  found:\n")], lines)
    (problem,) = [problem for problem in problems(files) if problem.code == "F10"]
    assert "situation = heard" in problem.what
    assert "age not asked yet, situation = heard." in problem.what


def test_a_branch_that_fits_everybody_needs_no_else() -> None:
    lines = "- when: {situation: {not: found}}\n        go: heard"
    assert problems(broken("start.yaml", BRANCH, lines)) == []


def test_a_flow_that_calls_itself_is_a_circle() -> None:
    files = broken("who.yaml", "then: country", "then: again\n  again:\n    call: who\n    then: country")
    assert "F14" in {problem.code for problem in problems(files)}


def test_a_circle_with_a_page_in_it_is_none() -> None:
    assert problems(broken("plan.yaml", "letter: report", "more: [plan]")) == []


def test_a_called_flow_may_come_back_from_a_page() -> None:
    note = "flow: note\nwritten-in: en\nsteps:\n  read:\n    title: Read\n    page: Read this.\n    facts: [world]\n"
    files = {**broken("start.yaml", "say: |\n      You need not look.", "call: note"), "note.yaml": note}
    assert "F16" in {problem.code for problem in problems(files)}
    assert problems({**files, "note.yaml": note + "    then: return\n"}) == []
    assert problems({**files, "note.yaml": note + "    more: [{go: return, label: Go on}]\n"}) == []


def test_a_countrys_own_called_flow_must_come_back_too() -> None:
    own = "flow: kr/who\nwritten-in: en\nsteps:\n  ask-more:\n    say: Hello.\n    then: plan\n"
    found = problems({**SMALL, "kr/who.yaml": own})
    assert [(p.code, "kr/who/ask-more" in p.what) for p in found if p.code == "F16"] == [("F16", True)]
