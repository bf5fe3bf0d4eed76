"""Break one line of the small guide and look at what is found, and where."""

from bot.core.text import Place
from bot.flowfiles.check import check_reading
from bot.flowfiles.nodes import Table, read_nodes
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.reading import read_files
from tests.small import FILES

SMALL = FILES  # the small guide, unbroken


def problems(files: dict[str, str]) -> list[Problem]:
    """All problems of these files, but for texts without a translation, which the small guide has many of."""
    return [problem for problem in check_reading(read_files(files)) if problem.code != "F62"]


def broken(file: str, old: str, new: str) -> dict[str, str]:
    """The small guide with one piece of one file replaced; an `old` of "" adds to its end."""
    text = FILES.get(file, "")
    assert old in text, f"{file} of the small guide has no {old!r}"
    return {**FILES, file: text.replace(old, new, 1) if old else text + new}


def place_of(file: str, text: str, piece: str) -> Place:
    """Where a piece begins in a text."""
    before = text[: text.index(piece)]
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def expect(file: str, old: str, new: str, code: str, at: str, says: str) -> Problem:
    """The problem with this code at the piece `at` of the changed file; its sentences hold `says`."""
    files = broken(file, old, new)
    place = place_of(file, files[file], at)
    everything = problems(files)
    found = [problem for problem in everything if problem.code == code and problem.place == place]
    assert len(found) == 1, f"wanted {code} at {place}, found:\n" + "\n".join(map(str, everything))
    assert says in str(found[0])
    assert found[0].hurts or found[0].fix
    return found[0]


def nodes(text: str) -> tuple[Table | None, list[Problem]]:
    """The tree of a text and its problems."""
    told = Problems()
    return read_nodes("a.yaml", text, told), told.ordered
