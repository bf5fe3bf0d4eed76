"""Two classical questions about a graph: what every way passes, and what leads round to itself."""

from collections.abc import Iterator

Graph = dict[str, set[str]]


class Dominators:
    """What every way from `first` to a node passes (Cooper, Harvey, Kennedy 2001)."""

    def __init__(self, graph: Graph, first: str) -> None:
        self._order = _after_all_before(graph, first)
        at = {name: number for number, name in enumerate(self._order)}
        before: dict[int, list[int]] = {number: [] for number in at.values()}
        for name, number in at.items():
            for after in graph[name]:
                before[at[after]].append(number)
        self._at, self._next = at, _nearest(before)

    def passed(self, name: str, other: str) -> bool:
        """Whether whoever is at `name` has passed `other`; a node passes itself."""
        number, wanted = self._at.get(name), self._at.get(other)
        if number is None or wanted is None:
            return False
        while number > wanted:
            number = self._next[number]
        return number == wanted


def reached(graph: Graph, first: str) -> set[str]:
    """Every node that can be got to from `first`, itself included."""
    found, queue = {first}, [first]
    while queue:
        fresh = graph[queue.pop()] - found
        found |= fresh
        queue += fresh
    return found


def _nearest(before: dict[int, list[int]]) -> list[int]:
    """For each number, the nearest that every way to it passes; nodes are numbered in reverse postorder."""
    unknown = -1
    found = [0, *(unknown for _ in range(len(before) - 1))]
    changed = True
    while changed:
        changed = False
        for number in range(1, len(found)):
            known = [other for other in before[number] if found[other] != unknown]
            nearest = known[0]
            for other in known[1:]:
                while nearest != other:
                    if nearest > other:
                        nearest = found[nearest]
                    else:
                        other = found[other]
            if found[number] != nearest:
                found[number], changed = nearest, True
    return found


def _after_all_before(graph: Graph, first: str) -> list[str]:
    """Reverse postorder, without recursion."""
    done: list[str] = []
    seen = {first}
    work: list[tuple[str, Iterator[str]]] = [(first, iter(sorted(graph[first])))]
    while work:
        name, afters = work[-1]
        fresh = next((after for after in afters if after not in seen), None)
        if fresh is None:
            done.append(name)
            work.pop()
        else:
            seen.add(fresh)
            work.append((fresh, iter(sorted(graph[fresh]))))
    return done[::-1]


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
        work: list[tuple[str, Iterator[str]]] = [(root, iter(sorted(graph[root])))]
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
