"""How much of a guide the tests touch: its steps, and its branches (lines of `then`/`choose`, entries of `more`)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.guide import Guide, Page, Step
from bot.core.text import Place
from bot.flowfiles.reads import lines
from bot.flowfiles.walking import Here, Walk

Branch = tuple[str, int]  # a step, and which of its entries (first) or lines


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is, and what of it the tests touch."""

    steps: dict[str, Place]
    branches: dict[Branch, tuple[Place, str]]  # with where it leads
    touched_steps: frozenset[str]
    touched: frozenset[Branch]

    @property
    def missed_steps(self) -> list[tuple[Place, str]]:
        return [(place, step) for step, place in self.steps.items() if step not in self.touched_steps]

    @property
    def missed(self) -> list[tuple[Place, str]]:
        """The branches that no test touches: where they stand, and what they are."""
        return [
            (place, f"{step} → {leads}")
            for (step, number), (place, leads) in self.branches.items()
            if (step, number) not in self.touched
        ]


def covered(guide: Guide, walks: Iterable[Walk]) -> Coverage:
    """What these walks touch of a guide."""
    steps: set[str] = set()
    branches: set[Branch] = set()
    for walk in walks:
        for here in walk.stood:
            for branch in taken(guide, here):
                branches.add(branch)
                steps.add(branch[0])
            steps |= {said.step for said in here.stop.said} | {here.stop.step.step}
    everything = {(step.step, number): its for step in guide.steps.values() for number, its in enumerate(_ways(step))}
    places = {name: step.place for name, step in guide.steps.items()}
    return Coverage(places, everything, frozenset(steps), frozenset(branches))


def taken(guide: Guide, here: Here) -> Iterator[Branch]:
    """The branches on the way to somewhere: entries that were opened and lines that fitted."""
    for name, answer in {*here.stop.path, *here.session.path, *here.session.aside}:
        page = guide.steps.get(name)
        if isinstance(page, Page):
            yield from ((name, number) for number, entry in enumerate(page.more) if entry.answer == answer)
    for reason in here.stop.reasons:
        step = guide.steps[reason.step]
        before = len(step.more) if isinstance(step, Page) else 0
        yield from ((reason.step, n) for n, line in enumerate(lines(step), before) if line is reason.line)


def _ways(step: Step) -> Iterator[tuple[Place, str]]:
    if isinstance(step, Page):
        yield from ((entry.place, entry.answer) for entry in step.more)
    yield from ((line.place, line.go.step) for line in lines(step))
