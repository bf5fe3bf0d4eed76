"""`map` draws every step and way, with words for whoever cannot see the picture."""

import re
import shutil
import xml.etree.ElementTree as ET

import pytest

from bot.cli.mapping import NoGraphviz, dot, mapped, mermaid, svg
from tests.small import PLAN, guide

SMALL = guide()
needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="apt-get install graphviz")


def test_the_whole_guide_has_every_step_in_its_flow() -> None:
    """Each once."""
    drawn = mermaid(SMALL, mapped(SMALL, "en"))
    assert drawn.startswith("flowchart TD\n  accTitle: The whole guide\n  accDescr: ")
    assert re.findall(r'subgraph "(.*)"', drawn) == ["start", "who", "plan", "kr/plan", "crisis"]
    assert all(drawn.count(f'"{step.step.rpartition("/")[2]}') >= 1 for step in SMALL.steps.values())


def test_one_flow_is_drawn_with_its_neighbours() -> None:
    """So that it is seen where people come from and go to."""
    its = mapped(SMALL, "en", "kr/plan")
    assert [step.step for step in its.steps] == ["kr/plan/plan"]
    assert {step.step for step in its.near} >= {"plan/evidence", "plan/where"}
    assert '["plan/evidence"]:::near' in mermaid(SMALL, its)


def test_ways_say_when_they_are_taken_and_presses_are_dashed() -> None:
    """A branch by itself, an entry by a press."""
    drawn = mermaid(SMALL, mapped(SMALL, "en"))
    assert '-->|"situation: found"|' in drawn
    assert '-.->|"again"|' in drawn


def test_signs_that_would_break_the_picture_are_replaced() -> None:
    """A title may hold quotation marks."""
    its = guide(plan=PLAN.replace("title: What to note", "title: 'What \"to\" note'"))
    assert "What 'to' note" in mermaid(its, mapped(its, "en"))


def test_colours_show_what_tests_touch() -> None:
    """When they are asked for."""
    its = mapped(SMALL, "en", touched={"plan/plan"})
    assert dot(SMALL, its).count("#cfe8d5") == 1
    assert "fillcolor" not in dot(SMALL, mapped(SMALL, "en"))


@needs_graphviz
def test_graphviz_draws_it_and_a_screen_reader_gets_a_title_and_a_description() -> None:
    """The picture is an image with a name."""
    its = mapped(SMALL, "ko")
    root = ET.fromstring(svg(SMALL, its))
    assert root.get("role") == "img"
    words = {child.get("id"): child.text for child in root}
    assert words["map-title"] == "The whole guide"
    assert words["map-about"] == its.about


def test_without_graphviz_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoGraphviz, match="apt-get install graphviz"):
        svg(SMALL, mapped(SMALL, "en"))
