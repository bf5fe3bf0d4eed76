"""Texts as values: conditions, what a text depends on, and what is worked out once."""

from bot.core.text import Bullets, Condition, Paragraph, Part, Place, Slot, Text, Words, plain, slots

MINOR = Condition((("age", frozenset({"under-18", "skip"})),))
KOREAN = Condition((("age", frozenset({"adult"})), ("country", frozenset({"KR"}))))
HELLO = Paragraph((Words("Hello "), Words("there", bold=True)))
ASKED = Paragraph((Words("In "), Slot("answer.country")))
LIST = Bullets(((Words("one"),), (Words("two "), Slot("fact.world.name"))))


def text(*parts: Part) -> Text:
    return Text("en", {"en": parts})


def test_a_place_reads_as_file_line_and_column() -> None:
    """Editors and CI open a place that is written this way."""
    assert str(Place("start.yaml", 3, 7)) == "start.yaml:3:7"


def test_a_condition_fits_an_answer_of_its_set_only() -> None:
    """Each clause names the answers that it accepts."""
    assert MINOR.fits({"age": "under-18"})
    assert not MINOR.fits({"age": "adult"})


def test_an_unasked_question_reads_as_skipped() -> None:
    """Nobody must answer anything, so silence has a meaning: skip."""
    assert MINOR.fits({})
    assert not KOREAN.fits({})


def test_all_clauses_of_a_condition_must_fit() -> None:
    """Keys of a `when` are joined by AND."""
    assert KOREAN.fits({"age": "adult", "country": "KR"})
    assert not KOREAN.fits({"age": "adult", "country": "US"})
    assert not KOREAN.fits({"age": "under-18", "country": "KR"})


def test_a_condition_knows_which_questions_it_reads() -> None:
    """The checks intersect exactly these."""
    assert KOREAN.reads == {"age", "country"}


def test_a_text_reads_the_questions_of_its_conditions_and_blanks() -> None:
    """A screen counts once per set of answers that its text reads."""
    both = text(Part((HELLO,), MINOR, (ASKED,)), Part((Paragraph((Slot("answer.where"),)), LIST)))
    assert both.reads == {"age", "country", "where"}


def test_a_text_without_conditions_or_blanks_reads_nothing() -> None:
    """Facts in a text are no answers."""
    assert text(Part((HELLO, LIST))).reads == frozenset()


def test_a_text_that_depends_on_nothing_is_worked_out_once() -> None:
    """Most texts are such; a press is answered from the finished blocks and line."""
    always = text(Part((HELLO,)), Part((Paragraph((Slot("facts"),)),)))
    assert always.fixed["en"] == (HELLO, Paragraph((Slot("facts"),)))
    assert always.lines["en"] == "Hello there {facts}"


def test_a_text_with_a_condition_or_a_blank_is_not_fixed() -> None:
    """What depends on answers must be chosen at each press."""
    assert not text(Part((HELLO,), MINOR)).fixed
    assert not text(Part((LIST,))).fixed
    assert not text(Part((ASKED,))).lines


def test_only_the_languages_that_depend_on_nothing_are_fixed() -> None:
    """A translation may keep a condition that its source does not need."""
    mixed = Text("en", {"en": (Part((HELLO,)),), "ko": (Part((HELLO,), MINOR),)})
    assert set(mixed.fixed) == {"en"}


def test_slots_are_found_in_paragraphs_and_lists() -> None:
    """Blanks may stand anywhere in a text."""
    assert slots((HELLO, ASKED, LIST)) == {"answer.country", "fact.world.name"}


def test_plain_text_has_no_markup_and_keeps_list_items_on_their_lines() -> None:
    """The terminal and the book read blocks this way."""
    assert plain((HELLO, LIST)) == "Hello there\n\n- one\n- two {fact.world.name}"
    assert plain((HELLO, ASKED), between=" ") == "Hello there In {answer.country}"
