"""`listen`: a line in, a word out, nothing of the text."""

import io
from pathlib import Path

from bot.cli.hearing import listen
from tests.cli.folders import written
from tests.cli.test_cli import run
from tests.flowfiles.test_ears import LISTENING
from tests.small import guide


def listened(lines: bytes, language: str | None = None, **changed: str) -> tuple[int, str, str]:
    out, wrong = io.StringIO(), io.StringIO()
    code = listen(guide(**changed), language, io.BytesIO(lines), out, wrong)
    return code, out.getvalue(), wrong.getvalue()


def test_each_line_gives_one_word_also_an_empty_one_and_one_that_is_no_utf_8() -> None:
    typed = "죽고 싶어요\nproof\n\nhello canary7f3a\n".encode() + b"\xff\xfe want to die\n"
    code, out, wrong = listened(typed, "en", listening=LISTENING)
    assert (code, out, wrong) == (0, "crisis\ntopic:note\nunknown\nunknown\ncrisis\n", "")


def test_a_guide_without_lists_says_so() -> None:
    code, out, wrong = listened(b"hello\n")
    assert (code, out) == (1, "") and "listening.yaml" in wrong


def test_a_language_without_a_list_gives_2() -> None:
    assert listened(b"hello\n", "fr", listening=LISTENING) == (2, "", "--lang is one of: ko, en\n")


def test_it_is_a_command(tmp_path: Path) -> None:
    folder = str(written(tmp_path, listening=LISTENING))
    done = run("listen", "--flows", folder, "--lang", "ko", stdin="죽고싶다\ncanary7f3a\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "crisis\nunknown\n", "")
