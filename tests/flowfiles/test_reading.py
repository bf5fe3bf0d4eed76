"""A folder of files becomes a guide, or the list of everything that is wrong with it; never a traceback."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.flowfiles.check import check_reading
from bot.flowfiles.problems import Problem
from bot.flowfiles.reading import read_files, read_folder
from tests.flowfiles.finding import SMALL, broken, place_of, problems
from tests.flowfiles.test_documents import KO_PLAN
from tests.small import guide

SIGNS = [*"{}[]:,-#&*!|>'\"%@`\t ?~²", "{facts}", ": ", " #", "- "]
FILES = {**SMALL, "words/ko/plan.yaml": KO_PLAN}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small guide in a folder."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_folder_and_its_files_give_the_same_guide(folder: Path) -> None:
    assert read_folder(folder).guide == read_files(dict(sorted(FILES.items()))).guide is not None


def test_people_journeys_and_other_files_are_no_part_of_the_guide(folder: Path) -> None:
    (folder / "journeys").mkdir()
    (folder / "journeys" / "a.yaml").write_text("not: a flow\n")
    (folder / "README.md").write_text("# words")
    assert read_folder(folder).guide is not None


def test_a_folder_that_is_not_there_is_said_to_the_caller(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        read_folder(tmp_path / "nowhere")


def test_a_file_that_is_no_utf8_is_a_problem_at_its_place(folder: Path) -> None:
    (folder / "who.yaml").write_bytes(b"flow: who\nask: caf\xe9\n")
    found = [problem for problem in read_folder(folder).problems.errors if problem.code == "F02"]
    assert [str(problem.place) for problem in found] == ["who.yaml:2:9"]


@pytest.mark.parametrize("name", ["guide.yaml", "interface.yaml", "interrupts.yaml"])
def test_a_file_that_everything_hangs_on_is_asked_for(name: str) -> None:
    found = problems({file: text for file, text in SMALL.items() if file != name})
    assert (name, "F06") in {(problem.place.file, problem.code) for problem in found}


def test_no_files_at_all_are_one_problem() -> None:
    assert [(p.code, str(p.place)) for p in problems({})] == [("F06", "guide.yaml:1:1")]


def test_a_flow_without_steps_is_a_problem() -> None:
    found = problems({**SMALL, "empty.yaml": "flow: empty\nwritten-in: en\nsteps: {}\n"})
    assert [(p.code, p.place.file) for p in found] == [("F06", "empty.yaml")]


def test_all_problems_of_a_broken_folder_come_at_once_in_order() -> None:
    changes = [
        ("crisis.yaml", "careful: yes", "carful: yes", "F04", "carful"),
        ("facts/us.yaml", "2026-11-22", "soon", "F41", "soon"),
        ("guide.yaml", "[under-18, unsure, skip]", "[under-18]", "F26", "minor"),
        ("interface.yaml", '  back: "Back"\n', "", "F06", "skip"),
        ("plan.yaml", "id: adults-only", "id: adult-only", "F13", "adult-only"),
        ("start.yaml", "- else: heard", "- else: herd", "F11", "herd"),
        ("who.yaml", "ask: How old", "ask: One: how old", "F02", ": how"),
    ]
    files, wanted = dict(SMALL), []
    for file, old, new, code, at in changes:
        files[file] = broken(file, old, new)[file]
        wanted.append((code, place_of(file, files[file], at)))
    found: list[Problem] = problems(files)
    assert [pair for pair in ((p.code, p.place) for p in found) if pair in wanted] == wanted
    assert [p.place.file for p in found] == sorted(p.place.file for p in found)


def test_a_warning_does_not_keep_a_guide_from_being_used() -> None:
    reading = read_files(SMALL)
    assert reading.problems.found and not reading.problems.errors
    assert reading.guide == guide()


def lines_changed(text: str, draw: st.DataObject) -> str:
    """The text with a few lines deleted, doubled, swapped, moved in or out, or cut."""
    lines = text.splitlines()
    for _ in range(draw.draw(st.integers(1, 3), "how many changes")):
        if not lines:
            break
        a = draw.draw(st.integers(0, len(lines) - 1), "line")
        b = draw.draw(st.integers(0, len(lines) - 1), "other line")
        match draw.draw(st.sampled_from(["delete", "double", "swap", "in", "out", "cut", "sign"]), "change"):
            case "delete":
                del lines[a]
            case "double":
                lines.insert(b, lines[a])
            case "swap":
                lines[a], lines[b] = lines[b], lines[a]
            case "in":
                lines[a] = "  " + lines[a]
            case "out":
                lines[a] = lines[a][2:]
            case "cut":
                lines[a] = lines[a][: draw.draw(st.integers(0, len(lines[a])), "where")]
            case "sign":
                at = draw.draw(st.integers(0, len(lines[a])), "where")
                sign = draw.draw(st.sampled_from(SIGNS), "sign")
                lines[a] = lines[a][:at] + sign + lines[a][at:]
    return "\n".join(lines) + "\n"


def checked_without_a_traceback(files: dict[str, str]) -> None:
    """Whatever is in the files, there is a guide or a reason, and every problem has a place and an end."""
    reading = read_files(files)
    found = check_reading(reading)
    assert reading.guide is not None or any(problem.severity == "error" for problem in found)
    for problem in found:
        assert problem.place.file and problem.place.line > 0 and problem.place.column > 0
        assert problem.hurts and problem.what.endswith((".", "!", "?"))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(FILES)), st.data())
def test_lines_mixed_up_are_problems_and_never_a_traceback(name: str, draw: st.DataObject) -> None:
    checked_without_a_traceback({**FILES, name: lines_changed(FILES[name], draw)})


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(FILES)), st.integers(0, 400), st.binary(max_size=8))
def test_random_bytes_are_problems_and_never_a_traceback(name: str, at: int, junk: bytes) -> None:
    data = FILES[name].encode()
    text = (data[:at] + junk + data[at:]).decode("utf-8", "surrogateescape")
    checked_without_a_traceback({**FILES, name: text})


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_as_a_file_is_read_without_a_traceback(text: str) -> None:
    checked_without_a_traceback({**FILES, "new.yaml": text})


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.sampled_from(sorted(FILES)))
def test_files_in_one_anothers_place_are_problems_and_never_a_traceback(one: str, other: str) -> None:
    checked_without_a_traceback({**FILES, one: FILES[other], other: FILES[one]})
