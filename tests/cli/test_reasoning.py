"""`why` names every branch, fact and source with its place, and helps whoever mistypes."""

from io import StringIO
from pathlib import Path

import pytest

from bot.cli.reasoning import unknown, why
from tests.small import PLAN, START, guide

FLOWS = Path("flows")
SMALL = guide()


def told(said: dict[str, str], *opens: str, language: str = "en") -> str:
    out = StringIO()
    why(SMALL, language, said, list(opens), FLOWS, out)
    return out.getvalue()


def line_of(text: str, piece: str) -> int:
    """The line of a file on which a piece of it stands."""
    return text[: text.index(piece)].count("\n") + 1


def test_every_branch_that_was_taken_stands_with_its_file_and_line() -> None:
    """In the order in which they were taken, with the condition that fitted."""
    words = told({"situation": "found", "age": "adult"})
    branches = words[words.index("Branches taken") : words.index("Facts of")].splitlines()[1:]
    taken = line_of(START, "- when: {situation: found}")
    assert branches[0] == f"  flows/start.yaml:{taken}  start/situation → start/found  when situation is found"
    assert any("who/country → return" in branch for branch in branches)


def test_what_is_not_answered_is_skipped_and_said() -> None:
    """So that a person need not be described in full."""
    assert "asked country (who.yaml:13): skip" in told({"situation": "found"})


def test_facts_stand_with_their_sources_and_left_out_ones_with_the_reason() -> None:
    """An author sees why somebody does not get a fact."""
    young, adult = told({"age": "under-18"}), told({"age": "adult"})
    place = f"flows/plan.yaml:{line_of(PLAN, '{id: adults-only')}"
    assert f"not adults-only  {place}  when age is adult" in young
    assert "adults-only  flows/facts/intl.yaml:" in adult
    assert "checked 2026-11-22" in adult
    assert "not adults-only" not in adult


def test_pages_can_be_opened_one_after_the_other() -> None:
    """By the name that stands in `more:`, or by the step."""
    words = told({}, "plan/evidence", "letter")
    assert "Facts of plan/letter" in words
    assert "the link is [link]" in words


def test_a_page_that_they_cannot_open_is_said_with_the_nearest_name() -> None:
    """And where an entry is there for others only, for whom."""
    with pytest.raises(LookupError, match='Did you mean "evidence"'):
        told({}, "evidense")
    with pytest.raises(LookupError, match="only when age is skip or unsure"):
        told({"age": "adult"}, "again:age")


def test_unknown_questions_and_answers_are_refused_with_a_hint() -> None:
    """Before anything is walked."""
    assert unknown(SMALL, {"age": "adult", "country": "skip"}) is None
    assert 'Did you mean "country"?' in str(unknown(SMALL, {"contry": "KR"}))
    assert '"age" has no answer "adlut"' in str(unknown(SMALL, {"age": "adlut"}))
