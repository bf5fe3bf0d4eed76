"""Problems printed for people, for programs, and for code hosts."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.flowfiles.problems import Problem

Format = Callable[[Sequence[Problem], Path], str]


def text(problems: Sequence[Problem], folder: Path) -> str:
    """For people: where, the line with a mark below it, what, whom it hurts, how to fix it."""
    lines: dict[str, list[str]] = {}
    out = []
    for problem in problems:
        place = problem.place
        if place.file not in lines:
            path = folder / place.file
            lines[place.file] = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
        out.append(f"{place} {problem.severity} {problem.code}: {problem.what}")
        source = lines[place.file]
        if 0 < place.line <= len(source):
            out += [f"    | {source[place.line - 1]}", f"    | {' ' * (place.column - 1)}^"]
        out += [f"    {words}" for words in (problem.hurts, problem.fix) if words]
    errors = sum(problem.severity == "error" for problem in problems)
    out.append(f"{_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}")
    return "\n".join(out) + "\n"


def as_json(problems: Iterable[Problem], folder: Path) -> str:
    """One object a line."""
    return "".join(json.dumps(asdict(problem), ensure_ascii=False) + "\n" for problem in problems)


def github(problems: Iterable[Problem], folder: Path) -> str:
    """Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    out = ""
    for problem in problems:
        words = _sentences(problem).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        place = problem.place
        where = f"file={folder.name}/{place.file},line={place.line},col={place.column}"
        out += f"::{problem.severity} {where},title={problem.code}::{words}\n"
    return out


def sarif(problems: Sequence[Problem], folder: Path) -> str:
    """SARIF 2.1.0, which code hosts and editors show beside the line."""
    codes = sorted({problem.code for problem in problems})
    page = "flows/README.md#"
    rules = [{"id": code, "helpUri": page + code.lower()} for code in codes]
    results = [
        {
            "ruleId": problem.code,
            "level": problem.severity,
            "message": {"text": _sentences(problem)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": f"{folder.name}/{problem.place.file}"},
                        "region": {
                            "startLine": max(1, problem.place.line),
                            "startColumn": max(1, problem.place.column),
                        },
                    }
                }
            ],
        }
        for problem in problems
    ]
    run = {"tool": {"driver": {"name": "help-guide check", "rules": rules}}, "results": results}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FORMATS: dict[str, Format] = {"text": text, "json": as_json, "github": github, "sarif": sarif}


def _sentences(problem: Problem) -> str:
    return " ".join(words for words in (problem.what, problem.hurts, problem.fix) if words)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
