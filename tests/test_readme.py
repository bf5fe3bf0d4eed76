"""The README tells the truth: what it names exists, and its promises have their tests."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_promise_names_a_test_that_exists() -> None:
    """A row of the table of promises points to a test file, or to one test in it."""
    rows = re.findall(r"^\| (?!promise|---)(.+?) \| (.+?) \|$", README, re.M)
    assert len(rows) >= 8
    for promise, tests in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", tests)
        assert named, promise
        for file, test in named:
            text = (ROOT / file).read_text("utf-8")
            assert f"def {test}(" in text if test else "def test_" in text, (promise, file, test)


def test_every_file_that_it_names_exists() -> None:
    """Links, pictures and the files of the layout."""
    for path in re.findall(r"\]\(([\w./]+)\)", README) + re.findall(r'src="([\w./-]+)"', README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:bot|flows|tests)/[\w./]*)`", README):
        assert (ROOT / path).exists(), path


def test_its_commands_exist() -> None:
    """Every `python -m bot <command>` is one of the command line."""
    from typer.main import get_command

    from bot.cli import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert set(re.findall(r"python -m bot (\w+)", README)) <= known


def test_the_two_commands_are_one_line_each() -> None:
    """One sets up and serves, one sets up and tests; the second is what CI runs."""
    blocks = re.findall(r"```sh\n(.+?)```", README, re.S)
    assert blocks[0].strip().count("\n") == 0 and blocks[0].strip().endswith("-m bot")
    assert blocks[1].strip().count("\n") == 0 and blocks[1].strip().endswith("pytest")
    assert README.index("<!-- tests -->") < README.index(blocks[1])
