"""A screen as plain text: all its words in reading order, none of its buttons."""

from dataclasses import replace

from bot.core.plainly import plain_screen
from bot.core.shown import ShownSource
from tests.person import ADULT, UNSURE, Person, at
from tests.small import NIGHT


def plainly(*path: tuple[str, str], **layers: object) -> str:
    return plain_screen(Person(at(*path, **layers), now=NIGHT).screen)


def test_a_question_is_its_paragraphs() -> None:
    """It has no title, and the answers are buttons."""
    assert plainly() == "This is not your fault.\n\nWhat is closest?"


def test_a_page_begins_with_its_title_and_keeps_lists() -> None:
    """The line below a title is as long as the title looks with wide letters."""
    first, second, third, *_ = plainly(*UNSURE, ("plan/plan", "evidence")).split("\n")
    assert (first, second) == ("What to note", "=" * 24)
    assert third == "Write down the link. Call World help if you want."
    assert "\n\n- the name of the room\n- the date\n\n" in plainly(*UNSURE, ("plan/plan", "evidence"))


def test_a_long_title_does_not_get_a_longer_line_than_a_terminal() -> None:
    """Sixty signs fit everywhere."""
    screen = replace(Person().screen, title="word " * 20)
    assert plain_screen(screen).split("\n")[1] == "=" * 60


def test_a_fact_is_its_name_its_lines_and_its_ways_in() -> None:
    """Notes stand in brackets."""
    assert plainly(*UNSURE, interrupt="crisis").endswith(
        "* Day line\n"
        "    Somebody listens.\n"
        "    They do not ask your name.\n"
        "    > +1 800 555 0100  (Open now; Leaves trace)"
    )


def test_the_address_of_a_named_link_is_written_out() -> None:
    """A link that is its own name is written once."""
    shown = plainly(*ADULT, fact="kr-centre")
    assert "    > 신청서  https://example.org/form\n" in shown
    assert "    > https://example.org/\n" in shown


def test_a_detail_says_its_name_once_and_ends_with_sources_and_date() -> None:
    """Labels come before their lines."""
    shown = plainly(*ADULT, fact="kr-centre")
    assert shown.startswith("지원 센터\n==========\n    지워 달라고 대신 요청해요.\n")
    assert "    Label does: 부탁하면 지워요.\n" in shown
    assert shown.endswith("    - 기관 https://example.org/b 2026-01-01\n    Checked on 2026-11-22")


def test_a_source_without_a_date_leaves_no_blank_at_the_end() -> None:
    """Printed pages are compared line by line."""
    screen = Person(at(fact="world")).screen
    undated = replace(screen.facts[0], sources=(ShownSource("World", "https://example.org/w", ""),))
    assert "    - World https://example.org/w\n" in plain_screen(replace(screen, body=(undated,)))


def test_a_whole_fact_on_a_page_keeps_its_name() -> None:
    """Only where the title says it already is it left out."""
    screen = Person(at(fact="world")).screen
    assert "* World help" in plain_screen(replace(screen, title="Another title"))


def test_a_letter_is_set_off_from_the_page() -> None:
    """Its lines stay as they will be copied; it stands before the facts, because it is what was opened."""
    shown = plainly(*UNSURE, ("plan/plan", "evidence"), ("plan/evidence", "letter"))
    assert "Letter hint\n\n  | Hello,\n  | the link is [link].\n\n* World help" in shown
