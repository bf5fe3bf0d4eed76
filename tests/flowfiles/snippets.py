"""The snippets of flows/README.md, each with the file of the small guide that it changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import indent

from bot.flowfiles.check import check_reading
from bot.flowfiles.problems import Problem
from bot.flowfiles.reading import read_files
from tests.small import FILES, NOON

README = Path(__file__).resolve().parents[2] / "flows" / "README.md"
_ENTRY = re.compile(r"^### (F\d\d)\n(.+?)(?=^### |\Z)", re.M | re.S)
_HEAD = re.compile(r"^# (wrong|right) (F\d\d) in (\S+?)(?:, instead of `(.+)`)?$")
_TIMES = re.compile(r"^(.*?) # (\d+) times$", re.M)

TODAY = NOON.date()


@dataclass
class Snippet:
    """A piece of YAML in place of a line, and what is indented below it, or of a whole file."""

    word: str  # wrong or right
    code: str
    file: str
    instead: str | None
    text: str = ""

    def put_into(self, files: dict[str, str]) -> None:
        """Change the one file that the snippet names."""
        text = _TIMES.sub(lambda found: "\n".join([found[1]] * int(found[2])), self.text)
        files[self.file] = _replaced(files[self.file], self.instead, text) if self.instead else text


def entries() -> dict[str, str]:
    """Code -> what the page says about it."""
    page = README.read_text("utf-8").partition("\n## Problems\n")[2].partition("\n## ")[0]
    return {found[1]: found[2] for found in _ENTRY.finditer(page)}


def snippets(entry: str) -> Iterator[Snippet]:
    """The snippets of one entry, in order."""
    for fence in re.findall(r"^```yaml\n(.*?)^```", entry, re.M | re.S):
        snippet = None
        for line in fence.splitlines(keepends=True):
            head = _HEAD.match(line.rstrip("\n"))
            if head:
                if snippet:
                    yield snippet
                snippet = Snippet(head[1], head[2], head[3], head[4])
            else:
                assert snippet, f"a snippet without its first line: {line}"
                snippet.text += line
        if snippet:
            yield snippet


def problems_of(word: str, code: str) -> list[Problem]:
    """What the wrong, or the right, snippets of a code add to the problems of the small guide."""
    files = dict(FILES)
    for snippet in snippets(entries()[code]):
        if snippet.word == word:
            snippet.put_into(files)
    return [p for p in check_reading(read_files(files), today=TODAY) if (p.code, p.what) not in _known()]


@cache
def _known() -> set[tuple[str, str]]:
    """What the small guide has been warned of already: texts without a translation."""
    return {(problem.code, problem.what) for problem in check_reading(read_files(FILES), today=TODAY)}


def _replaced(text: str, instead: str, by: str) -> str:
    lines = text.splitlines(keepends=True)
    at = next((n for n, line in enumerate(lines) if line.strip() == instead), None)
    assert at is not None, f"the small guide has no line {instead!r}"
    margin = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > margin):
        end += 1
    return "".join(lines[:at]) + indent(by, " " * margin) + "".join(lines[end:])
