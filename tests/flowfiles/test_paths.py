"""What every way passes, and what leads round to itself, against plain searches over small random graphs."""

from hypothesis import given
from hypothesis import strategies as st

from bot.flowfiles.paths import Dominators, Graph, components

NODES = "abcdefg"
graphs = st.fixed_dictionaries({name: st.sets(st.sampled_from(NODES), max_size=3) for name in NODES})


def reached(graph: Graph, first: str, without: str = "") -> set[str]:
    """What can be got to from `first` with one node taken out."""
    found, queue = set[str](), [first]
    while queue:
        name = queue.pop()
        if name not in found and name != without:
            found.add(name)
            queue.extend(graph[name])
    return found


@given(graphs)
def test_a_node_is_passed_by_all_when_nobody_gets_there_without_it(graph: Graph) -> None:
    """Taking it out shows it."""
    above = Dominators(graph, "a")
    for name in reached(graph, "a"):
        for other in NODES:
            assert above.passed(name, other) == (name not in reached(graph, "a", without=other)), (name, other)


@given(graphs)
def test_nobody_passed_anything_on_the_way_to_where_nobody_gets(graph: Graph) -> None:
    """Neither is such a node passed by anybody."""
    above, there = Dominators(graph, "a"), reached(graph, "a")
    assert not any(above.passed(name, other) for name in NODES for other in NODES if {name, other} - there)


@given(graphs)
def test_a_component_holds_those_that_lead_to_one_another_and_what_follows_comes_first(graph: Graph) -> None:
    """Every node is in exactly one."""
    groups = components(graph)
    assert sorted(name for group in groups for name in group) == list(NODES)
    place = {name: number for number, group in enumerate(groups) for name in group}
    for name in NODES:
        for other in reached(graph, name):
            assert (place[name] == place[other]) == (name in reached(graph, other))
            assert place[other] <= place[name]
