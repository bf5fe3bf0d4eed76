"""The proof that every session fits its button, by a bound on the longest path, not by listing sessions.

Stops (questions and pages) are the nodes. A page that was passed on every way to a stop is on the path
already, so an entry that leads back to it makes the path shorter, not longer: such edges are left out.
In what remains a path can pass each stop once, so a group of stops that lead to one another (a strongly
connected component) adds at most its size, and between groups the longest way is found exactly.
"""

from collections.abc import Iterable

from bot.core.guide import Guide, Page
from bot.core.session import MOST_PAIRS
from bot.core.text import Place
from bot.flowfiles.problems import Problems
from bot.flowfiles.reach import Scope

Graph = dict[str, set[str]]


def check_fit(guide: Guide, problems: Problems) -> None:
    """Add a problem when a session could have more pairs than a button holds."""
    longest, way = longest_path(guide, guide.start)
    aside = max((longest_path(guide, interrupt.first)[0] for interrupt in guide.interrupts.values()), default=0)
    learnt = _learnt(guide)
    # one more for the press itself, which is folded only when it is opened
    if longest + len(learnt) + aside + 1 > MOST_PAIRS:
        problems.add(
            "F71", Place("guide.yaml", 1, 1),
            f"A path can have {longest + len(learnt)} answers and {aside} more in an interrupt; a button holds "
            f"{MOST_PAIRS - 1} of them. The longest: {' → '.join(way)}.",
            hurts="Their buttons could not be made.", fix="Ask less, or link fewer pages from page to page.",
        )  # fmt: skip


def longest_path(guide: Guide, first: str) -> tuple[int, list[str]]:
    """An upper bound on the pairs of any path from `first`, without learnt answers, and the way that gives it."""
    graph = _steps(guide, first)
    above = dominators(graph, first)
    forward = {
        name: {after for after in afters if not (after in above[name] and isinstance(guide.steps[after], Page))}
        for name, afters in graph.items()
    }
    groups = components(forward)
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    learnt = _learnt(guide)
    weight = [sum(1 for name in group if _counts(guide, name, learnt)) for group in groups]
    best: dict[int, tuple[int, list[str]]] = {}
    for number, group in enumerate(groups):  # components come last first: what follows is known already
        after = {group_of[target] for name in group for target in forward[name]} - {number}
        tail = max((best[other] for other in after), default=(0, []), key=lambda found: found[0])
        names = [name for name in group if _counts(guide, name, learnt)]
        best[number] = (weight[number] + tail[0], names + tail[1])
    total, way = best[group_of[first]]
    return max(0, total - 1), way  # the last stop has no answer yet


def _counts(guide: Guide, name: str, learnt: frozenset[str]) -> bool:
    step = guide.steps[name]
    return isinstance(step, Page) or (name in {q.step for q in guide.questions.values()} and name not in learnt)


def _learnt(guide: Guide) -> frozenset[str]:
    """The steps of questions that an interrupt asks and the guide too: they may stand at the front of a path."""
    asked: set[str] = set()
    for interrupt in guide.interrupts.values():
        for name in _steps(guide, interrupt.first):
            step = guide.steps[name]
            if isinstance(step, Page) and step.asks:
                asked.add(guide.questions[step.asks].step)
            if name in {question.step for question in guide.questions.values()}:
                asked.add(name)
    return frozenset(asked)


def _steps(guide: Guide, first: str) -> Graph:
    scope = Scope(guide)
    graph: Graph = {}
    queue = [first]
    while queue:
        name = queue.pop()
        if name not in graph:
            graph[name] = scope.after(guide.steps[name])
            queue.extend(graph[name])
    return graph


def dominators(graph: Graph, first: str) -> dict[str, set[str]]:
    """For each node, the nodes that every way from `first` to it passes, itself included."""
    before: Graph = {name: set() for name in graph}
    for name, afters in graph.items():
        for after in afters:
            before[after].add(name)
    order = _order(graph, first)
    found = {name: set(graph) for name in graph}
    found[first] = {first}
    changed = True
    while changed:
        changed = False
        for name in order:
            if name == first:
                continue
            above = set.intersection(*(found[other] for other in before[name])) | {name}
            if above != found[name]:
                found[name] = above
                changed = True
    return found


def _order(graph: Graph, first: str) -> list[str]:
    """Breadth first, which makes the fixed point above quick."""
    order, seen = [first], {first}
    for name in order:
        for after in sorted(graph[name] - seen):
            seen.add(after)
            order.append(after)
    return order


def components(graph: Graph) -> list[list[str]]:
    """Strongly connected components, those that are reached last first (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for root in graph:
        if root in index:
            continue
        work: list[tuple[str, Iterable[str]]] = [(root, iter(sorted(graph[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, afters = work[-1]
            for after in afters:
                if after not in index:
                    index[after] = low[after] = len(index)
                    stack.append(after)
                    on_stack.add(after)
                    work.append((after, iter(sorted(graph[after]))))
                    break
                if after in on_stack:
                    low[name] = min(low[name], index[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    cut = stack.index(name)
                    found.append(stack[cut:])
                    on_stack.difference_update(stack[cut:])
                    del stack[cut:]
    return found
