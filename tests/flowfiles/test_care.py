"""care.yaml is read for `check` alone: lists by kind and language, and a problem for what is off or missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flowfiles.care import FILE, KINDS, Care, read_care
from bot.flowfiles.check import check_reading
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.reading import read_files
from bot.settings import FLOWS
from tests.flowfiles.finding import SMALL, place_of

LISTS = """
refusals: {en: [not]}
turns: {en: [but]}
evidence: {en: [proof]}
digits: {en: {"0": [zero, oh], "1": one}}
groups: {en: {can: [can, could]}}
blame: {en: [you <can> have], except: {en: [you could have called]}}
"""


def read(text: str, *languages: str) -> tuple[Care, list[Problem]]:
    """The lists of a file, and its problems but for missing lists."""
    problems = Problems()
    care = read_care({FILE: text}, languages or ("en",), problems)
    return care, [problem for problem in problems.ordered if problem.code != "F62"]


def test_lists_are_found_by_kind_and_language() -> None:
    care, problems = read(LISTS)
    assert problems == []
    assert [phrase.written for phrase in care.of("blame", "en").said] == ["you <can> have"]
    assert [phrase.written for phrase in care.of("blame", "en").excepted] == ["you could have called"]
    assert care.of("blame", "ko").said == care.of("cheer", "en").said == ()
    assert care.refuses("en", "do not") and not care.refuses("en", "nothing") and not care.refuses("ko", "않")
    assert list(care.clauses("en", "not this but that")) == ["not this but", " that"]
    assert care.is_about_evidence("en", "keep proof") and not care.is_about_evidence("en", "keep calm")
    assert care.digits == {"en": {"zero": "0", "oh": "0", "one": "1"}}


@pytest.mark.parametrize(
    ("line", "code", "at"),
    [
        ("blmae: {en: [x]}", "F04", "blmae"),
        ("blame: {English: [x]}", "F04", "English"),
        ('blame: {en: ["*"]}', "F07", '"*"'),
        ("blame: {en: [[x]]}", "F07", "[x]"),
        ("blame: {en: [you <cna> go]}", "F13", "you <cna>"),
        ('digits: {en: {"10": ten}}', "F04", '"10"'),
        ("blame: [x]", "F07", "[x]"),
    ],
)
def test_what_cannot_be_read_is_a_problem_at_its_place(line: str, code: str, at: str) -> None:
    text = "groups: {en: {can: [can]}}\n" + line + "\n"
    _, problems = read(text)
    assert [(problem.code, problem.place) for problem in problems] == [(code, place_of(FILE, text, at))]
    assert problems[0].hurts and problems[0].fix


def missing(text: str | None, *languages: str) -> set[str]:
    """What is said to be missing."""
    problems = Problems()
    read_care({} if text is None else {FILE: text}, languages, problems)
    found = [problem for problem in problems.ordered if problem.code == "F62"]
    assert all(problem.severity == "warning" and problem.hurts and problem.fix for problem in found)
    return {problem.what for problem in found}


def test_a_list_that_is_missing_or_empty_in_a_language_is_a_warning() -> None:
    """In the languages of the guide; another one that is prepared may have any."""
    ok = "".join(f"{name}: {{en: [x], ko: [x]}}\n" for name in ("refusals", "turns", "evidence", *KINDS))
    assert missing(ok, "en", "ko") == set()
    assert missing(ok.replace("blame: {en: [x], ko: [x]}", "blame: {en: [x], ko: []}"), "en", "ko") == {
        "`blame:` has no words in ko."
    }
    assert missing(ok.replace("cheer: {en: [x], ko: [x]}", "cheer: {fr: [x]}"), "en", "ko") == {
        "`cheer:` has no words in en.",
        "`cheer:` has no words in ko.",
    }
    assert len(missing("blame: {en: [x]}\n", "en")) == len(KINDS) + 2


def test_a_guide_without_the_file_is_warned_once() -> None:
    (only,) = missing(None, "en", "ko")
    assert FILE in only


def test_the_file_is_no_part_of_the_guide() -> None:
    """Neither its words nor its mistakes change what a running bot says; `check` finds the mistakes."""
    reading = read_files({**SMALL, FILE: "blmae: {en: [x]}\n"})
    assert reading.guide == read_files(SMALL).guide is not None
    assert reading.problems.errors == []
    assert "F04" in {problem.code for problem in check_reading(reading)}


def test_a_file_that_is_no_yaml_is_a_problem() -> None:
    problems = Problems()
    assert read_care({FILE: "a: b: c\n"}, ("en",), problems).wordings == {}
    assert [(problem.code, problem.place.line) for problem in problems.ordered] == [("F02", 1)]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("ab*^<>./ '!%왜조심\u0301ßİ", max_size=12), max_size=6), st.text(max_size=30))
def test_whatever_stands_in_a_list_is_read_and_sought_without_a_traceback(phrases: list[str], words: str) -> None:
    """Signs that mean something to a pattern mean nothing here."""
    quoted = ", ".join("'" + phrase.replace("'", "''") + "'" for phrase in phrases)
    care, problems = read(f"groups: {{en: {{a: ['b *', '*', \"it's\"]}}}}\nblame: {{en: [{quoted}]}}\n")
    assert all(problem.hurts and problem.fix for problem in problems)
    for phrase in care.of("blame", "en").said:
        phrase.fits.search(words)
        assert phrase.parts and all(map(len, phrase.parts))


def test_the_shipped_lists_are_complete_and_french_is_prepared() -> None:
    text = (FLOWS / FILE).read_text("utf-8")
    assert read(text, "ko", "en", "fr")[1] == []
    assert missing(text, "ko", "en", "fr") == set()
