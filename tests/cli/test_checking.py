"""`check` prints every problem for people, for programs and for a code host; the exit code says if one is an error."""

import io
import json
from pathlib import Path

import pytest

from bot.cli.checking import check, guide_or_problems, watch
from tests.cli.folders import written
from tests.small import PLAN, START, guide

BROKEN = START.replace("- else: heard", "- else: herd")


def test_a_sound_folder_gives_0_and_counts_its_warnings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(written(tmp_path), "text") == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1].startswith("0 errors, ") and " warning F62: " in out


def test_text_shows_the_line_a_caret_whom_it_hurts_and_the_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(written(tmp_path, start=BROKEN), "text") == 1
    out = capsys.readouterr().out
    assert (
        'start.yaml:16:15 error F11: "herd" is not a step or a flow.\n'
        "    |       - else: herd\n"
        "    |               ^\n"
        "    Everybody who goes here is stuck.\n"
        '    Did you mean "heard"?\n'
    ) in out
    assert out.splitlines()[-1].startswith("1 error, ")


def test_json_is_one_object_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(written(tmp_path, start=BROKEN), "json") == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (error,) = [problem for problem in found if problem["severity"] == "error"]
    assert (error["code"], error["place"]) == ("F11", {"file": "start.yaml", "line": 16, "column": 15})
    assert error["hurts"] and error["fix"] == 'Did you mean "heard"?'


def test_github_gets_workflow_commands_on_one_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "flows", start=BROKEN.replace("herd", '"100% \\n x"'))
    assert check(folder, "github") == 1
    lines = capsys.readouterr().out.splitlines()
    (error,) = [line for line in lines if line.startswith("::error ")]
    assert error.startswith('::error file=flows/start.yaml,line=16,col=15,title=F11::"100%25 %0A x" is not a step')
    assert all(line.startswith(("::error ", "::warning ")) for line in lines)


@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_a_file_that_is_no_text_is_printed_too(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (written(tmp_path) / "who.yaml").write_bytes(b"flow: who\nask: caf\xe9\n")
    assert check(tmp_path, format) == 1
    assert "F02" in capsys.readouterr().out


def test_a_usable_guide_comes_back_and_nothing_is_printed(tmp_path: Path) -> None:
    out = io.StringIO()
    assert guide_or_problems(written(tmp_path), out) == guide()
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"start": BROKEN}, "F11"), ({"start": START.replace("- else: heard", "- else: who")}, "F16")],
)
def test_a_guide_in_which_people_get_stuck_is_printed_not_used(
    changed: dict[str, str], code: str, tmp_path: Path
) -> None:
    out = io.StringIO()
    assert guide_or_problems(written(tmp_path, **changed), out) is None
    assert code in out.getvalue() and "F62" not in out.getvalue()


def test_a_guide_with_warnings_only_is_used(tmp_path: Path) -> None:
    unused = PLAN.replace("- {kind: platform, platform: answered}", "- world")
    assert guide_or_problems(written(tmp_path, plan=unused), io.StringIO()) is not None


def test_sarif_names_each_place_and_code_for_a_code_host(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Version 2.1.0, with a page for every code."""
    assert check(written(tmp_path / "flows", plan=PLAN.replace("- world\n", "- wrld\n", 1)), "sarif") == 1
    found = json.loads(capsys.readouterr().out)
    (run,) = found["runs"]
    result = next(result for result in run["results"] if result["ruleId"] == "F13")
    where = result["locations"][0]["physicalLocation"]
    assert found["version"] == "2.1.0"
    assert where["artifactLocation"]["uri"] == "flows/plan.yaml"
    assert where["region"]["startLine"] == PLAN[: PLAN.index("- world")].count("\n") + 1
    assert {"id": "F13", "helpUri": "flows/README.md#f13"} in run["tool"]["driver"]["rules"]


def test_watching_checks_again_when_a_file_was_saved_and_not_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One run a save."""
    folder = written(tmp_path / "flows")
    saves = iter([None, None, PLAN.replace("- world\n", "- wrld\n", 1), None])

    def pause() -> bool:
        text = next(saves, "over")
        if text and text != "over":
            written(folder, plan=text)
        return text != "over"

    watch(folder, "text", 0.0, pause)
    out = capsys.readouterr().out
    counts = [line.partition(",")[0] for line in out.splitlines() if line.endswith(("warnings", "warning"))]
    assert counts == ["0 errors", "1 error"]
