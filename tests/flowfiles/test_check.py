"""`check` in its parts: everything of a reading, and what a start needs of it."""

from pathlib import Path

from bot.flowfiles.check import check_folder, check_reading, usable
from bot.flowfiles.reading import read_files
from tests.flowfiles.finding import SMALL, broken


def codes(files: dict[str, str]) -> set[str]:
    """The codes of the errors of these files."""
    return {problem.code for problem in check_reading(read_files(files)) if problem.severity == "error"}


def test_a_sound_guide_has_no_errors_and_can_be_used() -> None:
    assert codes(SMALL) == set()
    reading = read_files(SMALL)
    assert usable(reading) is reading.guide is not None


def test_what_needs_a_whole_guide_is_looked_at_once_there_is_one() -> None:
    graph = broken("start.yaml", "- else: heard", "- else: who")
    assert codes(graph) == {"F16"}
    assert codes({**graph, "who.yaml": graph["who.yaml"].replace("ask: How", "aks: How")}) >= {"F06"}


def test_screens_are_drawn_only_where_nobody_is_stuck() -> None:
    no_help = broken("plan.yaml", "- world\n", "- {id: world, when: {age: adult}}\n")
    assert codes(no_help) == {"F20"}
    assert codes({**no_help, "start.yaml": broken("start.yaml", "then: plan", "then: situation")["start.yaml"]}) == {
        "F14"
    }


def test_a_guide_in_which_people_get_stuck_is_not_used() -> None:
    reading = read_files(broken("start.yaml", "- else: heard", "- else: who"))
    assert usable(reading) is None
    assert [problem.code for problem in reading.problems.errors] == ["F16"]


def test_a_folder_is_checked_like_its_files(tmp_path: Path) -> None:
    files = broken("start.yaml", "- else: heard", "- else: herd")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert check_folder(tmp_path) == check_reading(read_files(dict(sorted(files.items()))))


def test_words_are_looked_at_though_a_name_is_mistyped() -> None:
    """Whoever mends one mistake should not meet the next only then."""
    files = broken("plan.yaml", "- world\n", "- wrld\n")
    files["kr/plan.yaml"] = files["kr/plan.yaml"].replace("지금 할 수 있는 일", "1366에 전화하기")
    assert codes(files) >= {"F13", "F40"}
