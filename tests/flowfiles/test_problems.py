"""A problem: where it is, what it is, whom it hurts, how to fix it."""

import pytest

from bot.core.text import Place
from bot.flowfiles.problems import Problem, Problems, did_you_mean


def test_a_problem_reads_as_one_line_from_its_place_to_its_fix() -> None:
    problem = Problem("F99", Place("found.yaml", 3, 5), "This is off.", "It hurts.", "Mend it.")
    assert str(problem) == "found.yaml:3:5 F99 This is off. It hurts. Mend it."
    assert str(Problem("F99", Place("a.yaml", 1, 1), "This is off.")) == "a.yaml:1:1 F99 This is off."


def test_problems_come_in_the_order_of_their_places_each_once() -> None:
    told = Problems()
    for file, line, column in (("b.yaml", 1, 1), ("a.yaml", 10, 1), ("a.yaml", 9, 7), ("a.yaml", 9, 7)):
        told.add("F99", Place(file, line, column), "Off.")
    told.warn("F98", Place("a.yaml", 2, 1), "A little off.")
    assert [str(p.place) for p in told.ordered] == ["a.yaml:2:1", "a.yaml:9:7", "a.yaml:10:1", "b.yaml:1:1"]
    assert [p.code for p in told.errors] == ["F99"] * 3


@pytest.mark.parametrize(
    ("wrong", "known", "says"),
    [
        ("heared", ["heard", "found"], 'Did you mean "heard"?'),
        ("x", ["heard", "found"], "Known here: heard, found."),
        ("x", [f"name-{n}-long" for n in range(20)], ""),
        ("x", [], ""),
    ],
)
def test_the_nearest_name_is_offered_else_the_few_there_are(wrong: str, known: list[str], says: str) -> None:
    assert did_you_mean(wrong, known) == says
