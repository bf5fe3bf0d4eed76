"""Screens as Telegram messages: within the limits, escaped, and laid out for a phone."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from bot.channels.telegram.drawing import MOST_TEXT, Message, length, message, note, text
from bot.core.guide import Guide
from bot.core.listening import Heard
from bot.core.noting import media_note, typed_note
from bot.core.parting import closed_screen, left_screen
from bot.core.screen import screen
from bot.core.session import Session, possible_pairs
from bot.core.shown import Button, Screen, ShownContact, ShownFact, ShownLetter
from bot.core.text import Bullets, Paragraph, Part, Text, Words
from bot.settings import Settings
from tests.channels.telegram_world import CHANGED
from tests.small import NOON, guide

SEALED = "t" * 64


def drawn(shown: Screen, known: Guide | None = None) -> Message:
    return message(shown, lambda session: SEALED, known)


def buttons(drawing: Message) -> Iterator[dict[str, Any]]:
    for row in drawing.keyboard:
        yield from row


def labels(drawing: Message) -> list[list[str]]:
    return [[button["text"] for button in row] for row in drawing.keyboard]


def shown(*body: Any, of: tuple[Button, ...] = (), title: str = "", letter: ShownLetter | None = None) -> Screen:
    return Screen("s/s", "en", "en", title, body, of, letter)


def choice(label: str) -> Button:
    return Button("choice", label, Session("en"))


def lettered(text: str) -> Screen:
    return shown(letter=ShownLetter("l", "L", text, "en", "Fill in", Button("copy", "Copy it", value=text)))


def test_every_screen_of_the_small_guide_keeps_the_limits() -> None:
    """One step from the start in any direction, every fact and the crisis: text, data, labels fit."""
    small = guide()
    sessions = [Session(language, (pair,)) for language in small.languages for pair in possible_pairs(small)]
    sessions += [Session("ko", fact=fact) for fact in small.facts]
    sessions += [Session("en", interrupt="crisis"), Session("ko", interrupt="crisis")]
    for session in sessions:
        drawing = drawn(screen(small, session, NOON), small)
        assert 0 < length(drawing.text) <= MOST_TEXT
        assert drawing.text.startswith("Neutral line")
        for button in buttons(drawing):
            assert button["text"]
            assert len(button.keys() & {"url", "callback_data", "copy_text"}) == 1
            assert len(button.get("callback_data", "").encode()) <= 64


def test_numbers_stand_in_the_text_and_in_a_copy_button() -> None:
    """A phone without Telegram's buttons still shows the number, with hours and notes."""
    small = guide()
    drawing = drawn(screen(small, Session("ko", fact="kr-centre"), NOON), small)
    assert "<b>직통 02-123-4567</b> (Open now" in drawing.text
    assert {"text": "Copy number 직통 02-123-4567", "copy_text": {"text": "021234567"}} in buttons(drawing)


def test_a_number_to_call_and_to_write_to_is_copied_by_one_button() -> None:
    """Two equal buttons would only confuse."""
    small = guide()
    drawing = drawn(screen(small, Session("ko", fact="kr-night"), NOON), small)
    assert [button for button in buttons(drawing) if "copy_text" in button] == [
        {"text": "Copy number 109", "copy_text": {"text": "109"}}
    ]


def test_a_hash_in_a_number_is_copied_as_it_is_dialled() -> None:
    """`%23` is for links only."""
    way = ShownContact("#31", "", (), Button("phone", "Call #31", value="tel:%2331"), None)
    drawing = drawn(shown(ShownFact("f", "F", (), (way,), None)))
    assert drawing.keyboard == [[{"text": "#31", "copy_text": {"text": "#31"}}]]


def test_addresses_are_buttons_and_only_their_host_is_text() -> None:
    """The text says where a button leads, without a link of its own."""
    small = guide()
    drawing = drawn(screen(small, Session("en", fact="world"), NOON), small)
    assert "https://" not in drawing.text
    assert "<b>example.org</b>" in drawing.text
    assert {"text": "Open site", "url": "https://example.org/world"} in buttons(drawing)
    assert {"text": "World", "url": "https://example.org/w"} in buttons(drawing)  # the source


def test_marks_are_escaped_everywhere() -> None:
    """Nothing an author writes can become markup."""
    nasty = "<b>&\"'</b>"
    spans = (Words(nasty), Words(nasty, bold=True))
    way = ShownContact(nasty, "", (nasty,), None, None)
    drawing = drawn(shown(Paragraph(spans), Bullets((spans,)), ShownFact("f", nasty, (), (way,), None), title=nasty))
    assert drawing.text.count("&lt;b&gt;&amp;\"'&lt;/b&gt;") == 8
    assert length(drawing.text) == len(nasty) * 8 + len("\n\n" * 3 + "• " + "\n• " + " ()")


