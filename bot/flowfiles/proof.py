"""The proof that everybody gets somewhere: all combinations of answers at once, as boxes, without listing them.

A state is a step, the calls that are open, and the people who can stand there (boxes). Branches cut boxes and
pass on the rest; whoever is left after the last line is a counterexample. What no later step reads is
forgotten on the way, so that states meet again. Exact but for one thing: a page that is opened again from
further down is taken with the answers given since, which a real path drops there: the proof covers more.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.core.guide import RETURN, Ask, Call, Guide, Line, More, Page, Step, Target
from bot.core.text import SKIP, Condition
from bot.flowfiles.boxes import UNASKED, Box, Space, holds, put, united, within, without
from bot.flowfiles.living import Living
from bot.flowfiles.reads import lines

Stack = tuple[str, ...]  # the calls that are open, the last one last
State = tuple[str, Stack]
_DEEPEST = 16  # open calls; a flow that calls itself for ever is named by another rule


@dataclass(slots=True)
class Proof:
    """What was found: who is stuck where, who reaches which step, which lines and entries anybody takes."""

    space: Space
    stuck: dict[str, list[Box]] = field(default_factory=dict)
    reached: dict[str, list[Box]] = field(default_factory=dict)
    taken: set[tuple[str, int]] = field(default_factory=set)  # (step, which line or entry)


def prove(guide: Guide) -> Proof:
    """Follow everybody from every beginning, through every flow, call and interrupt."""
    return _Walk(guide).run()


def answering(space: Space, question: Ask, box: Box) -> Iterator[Box]:
    """Who was asked before goes on; everybody else may answer whatever is offered to them, or skip."""
    place = space.places[question.id]
    before = box[place] & ~UNASKED
    if before:
        yield put(box, place, before)
    if not box[place] & UNASKED:
        return
    offered: dict[Condition | None, set[str]] = {None: {SKIP}}
    for answer in question.answers:
        offered.setdefault(answer.when, set()).add(answer.id)
    for when, answers in offered.items():
        whoever = within(put(box, place, UNASKED), space.cut(when))
        if whoever:
            yield put(whoever, place, space.bits(question.id, answers) & ~UNASKED)


class _Walk:
    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.space = Space.of(guide)
        self.proof = Proof(self.space)
        self.living = Living(guide, self.space)
        self.seen: dict[State, list[Box]] = {}
        self.waiting: dict[State, list[Box]] = {}
        self.queue: list[tuple[int, State]] = []
        self.cuts: dict[int, tuple[tuple[int, int], ...]] = {}

    def run(self) -> Proof:
        unasked = tuple(UNASKED for _ in self.space.names)
        for question in self.living.learnt:  # an interrupt may have asked it before
            place = self.space.places[question]
            unasked = put(unasked, place, self.space.all[place])
        for first in self.guide.begins:
            self.arrive((first, ()), unasked)
        for interrupt in self.guide.interrupts.values():
            self.arrive((interrupt.first, ()), self.space.all)
        while self.queue:
            _, state = heapq.heappop(self.queue)
            boxes = self.waiting.pop(state, [])
            seen = self.seen.setdefault(state, [])
            fresh = [box for box in united(boxes) if not any(holds(old, box) for old in seen)]
            self.seen[state] = united([*seen, *fresh])
            for box in fresh:
                self.leave(state, box)
        for (step, _), boxes in self.seen.items():
            self.proof.reached[step] = united([*self.proof.reached.get(step, []), *boxes])
        return self.proof

    def arrive(self, state: State, box: Box) -> None:
        """Let people come to a state; what nothing from there on reads is forgotten."""
        box = self.living.projected(state[0], box)
        if state not in self.waiting:
            self.waiting[state] = []
            heapq.heappush(self.queue, (self.living.order[state[0]], state))
        self.waiting[state].append(box)

    def leave(self, state: State, box: Box) -> None:
        """Send the people of a state on, every way that they can go."""
        name, stack = state
        step = self.guide.steps[name]
        match step:
            case Ask():
                for answered in answering(self.space, step, box):
                    self.branch(step, step.then, stack, answered)
            case Call():
                if len(stack) < _DEEPEST:
                    self.go(step.flow, (*stack, name), box)
            case Page():
                self.page(step, stack, box)
            case _:
                self.branch(step, lines(step), stack, box)

    def page(self, page: Page, stack: Stack, box: Box) -> None:
        if page.asks:
            place = self.space.places[page.asks]
            for answered in answering(self.space, self.guide.questions[page.asks], put(box, place, UNASKED)):
                self.arrive((page.step, stack), answered)
        for number, entry in enumerate(page.more):
            opened = within(box, self.cut(entry.when))
            if opened:
                self.proof.taken.add((page.step, number))
                self.open(page, entry, stack, opened)
        self.branch(page, page.then, stack, box, after=len(page.more))

    def open(self, page: Page, entry: More, stack: Stack, box: Box) -> None:
        if entry.again:
            place = self.space.places[entry.again]
            for answered in answering(self.space, self.guide.questions[entry.again], put(box, place, UNASKED)):
                self.arrive((page.step, stack), answered)
        elif entry.go:
            self.go(entry.go, stack, box)

    def branch(self, step: Step, ways: tuple[Line, ...], stack: Stack, box: Box, after: int = 0) -> None:
        """The first line that fits, for each part of the people; whoever is left is stuck here."""
        rest = [box]
        for number, way in enumerate(ways, after):
            cut = self.cut(way.when)
            others: list[Box] = []
            for part in rest:
                fitting = within(part, cut)
                if fitting:
                    self.proof.taken.add((step.step, number))
                    self.go(way.go, stack, fitting)
                others += without(part, cut)
            rest = others
        if ways and rest:
            self.proof.stuck[step.step] = united([*self.proof.stuck.get(step.step, []), *rest])

    def go(self, target: Target, stack: Stack, box: Box) -> None:
        if target.step == RETURN:
            if stack:
                call = self.guide.steps[stack[-1]]
                self.branch(call, lines(call), stack[:-1], box)
            return
        rest: Iterable[Box] = [box]
        for country, step in target.by_country.items():
            cut = ((self.space.places["country"], self.space.bits("country", [country])),)
            parts, rest = list(rest), []
            for part in parts:
                there = within(part, cut)
                if there:
                    self.arrive((step, stack), there)
                rest += without(part, cut)
        for part in rest:
            self.arrive((target.step, stack), part)

    def cut(self, when: Condition | None) -> tuple[tuple[int, int], ...]:
        """Conditions are cut into bits once."""
        if when is None:
            return ()
        if id(when) not in self.cuts:
            self.cuts[id(when)] = self.space.cut(when)
        return self.cuts[id(when)]
