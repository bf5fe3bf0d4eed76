"""A problem: an author's mistake, said so that somebody who does not program can mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
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

    found: list[Problem] = field(default_factory=list)

    def add(
        self, code: str, place: Place, what: str, *, hurts: str = "", fix: str = "", severity: Severity = "error"
    ) -> None:
        problem = Problem(code, place, what, hurts, fix, severity)
        if problem not in self.found:
            self.found.append(problem)

    def warn(self, code: str, place: Place, what: str, *, hurts: str = "", fix: str = "") -> None:
        self.add(code, place, what, hurts=hurts, fix=fix, severity="warning")

    @property
    def ordered(self) -> list[Problem]:
        return sorted(self.found, key=lambda p: (p.place.file, p.place.line, p.place.column, p.code))

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.ordered if problem.severity == "error"]


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, else the known words when they are few."""
    names = list(known)
    near = difflib.get_close_matches(wrong, names, n=1, cutoff=0.5)
    if near:
        return f'Did you mean "{near[0]}"?'
    if 0 < len(names) <= 12:
        return "Known here: " + ", ".join(names) + "."
    return ""
