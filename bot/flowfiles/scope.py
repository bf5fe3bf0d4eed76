"""Which answers matter at a step, and which from there on."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property

from bot.core.guide import RETURN, Ask, Call, Guide, Page, Step
from bot.core.replay import Stop
from bot.core.session import Session
from bot.core.text import SKIP
from bot.flowfiles.paths import Dominators, Graph
from bot.flowfiles.reads import Clause, fact_clauses, leading_clauses, lines, onward, shown_clauses

Key = tuple[object, ...]


class Scope:
    """The clauses of every step, and of everything that can follow it.

    Answers that come from the facts files (countries, platforms) are alike where no clause tells them
    apart, and so are answers that an author wrote, unless `every_answer` is wanted.
    """

    def __init__(self, guide: Guide, *, every_answer: bool = False) -> None:
        self.guide = guide
        taken = ("country", *guide.platform_questions)
        self._merged = frozenset(taken if every_answer else guide.questions)
        self.returns = _returns(guide)
        self._told: dict[tuple[str, tuple[str, ...], str], list[frozenset[str]]] = {}
        self._kinds: dict[tuple[str, str, str], Key] = {}

    def after(self, step: Step) -> set[str]:
        """The steps that can come right after this one."""
        return _next(self.guide, step, self.returns)

    def here(self, session: Session, stop: Stop) -> dict[str, str]:
        """The answers that this screen reads; an unasked question reads as `skip`."""
        if session.fact:
            questions = self._of_fact[session.fact]
        else:
            found = self._shown[stop.step.step].union(*(self._shown[said.step] for said in stop.said))
            questions = _names(found)
        return {question: stop.answers.get(question, SKIP) for question in questions}

    def alike(self, session: Session, stop: Stop, answers: dict[str, str]) -> dict[str, list[str]]:
        """For each answer that matters here, all answers with which this screen looks the same."""
        same = {}
        for question, answer in answers.items():
            tests = self._tests(session, stop, question)
            known = (*(other.id for other in self.guide.questions[question].answers), SKIP)
            same[question] = [other for other in known if all((other in t) == (answer in t) for t in tests)]
        return same

    def look(self, session: Session, stop: Stop, answers: dict[str, str]) -> Key:
        """Equal for two states of one stop whose screens look the same."""
        return tuple(
            (question, *(answer in test for test in self._tests(session, stop, question)))
            if question in self._merged
            else (question, answer)
            for question, answer in answers.items()
        )

    def _tests(self, session: Session, stop: Stop, question: str) -> list[frozenset[str]]:
        """What tells the answers of a question apart on this screen, in a fixed order."""
        place = (session.fact or stop.step.step, tuple(said.step for said in stop.said), question)
        if place not in self._told:
            if session.fact:
                found = self._fact_clauses[session.fact]
            else:
                found = self._shown[stop.step.step].union(*(self._shown[said.step] for said in stop.said))
            self._told[place] = sorted((wanted for name, wanted in found if name == question), key=sorted)
        return self._told[place]

    def detail(self, fact: str, interrupt: str | None, stop: Stop) -> Key:
        """The key of a fact's detail opened here, without opening it."""
        return (fact, interrupt, *((name, stop.answers.get(name, SKIP)) for name in self._of_fact[fact]))

    def peek(self, session: Session, stop: Stop) -> Key:
        """A key for a detail or an interrupt that is opened from `stop`, without opening it."""
        if session.fact:
            return self.detail(session.fact, session.interrupt, stop)
        assert session.interrupt is not None
        return (session.interrupt, not stop.path, *self._answers(stop, self.guide.interrupts[session.interrupt].first))

    def ahead(self, session: Session, stop: Stop) -> Key:
        """A key that is equal for states which nothing from here on tells apart."""
        if session.fact:
            return self.detail(session.fact, session.interrupt, stop)
        step = stop.step
        said = tuple(said.step for said in stop.said)
        place = step.id if isinstance(step, Ask) else step.step
        return (session.interrupt, place, stop.again, said, *self._all_answers(session, stop, step.step))

    def opened(self, session: Session, stop: Stop, page: str) -> Key:
        """The same for a page that is opened from here by one press, without opening it."""
        return (session.interrupt, page, None, (), *self._all_answers(session, stop, page))

    def _all_answers(self, session: Session, stop: Stop, step: str) -> Key:
        answers = self._answers(stop, step)
        if session.interrupt and not session.path:  # what is learnt before the first question goes along
            answers += self._answers(stop, self.guide.start)  # topics begin where nothing is learnt
        return answers

    def _answers(self, stop: Stop, step: str) -> Key:
        return tuple(self._kind(step, question, stop.answers.get(question, "")) for question in self._questions[step])

    def _kind(self, step: str, question: str, answer: str) -> Key:
        """Equal for two answers that are in the same clauses ahead; unasked is a kind of its own."""
        name = (step, question, answer)
        if name not in self._kinds:
            tests = sorted(sorted(wanted) for asked, wanted in self._ahead[step] if asked == question)
            unasked = answer == ""
            kind = ((answer or SKIP) in wanted for wanted in tests)
            self._kinds[name] = (question, unasked, *kind) if question in self._merged else (question, answer)
        return self._kinds[name]

    @cached_property
    def _of_fact(self) -> dict[str, tuple[str, ...]]:
        return {name: _names(found) for name, found in self._fact_clauses.items()}

    @cached_property
    def _fact_clauses(self) -> dict[str, frozenset[Clause]]:
        return {name: frozenset(fact_clauses(self.guide, fact)) for name, fact in self.guide.facts.items()}

    @cached_property
    def _at(self) -> dict[str, frozenset[Clause]]:
        return {name: self._shown[name] | leading_clauses(step) for name, step in self.guide.steps.items()}

    @cached_property
    def _shown(self) -> dict[str, frozenset[Clause]]:
        return {name: shown_clauses(self.guide, step) for name, step in self.guide.steps.items()}

    @cached_property
    def _ahead(self) -> dict[str, frozenset[Clause]]:
        """For each step, the clauses of it and of whatever comes after it."""
        found = dict(self._at)
        for call in (step for step in self.guide.steps.values() if isinstance(step, Call)):
            for name in _returning(self.guide, call):  # the lines of a call are read where the called flow ends
                found[name] |= self._at[call.step]
        forward = self._forward()
        changed = True
        while changed:
            changed = False
            for name, steps in forward.items():
                wider = found[name].union(*(found[step] for step in steps))
                if len(wider) != len(found[name]):
                    found[name] = wider
                    changed = True
        return found

    @cached_property
    def _questions(self) -> dict[str, tuple[str, ...]]:
        return {step: _names(found) for step, found in self._ahead.items()}

    def _forward(self) -> Graph:
        """What comes after each step, without the ways back to a page that everybody there came from:
        they lead to a state that was walked already."""
        guide = self.guide
        graph = {
            name: set(onward(guide, step, self.returns.get(flow_of(name), ()), again=False))
            for name, step in guide.steps.items()
        }
        for root in (*guide.begins, *(interrupt.first for interrupt in guide.interrupts.values())):
            below = {step.step: graph[step.step] for step in reachable(guide, root, self.returns, again=False)}
            above = Dominators(below, root)
            for name in below:
                graph[name] = {
                    step
                    for step in graph[name]
                    if not isinstance(guide.steps[step], Page) or not above.passed(name, step)
                }
        return graph


