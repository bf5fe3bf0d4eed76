"""The command line as its users run it: exit codes, pipes, and what is not imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.cli.folders import written
from tests.small import START

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, stdin: str = "", python: tuple[str, ...] = (), **env: str) -> subprocess.CompletedProcess[str]:
    """`python -m bot ...` with an environment that sets nothing of ours but `env`."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    command = [sys.executable, *python, "-m", "bot", *words]
    env = {**kept, "PYTHONUTF8": "1", **env}
    return subprocess.run(command, cwd=ROOT, env=env, input=stdin, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with the small guide."""
    return str(written(tmp_path_factory.mktemp("sound")))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a guide in which one target does not exist."""
    return str(written(tmp_path_factory.mktemp("broken"), start=START.replace("- else: heard", "- else: herd")))


def test_check_gives_0_for_a_sound_guide_and_1_for_one_with_errors(sound: str, broken: str) -> None:
    good, bad = run("check", "--flows", sound), run("check", FLOWS=broken)
    assert (good.returncode, good.stderr, bad.returncode, bad.stderr) == (0, "", 1, "")
    assert "0 errors" in good.stdout
    assert 'start.yaml:16:15 error F11: "herd"' in bad.stdout


def test_check_prints_json_when_asked(broken: str) -> None:
    done = run("check", "--flows", broken, "--format", "json")
    assert done.returncode == 1
    assert "F11" in {json.loads(line)["code"] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("words", [("chat",), ("book",), ("serve",)])
def test_a_guide_with_errors_is_printed_and_not_used(words: tuple[str, ...], broken: str) -> None:
    done = run(*words, FLOWS=broken)
    assert (done.returncode, done.stdout) == (1, "")
    assert "F11" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "env", "says"),
    [
        (("check", "--flows", "/nowhere/at/all"), {}, "--flows or FLOWS"),
        (("chat",), {"FLOWS": "/nowhere/at/all"}, "--flows or FLOWS"),
        (("serve",), {"WEB_PORT": "many"}, "WEB_PORT: "),
        ((), {"WEB": "off"}, "nothing to serve"),
        (("check", "--format", "prose"), {}, "prose"),
        (("bake",), {}, "bake"),
    ],
)
def test_a_wrong_use_gives_2_and_a_sentence(words: tuple[str, ...], env: dict[str, str], says: str) -> None:
    done = run(*words, **env)
    assert done.returncode == 2
    assert says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["chat", "book"])
def test_a_language_that_the_guide_does_not_speak_gives_2(command: str, sound: str) -> None:
    done = run(command, "--flows", sound, "--lang", "fr")
    assert (done.returncode, done.stderr) == (2, "--lang is one of: ko, en\n")


def test_chat_from_a_pipe_ends_quietly_with_0_at_the_end_of_input(sound: str) -> None:
    done = run("chat", "--flows", sound, stdin="1\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "What is closest?" in done.stdout and "How old are you?" in done.stdout


def test_chat_without_any_input_shows_the_first_screen_and_ends_with_0(sound: str) -> None:
    done = run("chat", "--flows", sound, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "What is closest?" in done.stdout


def test_book_prints_one_object_a_screen(sound: str) -> None:
    done = run("book", "--flows", sound, "--format", "jsonl", "--lang", "ko")
    assert (done.returncode, done.stderr) == (0, "")
    assert {json.loads(line)["language"] for line in done.stdout.splitlines()} == {"ko"}


def test_settings_are_printed_whatever_they_are_set_to() -> None:
    done = run("settings", WEB_PORT="many", BOT_TOKEN="canary7f3a")
    assert done.returncode == 0
    assert "WEB_PORT" in done.stdout
    assert "canary7f3a" not in done.stdout + done.stderr


@pytest.mark.parametrize("words", [("check",), ("chat",), ("book", "--format", "jsonl"), ("settings",)])
def test_what_does_not_serve_telegram_does_not_import_aiogram(words: tuple[str, ...], sound: str) -> None:
    done = run(*words, python=("-X", "importtime"), FLOWS=sound)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "bot.cli" in imported
    assert {name for name in imported if name.partition(".")[0] in ("aiogram", "aiohttp")} == set()
