"""People and journeys: how they are read, how they walk, and what a failure says."""

import pytest

from bot.flowfiles.coverage import covered
from bot.flowfiles.meeting import Failure, met
from bot.flowfiles.people import Person, Visitor, read_visitors
from bot.flowfiles.problems import Problem, Problems
from tests.small import HEARD, LISTENS, PLAN, START, guide

SMALL = guide()
GIRL = """
people:
  - person: A girl of 15
    answers: {situation: heard, age: under-18, country: US}
"""


def read(text: str, name: str = "people/a.yaml") -> tuple[list[Visitor], list[Problem]]:
    problems = Problems()
    return read_visitors({name: text}, SMALL, problems), problems.ordered


def missed(text: str, name: str = "people/a.yaml") -> list[Failure]:
    """What the people, or the journey, of a file do not meet in the small guide."""
    who, problems = read(text, name)
    assert problems == []
    return met(SMALL, who)[1]


def girl(expects: str) -> list[Failure]:
    return missed(GIRL + "    " + expects)


@pytest.mark.parametrize(
    "expects",
    [
        "ends-at: plan/plan",
        "sees: [world, plan/plan, situation]",
        "never-sees: [adults-only, plan/where]",
        "says: {en: [You are not alone.], ko: [Details]}",
        "never-says: {en: [You do not have to do this alone.]}",
        "at-most-presses: 3",
        "opens: [plan/evidence, letter]\n    sees: [report]\n    ends-at: plan/letter",
    ],
)
def test_what_is_met_is_no_failure(expects: str) -> None:
    """Every kind of expectation, in every language of the guide."""
    assert girl(expects) == []


@pytest.mark.parametrize(
    ("expects", "seen"),
    [
        ("ends-at: plan/evidence", "they end at plan/plan"),
        ("sees: [adults-only]", "nowhere on situation → age → country → plan/plan"),
        ("never-sees: [world]", "it stands on plan/plan"),
        ("says: {en: [Cheer up]}", "nowhere on situation → age → country → plan/plan"),
        ("never-says: {en: [not alone]}", "it stands on plan/plan"),
        ("at-most-presses: 2", "it took 3 presses"),
    ],
)
def test_a_failure_says_what_was_expected_what_was_met_and_where_it_is_written(expects: str, seen: str) -> None:
    """Once, although the person reads two languages."""
    (failure,) = girl(expects)
    assert failure.expected.split(": ")[0] == expects.split(":")[0]
    assert failure.seen == seen
    assert failure.place.line == 5
    assert failure.who.about == "A girl of 15"


def test_a_failure_names_every_branch_on_the_way() -> None:
    """With the file and line of each."""
    (failure,) = girl("sees: [adults-only]")
    way = [(reason.line.place.file, reason.step, reason.line.go.step) for reason in failure.path]
    assert way[0] == ("start.yaml", "start/situation", "start/heard")
    assert way[-1] == ("start.yaml", "start/ask-who", "plan/plan")
    assert all(reason.line.place.line > 0 for reason in failure.path)


def test_what_is_not_answered_is_skipped_and_the_order_of_answers_does_not_matter() -> None:
    """A person says what they would say, whatever is asked when."""
    assert missed("people:\n  - person: Anybody\n    says: {en: [Say the age]}\n") == []
    turned = GIRL.replace("situation: heard, age: under-18", "age: under-18, situation: heard")
    assert missed(turned + "    ends-at: plan/plan\n") == []


def test_several_answers_and_sets_stand_for_several_people() -> None:
    """All of them must meet the same."""
    both = (
        "people:\n  - person: Two\n    answers: {age: [under-18, adult], country: US}\n    never-sees: [adults-only]\n"
    )
    (failure,) = missed(both)
    assert failure.walk.said == {"age": "adult", "country": "US"}
    assert missed(both.replace("[under-18, adult]", "minor")) == []


def test_a_page_that_is_not_offered_here_is_looked_for_on_the_way_back() -> None:
    """So that pages can be named one after the other; a page that they stand on after going back is opened."""
    text = GIRL + "    opens: [plan/evidence, letter, plan/evidence, plan/where]\n    ends-at: plan/route\n"
    assert missed(text) == []


def test_a_button_that_is_not_there_is_said_with_the_buttons_that_are() -> None:
    """Nothing else of this person is held against it."""
    (failure,) = missed(GIRL + "    opens: ['again:age', 'again:age']\n    sees: [adults-only]\n")
    assert failure.expected == 'a button for "again:age"'
    assert 'plan/plan has none of that. Its buttons: "' in failure.seen


