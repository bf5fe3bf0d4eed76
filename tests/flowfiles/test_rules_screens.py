"""What is shown: help on every page, and what fits into Telegram and on a narrow phone, in every language."""

import re

import pytest

from tests.flowfiles.finding import SMALL, broken, place_of, problems
from tests.flowfiles.test_documents import KO_PLAN

ADULTS = "- {id: world, when: {age: adult}}\n"
LONG_TITLE = "title: What to note, and what is better left alone"


def test_a_page_without_help_for_somebody_names_whom() -> None:
    files = broken("plan.yaml", "- world\n", ADULTS)
    found = [problem for problem in problems(files) if problem.code == "F20"]
    assert {problem.place for problem in found} == {place_of("plan.yaml", files["plan.yaml"], "title: What you")}
    assert any("age = " in problem.what for problem in found)
    assert not any("age = adult" in problem.what for problem in found)
    assert all("no help" in problem.hurts and problem.fix for problem in found)


def test_a_fact_without_any_way_in_is_no_help() -> None:
    files = broken("facts/us.yaml", '    contacts:\n      - {call: "+1 800 555 0100"}\n', "")
    files["guide.yaml"] = files["guide.yaml"].replace("en: [us-day, world]", "en: [us-day]")
    assert {(p.code, p.place.file) for p in problems(files)} == {("F20", "crisis.yaml")}


@pytest.mark.parametrize("step", ["letter", "where"])
def test_letters_and_questions_need_no_help_of_their_own(step: str) -> None:
    assert problems(broken("plan.yaml", "letter: report\n    facts: [world]", "letter: report")) == []
    assert step in SMALL["plan.yaml"]


def test_a_screen_that_is_too_long_says_its_length_and_language() -> None:
    files = broken("plan.yaml", "You can stop at any time.", "You can stop at any time. " * 160)
    found = [problem for problem in problems(files) if problem.code == "F70"]
    assert {problem.place for problem in found} == {place_of("plan.yaml", files["plan.yaml"], "title: What you")}
    assert any(re.search(r'"plan/plan" has 4\d\d\d characters in en', problem.what) for problem in found)
    assert all("4,096" in problem.hurts and problem.fix for problem in found)


def test_a_screen_that_is_too_long_in_one_language_only_is_found() -> None:
    long = KO_PLAN.replace("언제든 그만둘 수 있어요.", "언제든 그만둘 수 있어요. " * 300)
    found = [problem for problem in problems({**SMALL, "words/ko/plan.yaml": long}) if problem.code == "F70"]
    assert found and all("in ko" in problem.what for problem in found)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("who.yaml", "adult: 18 or older", "adult: " + "older " * 8), ("plan.yaml", "title: What to note", LONG_TITLE)],
)
def test_a_button_that_a_phone_would_cut_is_a_warning(file: str, old: str, new: str) -> None:
    found = [problem for problem in problems(broken(file, old, new)) if problem.code == "F72"]
    assert found and all(problem.severity == "warning" and problem.fix for problem in found)
    label = new.partition(": ")[2].strip()
    assert any(f'"{label}" has {len(label)} characters in en' in problem.what for problem in found)


def test_korean_letters_take_two_places_so_that_buttons_are_half_as_long() -> None:
    label = "가나다라마 " * 5
    found = problems({**SMALL, "words/ko/plan.yaml": KO_PLAN.replace("나이 알려 주기", label)})
    assert [(p.code, "in ko" in p.what) for p in found] == [("F72", True)]
