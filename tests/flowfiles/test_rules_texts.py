"""Numbers and links belong to facts, not to texts, however they are written."""

import pytest

from bot.core.text import Place
from bot.flowfiles.care import FILE
from bot.flowfiles.check import check_reading
from bot.flowfiles.reading import read_files
from tests.flowfiles.finding import SMALL, broken, place_of
from tests.flowfiles.test_documents import KO_PLAN
from tests.small import PLAN

TEXT = "You can stop at any time."
DIGITS = {
    FILE: """
digits:
  en: {"0": [zero, oh], "1": one, "3": three, "6": six, "9": nine}
  ko: {"0": [공, 영], "1": 일, "3": 삼, "6": [육, 륙], "9": 구}
"""
}


def found(files: dict[str, str]) -> list[Place]:
    """Where numbers and links are found."""
    return [p.place for p in check_reading(read_files({**files, **DIGITS})) if p.code == "F40"]


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("Call 109 now", "109"),
        ("See https://example.org", "https"),
        ("Call 02-123-4567", "02-"),
        ("Go to www.example.org", "www"),
        ("Go to example.org", "example"),
        ("Write to help@example.org.", "help@"),
        ("Go to example dot org", "dot org"),
        ("Call 1 3 6 6", "1 3 6 6"),
        ("Call 13.66 now", "13.66"),
        ("Call 1·366", "1·366"),
        ("Call 1-3-6-6", "1-3-6-6"),
        ("Call one three six six", "one three"),
        ("Call one oh nine", "one oh"),
        ("Call **136**6", "136**6"),
    ],
)
def test_a_number_or_a_link_in_a_text_is_found_where_it_stands(words: str, at: str) -> None:
    """In digits, split by spaces, dots or dashes, in words; with or without https."""
    files = broken("plan.yaml", TEXT, words)
    assert found(files)[:1] == [place_of("plan.yaml", files["plan.yaml"], at)]


@pytest.mark.parametrize("words", ["일삼육육", "일 삼 륙 육", "일공구", "일영구번", "1366", "닷컴"])
def test_korean_spells_numbers_too(words: str) -> None:
    """In the file of the translation."""
    text = KO_PLAN.replace("언제든 그만둘 수 있어요.", f"지금 {words}에 걸 수 있어요.")
    at = place_of("words/ko/plan.yaml", text, words)
    assert found({**SMALL, "words/ko/plan.yaml": text}) == [at]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("plan.yaml", "What to note"),
        ("start.yaml", "I found a picture"),
        ("plan.yaml", "Back to the plan"),
        ("facts/us.yaml", "Somebody listens."),
        ("letters/report.yaml", "Hello,"),
        ("interface.yaml", "Leaves trace"),
        ("interrupts.yaml", "I need help now"),
    ],
)
def test_every_kind_of_text_counts(file: str, old: str) -> None:
    """A title, an answer, a fact, a letter or the interface would grow old in the same way."""
    files = broken(file, old, "Call 1366")
    assert found(files) == [place_of(file, files[file], "1366")]


def test_a_fact_may_name_its_own_ways_in_and_a_service_its_number() -> None:
    """They stand in the same file and are checked together; another fact's number is a blank."""
    kr = SMALL["facts/kr.yaml"]
    assert found({**SMALL, "facts/kr.yaml": kr.replace("언제나 받아요.", "109는 언제나 받아요.")}) == []
    assert found({**SMALL, "facts/kr.yaml": kr.replace("밤 전화", "밤 전화 109, 1366")}) == []
    files = {**SMALL, "facts/kr.yaml": kr.replace("언제나 받아요.", "1366은 언제나 받아요.")}
    assert found(files) == [place_of("facts/kr.yaml", files["facts/kr.yaml"], "1366은")]
    mail = SMALL["facts/intl.yaml"].replace(
        "It finds a line near you.", "Write to help@example.org, or see example.org."
    )
    assert found({**SMALL, "facts/intl.yaml": mail}) == []


@pytest.mark.parametrize(
    "words",
    [
        "You are 14 or 15.",
        "It was 2024.",
        "Call {fact.kr-night.phone}.",
        "109,000 people",
        "109 people",
        "109 million won",
        "1. Stop. 3. Go on.",
        "One of three, six of nine.",
        "This is it.Then go.",
        "e.g. this",
        "Article 10-9 of the law",
    ],
)
def test_ages_years_blanks_counts_and_articles_are_no_numbers_to_call(words: str) -> None:
    """Only what somebody could dial or open is meant."""
    assert found({**SMALL, "plan.yaml": PLAN.replace(TEXT, words)}) == []