def test_an_answer_that_is_not_offered_is_a_failure() -> None:
    """As for somebody whose country's platform the guide hides."""
    text = GIRL.replace("country: US", "country: US, where: korean") + "    opens: [where]\n    ends-at: plan/route\n"
    (failure,) = missed(text)
    assert failure.expected == 'a button for "korean"'


def test_what_is_asked_below_a_page_is_answered_by_who_has_an_answer() -> None:
    """The country below the crisis lines."""
    who = (
        "people:\n  - person: Someone\n    answers: {}\n    opens: [crisis]\n"
        "    never-sees: [kr-night]\n    language: en\n"
    )
    assert missed(who) == []
    (failure,) = missed(who.replace("answers: {}", "answers: {country: KR}"))
    assert failure.seen == "it stands on crisis/lines"


def test_a_person_can_begin_with_typed_words() -> None:
    """The topic that was heard in them opens its own steps."""
    its, problems = guide(**{**LISTENS, "listening__ko": HEARD}), Problems()
    text = "people:\n  - person: Someone\n    typed: law\n    ends-at: plan/letter\n    at-most-presses: 0\n"
    who = read_visitors({"people/a.yaml": text}, its, problems)
    assert problems.ordered == [] and met(its, who)[1] == []


def test_a_journey_is_pressed_as_it_is_written() -> None:
    """Answers, entries, back; a button that is not there is a failure, not skipped."""
    journey = (
        "journey: Someone\nlanguage: en\npress: [heard, adult, US, evidence, back]\n"
        "ends-at: plan/plan\nsees: [adults-only]\n"
    )
    assert missed(journey, "journeys/a.yaml") == []
    (failure,) = missed(journey.replace("adult, US", "US"), "journeys/a.yaml")
    assert failure.expected == 'a button for "US"'


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("answers: {contry: US}", "F91", 'Did you mean "country"?'),
        ("answers: {age: adlut}", "F91", 'Did you mean "adult"?'),
        ("opens: [plan/evidense]", "F92", 'Did you mean "plan/evidence"?'),
        ("sees: [wrold]", "F93", ""),
        ("ends-at: plan/plam", "F93", 'Did you mean "plan/plan"?'),
        ("says: {de: [Hallo]}", "F04", 'Did you mean "en"?'),
        ("at-most-presses: few", "F07", ""),
        ("langauge: en", "F04", 'Did you mean "language"?'),
    ],
)
def test_a_mistake_has_a_place_and_a_hint(line: str, code: str, hint: str) -> None:
    """Below the line that it stands on."""
    text = "people:\n  - person: Someone\n    " + line + "\n"
    found = [problem for problem in read(text)[1] if problem.code == code]
    assert [(problem.place.file, problem.place.line) for problem in found] == [("people/a.yaml", 3)]
    assert hint in found[0].fix and found[0].hurts


def test_a_file_that_cannot_be_read_leaves_the_others_tested() -> None:
    """With its problem."""
    problems = Problems()
    who = read_visitors({"people/a.yaml": "- [", "people/b.yaml": GIRL + "    ends-at: plan/plan\n"}, SMALL, problems)
    assert [type(each) for each in who] == [Person]
    assert {problem.place.file for problem in problems.ordered} == {"people/a.yaml"}


def test_coverage_counts_steps_and_branches_by_their_lines() -> None:
    """What the girl passes is touched; what she does not open is listed with its place."""
    who, _ = read(GIRL + "    opens: [evidence]\n    ends-at: plan/evidence\n    language: en\n")
    its = covered(SMALL, met(SMALL, who)[0])
    assert {"start/situation", "start/heard", "who/age", "start/ask-who", "plan/plan"} <= its.touched_steps
    assert "start/found" not in its.touched_steps
    missed_branches = {(str(place), what) for place, what in its.missed}
    assert all("start/heard" not in what for _, what in missed_branches)
    found = START[: START.index("- when: {situation: found}")].count("\n") + 1
    assert (f"start.yaml:{found}:9", "start/situation → start/found") in missed_branches
    again = PLAN[: PLAN.index("- {again: age")].count("\n") + 1
    assert (f"plan.yaml:{again}:9", "plan/plan → again:age") in missed_branches
