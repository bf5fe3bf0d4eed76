"""Conditions: keys are AND, lists are OR, sets and `not:` become plain answers; a wrong name finds its neighbour."""

import pytest

from bot.core.text import Condition
from bot.flowfiles.names import Names, read_condition
from bot.flowfiles.problems import Problem, Problems
from tests.flowfiles.finding import expect, nodes

NAMES = Names(
    questions={"country": ("KR", "US"), "age": ("under-18", "adult", "unsure")},
    sets={"minor": ("under-18", "unsure", "skip", "of-no-question")},
)
ADULTS = "- {id: adults-only, when: {age: adult}}"


def condition(text: str) -> tuple[Condition | None, list[Problem]]:
    """The condition of one `when:` and its problems."""
    told = Problems()
    tree, _ = nodes(f"when: {text}\n")
    assert tree is not None
    return read_condition(tree.entries["when"], NAMES, told), told.ordered


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("{country: KR}", {"country": {"KR"}}),
        ("{country: [KR, US]}", {"country": {"KR", "US"}}),
        ("{country: KR, age: adult}", {"country": {"KR"}, "age": {"adult"}}),
        ("{country: {not: KR}}", {"country": {"US", "skip"}}),
        ("{country: {not: [KR, skip]}}", {"country": {"US"}}),
        ("{age: minor}", {"age": {"under-18", "unsure", "skip"}}),
        ("{age: {not: minor}}", {"age": {"adult"}}),
        ("{age: [minor, adult]}", {"age": {"under-18", "unsure", "skip", "adult"}}),
    ],
)
def test_a_condition_holds_plain_answers(text: str, clauses: dict[str, set[str]]) -> None:
    read, found = condition(text)
    assert found == [] and read is not None
    assert dict(read.clauses) == clauses


def test_a_question_that_was_not_asked_counts_as_skip() -> None:
    unknown, _ = condition("{age: minor}")
    adult, _ = condition("{age: adult}")
    assert unknown and unknown.fits({})
    assert adult and not adult.fits({})


@pytest.mark.parametrize(
    ("new", "code", "at", "says"),
    [
        ("- {id: adults-only, when: {aeg: adult}}", "F12", "aeg", 'Did you mean "age"?'),
        ("- {id: adults-only, when: {age: adlut}}", "F12", "adlut", 'Did you mean "adult"?'),
        ("- {id: adults-only, when: {age: [adult, minro]}}", "F12", "minro", 'Did you mean "minor"?'),
        ("- {id: adults-only, when: {country: {not: KRR}}}", "F12", "KRR", 'Did you mean "KR"?'),
        ("- {id: adults-only, when: {age: [[adult]]}}", "F12", "[adult]", 'has no answer ""'),
        ("- {id: adults-only, when: {country: {but: KR}}}", "F07", "{but: KR}", "Only `not:`"),
        ("- {id: adults-only, when: adult}", "F07", "adult}", "questions and answers"),
        ("- {id: adults-only, when: {}}", "F07", "{}}", "empty"),
    ],
)
def test_a_wrong_name_in_a_condition_is_found_where_it_stands(new: str, code: str, at: str, says: str) -> None:
    expect("plan.yaml", ADULTS, new, code, at, says)


def test_no_condition_is_left_when_nothing_of_it_can_be_read() -> None:
    assert condition("{lang: ko}")[0] is None
    assert condition("ko")[0] is None
