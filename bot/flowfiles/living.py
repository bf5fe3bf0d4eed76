"""Which questions still matter at a step: those that something from there on reads or asks."""

from collections.abc import Iterator

from bot.core.guide import RETURN, Ask, Call, Guide, Page, Step, Target
from bot.flowfiles.boxes import Box, Space
from bot.flowfiles.paths import Dominators, Graph, components, reached
from bot.flowfiles.reads import lines, shown_clauses

_BACK = "↩"  # the second half of a call: where the called flow comes back to


class Living:
    """`order` numbers the steps so that, circles aside, what comes before has the lower number.

    `learnt` are the questions that an interrupt may have asked before the guide does.
    """

    def __init__(self, guide: Guide, space: Space) -> None:
        self._guide = guide
        self._space = space
        self._calls = [step for step in guide.steps.values() if isinstance(step, Call)]
        graph = self._graph()
        groups = components(graph)
        self.order = {name: -number for number, group in enumerate(groups) for name in group}
        self._masks = {name: self._mask(places) for name, places in self._live(graph, groups).items()}
        self.learnt = self._learnt(graph)

    def projected(self, step: str, box: Box) -> Box:
        """The box without what nothing from this step on reads."""
        return tuple(map(int.__or__, box, self._masks[step]))

    def _mask(self, living: int) -> Box:
        return tuple(0 if living >> place & 1 else bits for place, bits in enumerate(self._space.all))

    def _graph(self) -> Graph:
        graph: Graph = {}
        callers = self._callers()
        everywhere = {call.step + _BACK for call in self._calls}
        for name, step in self._guide.steps.items():
            back = callers.get(_flow(name), everywhere)
            if isinstance(step, Call):
                graph[name] = set(_named(step.flow))
                graph[name + _BACK] = {after for line in step.then for after in self._after(line.go, back)}
            else:
                graph[name] = {after for target in _targets(step) for after in self._after(target, back)}
        return graph

    def _after(self, target: Target, back: set[str]) -> Iterator[str]:
        yield from back if target.step == RETURN else _named(target)

    def _callers(self) -> Graph:
        """For each flow that is called, the second halves of its calls."""
        found: Graph = {}
        for call in self._calls:
            for name in _named(call.flow):
                found.setdefault(_flow(name), set()).add(call.step + _BACK)
        return found

    def _live(self, graph: Graph, groups: list[list[str]]) -> dict[str, int]:
        """As bits; a group of steps that lead to one another shares what matters to any of them."""
        found: dict[str, int] = {}
        for group in groups:  # what follows comes first
            living = 0
            for name in group:
                living |= self._read(name)
                for after in graph[name]:
                    living |= found.get(after, 0)
            found.update(dict.fromkeys(group, living))
        return found

    def _read(self, name: str) -> int:
        """The questions that a step reads or asks, as bits."""
        half, step = name.endswith(_BACK), self._guide.steps[name.removesuffix(_BACK)]
        questions = {"country"} if any(target.by_country for target in _targets(step)) else set[str]()
        if not half:
            questions |= {question for question, _ in shown_clauses(self._guide, step)}
        if half or not isinstance(step, Call):
            questions |= {question for line in lines(step) if line.when for question in line.when.reads}
        if isinstance(step, Ask):
            questions |= self._offers(step)
        if isinstance(step, Page):
            asked = [step.asks, *(entry.again for entry in step.more)]
            questions |= {question for name in asked if name for question in self._offers(self._guide.questions[name])}
            questions |= {question for entry in step.more if entry.when for question in entry.when.reads}
        return sum(1 << self._space.places[question] for question in questions)

    def _offers(self, question: Ask) -> set[str]:
        return {question.id, *(name for answer in question.answers if answer.when for name in answer.when.reads)}

    def _learnt(self, graph: Graph) -> set[str]:
        """What interrupts ask, and what a page asks of somebody who need not have passed the question."""
        found: set[str] = set()
        for interrupt in self._guide.interrupts.values():
            for name in reached(graph, interrupt.first):
                step = self._guide.steps[name.removesuffix(_BACK)]
                found |= {step.id} if isinstance(step, Ask) else set(_offered(step))
        for first in self._guide.begins:
            above = Dominators(graph, first)
            for name in reached(graph, first):
                for question in _offered(self._guide.steps[name.removesuffix(_BACK)]):
                    if not above.passed(name, self._guide.questions[question].step):
                        found.add(question)
        return found


def _offered(step: Step) -> Iterator[str]:
    """The questions that a page asks, for the first time or once more."""
    if isinstance(step, Page):
        yield from (name for name in (step.asks, *(entry.again for entry in step.more)) if name)


def _targets(step: Step) -> Iterator[Target]:
    if isinstance(step, Call):
        yield step.flow
    yield from (line.go for line in lines(step))
    if isinstance(step, Page):
        yield from (entry.go for entry in step.more if entry.go)


def _named(target: Target) -> Iterator[str]:
    if target.step != RETURN:
        yield target.step
        yield from target.by_country.values()


def _flow(step: str) -> str:
    return step.rpartition("/")[0]
