"""What no test watches: kinds of people who never came, and changes that nobody notices."""

from collections.abc import Iterator

from bot.core.guide import Guide
from bot.flowfiles.kinds import kinds_of_people
from bot.flowfiles.meeting import met
from bot.flowfiles.mutants import Mutant, Watch, mutants
from bot.flowfiles.people import read_visitors
from bot.flowfiles.problems import Problems
from bot.flowfiles.walking import Walk
from tests.small import guide

SMALL = guide()


def walked(its: Guide, answers: str, expects: str = "ends-at: plan/plan") -> list[Walk]:
    text = f"people:\n  - person: Somebody\n    answers: {answers}\n    {expects}\n    language: en\n"
    problems = Problems()
    who = read_visitors({"people/a.yaml": text}, its, problems)
    assert problems.ordered == []
    return met(its, who)[0]


def test_kinds_of_people_are_said_in_words_with_the_page() -> None:
    """Of the answers that the page tells apart."""
    kinds = set(kinds_of_people(SMALL, walked(SMALL, "{age: adult, country: US}")))
    assert ("plan/plan", "age = under-18 or unsure or skip") in {(step, words.split(",")[0]) for step, words in kinds}
    assert any(step == "kr/plan/plan" for step, _ in kinds)


def test_whoever_was_there_stands_for_everybody_to_whom_the_page_is_the_same() -> None:
    """Nobody is left when each kind has come."""
    everybody = walked(SMALL, "{age: [under-18, adult, skip], country: [KR, US, skip]}", "sees: [situation]")
    assert list(kinds_of_people(SMALL, everybody)) == []


def of(whats: str) -> Iterator[Mutant]:
    return (mutant for mutant in mutants(SMALL) if whats in mutant.what)


def test_each_branch_is_deleted_and_swapped_once() -> None:
    """Lines of two or more, and entries; the guide itself stays as it was."""
    whats = [mutant.what for mutant in mutants(SMALL)]
    assert len(whats) == len(set(whats))
    assert "start/situation without → start/found" in whats
    assert "start/situation → start/found and → start/heard swapped" in whats
    assert "plan/plan without the entry evidence" in whats
    assert not any(what.startswith("who/country") for what in whats)
    assert all(mutant.guide is not SMALL and mutant.place.line > 0 for mutant in mutants(SMALL))


def test_a_test_notices_before_anything_else_does() -> None:
    """Who walks over the branch and expects what it leads to."""
    watch = Watch(SMALL, walked(SMALL, "{situation: heard}", "says: {en: [You need not look.]}"))
    (swapped,) = of("start/situation → start/found and")
    assert watch.noticed(swapped) == "tests"


def test_the_proof_notices_who_is_stuck_or_cannot_get_there() -> None:
    """Without any test."""
    watch = Watch(SMALL, [])
    (stuck,) = of("start/situation without → start/heard")
    assert watch.noticed(stuck) == "proof"


def test_outcomes_notice_what_neither_a_test_nor_the_proof_does() -> None:
    """An entry that was one of two ways to a page."""
    watch = Watch(SMALL, [])
    (fewer,) = of("plan/evidence without the entry plan")
    assert watch.noticed(fewer) == "outcomes"
