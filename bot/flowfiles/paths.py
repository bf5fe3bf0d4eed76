"""Two classical questions about a graph: what every way passes, and what leads round to itself."""

from collections.abc import Iterable

Graph = dict[str, set[str]]


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
