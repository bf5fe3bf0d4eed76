"""Words of a screen: the language that is there, the parts that fit, blanks filled in."""

from dataclasses import replace

import pytest

from bot.core.text import Bullets, Condition, Paragraph, Part, Slot, Text, Words
from bot.core.wording import FACTS_HERE, blocks, interface, line, preferred, spoken
from tests.person import SMALL

YOUNG = Condition((("age", frozenset({"under-18"})),))


def words(*spans: str | Slot) -> Paragraph:
    return Paragraph(tuple(Words(span) if isinstance(span, str) else span for span in spans))


def text(*parts: Part, source: str = "en") -> Text:
    return Text(source, {source: parts})


def filled(slot: str, **answers: str) -> str:
    """What a paragraph with one blank says for these answers."""
    return line(SMALL, text(Part((words("<", Slot(slot), ">"),))), "en", answers)


BOTH = Text("en", {"en": (Part((words("Yes"),)),), "ko": (Part((words("네"),)),)})


@pytest.mark.parametrize(
    ("its", "language", "shown"),
    [
        (BOTH, "ko", "ko"),
        (text(Part((words("네"),)), source="ko"), "en", "ko"),
        (text(Part((words("Ja"),)), source="de"), "ko", "de"),
        (BOTH, "xx", "en"),
    ],
    ids=["wanted", "fallback", "source", "unknown language"],
)
def test_a_text_is_shown_in_the_nearest_language_it_exists_in(its: Text, language: str, shown: str) -> None:
    """The wanted one, then the declared fallbacks, then the one it was written in."""
    assert spoken(SMALL, its, language) == shown


def test_the_second_fallback_counts_where_the_first_is_missing() -> None:
    """Fallbacks are tried in their order."""
    its = replace(SMALL, fallback={"de": ("ko", "en")})
    assert spoken(its, BOTH, "de") == "ko"
    assert spoken(its, text(Part((words("Yes"),))), "de") == "en"


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (["ko-KR"], "ko"),
        ([" EN-us "], "en"),
        (["fr", "ko"], "ko"),
        (["fr", "*", ""], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_the_guide_speaks_is_preferred(tags: list[str], language: str) -> None:
    """Browsers and Telegram send tags in all spellings; nothing known means the default."""
    assert preferred(SMALL, tags) == language


def test_the_part_that_fits_is_shown() -> None:
    """`else` stands in where a condition does not fit, and may be empty."""
    one = text(Part((words("You may."),), YOUNG, (words("You could."),)), Part((words("Go."),), YOUNG))
    assert blocks(SMALL, one, "en", {"age": "under-18"}) == (words("You may."), words("Go."))
    assert blocks(SMALL, one, "en", {"age": "adult"}) == (words("You could."),)


def test_blanks_are_filled_in_paragraphs_and_lists() -> None:
    """The style of a blank stays."""
    one = text(
        Part((Paragraph((Slot("fact.world.name", bold=True),)), Bullets(((Words("at "), Slot("answer.country")),))))
    )
    assert blocks(SMALL, one, "en", {"country": "US"}) == (
        Paragraph((Words("World help", bold=True),)),
        Bullets(((Words("at "), Words("United States")),)),
    )


def test_the_place_of_the_facts_is_kept_as_it_is() -> None:
    """The screen puts the facts there, also in a text that depends on answers."""
    one = text(Part((words("A"), FACTS_HERE), YOUNG))
    assert blocks(SMALL, one, "en", {"age": "under-18"}) == (words("A"), FACTS_HERE)


def test_a_blank_for_an_answer_says_its_label() -> None:
    """In the language of the screen, and nothing where there is no answer."""
    assert filled("answer.age", age="adult") == "<18 or older>"
    assert filled("answer.age", age="skip") == "<>"
    assert filled("answer.age") == "<>"


def test_a_blank_for_a_fact_says_its_name_or_its_number() -> None:
    """Numbers stand in facts only; one without a number says nothing."""
    assert filled("fact.us-day.name") == "<Day line>"
    assert filled("fact.us-day.phone") == "<+1 800 555 0100>"
    assert filled("fact.world.phone") == "<>"


def test_a_line_joins_what_fits_on_one_line() -> None:
    """Labels and titles are one line, with or without answers."""
    one = text(Part((words("Hello"),)), Part((words("you"),), YOUNG))
    assert line(SMALL, one, "en", {"age": "under-18"}) == "Hello you"
    assert line(SMALL, one, "en") == "Hello"
    assert line(SMALL, BOTH, "ko") == "네"


def test_the_interface_speaks_with_its_blanks_filled_in() -> None:
    """Its own words come from the guide too."""
    assert interface(SMALL, "back", "en") == "Back"
    assert interface(SMALL, "line-of-country", "en", country="KR") == "In KR"
    assert interface(SMALL, "back", "en", country="KR") == "Back"
