"""`test`: short for people, complete for programs, with exit codes that CI can read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.testing import run, touched
from tests.cli.folders import written
from tests.small import guide

GIRL = "people:\n  - person: A girl of 15\n    answers: {situation: heard, age: under-18, country: US}\n    "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small guide with one person who meets what they should."""
    return written(tmp_path, people__girl=GIRL + "ends-at: plan/plan\n")


def says(folder: Path, expects: str) -> None:
    (folder / "people" / "girl.yaml").write_text(GIRL + expects + "\n", "utf-8")


def test_all_met_is_one_line_and_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both languages are two ways."""
    assert run(folder, "text") == 0
    assert capsys.readouterr().out == "1 people and 0 journeys took 2 ways: all met what they should.\n"


def test_a_failure_says_who_what_and_the_way_and_gives_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every branch with its file and line."""
    says(folder, "sees: [adults-only]")
    assert run(folder, "text") == 1
    out = capsys.readouterr().out
    assert "people/girl.yaml:4:12 A girl of 15\n    expected  sees: adults-only\n" in out
    assert "    but       nowhere on situation → age → country → plan/plan\n" in out
    assert "answering situation: heard, age: under-18, country: US" in out
    assert f"{folder}/start.yaml:" in out and "start/ask-who → plan/plan" in out
    assert out.endswith("1 did not meet what they should.\n")


def test_a_mistake_in_the_file_is_a_problem_and_gives_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is tested before it is mended."""
    says(folder, "sees: [wrold]")
    assert run(folder, "text") == 1
    out = capsys.readouterr().out
    assert 'people/girl.yaml:4:12 error F93: The guide has no page, fact or letter "wrold".' in out
    assert "met" not in out


def test_programs_get_one_object_or_command_a_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the shape of `check`."""
    says(folder, "sees: [adults-only]")
    assert run(folder, "json") == 1
    (failure,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert failure["code"] == "test" and failure["place"]["line"] == 4 and "A girl of 15" in failure["hurts"]
    assert run(folder, "github") == 1
    assert capsys.readouterr().out.startswith(f"::error file={folder.name}/people/girl.yaml,line=4,col=12,title=test::")


def test_only_those_whose_file_or_sentence_holds_a_word(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody at all is said, with what to do, and gives 2."""
    assert run(folder, "text", "girl of") == 0
    assert run(folder, "text", "nobody like that") == 2
    assert "Test with people" in capsys.readouterr().err


def test_coverage_lists_what_nobody_touches(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Steps and branches in per cent, and each with its file and line."""
    run(folder, "text", coverage=True)
    out = capsys.readouterr().out
    assert " steps are touched (" in out and " branches are touched (" in out
    assert "start.yaml:14  start/situation → start/found\n" in out
    assert "start/situation → start/heard" not in out


def test_kinds_and_mutants_are_listed_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With how many there are."""
    run(folder, "text", kinds=True, mutate=True)
    out = capsys.readouterr().out
    assert "kinds of people whose plan no test covers" in out and "  plan/plan: age = adult" in out
    assert "All changes, by who noticed them first: " in out and "tests " in out.splitlines()[-1]


def test_programs_read_nothing_but_failures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What else was asked for goes beside."""
    assert run(folder, "json", coverage=True) == 0
    told = capsys.readouterr()
    assert told.out == "" and " steps are touched (" in told.err


def test_it_is_a_command_with_its_options(folder: Path) -> None:
    """And the exit code is that of the process."""
    its = CliRunner()
    done = its.invoke(app, ["test", "girl", "--flows", str(folder), "--coverage"])
    assert done.exit_code == 0 and "steps are touched" in done.output
    says(folder, "at-most-presses: 1")
    assert its.invoke(app, ["test", "--flows", str(folder), "--format", "github"]).exit_code == 1
    coloured = its.invoke(app, ["map", "--flows", str(folder), "--coverage"])
    assert "fill:#cfe8d5" in coloured.output and "fill:#f6c1b4" in coloured.output


def test_the_map_is_told_what_people_touch(folder: Path) -> None:
    """The steps on their way, no others."""
    steps = touched(folder, guide())
    assert "start/heard" in steps and "start/found" not in steps
