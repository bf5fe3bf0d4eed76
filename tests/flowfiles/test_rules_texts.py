"""Numbers and links belong to facts, not to texts."""

import pytest

from bot.flowfiles.check import check_reading
from tests.small import PLAN, START, reading


def found(**changed: str) -> list[tuple[str, str]]:
    """Code and file of the problems about letters of texts."""
    return [(p.code, p.place.file) for p in check_reading(reading(**changed)) if p.code == "F40"]


@pytest.mark.parametrize(
    "words", ["Call 109 now", "See https://example.org", "Call 02-123-4567", "Go to www.example.org"]
)
def test_a_number_or_a_link_in_a_text_is_found(words: str) -> None:
    """Numbers of facts, anything with dashes, and addresses."""
    assert found(plan=PLAN.replace("You can stop at any time.", words)) == [("F40", "plan.yaml")]


def test_titles_and_answers_count_too() -> None:
    """What a button says would grow old in the same way."""
    assert found(plan=PLAN.replace("title: What to note", "title: Call 1366")) == [("F40", "plan.yaml")]
    assert found(start=START.replace("found: I found a picture", "found: I called 1366")) == [("F40", "start.yaml")]


@pytest.mark.parametrize(
    "words", ["You are 14 or 15.", "It was 2024.", "Call {fact.kr-night.phone}.", "109,000 people"]
)
def test_ages_years_blanks_and_counts_are_no_numbers_to_call(words: str) -> None:
    """Only what somebody could dial is meant."""
    assert found(plan=PLAN.replace("You can stop at any time.", words)) == []
