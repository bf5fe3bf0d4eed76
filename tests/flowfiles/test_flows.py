"""Flow files become steps: the five kinds, their targets, what a page offers; wrong ones say who is stuck."""

import pytest

from bot.core.guide import RETURN, Ask, Call, Choose, FactById, FactQuery, Page, Say, Target
from tests.flowfiles.finding import SMALL, broken, expect, problems
from tests.small import PLAN, START, US, guide


def test_each_kind_of_step_is_read_with_its_place() -> None:
    steps = guide(start=START.replace("  heard:\n", "  split:\n    choose: heard\n  heard:\n")).steps
    kinds = {name: type(step) for name, step in steps.items()}
    assert kinds["start/situation"] is Ask
    assert kinds["start/found"] is Say
    assert kinds["start/split"] is Choose
    assert kinds["start/ask-who"] is Call
    assert kinds["plan/plan"] is Page
    assert str(steps["start/situation"].place) == "start.yaml:6:5"


def test_a_target_is_a_step_of_this_flow_before_it_is_a_flow() -> None:
    steps = guide().steps
    evidence = steps["plan/evidence"]
    assert isinstance(evidence, Page)
    assert evidence.more[0].go == Target("plan/plan")  # `plan` is a step here too


def test_a_flow_as_target_is_each_countrys_own_where_it_has_one() -> None:
    call = guide().steps["start/ask-who"]
    assert isinstance(call, Call)
    assert call.then[0].go == Target("plan/plan", {"KR": "kr/plan/plan"})


def test_flow_and_step_with_a_slash_name_a_step_of_another_flow() -> None:
    page = guide().steps["kr/plan/plan"]
    assert isinstance(page, Page)
    assert [entry.go for entry in page.more] == [Target("plan/evidence"), Target("plan/where")]


def test_answers_come_from_the_countries_and_platforms_and_further_ones_stand_beside() -> None:
    small = guide()
    country, where = small.questions["country"], small.questions["where"]
    assert [answer.id for answer in country.answers] == ["KR", "US", "other"]
    assert [answer.id for answer in where.answers] == ["chatty", "korean", "unknown"]
    assert [answer.when is not None for answer in where.answers] == [False, True, False]
    assert small.platform_questions == ("where",)


def test_facts_of_a_page_are_read_by_id_and_by_what_they_are() -> None:
    more = "      - {id: world, full: yes}\n      - {kind: [crisis, ngo], country: answered, at-most: 3}\n"
    page = guide(plan=PLAN.replace("      - world\n", more, 1)).steps["plan/plan"]
    assert isinstance(page, Page)
    by_id, query = page.facts[0], page.facts[1]
    assert isinstance(by_id, FactById) and by_id.full
    assert isinstance(query, FactQuery)
    assert (query.kinds, query.country, query.at_most) == (frozenset({"crisis", "ngo"}), "answered", 3)


def test_a_country_is_added_by_a_facts_file_and_its_code() -> None:
    files = {
        **SMALL,
        "guide.yaml": SMALL["guide.yaml"].replace("countries: [KR, US]", "countries: [KR, US, NZ]"),
        "facts/nz.yaml": US.replace("US", "NZ").replace("us-", "nz-").replace("United States", "New Zealand"),
    }
    assert problems(files) == []


def test_a_platform_is_added_by_a_line_and_a_fact() -> None:
    line = "  korean: {name: Korean"
    fact = """
  new-report:
    kind: platform
    platform: new
    name: Report to New
    short: New takes it down.
    contacts: [{form: "https://example.org/new"}]
    sources: [{publisher: New, url: "https://example.org/n", date: 2026-01-01}]
    checked: 2026-11-22
    again-after: 90 days
"""
    files = broken("facts/intl.yaml", line, "  new: {name: New, group: common}\n" + line)
    files["facts/intl.yaml"] += fact
    assert problems(files) == []


