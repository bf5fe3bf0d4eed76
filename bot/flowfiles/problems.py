"""A problem: an author's mistake, said so that somebody who does not program can mend it."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.core.text import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where it is, what it is, whom it hurts and how to fix it; `code` is stable and documented."""

    code: str
    place: Place
    what: str
    hurts: str = ""
    fix: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        words = [f"{self.place} {self.code} {self.what}", self.hurts, self.fix]
        return " ".join(word for word in words if word)


@dataclass(slots=True)
class Problems:
    """All problems of one reading, in the order of their places when asked for."""

    found: dict[Problem, None] = field(default_factory=dict)  # each once

    def add(
        self, code: str, place: Place, what: str, *, hurts: str = "", fix: str = "", severity: Severity = "error"
    ) -> None:
        self.found[Problem(code, place, what, hurts, fix, severity)] = None

    def warn(self, code: str, place: Place, what: str, *, hurts: str = "", fix: str = "") -> None:
        self.add(code, place, what, hurts=hurts, fix=fix, severity="warning")

    @property
    def ordered(self) -> list[Problem]:
        return sorted(self.found, key=lambda p: (p.place.file, p.place.line, p.place.column, p.code))

    def without_followers(self, unreadable: Mapping[str, str]) -> None:
        """Leave out what only follows from files that cannot be read, given as {file: its letters}.

        A name that stands in such a file is not wrong where it is used; a translation of it is not left over.
        """
        self.found = {problem: None for problem in self.found if not _follows(problem, unreadable)}

    def released(self) -> None:
        """For a release, what has aged is an error."""
        self.found = {
            replace(problem, severity="error") if problem.code in _AGED else problem: None for problem in self.found
        }

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.ordered if problem.severity == "error"]


_AGED = frozenset({"F49"})  # what a release must not carry
_NAMING = frozenset({"F11", "F12", "F13", "F16"})
_TRANSLATING = frozenset({"F62", "F63"})


def _follows(problem: Problem, unreadable: Mapping[str, str]) -> bool:
    if problem.code in _TRANSLATING:
        return any(problem.place.file.endswith(_source(file)) for file in unreadable)
    names = re.findall(r'"([^"]+)"', problem.what) if problem.code in _NAMING else []
    for file, letters in unreadable.items():
        flow = _source(file).removesuffix(".yaml")
        if any(name.rpartition("/")[2] in letters or name.startswith(flow) for name in names):
            return True
    return False


def _source(file: str) -> str:
    """The source file that a file is, or that it translates."""
    return file.split("/", 2)[2] if file.startswith("words/") and file.count("/") > 1 else file


NEAR = 0.75  # a suggestion that is not nearly the same word leads a tired author astray
SHORT, SHORT_NEAR = 4, 0.5  # in a word of four letters one wrong letter is much


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, else the known words when they are few."""
    names = list(known)
    near = difflib.get_close_matches(wrong, names, n=1, cutoff=SHORT_NEAR if len(wrong) <= SHORT else NEAR)
    if near:
        return f'Did you mean "{near[0]}"?'
    if 0 < len(names) <= 12:
        return "Known here: " + ", ".join(names) + "."
    return ""
