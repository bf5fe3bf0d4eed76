"""The page of problem codes: every code has an entry, every snippet does what it says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.flowfiles
from tests.flowfiles.snippets import entries, problems_of, snippets

SOURCES = sorted(Path(bot.flowfiles.__file__).parent.glob("*.py"))


def reports() -> Iterator[tuple[str, set[str]]]:
    """Every place in the reader that reports a problem, or a kind of problem: its code and which sentences it gives."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                reported = isinstance(node.func, ast.Attribute) and node.func.attr in ("add", "warn")
                kind = isinstance(node.func, ast.Name) and node.func.id == "Kind"
                if kind or (reported and len(node.args) == 3):
                    yield str(node.args[0].value), {str(word.arg) for word in node.keywords}


def test_every_code_of_the_reader_has_an_entry_and_every_entry_a_code() -> None:
    assert sorted({code for code, _ in reports()}) == sorted(entries())


def test_every_report_says_whom_it_hurts_and_how_to_fix_it() -> None:
    assert [code for code, words in reports() if not words >= {"hurts", "fix"}] == []


def test_entries_begin_with_one_line_of_meaning() -> None:
    for code, entry in entries().items():
        meaning = entry.partition("\n")[0]
        assert meaning.endswith((".", ".)")) and len(meaning) > 20, code


@pytest.mark.parametrize("code", entries())
def test_the_wrong_snippet_gives_the_code_with_a_place_and_whom_it_hurts(code: str) -> None:
    found = [problem for problem in problems_of("wrong", code) if problem.code == code]
    assert found
    assert all(problem.hurts for problem in found)
    assert all(problem.place.file.endswith(".yaml") and problem.place.line > 0 for problem in found)


@pytest.mark.parametrize("code", entries())
def test_the_right_snippet_gives_no_error_and_not_the_code(code: str) -> None:
    assert any(snippet.word == "right" for snippet in snippets(entries()[code]))
    found = problems_of("right", code)
    assert [str(problem) for problem in found if problem.severity == "error" or problem.code == code] == []


@pytest.mark.parametrize("code", entries())
def test_snippets_stand_below_their_own_code(code: str) -> None:
    assert {snippet.code for snippet in snippets(entries()[code])} == {code}
