"""Nobody who is or may be a minor is told to keep or send a picture."""

import pytest

from bot.flowfiles.check import check_reading
from tests.small import PLAN, WORLD, reading

TEXT = "You can stop at any time."


def codes(**changed: str) -> set[str]:
    """The codes of this rule that a changed guide gives."""
    return {p.code for p in check_reading(reading(**changed))} & {"F50", "F51"}


@pytest.mark.parametrize("advice", ["You can save the picture.", "Please send us the video.", "Keep the file."])
def test_advice_to_keep_or_send_a_picture_is_a_problem(advice: str) -> None:
    """On a page that everybody can see."""
    assert codes(plan=PLAN.replace(TEXT, advice)) == {"F50"}


@pytest.mark.parametrize(
    "harmless", ["Do not save the picture.", "You can save the link.", "Nobody may send the video.", "They keep files."]
)
def test_refusals_and_other_things_are_no_problem(harmless: str) -> None:
    """A warning, words about links, and what others do."""
    assert codes(plan=PLAN.replace(TEXT, harmless)) == set()


def test_what_only_adults_can_see_does_not_count() -> None:
    """By the condition of a part, or by the audience of a fact; the other half of a part does count."""
    part = "      - when: {age: adult}\n        text: You can keep the picture.\n      - text: |\n          {facts}"
    assert codes(plan=PLAN.replace("      - text: |\n          {facts}", part)) == set()
    other = part.replace("text: You can keep the picture.", "text: Well.\n        else: You can keep the picture.")
    assert codes(plan=PLAN.replace("      - text: |\n          {facts}", other)) == {"F50"}
    assert codes(facts__intl=WORLD.replace("It is for adults.", "You can save the picture.")) == set()
    assert codes(facts__intl=WORLD.replace("It finds a line near you.", "You can save the picture.")) == {"F50"}


def test_a_warning_that_warns_of_nothing_is_a_problem() -> None:
    """`warns: yes` is a promise."""
    assert codes(plan=PLAN.replace("    careful: yes", "    warns: yes")) == {"F51"}
    warned = PLAN.replace("Write down the **link**.", "Do not keep the picture.")
    assert codes(plan=warned.replace("    careful: yes", "    warns: yes")) == set()
