"""Every distinct screen that a person can reach, with the fewest presses to it.

Screens are distinct by where they stop and by the answers that anything shown there reads. The walk goes
breadth first over real screens and their buttons; states that no condition from here on tells apart are
walked once, so that 24 countries or 60 platforms do not multiply what is the same for all of them.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.guide import RETURN, Ask, Call, Guide, Step
from bot.core.replay import Stop, replay
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Screen
from bot.core.text import SKIP
from bot.flowfiles.reads import blanks, conditions, fact_conditions, fact_texts, lines, onward, reads, whole

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One distinct screen: the session with the fewest presses to it, and the answers that matter there."""

    session: Session
    stop: Stop
    screen: Screen
    taps: int
    answers: dict[str, str]


def visits(guide: Guide, language: str, now: datetime | None = None) -> Iterator[Visit]:
    """Every distinct screen in one language, nearest first."""
    scope = Scope(guide)
    queue = deque([(Session(language), 0)])
    walked: set[Key] = set()
    shown: set[Key] = set()
    while queue:
        session, taps = queue.popleft()
        stop = replay(guide, session)
        key = scope.ahead(session, stop)
        if key in walked:
            continue
        walked.add(key)
        drawn = screen(guide, session, now)
        answers = scope.here(session, stop)
        said = () if session.fact else tuple(say.step for say in stop.said)
        here: Key = (drawn.step, session.interrupt, said, *sorted(answers.items()))
        if here not in shown:
            shown.add(here)
            yield Visit(session, stop, drawn, taps, answers)
        for button in drawn.all_buttons():
            if button.session is not None and button.kind != "language":
                queue.append((button.session, taps + 1))


class Scope:
    """Which answers matter at a step, and which from there on."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.returns = _returns(guide)
        self.live = _live(guide, self.returns)
        roots = [guide.start, *(interrupt.first for interrupt in guide.interrupts.values())]
        self.kinds = {root: _kinds(guide, reachable(guide, root, self.returns)) for root in roots}

    def after(self, step: Step) -> set[str]:
        """The steps that can come right after this one."""
        return _next(self.guide, step, self.returns)

    def here(self, session: Session, stop: Stop) -> dict[str, str]:
        """The answers that this screen reads; an unasked question reads as `skip`."""
        if session.fact:
            fact = self.guide.facts[session.fact]
            questions = {q for condition in fact_conditions(fact) for q in condition.reads}
            questions |= {q for text in fact_texts(fact) for q in blanks(text)}
        else:
            questions = set(reads(self.guide, stop.step))
            for said in stop.said:
                questions |= reads(self.guide, said)
        return {question: stop.answers.get(question, SKIP) for question in sorted(questions)}

    def ahead(self, session: Session, stop: Stop) -> Key:
        """A key that is equal for states which nothing from here on tells apart."""
        interrupt = session.interrupt
        root = self.guide.interrupts[interrupt].first if interrupt else self.guide.start
        step = stop.step
        live = self.live[step.step]
        learnt = self.live[self.guide.start].intersection(pair[0] for pair in stop.path) if interrupt else set()
        answers = [self._kind(root, stop, question) for question in sorted(live) if question in stop.answers]
        # what is learnt in an interrupt goes along when it is closed
        answers += [self._kind(self.guide.start, stop, question) for question in sorted(learnt)]
        said = tuple(said.step for said in stop.said)
        place = step.id if isinstance(step, Ask) else step.step
        return (interrupt, session.fact, place, stop.again, said, *answers)

    def _kind(self, root: str, stop: Stop, question: str) -> Key:
        answer = stop.answers[question]
        return (root, question, self.kinds[root].get((question, answer), answer))


def _returns(guide: Guide) -> dict[str, tuple[str, ...]]:
    """For each flow, the steps at which its callers go on after it returns."""
    found: dict[str, set[str]] = {}
    for _ in range(2 + len({step.partition("/")[0] for step in guide.steps})):
        before = {flow: len(steps) for flow, steps in found.items()}
        for step in guide.steps.values():
            if isinstance(step, Call):
                for called in (step.flow.step, *step.flow.by_country.values()):
                    after = found.setdefault(_flow(called), set())
                    for line in step.then:
                        if line.go.step == RETURN:
                            after |= found.get(_flow(step.step), set())
                        else:
                            after |= {line.go.step, *line.go.by_country.values()}
        if before == {flow: len(steps) for flow, steps in found.items()}:
            break
    return {flow: tuple(sorted(steps)) for flow, steps in found.items()}


def _flow(step: str) -> str:
    return step.rpartition("/")[0]


def _next(guide: Guide, step: Step, returns: dict[str, tuple[str, ...]]) -> set[str]:
    return set(onward(guide, step, returns.get(_flow(step.step), ())))


def _live(guide: Guide, returns: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """For each step, the questions that it or anything after it reads."""
    after = {name: _next(guide, step, returns) for name, step in guide.steps.items()}
    live = {name: reads(guide, step) for name, step in guide.steps.items()}
    for call in (step for step in guide.steps.values() if isinstance(step, Call)):
        for name in _returning(guide, call):  # the branch after a call is read where the called flow ends
            live[name] |= reads(guide, call)
    changed = True
    while changed:
        changed = False
        for name, steps in after.items():
            wider = live[name].union(*(live[step] for step in steps))
            if wider != live[name]:
                live[name] = wider
                changed = True
    return live


def _returning(guide: Guide, call: Call) -> Iterator[str]:
    """The steps whose `return` can lead to the lines of this call."""
    flows = {_flow(name) for name in (call.flow.step, *call.flow.by_country.values())}
    grown = True
    while grown:
        before = len(flows)
        for step in guide.steps.values():
            if isinstance(step, Call) and _flow(step.step) in flows and _goes_back(step):
                flows |= {_flow(name) for name in (step.flow.step, *step.flow.by_country.values())}
        grown = len(flows) > before
    yield from (name for name, step in guide.steps.items() if _flow(name) in flows)


def _goes_back(step: Step) -> bool:
    return any(line.go.step == RETURN for line in lines(step))


def reachable(guide: Guide, root: str, returns: dict[str, tuple[str, ...]]) -> list[Step]:
    """The steps that can come after `root`, and itself."""
    found = {root}
    queue = [root]
    while queue:
        for step in _next(guide, guide.steps[queue.pop()], returns) - found:
            found.add(step)
            queue.append(step)
    return [guide.steps[step] for step in sorted(found)]


def _kinds(guide: Guide, steps: list[Step]) -> dict[tuple[str, str], tuple[bool, ...]]:
    """(question, answer) -> which of all conditions it fits; equal for answers that nothing tells apart.

    Questions of which some step tells every answer apart are left out.
    """
    apart = {question for step in steps for question in whole(guide, step)}
    clauses = {clause for step in steps for condition in conditions(guide, step) for clause in condition.clauses}
    ordered = sorted(clauses, key=lambda clause: (clause[0], sorted(clause[1])))
    kinds = {}
    for question in guide.questions.values():
        if question.id in apart:
            continue
        tests = [wanted for name, wanted in ordered if name == question.id]
        for answer in (*(answer.id for answer in question.answers), SKIP):
            kinds[question.id, answer] = tuple(answer in wanted for wanted in tests)
    return kinds