ANSWERS = "    answers:\n      found: I found a picture\n      heard: Somebody told me\n"
HEARD = "    say: |\n      You need not look.\n    then: ask-who\n"
WRONG = [
    ("crisis.yaml", "    page: |\n      Try", "    text: |\n      Try", "F06", "title: When", "not exactly one of"),
    ("crisis.yaml", "    title: When it is busy\n", "", "F06", "page: |\n      Try", '"busy" has no title'),
    ("who.yaml", "      from: countries\n", "      form: countries\n", "F04", "other", '"other" is not known'),
    ("start.yaml", ANSWERS, "", "F06", "ask: |", "no answers"),
    ("start.yaml", "found: I found a picture", "found: {when: {age: adult}}", "F06", "{when: {age", "no label"),
    ("who.yaml", "unsure: Not sure", "skip: Not sure", "F05", "skip", "has `skip` already"),
    ("who.yaml", "from: countries", "from: contries", "F07", "contries", 'Did you mean "countries"?'),
    ("plan.yaml", "group: common", "group: comon", "F13", "comon", 'Did you mean "common"?'),
    ("start.yaml", HEARD, HEARD.replace("    then: ask-who\n", ""), "F15", "say: |\n      You", "stuck"),
    ("start.yaml", "    then: plan", "    then: []", "F15", "[]", ""),
    ("start.yaml", "- else: heard", "- heard", "F07", "heard\n  found", "`when:` and `go:`, or `else:`"),
    ("start.yaml", "- else: heard", "- go: heard", "F06", "go: heard", "no `when:`"),
    ("start.yaml", "- else: heard", "- else: haerd", "F11", "haerd", 'Did you mean "heard"?'),
    ("start.yaml", "go: found", "go: fund", "F11", "fund", 'Did you mean "found"?'),
    ("start.yaml", "call: who", "call: whom", "F11", "whom", 'Did you mean "who"?'),
    ("start.yaml", "call: who", "call: heard", "F11", "heard\n    then: plan", "not a step"),
    ("start.yaml", "then: plan", "then: plan/evidance", "F11", "plan/evidance", 'Did you mean "plan/evidence"?'),
    ("plan.yaml", "- evidence\n", "- evidance\n", "F11", "evidance", 'Did you mean "evidence"?'),
    ("plan.yaml", "again: age", "again: agee", "F13", "agee", 'Did you mean "age"?'),
    ("plan.yaml", "- evidence\n", "- [evidence]\n", "F07", "[evidence]", "An entry is a step"),
    ("plan.yaml", "letter: report", "letter: reprot", "F13", "reprot", 'Did you mean "report"?'),
    ("crisis.yaml", "asks: country", "asks: contry", "F13", "contry", 'Did you mean "country"?'),
    ("plan.yaml", "id: adults-only", "id: adult-only", "F13", "adult-only", 'Did you mean "adults-only"?'),
    ("plan.yaml", "facts: [world]", "facts: [wolrd]", "F13", "wolrd", "would not see this help"),
    ("plan.yaml", "facts: [world]", "facts: [[world]]", "F07", "[world]]", "A fact is an id"),
    ("plan.yaml", "facts: [world]", "facts: [{when: {age: adult}}]", "F06", "{when: {age: adult}}]", "Every fact"),
    ("plan.yaml", "kind: platform", "kind: platfrom", "F07", "platfrom", 'Did you mean "platform"?'),
    ("plan.yaml", "platform: answered", "platform: chaty", "F07", "chaty", 'Did you mean "chatty"?'),
    ("plan.yaml", "platform: answered", "country: KRR", "F07", "KRR", 'Did you mean "KR"?'),
    ("plan.yaml", "platform: answered", "at-most: three", "F07", "three", "wants a number"),
    ("plan.yaml", "platform: answered", "at-most: ²", "F07", "²", "wants a number"),
    ("crisis.yaml", "crisis-lines: answered", "crisis-lines: anwsered", "F07", "anwsered", 'Did you mean "answered"?'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "at", "says"), WRONG)
def test_what_is_wrong_in_a_flow_is_found_where_it_stands(
    file: str, old: str, new: str, code: str, at: str, says: str
) -> None:
    expect(file, old, new, code, at, says)


def test_a_question_asked_in_two_flows_is_one_problem_at_the_second() -> None:
    ask = "  age:\n    ask: Again?\n    answers: {a: A}\n    then: lines\n"
    expect("crisis.yaml", "steps:\n", "steps:\n" + ask, "F05", "age:", "asked in another flow too")


def test_return_is_a_target_in_every_flow() -> None:
    assert guide().questions["country"].then[0].go == Target(RETURN)
