"""Rules about the ways through the guide: nobody stuck, nobody in a circle, nothing that nobody can reach."""

from bot.core.guide import RETURN, Call, Guide, Line, More, Page, Step
from bot.flowfiles.problems import Problems
from bot.flowfiles.reads import facts_of, lines
from bot.flowfiles.rules_proof import check_proof
from bot.flowfiles.scope import Scope


def check_graph(guide: Guide, problems: Problems) -> None:
    """Add the problems of the graph of steps."""
    scope = Scope(guide)
    _returns(guide, problems)
    _circles(guide, scope, problems)
    for step in guide.steps.values():
        _titles(guide, step, problems)
    _facts(guide, problems)
    if not any(problem.code in ("F14", "F16") for problem in problems.errors):
        check_proof(guide, problems)


def _returns(guide: Guide, problems: Problems) -> None:
    """Who is sent back was called, and who is called is sent back."""
    uncalled = _uncalled(guide)
    for step in guide.steps.values():
        comes_back = [way.place for way in _ways(step) if way.go and way.go.step == RETURN]
        if comes_back and step.step in uncalled:
            problems.add(
                "F16", comes_back[0], "`return` stands here, but people can come here without a `call:`.",
                hurts="They would be stuck.", fix="Name a step, or let every way here call this flow.",
            )  # fmt: skip
        if isinstance(step, Call):
            for target in (step.flow.step, *step.flow.by_country.values()):
                if not _can_return(guide, target):
                    problems.add(
                        "F16", step.place, f'The flow of "{target}" never comes back to {step.step}.',
                        hurts="People would never reach what comes next.", fix="End one of its steps with `return`.",
                    )  # fmt: skip


def _ways(step: Step) -> tuple[Line | More, ...]:
    """Every way on from a step, by itself or by a press."""
    return (*lines(step), *(step.more if isinstance(step, Page) else ()))


def _uncalled(guide: Guide) -> set[str]:
    """The steps that somebody can stand at whom no `call:` brought there; and those that nobody comes to."""
    roots = {*guide.begins, *(interrupt.first for interrupt in guide.interrupts.values())}
    queue = [(name, False) for name in roots]
    found = set(queue)
    while queue:
        name, inside = queue.pop()
        step = guide.steps[name]
        after = {(target, inside) for way in _ways(step) if way.go for target in _named(way)}
        if isinstance(step, Call):
            after |= {(target, True) for target in (step.flow.step, *step.flow.by_country.values())}
        queue.extend(after - found)
        found |= after
    met = {name for name, _ in found}
    return {name for name in guide.steps if (name, False) in found or name not in met}


def _can_return(guide: Guide, first: str) -> bool:
    flow = first.rpartition("/")[0]
    seen, queue = {first}, [first]
    while queue:
        step = guide.steps[queue.pop()]
        targets = [way.go for way in _ways(step) if way.go]
        if any(target.step == RETURN for target in targets):
            return True
        for target in targets:
            for name in (target.step, *target.by_country.values()):
                if name not in seen and name.rpartition("/")[0] == flow:
                    seen.add(name)
                    queue.append(name)
    return False


def _circles(guide: Guide, scope: Scope, problems: Problems) -> None:
    """A circle that passes no page never ends: a question answered once is not asked again."""
    state: dict[str, int] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        step = guide.steps[name]
        if isinstance(step, Page):
            return
        if state.get(name) == 1:
            way = " → ".join((*trail[trail.index(name) :], name))
            problems.add(
                "F14", step.place, f"This goes round without a page: {way}.",
                hurts="The chat would have nothing to show.", fix="Put a page in between, or end one of them.",
            )  # fmt: skip
            return
        if name in state:
            return
        state[name] = 1
        for after in scope.after(step):
            visit(after, (*trail, name))
        state[name] = 2

    for name in guide.steps:
        visit(name, ())


def _titles(guide: Guide, step: Step, problems: Problems) -> None:
    for entry in step.more if isinstance(step, Page) else ():
        names = _named(entry)
        if entry.again and not entry.label:
            problems.add(
                "F06", entry.place, "An `again:` entry wants a `label:`.",
                hurts="The button would say nothing.", fix="Say what its button says.",
            )  # fmt: skip
        if entry.go and entry.go.step == RETURN and not entry.label:
            problems.add(
                "F06", entry.place, "An entry that goes back wants a `label:`.",
                hurts="The button would say nothing.", fix="Write `{go: return, label: …}`.",
            )  # fmt: skip
        for name in names if not entry.label else ():
            if guide.steps[name].title is None:
                problems.add(
                    "F06", guide.steps[name].place, f'"{name}" has no title, but a button leads here.',
                    hurts="The button would say nothing.", fix="Add `title:`.",
                )  # fmt: skip


def _named(way: Line | More) -> tuple[str, ...]:
    if way.go is None or way.go.step == RETURN:
        return ()
    return (way.go.step, *way.go.by_country.values())


def _facts(guide: Guide, problems: Problems) -> None:
    shown = {fact.id for step in guide.steps.values() if isinstance(step, Page) for fact in facts_of(guide, step)}
    for name, fact in guide.facts.items():
        if name not in shown:
            problems.warn(
                "F47", fact.place, f'No page shows the fact "{name}".',
                hurts="It helps nobody, and somebody must keep it right.", fix="Show it, or delete it.",
            )  # fmt: skip
    _platforms(guide, problems)


def _platforms(guide: Guide, problems: Problems) -> None:
    answers = {answer.id for question in guide.questions.values() for answer in question.answers}
    routes = {fact.platform for fact in guide.facts.values()}
    for name, platform in guide.platforms.items():
        if name not in answers or name not in routes:
            lacking = "no question offers it" if name not in answers else "no fact tells how to report there"
            problems.warn(
                "F48", platform.name.place, f'The platform "{name}" is listed, but {lacking}.',
                hurts="Whoever needs it finds nothing.",
                fix=f"Write a group that a question takes, and a fact with `kind: platform` and `platform: {name}`.",
            )  # fmt: skip
