"""guide.yaml, interface.yaml and interrupts.yaml: what holds for the whole guide."""

import pytest

from bot.core.guide import INTERFACE_TEXTS
from tests.flowfiles.finding import broken, expect, problems
from tests.small import guide


def test_the_frame_is_read_into_the_guide() -> None:
    small = guide()
    assert small.languages == {"ko": "한국어", "en": "English"}
    assert (small.default_language, small.start) == ("en", "start/situation")
    assert small.fallback == {"ko": ("en",), "en": ("ko",)}
    assert small.sets == {"minor": frozenset({"under-18", "unsure", "skip"})}
    assert small.lines_anywhere == {"ko": ("kr-night", "world"), "en": ("us-day", "world")}
    assert small.lines_elsewhere == ("world",)
    assert tuple(small.texts) == INTERFACE_TEXTS


def test_an_interrupt_has_its_flow_and_two_labels() -> None:
    crisis = guide().interrupts["crisis"]
    assert crisis.first == "crisis/lines"
    assert (crisis.button.lines["en"], crisis.inside.lines["en"]) == ("I need help now", "Show the lines again")


WRONG = [
    ("guide.yaml", 'format: "1"', 'format: "2"', "F07", '"2"', 'reads format "1"'),
    ("guide.yaml", 'format: "1"\n', "", "F07", "languages", 'reads format "1"'),
    ("guide.yaml", "start: start\n", "", "F06", "format", "no `start:`"),
    ("guide.yaml", "start: start", "start: stat", "F11", "stat\n", 'Did you mean "start"?'),
    ("guide.yaml", "minor: [under-18, unsure, skip]", "minor: [under-18, unsure]", "F26", "minor", "hold skip"),
    ("guide.yaml", "minor:", "minors:", "F26", "minors", "the answers for adults"),
    ("guide.yaml", "default-language: en", "default-language: eng", "F07", "eng", 'Did you mean "en"?'),
    ("guide.yaml", "fallback: {ko: [en]", "fallback: {ko: [fr]", "F07", "fr", '"fr" is not a language'),
    ("guide.yaml", "countries: [KR, US]", "countries: [KR, US, NZ]", "F13", "[KR, US, NZ]", "Add facts/nz.yaml."),
    ("guide.yaml", "lines-elsewhere: [world]", "lines-elsewhere: [wolrd]", "F13", "wolrd", 'Did you mean "world"?'),
    ("guide.yaml", "ko: [kr-night, world]", "ko: [kr-nigth, world]", "F13", "kr-nigth", 'Did you mean "kr-night"?'),
    ("interface.yaml", '  back: "Back"\n', "", "F06", "skip", 'no text "back"'),
    ("interface.yaml", "  back:", "  bakc:", "F04", "bakc", 'Did you mean "back"?'),
    ("interrupts.yaml", "{flow: crisis,", "{flow: crises,", "F07", "crises", 'Did you mean "crisis"?'),
    ("interrupts.yaml", "button: I need help now, ", "", "F06", "{flow", "`flow:`, `button:` and `inside:`"),
    ("interrupts.yaml", "crisis: {flow", "calm: crisis\n  crisis: {flow", "F07", "crisis\n  crisis", "`flow:`"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "at", "says"), WRONG)
def test_what_is_wrong_in_the_frame_is_found_where_it_stands(
    file: str, old: str, new: str, code: str, at: str, says: str
) -> None:
    expect(file, old, new, code, at, says)


def test_an_interrupt_whose_flow_has_no_steps_is_a_problem_and_no_crash() -> None:
    files = {**broken("crisis.yaml", "", ""), "crisis.yaml": "flow: crisis\nwritten-in: en\nsteps: {}\n"}
    assert "F06" in {problem.code for problem in problems(files)}
