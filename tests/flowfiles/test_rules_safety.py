"""Whoever is or may be a minor is warned, and no service for adults is named to them."""

import pytest

from bot.flowfiles.care import FILE
from bot.flowfiles.check import check_reading
from bot.flowfiles.problems import Problem
from bot.flowfiles.reading import read_files
from tests.flowfiles.finding import broken, place_of
from tests.flowfiles.test_documents import KO_PLAN
from tests.small import FILES, KR_PLAN, PLAN

CARE = {FILE: "refusals: {en: [not], ko: [않]}\nevidence: {en: [write down], ko: [적어 두]}\n"}
NOTE = "Write down the **link**. Call {fact.world.name} if you want."
WARNING = "Write down the **link**. Do not keep the picture. {fact.world.name}"
WARNED = PLAN.replace(NOTE, WARNING).replace("    careful: yes", "    warns: yes")
PART = "      - text: |\n          {facts}"


def found(code: str, files: dict[str, str]) -> list[Problem]:
    """The problems with this code in a guide whose lists are CARE."""
    return [problem for problem in check_reading(read_files({**FILES, **CARE, **files})) if problem.code == code]


# ---- F51: a warning warns


def test_a_page_that_is_marked_to_warn_must_warn() -> None:
    """`warns: yes` is a promise."""
    plan = PLAN.replace("    careful: yes", "    warns: yes")
    (only,) = found("F51", {"plan.yaml": plan})
    assert only.place == place_of("plan.yaml", plan, "|\n      Write down") and " en " in only.what
    assert found("F51", {"plan.yaml": WARNED}) == []


def test_a_warning_that_only_adults_see_warns_no_minor() -> None:
    page = "page: |\n      " + WARNING
    assert page in WARNED
    part = (
        "page:\n      - when: {age: %s}\n        text: Do not keep the picture.\n      - text: |\n          Write down."
    )
    for age, missing in (("adult", True), ("minor", False)):
        assert bool(found("F51", {"plan.yaml": WARNED.replace(page, part % age)})) is missing, age


def test_every_language_must_warn() -> None:
    """A translation may have lost the warning."""
    words = KO_PLAN.replace("evidance", "evidence")
    (only,) = found("F51", {"plan.yaml": WARNED, "words/ko/plan.yaml": words})
    assert " ko " in only.what
    warned = words.replace("적어 두세요.", "적어 두세요. 사진은 저장하지 않아요.")
    assert found("F51", {"plan.yaml": WARNED, "words/ko/plan.yaml": warned}) == []


# ---- F27: on the way to evidence there is a warning


def test_the_first_page_about_evidence_warns_minors() -> None:
    """Named are the plan and the page that lacks the warning."""
    problems = found("F27", {})
    assert {problem.place for problem in problems} == {place_of("plan.yaml", PLAN, "title: What to note")}
    assert {tuple(problem.what.split('"')[1:4:2]) for problem in problems} == {
        ("plan/evidence", "plan/plan"),
        ("plan/evidence", "kr/plan/plan"),
    }
    assert found("F27", {"plan.yaml": WARNED}) == []


def test_a_warning_on_the_plan_itself_is_enough() -> None:
    text = PLAN.replace("You can stop at any time.", "Write down the link. Do not keep the picture.")
    first = "  plan:\n    title: What you can do\n"
    assert found("F27", {"plan.yaml": text.replace(first, first + "    warns: yes\n"), "kr/plan.yaml": KR_PLAN}) != []
    both = {
        "plan.yaml": text.replace(first, first + "    warns: yes\n"),
        "kr/plan.yaml": KR_PLAN.replace("plan/evidence, ", ""),
    }
    assert found("F27", both) == []


def test_what_only_adults_can_open_or_read_needs_no_warning() -> None:
    grown = PLAN.replace("      - evidence\n", "      - {go: evidence, when: {age: adult}}\n")
    files = {"plan.yaml": grown, "kr/plan.yaml": KR_PLAN.replace("plan/evidence, ", "")}
    assert found("F27", files) == []
    part = "page:\n      - when: {age: adult}\n        text: Write down the link.\n      - text: |\n          Well."
    assert found("F27", {"plan.yaml": PLAN.replace("page: |\n      " + NOTE, part)}) == []


def test_a_plan_that_no_minor_comes_to_needs_no_warning() -> None:
    """By the lines that lead there."""
    lines = "then:\n      - when: {age: adult}\n        go: plan\n      - else: plan/route"
    start = FILES["start.yaml"].replace("then: plan", lines)
    assert found("F27", {"start.yaml": start}) == []


# ---- F28: no service for adults by its name


@pytest.mark.parametrize(("blank", "wrong"), [("{fact.adults-only.name}", True), ("{fact.world.name}", False)])
def test_a_text_that_minors_read_names_no_fact_for_adults(blank: str, wrong: bool) -> None:
    """Lists of facts leave such facts out by themselves; a blank does not."""
    files = broken("plan.yaml", "You can stop at any time.", f"You can ask {blank}.")
    problems = found("F28", files)
    assert [problem.place for problem in problems] == (
        [place_of("plan.yaml", files["plan.yaml"], blank)] if wrong else []
    )


def test_a_text_for_adults_may_name_it() -> None:
    """By the same condition as the audience of the fact; its `else` is for the others."""
    part = "      - when: {age: adult}\n        text: Ask {fact.adults-only.name}.\n"
    assert found("F28", {"plan.yaml": PLAN.replace(PART, part + PART)}) == []
    other = part.replace("text: Ask", "text: Well.\n        else: Ask")
    assert len(found("F28", {"plan.yaml": PLAN.replace(PART, other + PART)})) == 1
