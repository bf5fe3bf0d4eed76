"""Sets of people as boxes: for each question, the answers that are still possible.

A box is a row of bit sets, one a question; the lowest bit means "not asked yet". Branches cut a box in two
exactly, so a million combinations are a handful of boxes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.core.guide import Guide
from bot.core.text import SKIP, Condition

Box = tuple[int, ...]
Cut = tuple[tuple[int, int], ...]  # (place of a question, the bits that fit): all must fit

UNASKED = 1


@dataclass(frozen=True, slots=True)
class Space:
    """The questions of a guide, and for each the names of its bits."""

    places: Mapping[str, int]
    names: tuple[tuple[str, ...], ...]  # "" first: not asked yet
    all: Box  # everything is possible

    @classmethod
    def of(cls, guide: Guide) -> "Space":
        """The space of a guide's questions; every question can be skipped."""
        names = tuple(("", *(answer.id for answer in question.answers), SKIP) for question in guide.questions.values())
        places = {name: place for place, name in enumerate(guide.questions)}
        return cls(places, names, tuple((1 << len(its)) - 1 for its in names))

    def cut(self, condition: Condition | None) -> Cut:
        """A condition as bits. An unasked question reads as skipped."""
        clauses = condition.clauses if condition else ()
        return tuple((self.places[question], self.bits(question, wanted)) for question, wanted in clauses)

    def bits(self, question: str, wanted: Iterable[str]) -> int:
        """The bits of some answers."""
        place, names = self.places[question], set(wanted)
        if SKIP in names:
            names.add("")
        return sum(1 << bit for bit, name in enumerate(self.names[place]) if name in names)

    def words(self, box: Box) -> dict[str, list[str]]:
        """The answers in a box ("": not asked yet), without the questions that may be anything."""
        return {
            question: [name for bit, name in enumerate(self.names[place]) if box[place] >> bit & 1]
            for question, place in self.places.items()
            if box[place] != self.all[place]
        }


def put(box: Box, place: int, bits: int) -> Box:
    """The box with other answers to one question."""
    return (*box[:place], bits, *box[place + 1 :])


def within(box: Box, cut: Cut) -> Box | None:
    """The part of a box that fits; None when nobody does."""
    for place, bits in cut:
        left = box[place] & bits
        if not left:
            return None
        if left != box[place]:
            box = put(box, place, left)
    return box


def without(box: Box, cut: Cut) -> Iterator[Box]:
    """The parts of a box that do not fit, as boxes that share nobody."""
    for place, bits in cut:
        outside = box[place] & ~bits
        if outside:
            yield put(box, place, outside)
        if not box[place] & bits:
            return
        box = put(box, place, box[place] & bits)


def holds(box: Box, other: Box) -> bool:
    """Whether everybody of another box is in this one."""
    return all(there & ~here == 0 for here, there in zip(box, other, strict=True))


def united(boxes: Iterable[Box]) -> list[Box]:
    """The same people in fewer boxes: those that differ in one question only become one."""
    found = list(dict.fromkeys(boxes))
    grown = len(found) > 1
    while grown:
        before = len(found)
        for place in _differing(found):
            joined: dict[Box, int] = {}
            for box in found:
                rest = put(box, place, 0)
                joined[rest] = joined.get(rest, 0) | box[place]
            found = [put(rest, place, bits) for rest, bits in joined.items()]
        grown = 1 < len(found) < before
    return found


def _differing(boxes: list[Box]) -> list[int]:
    return [place for place, bits in enumerate(zip(*boxes, strict=True)) if len(set(bits)) > 1]


def canonical(boxes: Iterable[Box], order: Sequence[int]) -> list[Box]:
    """The same people in boxes that share nobody and depend on nothing but who they are.

    Question by question in `order`: answers with the same rest go together.
    """
    return [_in_order(row, order) for row in _rows(frozenset(tuple(box[place] for place in order) for box in boxes))]


def _in_order(row: Box, order: Sequence[int]) -> Box:
    found = dict(zip(order, row, strict=True))
    return tuple(found[place] for place in range(len(row)))


@cache
def _rows(boxes: frozenset[Box]) -> tuple[Box, ...]:
    if len(boxes) < 2:
        return tuple(boxes)
    by_rest: dict[tuple[Box, ...], int] = {}
    for bits, answers in _alike([box[0] for box in boxes]):
        rest = _rows(frozenset(box[1:] for box in boxes if box[0] & bits))
        by_rest[rest] = by_rest.get(rest, 0) | answers
    return tuple(sorted((answers, *row) for rest, answers in by_rest.items() for row in rest))


def _alike(sets: list[int]) -> Iterator[tuple[int, int]]:
    """The answers parted by which of the sets hold them: (one of them, all of them)."""
    groups: dict[tuple[bool, ...], int] = {}
    for bit in range(max(sets).bit_length()):
        held = tuple(bool(its >> bit & 1) for its in sets)
        if any(held):
            groups[held] = groups.get(held, 0) | 1 << bit
    yield from ((answers & -answers, answers) for answers in groups.values())
