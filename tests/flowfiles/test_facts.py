"""Fact files and letters: what pages point to, with sources and the day it was checked."""

from datetime import date

import pytest

from bot.core.facts import Contact
from tests.flowfiles.finding import SMALL, broken, expect, problems
from tests.small import KR, LETTER, guide, reading


def test_a_fact_is_read_with_everything_it_has() -> None:
    fact = guide().facts["kr-centre"]
    assert (fact.kind, fact.country, fact.again_after) == ("removal", "KR", 90)
    assert fact.checked == date(2026, 11, 22)
    assert list(fact.lines) == ["short", "before", "does", "penalty"]
    assert fact.sources[0].url == "https://example.org/b"
    assert [way.kind for way in fact.contacts] == ["call", "call", "chat", "form", "site"]
    assert fact.contacts[1].hours == "always" and fact.contacts[0].hours is None
    assert fact.contacts[3].when is not None
    assert str(fact.place).startswith("facts/kr.yaml:")


def test_the_words_of_a_chat_are_its_label() -> None:
    chat: Contact = guide().facts["kr-centre"].contacts[2]
    assert chat.label is not None and chat.label.lines["ko"] == "카카오톡 채널"


def test_a_country_keeps_the_order_of_its_crisis_lines() -> None:
    assert guide().countries["KR"].crisis == ("kr-night", "kr-centre")
    assert list(guide().countries) == ["KR", "US"]  # INTL is no country to live in


def test_a_second_file_adds_facts_to_a_country() -> None:
    second = KR[KR.index("  kr-centre:") :].replace("kr-centre", "kr-second")
    files = {**SMALL, "facts/kr-more.yaml": "adds-to: KR\nwritten-in: ko\nchecked-by: a call\nfacts:\n" + second}
    files["kr/plan.yaml"] = files["kr/plan.yaml"].replace("[kr-centre]", "[kr-centre, kr-second]")
    assert problems(files) == []
    found = reading(facts__kr_more=files["facts/kr-more.yaml"], kr__plan=files["kr/plan.yaml"]).guide
    assert found is not None
    assert found.facts["kr-second"].country == "KR"
    assert found.facts["kr-second"].hours == found.facts["kr-centre"].hours  # the zone is the country's


def test_a_letter_is_read_with_its_line_ends_and_its_fixed_language() -> None:
    letter = guide(letters__report=LETTER + "language: en\n").letters["report"]
    assert letter.language == "en"
    assert letter.text.lines["en"] == "Hello,\nthe link is [link]."


WRONG = [
    ("facts/us.yaml", "kind: crisis", "kind: crises", "F07", "crises", 'Did you mean "crisis"?'),
    ("facts/intl.yaml", "platform: chatty\n", "platform: chaty\n", "F07", "chaty\n", 'Did you mean "chatty"?'),
    ("facts/us.yaml", "    name: Day line\n", "", "F06", "kind: crisis", 'The fact "us-day" has no name.'),
    ("facts/us.yaml", "    checked: 2026-11-22\n", "", "F41", "kind: crisis", "`checked:` wants the day"),
    ("facts/us.yaml", "2026-11-22", "22.11.2026", "F41", "22.11.2026", "like 2026-11-22"),
    ("facts/us.yaml", "2026-11-22", "2026-02-30", "F41", "2026-02-30", "like 2026-11-22"),
    ("facts/us.yaml", "checked-by: a test\n", "", "F41", "kind: crisis", "`checked-by:` wants the name"),
    ("facts/us.yaml", "90 days", "soon", "F41", "soon", "like `90 days`"),
    ("facts/us.yaml", "90 days", "² days", "F41", "² days", "like `90 days`"),
    ("facts/us.yaml", "- {publisher: Line, url", "- {url", "F41", "{url", "publisher"),
    ("facts/us.yaml", "- {publisher: Line, url", "- Line\n      - {publisher: A, url", "F41", "Line\n", "check"),
    ("facts/us.yaml", '{call: "+1 800 555 0100"}', "{phone: 1}", "F06", "{phone", "exactly one of call, text"),
    ("facts/us.yaml", '{call: "+1 800 555 0100"}', "{call: 1, text: 2}", "F06", "{call: 1", "exactly one of"),
    ("facts/us.yaml", '- {call: "+1 800 555 0100"}', "- 1366", "F06", "1366", "exactly one of"),
    ("facts/us.yaml", '{call: "+1 800 555 0100"}', "{call: 1, lable: a}", "F04", "lable", 'Did you mean "label"?'),
    ("facts/intl.yaml", "https://example.org/world", "http://example.org/world", "F45", '"http:', "begin with https"),
    ("facts/intl.yaml", "https://example.org/chatty", "example.org/chatty", "F45", '"example.org/c', "on the way"),
    ("facts/us.yaml", "crisis: [us-day]", "crisis: [us-dya]", "F13", "us-dya", 'Did you mean "us-day"?'),
    ("facts/us.yaml", "country: US\n", "", "F06", "written-in", "no `country:`"),
    ("facts/us.yaml", "zone: America/New_York\n", "", "F06", "country", "no `zone:`"),
    ("facts/us.yaml", "name: United States\n", "", "F06", "country", "no `name:`"),
    ("facts/us.yaml", "  us-day:\n    kind", "  kr-night:\n    kind", "F05", "kr-night", "already at facts/kr.yaml"),
    ("facts/us.yaml", "facts:\n", "facts:\n  us-night: later\n", "F07", "later", "`us-night:` wants lines"),
    ("facts/intl.yaml", "{name: Chatty, group: common}", "Chatty", "F06", "Chatty\n", 'platform "chatty" has no'),
    ("facts/intl.yaml", "{name: Chatty, group: common}", "{name: Chatty}", "F06", "{name: Chatty}", "no `group:`"),
    ("facts/intl.yaml", "group: common, country: KR", "group: common, country: KO", "F07", "KO", 'mean "KR"?'),
    ("letters/report.yaml", "title: Report\n", "", "F06", "letter: report", "a `title:` and a `text:`"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "at", "says"), WRONG)
def test_what_is_wrong_in_a_fact_is_found_where_it_stands(
    file: str, old: str, new: str, code: str, at: str, says: str
) -> None:
    expect(file, old, new, code, at, says)


def test_a_fact_without_sources_cannot_be_checked() -> None:
    sources = SMALL["facts/us.yaml"][SMALL["facts/us.yaml"].index("    sources:") :].partition("    checked")[0]
    expect("facts/us.yaml", sources, "", "F41", "kind: crisis", '"us-day" has no sources')


def test_the_same_check_says_nothing_of_a_fact_that_is_right() -> None:
    assert problems(broken("facts/us.yaml", "90 days", "180 days")) == []
