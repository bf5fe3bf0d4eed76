"""Where a session is: the fold of its answers over the guide, with the reason for each branch.

Law: `walk` is total. Whatever pairs it is given, it ends at a question or a page, uses each pair at most
once and passes no page twice, so no path grows without end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.guide import CONTINUE, RETURN, TYPED, Ask, Call, Choose, Guide, Line, Page, Say, Step, Target
from bot.core.session import Pair, Session, asks_again


@dataclass(frozen=True, slots=True)
class Reason:
    """One branch taken: at `step` the `line` fitted."""

    step: str
    line: Line


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a walk ended.

    `step` is the question or page; `path` the pairs that still count, in order; `learnt` how many of
    them, at its front, were learnt elsewhere and are not taken back by Back. `again` names the page
    from which the question is asked once more. `said` stands above the step.
    """

    step: Ask | Page
    path: tuple[Pair, ...]
    answers: Mapping[str, str]
    learnt: int = 0
    said: tuple[Say, ...] = ()
    again: str | None = None
    reasons: tuple[Reason, ...] = ()


class NoWayOn(LookupError):
    """The guide leads nowhere here; `check` refuses such a guide."""


def replay(guide: Guide, session: Session) -> Stop:
    """Where the topmost flow of a session stands: its open interrupt, else the guide."""
    if session.interrupt:
        known = dict(session.path)
        return walk(guide, guide.interrupts[session.interrupt].first, session.aside, known)
    return walk(guide, guide.start, session.path)


def walk(guide: Guide, first: str, pairs: tuple[Pair, ...], known: Mapping[str, str] | None = None) -> Stop:
    """Walk from the step `first` along `pairs`; `known` holds the answers of the layer below.

    Raises:
        NoWayOn: only for a guide that did not pass `check`.
    """
    return _Walk(guide, pairs, known or {}).run(first)


class _Walk:
    """One walk's state. `answers` holds only what was answered before this point of the walk, so a branch
    never reads a later answer; `front` is the pair up to which the path has been used in order."""

    def __init__(self, guide: Guide, pairs: tuple[Pair, ...], known: Mapping[str, str]) -> None:
        self.guide = guide
        self.pairs = pairs
        self.known = known
        self.answers = dict(known)
        self.at = {stop: index for index, (stop, _) in enumerate(pairs)}
        self.used: set[int] = set()
        self.front = -1
        self.learnt = -1  # how many pairs precede the first stop; unknown until it is reached
        self.stack: list[Call] = []
        self.said: list[Say] = []
        self.pages: set[str] = set()
        self.passed: set[tuple[str, int]] = set()
        self.reasons: list[Reason] = []

    def run(self, first: str) -> Stop:
        self.first = first
        step_id = self.begin(first)
        while True:
            step = self.guide.steps[step_id]
            if not isinstance(step, Page):
                key = (step_id, len(self.stack))
                if key in self.passed:
                    raise NoWayOn(f"{step_id} comes round without a page")
                self.passed.add(key)
            onward = self.pass_by(step)
            if isinstance(onward, Stop):
                return onward
            step_id = onward

    def begin(self, first: str) -> str:
        """The step to begin at: a topic of typed words opens its own."""
        index = self.at.get(TYPED)
        topic = self.guide.topics.get(self.pairs[index][1]) if index is not None else None
        if topic is None or topic.go is None or first != self.guide.start:
            return first
        self.reach(TYPED)
        self.use(TYPED)
        return topic.go

    def pass_by(self, step: Step) -> str | Stop:
        match step:
            case Ask():
                return self.ask(step)
            case Say():
                self.said.append(step)
                return self.follow(step.step, step.then)
            case Choose():
                return self.follow(step.step, step.lines)
            case Call():
                self.stack.append(step)
                return self.resolve(step.flow)
            case _:
                return self.page(step)

    def ask(self, question: Ask) -> str | Stop:
        if question.id in self.at or question.id not in self.known:
            self.reach(question.id)
        self.use(question.id)
        if question.id not in self.answers:
            return self.stop(question)
        return self.follow(question.step, question.then)

    def page(self, page: Page) -> str | Stop:
        self.reach(page.step)
        if page.step in self.pages:
            return self.come_back(page.step)
        self.pages.add(page.step)
        self.passed.clear()
        if page.asks:
            self.use(page.asks)
        index = self.at.get(page.step)
        if index is None:
            return self.stop(page)
        answer = self.pairs[index][1]
        if answer == CONTINUE and page.then:
            self.use(page.step)
            return self.follow(page.step, page.then)
        entry = next((entry for entry in page.more if entry.answer == answer), None)
        if entry is None:
            return self.stop(page)
        self.use(page.step)
        question = asks_again(answer)
        if question:
            return self.stop(self.guide.questions[question], again=page.step)
        assert entry.go is not None  # the reader gives every entry one of the two
        return self.resolve(entry.go)

    def come_back(self, page: str) -> Stop:
        """At a page that was passed before: as if nothing had been chosen there, so this walk ends at it."""
        return walk(self.guide, self.first, tuple(pair for pair in self.pairs if pair[0] != page), self.known)

    def reach(self, stop: str) -> None:
        """At the first stop: what was answered before it was learnt elsewhere and is known from here on."""
        if self.learnt < 0:
            before = self.at.get(stop, len(self.pairs))
            learnt = [pair for pair in self.pairs[:before] if pair[0] in self.guide.questions]
            self.learnt = before
            self.answers.update(learnt)

    def use(self, stop: str) -> None:
        """Take the pair of this stop, if there is one: from here on its answer is known.

        What was said above a stop is done with when the stop was reached in the order of the path.
        """
        index = self.at.get(stop)
        if index is None or index in self.used:
            return
        self.used.add(index)
        self.answers[stop] = self.pairs[index][1]
        if index > self.front and index >= self.learnt:
            self.front = index
            self.said.clear()

    def follow(self, step: str, lines: tuple[Line, ...]) -> str:
        for line in lines:
            if line.when is None or line.when.fits(self.answers):
                self.reasons.append(Reason(step, line))
                return self.resolve(line.go)
        raise NoWayOn(f"no line of {step} fits")

    def resolve(self, target: Target) -> str:
        if target.step == RETURN:
            if not self.stack:
                raise NoWayOn("nothing called this flow")
            call = self.stack.pop()
            return self.follow(call.step, call.then)
        if target.by_country:
            return target.by_country.get(self.answers.get("country", ""), target.step)
        return target.step

    def stop(self, step: Ask | Page, *, again: str | None = None) -> Stop:
        """End here. Pairs that the walk did not use are dropped, but for the learnt ones."""
        questions, used, learnt = self.guide.questions, self.used, self.learnt
        kept = [
            index
            for index, (stop, _) in enumerate(self.pairs)
            if index in used or (index < learnt and stop in questions)
        ]
        return Stop(
            step, tuple(self.pairs[index] for index in kept), self.answers,
            sum(index < learnt for index in kept), tuple(self.said), again, tuple(self.reasons),
        )  # fmt: skip
