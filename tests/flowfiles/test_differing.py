"""A difference says what changed, in which language, and who is sent another way."""

import pytest

from bot.core.guide import Guide
from bot.flowfiles.differing import Change, differences
from tests.small import INTERRUPTS, KR, LETTER, PLAN, START, guide

OLD = guide()


def changed(new: Guide) -> dict[str, Change]:
    return {change.name: change for change in differences(OLD, new)}


def test_the_same_guide_differs_in_nothing() -> None:
    """Nor does one whose buttons alone have other words."""
    assert differences(OLD, guide()) == []
    assert differences(OLD, guide(interrupts=INTERRUPTS.replace("I need help now", "Help now"))) == []


def test_other_words_are_a_change_of_that_language_for_those_who_read_them() -> None:
    """And of nothing else."""
    (change,) = differences(OLD, guide(plan=PLAN.replace("You are not alone.", "Nobody is alone.")))
    assert (change.kind, change.name, change.how, change.what) == ("step", "plan/plan", "changed", ("words (en)",))
    assert change.people
    assert change.moved == ()


def test_whoever_is_sent_another_way_is_named_with_both_ways() -> None:
    """Only those: everybody else goes where they went."""
    found = changed(
        guide(start=START.replace("- else: heard", "- when: {situation: skip}\n        go: found\n      - else: heard"))
    )
    assert found["start/situation"].moved == ("situation = skip: start/heard → start/found",)


@pytest.mark.parametrize(
    ("old", "new", "aspect"),
    [
        (
            "    facts: [world]\n    more:\n      - {go: plan",
            "    facts: [kr-centre]\n    more:\n      - {go: plan",
            "facts",
        ),
        ("      - letter\n", "", "entries"),
        ("letter: report", "careful: yes", "the letter"),
        ("title: What to note", "title: To note", "title"),
    ],
)
def test_every_aspect_has_a_name(old: str, new: str, aspect: str) -> None:
    """What a page shows, opens, holds and is called."""
    found = changed(guide(plan=PLAN.replace(old, new, 1)))
    assert any(aspect in change.what for change in found.values())


def test_a_new_number_stands_with_the_old_one_and_the_pages_that_show_it() -> None:
    """The reviewer sees at once where it will be called from."""
    (change,) = differences(OLD, guide(facts__kr=KR.replace('{call: "109"}', '{call: "108"}')))
    assert (change.kind, change.name) == ("fact", "kr-night")
    assert {"call 109 gone", "call 108 new", "on crisis/lines"} <= set(change.what)


def test_hours_sources_and_lines_of_a_fact_are_told_apart() -> None:
    """By the field that changed."""
    hours = changed(guide(facts__kr=KR.replace("mon-fri 09:00-18:00", "mon-fri 09:00-17:00")))["kr-centre"]
    line = changed(guide(facts__kr=KR.replace("언제나 받아요.", "늘 받아요.")))["kr-night"]
    source = changed(guide(facts__kr=KR.replace("date: 2026-01-01", "date: 2026-02-01", 1)))["kr-night"]
    assert (hours.what[0], line.what[0], source.what[0]) == ("hours", "short (ko)", "sources")


def test_new_and_gone_steps_and_letters_are_named() -> None:
    """With who gets the new one, and who got the gone one."""
    more = (
        PLAN.replace("- letter\n", "- letter\n      - rest\n")
        + "  rest:\n    title: Rest\n    page: Rest.\n    facts: [world]\n"
    )
    new = {change.name: change for change in differences(OLD, guide(plan=more))}
    gone = {change.name: change for change in differences(guide(plan=more), OLD)}
    assert (new["plan/rest"].how, gone["plan/rest"].how) == ("new", "gone")
    assert new["plan/rest"].people == gone["plan/rest"].people != ()
    letter = changed(guide(letters__report=LETTER.replace("Hello,", "Good day,")))["report"]
    assert letter == Change("letter", "report", "changed", ("words (en)", "on plan/letter"))
