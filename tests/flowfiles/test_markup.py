"""The small Markdown subset: paragraphs, lists, bold, blanks, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import Block, Bullets, Paragraph, Slot, Words, plain, slots
from bot.flowfiles.markup import read_blocks, read_letter


def paragraph(*spans: Words | Slot) -> Paragraph:
    return Paragraph(spans)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One\nline.\n\nTwo.\n", (paragraph(Words("One line.")), paragraph(Words("Two.")))),
        ("- a\n- b\n  more\n", (Bullets(((Words("a"),), (Words("b more"),))),)),
        ("Take:\n- a\n- b\n", (paragraph(Words("Take:")), Bullets(((Words("a"),), (Words("b"),))))),
        (
            "a **b** c",
            (paragraph(Words("a "), Words("b", bold=True), Words(" c")),),
        ),
        ("{fact.world.name}!", (paragraph(Slot("fact.world.name"), Words("!")),)),
        ("**in {answer.country}**", (paragraph(Words("in ", bold=True), Slot("answer.country", bold=True)),)),
        ("a\n{facts}\nb", (paragraph(Words("a")), paragraph(Slot("facts")), paragraph(Words("b")))),
        ("2 * 3 ** 4", (paragraph(Words("2 * 3 ** 4")),)),
        ("{ not a blank } {}", (paragraph(Words("{ not a blank } {}")),)),
        ("<b>a</b> & [b](c)", (paragraph(Words("<b>a</b> & [b](c)")),)),
        ("", ()),
    ],
)
def test_a_text_becomes_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    assert read_blocks(text) == blocks


def test_a_letter_keeps_its_line_ends_and_its_dashes() -> None:
    (block,) = read_letter("Hello,\n\n- one\n  {answer.country}\n")
    assert isinstance(block, Paragraph)
    assert plain((block,)) == "Hello,\n\n- one\n  {answer.country}"
    assert slots((block,)) == {"answer.country"}


@given(st.text(alphabet="ab {}*-\n.가"))
def test_no_letter_of_a_text_is_lost_whatever_is_written(text: str) -> None:
    def letters(words: str) -> str:
        return "".join(sign for sign in words if sign in "ab.가")

    assert letters(plain(read_blocks(text))) == letters(text)
    assert letters(plain(read_letter(text))) == letters(text)
