"""Boxes are sets of people: cutting and joining them loses nobody and doubles nobody."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import SKIP, Condition
from bot.flowfiles.boxes import UNASKED, Box, Cut, Space, canonical, holds, put, united, within, without
from tests.small import guide

SPACE = Space.of(guide())
WIDTHS = (3, 2, 4)
EVERYBODY = list(product(*(range(width) for width in WIDTHS)))

boxes = st.tuples(*(st.integers(1, (1 << width) - 1) for width in WIDTHS))
cuts = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 7)), max_size=3, unique_by=lambda clause: clause[0]).map(
    lambda clauses: tuple((place, bits & ((1 << WIDTHS[place]) - 1)) for place, bits in clauses)
)


def people(*several: Box) -> list[tuple[int, ...]]:
    """Everybody in some boxes, as often as they are there."""
    return [one for box in several for one in EVERYBODY if all(bits >> n & 1 for n, bits in zip(one, box, strict=True))]


@given(boxes, cuts)
def test_a_cut_parts_a_box_into_those_who_fit_and_all_the_others(box: Box, cut: Cut) -> None:
    """Nobody is lost, nobody is on both sides."""
    inside = within(box, cut)
    fitting = people(inside) if inside else []
    assert all(all(bits >> one[place] & 1 for place, bits in cut) for one in fitting)
    assert sorted(fitting + people(*without(box, cut))) == sorted(people(box))


@given(st.lists(boxes, max_size=6))
def test_united_boxes_hold_the_same_people(several: list[Box]) -> None:
    """In no more boxes than before."""
    joined = united(several)
    assert set(people(*joined)) == set(people(*several))
    assert len(joined) <= len(several)


@given(st.lists(boxes, max_size=6), st.permutations(range(3)), st.randoms())
def test_the_canonical_boxes_depend_on_nothing_but_the_people(
    several: list[Box], order: list[int], random: Random
) -> None:
    """However they were cut before; and nobody is in two of them."""
    found = canonical(several, order)
    cut_up = [tuple(1 << n for n in one) for one in set(people(*several))]
    random.shuffle(cut_up)
    assert canonical(cut_up, order) == found
    assert sorted(people(*found)) == sorted(set(people(*several)))


@given(boxes, boxes)
def test_a_box_holds_another_when_all_its_people_are_in_it(box: Box, other: Box) -> None:
    """And not before."""
    assert holds(box, other) == (set(people(other)) <= set(people(box)))


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ({"age": {"adult"}}, ["adult"]),
        ({"age": {"unsure", SKIP}}, ["", "unsure", SKIP]),
    ],
)
def test_a_condition_takes_an_unasked_question_for_a_skipped_one(when: dict[str, set[str]], fits: list[str]) -> None:
    """As the engine does."""
    condition = Condition(tuple((question, frozenset(answers)) for question, answers in when.items()))
    inside = within(SPACE.all, SPACE.cut(condition))
    assert inside is not None
    assert SPACE.words(inside) == {"age": fits}


def test_what_may_be_anything_is_not_said() -> None:
    """A message names only what matters."""
    assert SPACE.words(SPACE.all) == {}
    assert SPACE.words(put(SPACE.all, SPACE.places["age"], UNASKED)) == {"age": [""]}