def _returns(guide: Guide) -> dict[str, tuple[str, ...]]:
    """For each flow, the steps at which its callers go on after it returns."""
    found: dict[str, set[str]] = {}
    for _ in range(2 + len({step.partition("/")[0] for step in guide.steps})):
        before = {flow: len(steps) for flow, steps in found.items()}
        for step in guide.steps.values():
            if isinstance(step, Call):
                for called in (step.flow.step, *step.flow.by_country.values()):
                    after = found.setdefault(flow_of(called), set())
                    for line in step.then:
                        if line.go.step == RETURN:
                            after |= found.get(flow_of(step.step), set())
                        else:
                            after |= {line.go.step, *line.go.by_country.values()}
        if before == {flow: len(steps) for flow, steps in found.items()}:
            break
    return {flow: tuple(sorted(steps)) for flow, steps in found.items()}


def _names(found: AbstractSet[Clause]) -> tuple[str, ...]:
    """The questions of some clauses."""
    return tuple(sorted({name for name, _ in found}))


def flow_of(step: str) -> str:
    """The flow of a step's id."""
    return step.rpartition("/")[0]


def _next(guide: Guide, step: Step, returns: dict[str, tuple[str, ...]], *, again: bool = True) -> set[str]:
    return set(onward(guide, step, returns.get(flow_of(step.step), ()), again=again))


def reachable(guide: Guide, root: str, returns: dict[str, tuple[str, ...]], *, again: bool = True) -> list[Step]:
    """The steps that can come after `root`, and itself."""
    found = {root}
    queue = [root]
    while queue:
        for step in _next(guide, guide.steps[queue.pop()], returns, again=again) - found:
            found.add(step)
            queue.append(step)
    return [guide.steps[step] for step in sorted(found)]


def _returning(guide: Guide, call: Call) -> Iterator[str]:
    """The steps whose `return` can lead to the lines of this call."""
    flows = {flow_of(name) for name in (call.flow.step, *call.flow.by_country.values())}
    grown = True
    while grown:
        before = len(flows)
        for step in guide.steps.values():
            if isinstance(step, Call) and flow_of(step.step) in flows and _goes_back(step):
                flows |= {flow_of(name) for name in (step.flow.step, *step.flow.by_country.values())}
        grown = len(flows) > before
    yield from (name for name, step in guide.steps.items() if flow_of(name) in flows)


def _goes_back(step: Step) -> bool:
    return any(line.go.step == RETURN for line in lines(step))
