"""`book` prints every distinct screen: one JSON object each, or one readable page."""

import io
import json
import re
from html import unescape

import pytest

from bot.cli.booking import book
from bot.flowfiles.reach import visits
from tests.small import PLAN, guide

SMALL = guide()


def booked(format: str, language: str = "en") -> str:
    """What `book` prints of the small guide."""
    out = io.StringIO()
    book(SMALL, language, format, out)
    return out.getvalue()


def screens(language: str = "en") -> list[dict[str, object]]:
    return [json.loads(line) for line in booked("jsonl", language).splitlines()]


def test_jsonl_has_one_object_for_every_visit_in_order() -> None:
    found = list(visits(SMALL, "en"))
    assert [(entry["step"], entry["taps"], entry["answers"]) for entry in screens()] == [
        (visit.screen.step, visit.taps, visit.answers) for visit in found
    ]


def test_an_object_has_the_words_the_facts_and_the_buttons() -> None:
    plan = next(entry for entry in screens() if entry["step"] == "plan/plan")
    assert set(plan) >= {"step", "answers", "language", "taps", "text", "facts", "buttons"}
    assert "You can stop at any time." in str(plan["text"])
    assert plan["facts"] == ["world"] or plan["facts"] == ["world", "adults-only"]
    buttons = plan["buttons"]
    assert isinstance(buttons, list)
    assert {"label": "Details", "kind": "choice", "about": "World help"} in buttons
    assert {"label": "Open site", "kind": "url", "value": "https://example.org/world"} in buttons
    assert {"label": "I need help now", "kind": "interrupt"} in buttons


def test_a_letter_is_printed_with_its_language() -> None:
    letter = next(entry for entry in screens() if entry["step"] == "plan/letter")
    assert letter["letter"] == {"id": "report", "language": "en", "text": "Hello,\nthe link is [link]."}


def test_hours_stand_in_words_and_not_as_of_a_moment() -> None:
    text = booked("jsonl")
    assert "Usually Mon–Fri 09:00–17:00" in text
    assert "Open now" not in text and "Opens " not in text


def test_every_language_has_its_own_book() -> None:
    assert {entry["language"] for entry in screens("ko")} == {"ko"}
    assert any("밤 전화" in str(entry["text"]) for entry in screens("ko"))


def test_the_page_holds_every_screen_with_its_number() -> None:
    page = unescape(booked("html"))
    for number, entry in enumerate(screens(), 1):
        assert re.search(rf"\b{number}\b", page)
        for line in str(entry["text"]).splitlines():
            assert line.strip() in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<b>&amp;"])
def test_the_page_shows_signs_of_html_as_words(words: str) -> None:
    out = io.StringIO()
    book(guide(plan=PLAN.replace("You can report it there.", words)), "en", "html", out)
    assert words not in out.getvalue()
    assert words in unescape(out.getvalue())
