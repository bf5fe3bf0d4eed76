"""`diff` compares with a revision of a real repository and says in one sentence when it cannot."""

import json
import subprocess
from pathlib import Path

import pytest

from bot.cli.comparing import NoRevision, compare, guide_at
from tests.cli.folders import written
from tests.small import KR, PLAN, guide

WHO = ["-c", "user.email=author@example.org", "-c", "user.name=author"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small guide, committed in a folder of a repository."""
    folder = written(tmp_path / "flows")
    for words in (["init", "-q"], ["add", "."], [*WHO, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)
    return folder


def test_a_revision_is_read_as_it_was(repository: Path) -> None:
    """Whatever stands in the folder now."""
    written(repository, plan=PLAN.replace("You are not alone.", "Nobody is alone."))
    assert compare(guide_at("HEAD", repository), guide(), "text") == "Nothing that a person sees has changed.\n"


def test_it_is_printed_for_people_pull_requests_and_programs(repository: Path) -> None:
    """The same changes each time."""
    old = guide_at("HEAD", repository)
    new = guide(
        plan=PLAN.replace("You are not alone.", "A | B."), facts__kr=KR.replace('{call: "109"}', '{call: "108"}')
    )
    text = compare(old, new, "text")
    assert "step plan/plan: changed, words (en)" in text and "fact kr-night: changed, call 109 gone" in text
    assert text.endswith("Changed: 1 step, 1 fact\n")
    table = compare(old, new, "markdown").splitlines()
    assert table[0] == "**Changed: 1 step, 1 fact**"
    assert all(row.count("|") - row.count("\\|") == 4 for row in table[2:])
    assert [json.loads(line)["name"] for line in compare(old, new, "json").splitlines()] == ["plan/plan", "kr-night"]


def test_an_unknown_revision_a_broken_one_and_no_repository_are_said(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In words that help."""
    with pytest.raises(NoRevision, match='no revision "nope"'):
        guide_at("nope", repository)
    written(repository, plan="flow: plan\nsteps: [")
    subprocess.run(["git", "-C", str(repository), *WHO, "commit", "-qam", "broken"], check=True)
    with pytest.raises(NoRevision, match="have errors"):
        guide_at("HEAD", repository)
    with pytest.raises(NoRevision, match="no revision"):
        guide_at("HEAD", written(tmp_path_factory.mktemp("alone")))


def test_an_option_cannot_pass_for_a_revision(repository: Path) -> None:
    """What begins with a dash is no revision."""
    with pytest.raises(NoRevision):
        guide_at("--output=x", repository)
    assert not (repository / "x").exists()