@pytest.mark.parametrize(("size", "copies"), [(256, 1), (257, 0)])
def test_a_letter_too_long_for_a_copy_button_is_copied_from_the_text(size: int, copies: int) -> None:
    """Every letter stands in a block that a tap copies; a short one has a button as well."""
    drawing = drawn(lettered("é" * size))
    assert f"<pre>{'é' * size}</pre>" in drawing.text
    assert len([button for button in buttons(drawing) if "copy_text" in button]) == copies


def test_characters_beyond_the_first_plane_count_twice() -> None:
    """The stricter of the two ways to count."""
    assert length("<b>a</b>&amp;😀") == 4
    assert not list(buttons(drawn(lettered("😀" * 129))))


def test_long_lists_with_short_labels_are_two_to_a_row() -> None:
    """A list of countries is half as long; a long label keeps a row to itself."""
    names = ["Korea", "Japan", "한국어한국어한", "United States of America", "India", "Italy", "Spain"]
    drawing = drawn(shown(of=tuple(map(choice, names))))
    assert labels(drawing) == [
        ["Korea", "Japan"],
        ["한국어한국어한"],
        ["United States of America"],
        ["India", "Italy"],
        ["Spain"],
    ]
    assert all(len(row) == 1 for row in labels(drawn(shown(of=tuple(map(choice, names[:5]))))))


def test_the_last_rows_are_what_is_small_then_the_interrupt_then_leave() -> None:
    """The way out and the way to help are always in the same place; a quiet interrupt stands beside the languages."""
    small = guide(**CHANGED)
    drawing = drawn(screen(small, Session("en", (("situation", "found"),)), NOON), small)
    assert labels(drawing)[-4:] == [["Back", "Stay longer"], ["한국어", "About this"], ["I need help now"], ["Leave"]]
    assert drawing.keyboard[-1][0]["callback_data"] == "leave"


def test_the_button_that_takes_a_note_away_stands_where_the_screen_has_it() -> None:
    """Before the choices where something was misheard, at the end where it is a way back."""
    close, choices = Button("close", "Not it"), tuple(map(choice, ["Korea", "Japan"]))
    assert labels(drawn(shown(of=(close, *choices)))) == [["Not it"], ["Korea"], ["Japan"]]
    assert labels(drawn(shown(of=(*choices, close)))) == [["Korea"], ["Japan"], ["Not it"]]
    assert list(buttons(drawn(shown(of=(close,))))) == [{"text": "Not it", "callback_data": "close"}]


def test_a_card_ends_with_how_long_it_stays() -> None:
    """With numbers or a letter, also that they can be noted before; the screen after leaving says nothing of it."""
    small, ends = guide(), "\n\nCloses after"
    assert drawn(screen(small, Session("en"), NOON), small).text.endswith(ends)
    for session in (Session("en", interrupt="crisis"), Session("en", fact="us-day")):
        assert drawn(screen(small, session, NOON), small).text.endswith(ends + " Note before")
    assert drawn(lettered("Hello"), small).text.endswith(ends + " Note before")
    assert drawn(closed_screen(small, "en", NOON), small).text.endswith(ends + " Note before")
    assert ends not in drawn(left_screen(small, "en"), small).text


def test_a_note_says_nothing_of_closing_or_of_telegram() -> None:
    """It is small, goes with its card, and begins as neutrally."""
    small = guide()
    for about in (media_note(small, "en"), typed_note(small, "en", Heard("crisis"), NOON)):
        drawing = note(about, lambda session: SEALED, small)
        assert drawing.text.startswith("Neutral line\n\n")
        assert "Closes after" not in drawing.text and "Telegram note" not in drawing.text
        assert "leave" not in [button.get("callback_data") for button in buttons(drawing)]


def test_the_length_counts_the_longest_time_that_a_card_may_stay() -> None:
    """The checker knows no settings, and must not pass what would be too long with some of them."""
    small = replace(guide(), texts={**guide().texts, "closes-after": said("Closes after {minutes}.")})
    shown_first = screen(small, Session("en"), NOON)
    assert text(shown_first, small).endswith("Closes after 720.")
    assert text(shown_first, small, minutes=30).endswith("Closes after 30.")
    with pytest.raises(ValidationError):
        Settings(idle_minutes=721)


def said(words: str) -> Text:
    """A text of the interface."""
    return Text("en", {"en": (Part((Paragraph((Words(words),)),)),)})


TO_PLAN = (("situation", "found"), ("age", "adult"), ("country", "US"))


def test_details_name_what_they_are_about() -> None:
    """Below a card a number joins a "Details" to its fact; a single fact is named by its name."""
    small = guide()
    drawing = drawn(screen(small, Session("ko", interrupt="crisis"), NOON), small)
    assert ["1. 109", "1. Details"] in labels(drawing)
    assert "<b>1. 밤 전화</b>" in drawing.text
    alone = drawn(screen(small, Session("en", (*TO_PLAN, ("plan/plan", "evidence"))), NOON), small)
    assert any("World help · Details" in row for row in labels(alone))


def test_drawing_does_not_import_aiogram() -> None:
    """Checks of flow files draw thousands of screens, and must not wait seconds for a library."""
    code = "import sys, bot.channels.telegram.drawing; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
