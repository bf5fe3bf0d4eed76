"""`test`: people and journeys meet the guide; what they expected and did not see, and what nobody touches."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot.cli.formats import FORMATS
from bot.core.guide import Guide
from bot.core.text import Place
from bot.flowfiles.check import usable
from bot.flowfiles.coverage import Coverage, covered
from bot.flowfiles.meeting import Failure, met
from bot.flowfiles.people import Journey, Visitor, read_visitors
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.reading import read_folder
from bot.flowfiles.walking import Walk

PASSED, FAILED, NOTHING = 0, 1, 2
_TEST = "test"  # what stands in the place of a problem's code for a failure


def run(
    folder: Path, format: str, only: str = "", *, coverage: bool = False, kinds: bool = False, mutate: bool = False
) -> int:
    """Test a folder and print what was found; return the exit code: 0 as expected, 1 not, 2 nothing to test.

    `only` leaves those whose file or sentence holds it.
    """
    out = sys.stdout
    reading = read_folder(folder)
    guide = usable(reading)
    problems = Problems() if guide else reading.problems
    who = read_visitors(reading.files, guide, problems) if guide else []
    if guide is None or problems.errors:
        out.write(FORMATS[format](problems.errors, folder))
        return FAILED
    who = [each for each in who if only in each.place.file or only in each.about]
    if not who:
        sys.stderr.write("Nobody to test. Write people/<name>.yaml: see flows/README.md, Test with people.\n")
        return NOTHING
    found, failed = met(guide, who)
    if format != "text":
        out.write(FORMATS[format]([_problem(failure, folder) for failure in failed], folder))
        out = sys.stderr  # programs read what went wrong, and nothing else
    else:
        for failure in failed:
            out.write("\n".join(_told(failure, folder)) + "\n\n")
        out.write(_summary(who, found, failed))
    if coverage:
        _write_coverage(covered(guide, found), folder, out)
    if kinds:
        _write_kinds(guide, found, out)
    if mutate:
        _write_mutants(guide, found, folder, out)
    return FAILED if failed else PASSED


def touched(folder: Path, guide: Guide) -> frozenset[str]:
    """The steps that people and journeys of a folder touch, for the map."""
    who = read_visitors(read_folder(folder).files, guide, Problems())
    return covered(guide, met(guide, who)[0]).touched_steps


def _told(failure: Failure, folder: Path) -> Iterator[str]:
    """For people: who, what was expected, what they met, and by which way."""
    walk = failure.walk
    yield f"{failure.place} {failure.who.about}"
    yield f"    expected  {failure.expected}"
    yield f"    but       {failure.seen}"
    said = ", ".join(f"{question}: {answer}" for question, answer in walk.said.items())
    yield f"    read in   {walk.language}" + (f", answering {said}" if said else "")
    for number, reason in enumerate(failure.path):
        start = "the way  " if number == 0 else " " * 9
        yield f"    {start} {_at(reason.line.place, folder)}  {reason.step} → {reason.line.go.step}"


def _problem(failure: Failure, folder: Path) -> Problem:
    way = " ".join(f"{_at(reason.line.place, folder)} → {reason.line.go.step}" for reason in failure.path)
    what = f"Expected {failure.expected}, but {failure.seen}."
    return Problem(_TEST, failure.place, what, f"{failure.who.about} ({failure.walk.language})", f"The way: {way}")


def _at(place: Place, folder: Path) -> str:
    return f"{folder / place.file}:{place.line}"


def _summary(who: list[Visitor], found: list[Walk], failed: list[Failure]) -> str:
    journeys = sum(isinstance(each, Journey) for each in who)
    wrong = len({failure.who.place for failure in failed})
    ending = f"{wrong} did not meet what they should." if wrong else "all met what they should."
    return f"{len(who) - journeys} people and {journeys} journeys took {len(found)} ways: {ending}\n"


def _write_coverage(its: Coverage, folder: Path, out: TextIO) -> None:
    for name, missed, every in (("steps", its.missed_steps, its.steps), ("branches", its.missed, its.branches)):
        touched = len(every) - len(missed)
        out.write(f"\n{touched} of {len(every)} {name} are touched ({100 * touched / max(1, len(every)):.1f} %)\n")
        for place, what in missed:
            out.write(f"  {_at(place, folder)}  {what}\n")


def _write_kinds(guide: Guide, found: list[Walk], out: TextIO) -> None:
    from bot.flowfiles.kinds import kinds_of_people

    kinds = list(kinds_of_people(guide, found))
    out.write(f"\n{len(kinds)} kinds of people whose plan no test covers\n")
    for step, words in kinds:
        out.write(f"  {step}: {words}\n")


def _write_mutants(guide: Guide, found: list[Walk], folder: Path, out: TextIO) -> None:
    from bot.flowfiles.mutants import Watch, mutants

    watch = Watch(guide, found)
    by_whom: dict[str, list[str]] = {"tests": [], "proof": [], "outcomes": [], "nobody": []}
    for mutant in mutants(guide):
        by_whom[watch.noticed(mutant)].append(f"  {_at(mutant.place, folder)}  {mutant.what}\n")
    for by, words in (("nobody", "nobody notices"), ("outcomes", "only OUTCOMES.md shows, and no person misses")):
        out.write(f"\n{len(by_whom[by])} changes that {words}\n" + "".join(by_whom[by]))
    counted = ", ".join(f"{by} {len(which)}" for by, which in by_whom.items())
    out.write(f"\nAll changes, by who noticed them first: {counted}\n")
