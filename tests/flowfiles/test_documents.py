"""A source file with its translations beside it: shape, texts, and what the two must have in common."""

import pytest

from bot.core.guide import Page
from bot.flowfiles.check import check_reading
from bot.flowfiles.reading import read_files
from tests.flowfiles.finding import SMALL, broken, expect, place_of, problems

KO_PLAN = """translates: plan
language: ko
steps:
  plan:
    title: 할 수 있는 일
    page:
      - text: 혼자가 아니야.
        else: 혼자 하지 않아도 돼요.
      - text: |
          {facts}

          언제든 그만둘 수 있어요.
    more:
      again:age: 나이 알려 주기
  evidence:
    page: |
      **링크**를 적어 두세요. {fact.world.name}에 물어봐도 돼요.
"""


FIRST_PART = "      - text: 혼자가 아니야.\n        else: 혼자 하지 않아도 돼요.\n"


def plan_page(files: dict[str, str], step: str) -> Page:
    """A page of the plan of these files."""
    guide = read_files(files).guide
    assert guide is not None
    page = guide.steps[f"plan/{step}"]
    assert isinstance(page, Page)
    return page


def test_a_translation_stands_beside_its_source() -> None:
    page = plan_page({**SMALL, "words/ko/plan.yaml": KO_PLAN}, "plan")
    assert page.title.lines == {"en": "What you can do", "ko": "할 수 있는 일"}
    assert [part.when is not None for part in page.text.parts["ko"]] == [True, False]
    assert page.text.parts["ko"][0].when == page.text.parts["en"][0].when
    assert page.more[2].label is not None and page.more[2].label.lines["ko"] == "나이 알려 주기"


def test_a_text_without_translation_is_a_warning_that_names_the_file_to_write() -> None:
    found = [p for p in check_reading(read_files(SMALL)) if p.code == "F62"]
    assert {problem.severity for problem in found} == {"warning"}
    title = next(p for p in found if p.place == place_of("plan.yaml", SMALL["plan.yaml"], "What you can do"))
    assert "plan/steps/plan/title" in title.what
    assert "read ko" in title.hurts and "words/ko/plan.yaml" in title.fix


def test_translating_a_text_ends_the_warning_for_it_alone() -> None:
    def missing(files: dict[str, str]) -> set[str]:
        return {p.what for p in check_reading(read_files(files)) if p.code == "F62"}

    gone = missing(SMALL) - missing({**SMALL, "words/ko/plan.yaml": KO_PLAN})
    assert len(gone) == 4  # the two pages, the title, the label
    assert all("plan/steps/" in what for what in gone)


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "says"),
    [
        ("{fact.world.name}에", "", "F17", "|\n      **링크", "{fact.world.name}"),
        ("{facts}", "", "F17", "text: |", "{facts}"),
        ("        else: 혼자 하지 않아도 돼요.\n", "", "F17", "text: 혼자", "`else`"),
        (FIRST_PART, "", "F64", "- text", "1 parts here and 2"),
        ("again:age", "again:country", "F63", "나이 알려 주기", "no such text"),
        ("  evidence:", "  evidance:", "F63", "|\n      **링크", "no such text"),
        ("        else: 혼자", "        esle: 혼자", "F04", "esle", 'Did you mean "else"?'),
        ("    title: 할 수 있는 일", '    title: ""', "F08", '""', "empty"),
    ],
)  # fmt: skip
def test_what_differs_from_the_source_is_found_in_the_translation(
    old: str, new: str, code: str, at: str, says: str
) -> None:
    name = "words/ko/plan.yaml"
    text = KO_PLAN.replace(old, new, 1)
    found = [p for p in problems({**SMALL, name: text}) if p.code == code]
    assert [(p.place, says in str(p)) for p in found] == [(place_of(name, text, at), True)]
    assert found[0].hurts and found[0].fix


@pytest.mark.parametrize("name", ["words/ko/plans.yaml", "words/fr/plan.yaml", "words/en/plan.yaml"])
def test_a_translation_of_nothing_is_a_warning(name: str) -> None:
    found = problems({**SMALL, name: KO_PLAN})
    assert [(p.code, p.severity, p.place.file) for p in found] == [("F63", "warning", name)]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "at", "says"),
    [
        ("plan.yaml", "title: What to note", "titel: What to note", "F04", "titel", 'Did you mean "title"?'),
        ("guide.yaml", "fallback:", "falback:", "F04", "falback", 'Did you mean "fallback"?'),
        ("facts/us.yaml", "before:", "befor:", "F04", "befor", 'Did you mean "before"?'),
        ("plan.yaml", "careful: yes", "careful: x", "F07", "x\n", "Known here: yes, no."),
        ("plan.yaml", "careful: yes", "careful: ye", "F07", "ye\n", 'Did you mean "yes"?'),
        ("plan.yaml", "letter: report", "letter: [report]", "F07", "[report]", "`letter:` wants one word"),
        ("start.yaml", "flow: start", "flow: begin", "F07", "begin", 'is the flow "start", not "begin"'),
        ("letters/report.yaml", "letter: report", "letter: reprot", "F07", "reprot", "Write `letter: report`"),
        ("who.yaml", "ask: How old are you?", 'ask: ""', "F08", '""', "empty"),
        ("who.yaml", "ask: How old are you?", "ask: {text: a}", "F07", "{text: a}", "A text is expected"),
        ("plan.yaml", "steps:", "steps: none\nold:", "F07", "none", "`steps:` wants lines"),
        ("who.yaml", "written-in: en", "written-in: fr", "F07", "fr", '"fr" is not a language of this guide'),
        ("plan.yaml", "{fact.world.name}", "{fact.wolrd.name}", "F13", "|\n      Write", 'mean "fact.world.name"?'),
        ("plan.yaml", "{fact.world.name}", "{answer.contry}", "F13", "|\n      Write", 'mean "answer.country"?'),
        ("plan.yaml", "{fact.world.name}", "{fact.world.form}", "F13", "|\n      Write", "a gap"),
        ("start.yaml", "Somebody else did this.", "In {when}.", "F13", "|\n      In", "a gap"),
        ("interface.yaml", '"Opens {when}"', '"Opens {wenn}"', "F13", '"Opens', 'Did you mean "when"?'),
    ],
)  # fmt: skip
def test_a_wrong_name_or_shape_is_found_where_it_stands(
    file: str, old: str, new: str, code: str, at: str, says: str
) -> None:
    expect(file, old, new, code, at, says)


def test_a_list_of_one_may_be_written_without_brackets() -> None:
    assert problems(broken("plan.yaml", "facts: [world]", "facts: world")) == []
