"""`check`: every problem of the flow files, printed for people, programs or a code host."""

import gc
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from bot.channels.telegram.drawing import length, text
from bot.core.guide import Guide
from bot.core.shown import Screen
from bot.flowfiles.check import check_folder, usable
from bot.flowfiles.problems import Problem
from bot.flowfiles.reading import read_folder


def check(folder: Path, format: str) -> int:
    """Print all problems of a folder; return the exit code, 1 when one of them is an error."""
    gc.disable()  # one short run that makes many small values and keeps them
    problems = check_folder(folder, message_length)
    sys.stdout.write(_FORMATS[format](problems, folder))
    return int(any(problem.severity == "error" for problem in problems))


def message_length(screen: Screen, guide: Guide) -> int:
    """How long a screen is as a Telegram message, after its markup is read."""
    return length(text(screen, guide))


def guide_or_problems(folder: Path, out: TextIO) -> Guide | None:
    """The guide of a folder; None, with its problems on `out`, when it cannot be used."""
    reading = read_folder(folder)
    guide = usable(reading)
    if guide is None:
        out.write(_text(reading.problems.errors, folder))
    return guide


def _text(problems: Iterable[Problem], folder: Path) -> str:
    found = list(problems)
    lines: dict[str, list[str]] = {}
    out = []
    for problem in found:
        place = problem.place
        if place.file not in lines:
            path = folder / place.file
            lines[place.file] = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
        out.append(f"{place} {problem.severity} {problem.code}: {problem.what}")
        source = lines[place.file]
        if 0 < place.line <= len(source):
            out += [f"    | {source[place.line - 1]}", f"    | {' ' * (place.column - 1)}^"]
        out += [f"    {words}" for words in (problem.hurts, problem.fix) if words]
    errors = sum(problem.severity == "error" for problem in found)
    out.append(f"{_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}")
    return "\n".join(out) + "\n"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _json(problems: Iterable[Problem], folder: Path) -> str:
    return "".join(json.dumps(asdict(problem), ensure_ascii=False) + "\n" for problem in problems)


def _github(problems: Iterable[Problem], folder: Path) -> str:
    """Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    out = ""
    for problem in problems:
        words = " ".join(word for word in (problem.what, problem.hurts, problem.fix) if word)
        words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        place = problem.place
        where = f"file={folder.name}/{place.file},line={place.line},col={place.column}"
        out += f"::{problem.severity} {where},title={problem.code}::{words}\n"
    return out


_FORMATS = {"text": _text, "json": _json, "github": _github}
