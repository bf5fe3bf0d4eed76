"""SECURITY.md tells the truth: the tests that it names exist, and every dependency has its reason."""

import re
import tomllib

from packaging.requirements import Requirement

from tests.proofs import ROOT, exists

PAGE = (ROOT / ".github" / "SECURITY.md").read_text("utf-8")


def test_every_test_that_it_names_exists() -> None:
    """A threat that a test holds off is held off by a test that is there."""
    named = re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", PAGE)
    assert len(named) > 30
    assert [test for test in named if test != "tests/proofs.py" and not exists(test)] == []
    assert len(re.findall(r"tests/[\w/]+\.py", PAGE)) == len(named)


def test_every_dependency_has_its_reason() -> None:
    """One row each, and none for what is not there any more."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    rows = re.findall(r"^\| `([\w-]+)` \| .{10,} \|$", PAGE, re.M)
    assert rows == sorted({Requirement(line).name for line in project["dependencies"]})


def test_each_part_says_what_is_done_and_what_cannot_be() -> None:
    """Nobody who might look is named without a limit."""
    parts = re.findall(r"^\*\*(?!Python|`)(.+?)\*\*(.+?)(?=^\*\*|^## )", PAGE, re.M | re.S)
    assert len(parts) >= 9
    assert [who for who, told in parts if "- We do: " not in told or "- We cannot: " not in told] == []


def test_it_is_short_and_names_no_place_of_a_machine() -> None:
    """Two hundred lines, and nothing that only one machine has."""
    assert PAGE.count("\n") <= 200
    assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work|opt|Users)\b", PAGE)
