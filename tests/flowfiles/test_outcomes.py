"""OUTCOMES.md says who gets what; a change of any branch, entry or fact changes it."""

from dataclasses import replace

import pytest

from bot.core.guide import Choose, Guide, Page
from bot.flowfiles.outcomes import outcomes
from bot.flowfiles.reads import lines
from tests.small import CRISIS, KR_PLAN, PLAN, guide, listening


def section(text: str, step: str) -> str:
    return next(part for part in text.split("\n## ") if part.split(" — ")[0].split("\n")[0] == step)


def test_a_page_says_for_whom_it_is_what_it_shows_and_where_it_leads() -> None:
    """In the ids that authors wrote."""
    text = outcomes(guide())
    assert section(text, "kr/plan/plan").splitlines()[:4] == [
        "kr/plan/plan — 지금 할 수 있는 일",
        "- for country = KR",
        "- shows kr-centre",
        "- opens plan/evidence · plan/where",
    ]
    plan = section(text, "plan/plan")
    assert "- shows world · adults-only (age adult)" in plan
    assert "age again (age unsure/skip)" in plan
    assert plan.splitlines()[1].startswith("- for country = ")


def test_questions_and_calls_say_where_they_lead() -> None:
    """With what it depends on."""
    text = outcomes(guide())
    assert "- asks found · heard" in section(text, "start/situation")
    assert "- then start/found (situation found)" in section(text, "start/situation")
    assert "- calls who/age" in section(text, "start/ask-who")


def test_a_letter_a_query_and_a_question_below_a_page_are_named() -> None:
    """Everything that a page can show."""
    text = outcomes(guide())
    assert "- letter report" in section(text, "plan/letter")
    assert "platform of where it is" in section(text, "plan/route")
    assert "- shows crisis lines\n- asks country below" in section(text, "crisis/lines")


def mutants(its: Guide) -> list[tuple[str, Guide]]:
    """The guide with one line or entry less, or with the targets of two neighbours swapped."""
    found = []
    for name, step in its.steps.items():
        ways = lines(step)
        for n in range(len(ways)):
            changed = [(f"{name}: line {n} deleted", (*ways[:n], *ways[n + 1 :]))] if len(ways) > 1 else []
            if n + 1 < len(ways):
                swapped = (replace(ways[n], go=ways[n + 1].go), replace(ways[n + 1], go=ways[n].go))
                changed.append((f"{name}: lines {n} and {n + 1} swapped", (*ways[:n], *swapped, *ways[n + 2 :])))
            for about, kept in changed:
                other = replace(step, lines=kept) if isinstance(step, Choose) else replace(step, then=kept)  # type: ignore[call-arg]
                found.append((about, replace(its, steps={**its.steps, name: other})))
        for n in range(len(step.more) if isinstance(step, Page) else 0):
            assert isinstance(step, Page)
            fewer = replace(step, more=(*step.more[:n], *step.more[n + 1 :]))
            found.append((f"{name}: entry {n} deleted", replace(its, steps={**its.steps, name: fewer})))
    return found


@pytest.mark.parametrize("its", [guide(), listening()], ids=["small", "listening"])
def test_every_deleted_or_swapped_branch_changes_the_outcomes(its: Guide) -> None:
    """So that nobody can change whom a page is for without seeing it in the difference."""
    before = outcomes(its)
    changed = mutants(its)
    assert len(changed) >= 12
    assert [about for about, other in changed if outcomes(other) == before] == []


def test_words_alone_change_nothing() -> None:
    """A corrected sentence moves nobody."""
    other = guide(plan=PLAN.replace("You are not alone.", "Nobody is alone here."), crisis=CRISIS + "\n")
    assert outcomes(other) == outcomes(guide())
    assert outcomes(guide(kr__plan=KR_PLAN.replace("[kr-centre]", "[kr-night]"))) != outcomes(guide())
