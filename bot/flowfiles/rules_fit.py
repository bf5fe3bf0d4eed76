"""The proof that every session fits its button, by a bound on the longest path, not by listing sessions.

Stops (questions and pages) are the nodes. A page that was passed on every way to a stop is on the path
already, so an entry that leads back to it makes the path shorter, not longer: such edges are left out.
In what remains a path can pass each stop once, so a group of stops that lead to one another (a strongly
connected component) adds at most its size, and between groups the longest way is found exactly.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bot.core.guide import AGAIN, Ask, Guide, Page
from bot.core.session import MOST_PAIRS
from bot.core.text import Place
from bot.flowfiles.paths import Dominators, Graph, components
from bot.flowfiles.problems import Problems
from bot.flowfiles.scope import Scope


@dataclass(frozen=True, slots=True)
class Bound:
    """No session has more pairs in its path than `path`, nor more in its interrupt than `aside`.

    A button holds the press too, which is folded only when it is opened: never more than `button` pairs.
    """

    path: int
    aside: int
    button: int
    way: tuple[str, ...]  # the stops of a longest path, without floating questions


def check_fit(guide: Guide, problems: Problems) -> None:
    """Add a problem when a session could have more pairs than a button holds."""
    most = bound(guide)
    if most.button > MOST_PAIRS:
        problems.add(
            "F71", Place("guide.yaml", 1, 1),
            f"A path can have {most.path} answers, and with an interrupt and the next press {most.button}; "
            f"a button holds {MOST_PAIRS}. The longest: {' → '.join(most.way)}.",
            hurts="Their buttons could not be made.", fix="Ask less, or link fewer pages from page to page.",
        )  # fmt: skip


def bound(guide: Guide) -> Bound:
    """An upper bound on the pairs of any session.

    A question floats when a page or an interrupt may ask it before its turn: its answer can stand anywhere
    on the path, once, so it is counted apart. A page of an interrupt may ask it a second time: once more, or
    because it was skipped.
    """
    scope = Scope(guide)
    mains = [(first, _stops(guide, scope, first)) for first in dict.fromkeys(guide.begins)]
    asides = [_stops(guide, scope, interrupt.first) for interrupt in guide.interrupts.values()]
    learnt = frozenset(question for graph in asides for question in (*_asked(guide, graph), *_offered(guide, graph)))
    floating = learnt.union(*(_floating(guide, graph, first) for first, graph in mains))
    counts = partial(_counts, guide, floating)
    longest = ((first != guide.start, *_longest(guide, graph, first, counts)) for first, graph in mains)
    total, way = max(((typed + stops, way) for typed, stops, way in longest), key=lambda found: found[0])
    path = max(0, total - 1) + len(floating)  # the last stop has no answer yet
    aside, button = 0, path + 1
    for graph, interrupt in zip(asides, guide.interrupts.values(), strict=True):
        twice = len(set(_offered(guide, graph)))
        aside = max(aside, twice + _longest(guide, graph, interrupt.first, counts)[0] - 1)
        pressed = partial(_adds, guide, floating)
        button = max(button, path + twice + _longest(guide, graph, interrupt.first, pressed)[0])
    return Bound(path, aside, button, tuple(way))


def _longest(guide: Guide, graph: Graph, first: str, counts: Callable[[str], bool]) -> tuple[int, list[str]]:
    """An upper bound on the stops that count on any path from `first`, and a way that gives it."""
    above = Dominators(graph, first)
    forward = {
        name: {after for after in afters if not (_is_page(guide, after) and above.passed(name, after))}
        for name, afters in graph.items()
    }
    groups = components(forward)
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    best: dict[int, tuple[int, list[str]]] = {}
    for number, group in enumerate(groups):  # components come last first: what follows is known already
        after = {group_of[target] for name in group for target in forward[name]} - {number}
        tail = max((best[other] for other in after), default=(0, []), key=lambda found: found[0])
        names = [name for name in group if counts(name)]
        best[number] = (len(names) + tail[0], names + tail[1])
    return best[group_of[first]]


def _counts(guide: Guide, floating: frozenset[str], name: str) -> bool:
    if name.startswith(AGAIN) or _is_page(guide, name):
        return True
    step = guide.steps[name]
    return isinstance(step, Ask) and step.id not in floating


def _adds(guide: Guide, floating: frozenset[str], name: str) -> bool:
    """Whether a press at this stop adds a pair; an answer given once more takes the place of its page's."""
    step = guide.steps.get(name)
    if isinstance(step, Page):
        return bool(step.more or step.then)
    return step is not None and _counts(guide, floating, name)


def _is_page(guide: Guide, name: str) -> bool:
    return isinstance(guide.steps.get(name), Page)


def _asked(guide: Guide, graph: Graph) -> Iterator[str]:
    """The questions among these steps."""
    steps = (guide.steps[name] for name in graph if name in guide.steps)
    yield from (step.id for step in steps if isinstance(step, Ask))


def _offered(guide: Guide, graph: Graph) -> Iterator[str]:
    """The questions that a page among these steps asks, for the first time or once more."""
    for name in graph:
        step = guide.steps.get(name)
        if isinstance(step, Page):
            yield from (entry.again for entry in step.more if entry.again)
            yield from (step.asks,) if step.asks else ()


def _floating(guide: Guide, graph: Graph, first: str) -> frozenset[str]:
    """The questions that a page asks of somebody who need not have passed them."""
    above = Dominators(graph, first)
    return frozenset(
        question
        for name in graph
        for question in _offered(guide, {name: set()})
        if not above.passed(name, guide.questions[question].step)
    )


def _stops(guide: Guide, scope: Scope, first: str) -> Graph:
    """What can come after what. Asking once more comes back to its page: a stop that leads nowhere else."""
    graph: Graph = {}
    queue = [first]
    while queue:
        name = queue.pop()
        if name in graph:
            continue
        graph[name] = set()
        step = guide.steps.get(name)
        if isinstance(step, Page):
            graph[name] = {f"{AGAIN}{entry.again} at {name}" for entry in step.more if entry.again}
            step = replace(step, more=tuple(entry for entry in step.more if not entry.again))
        graph[name] |= scope.after(step) if step else set()
        queue.extend(graph[name])
    return graph
