"""Texts as authors wrote them: runs of letters, placeholders, paragraphs, and when a piece is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SKIP = "skip"  # the answer that the engine adds to every question; an unasked question reads as this


@dataclass(frozen=True, slots=True)
class Place:
    """Where an author wrote something: file below flows/, line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place("", 0, 0)


@dataclass(frozen=True, slots=True)
class Words:
    """A run of letters in one style."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder: `answer.<question>` or `fact.<id>.<name|phone>`."""

    name: str
    bold: bool = False


Span = Words | Slot


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[tuple[Span, ...], ...]


Block = Paragraph | Bullets


@dataclass(frozen=True, slots=True)
class Condition:
    """Fits when every question's answer is in its set; an unasked question reads as `skip`.

    The reader resolves sets and `not:`, so only positive answer ids are left here.
    """

    clauses: tuple[tuple[str, frozenset[str]], ...]

    def fits(self, answers: Mapping[str, str]) -> bool:
        for question, wanted in self.clauses:  # noqa: SIM110 - a plain loop: nothing is asked more often
            if answers.get(question, SKIP) not in wanted:
                return False
        return True

    @property
    def reads(self) -> frozenset[str]:
        return frozenset(question for question, _ in self.clauses)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: `blocks` where `when` fits (or is absent), `otherwise` elsewhere."""

    blocks: tuple[Block, ...]
    when: Condition | None = None
    otherwise: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages it exists in. `source` is the language it was written in.

    `fixed` and `lines` are worked out once: the blocks, and the same as one plain line, in each language
    in which nothing depends on answers. Most texts are such, and a press is answered from them.
    """

    source: str
    parts: Mapping[str, tuple[Part, ...]]
    place: Place = NOWHERE
    fixed: Mapping[str, tuple[Block, ...]] = field(init=False, repr=False, compare=False)
    lines: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        fixed = {
            language: tuple(block for part in parts for block in part.blocks)
            for language, parts in self.parts.items()
            if not any(part.when or slots(part.blocks) - {"facts"} for part in parts)
        }
        object.__setattr__(self, "fixed", fixed)
        object.__setattr__(self, "lines", {code: plain(blocks, between=" ") for code, blocks in fixed.items()})

    @property
    def reads(self) -> frozenset[str]:
        """The questions whose answers change this text."""
        asked: set[str] = set()
        for part in (part for parts in self.parts.values() for part in parts):
            asked |= part.when.reads if part.when else set()
            names = slots(part.blocks) | slots(part.otherwise)
            asked |= {name.removeprefix("answer.") for name in names if name.startswith("answer.")}
        return frozenset(asked)


def slots(blocks: tuple[Block, ...]) -> set[str]:
    """The names of all blanks in a text."""
    rows = (row for block in blocks for row in ((block.spans,) if isinstance(block, Paragraph) else block.items))
    return {span.name for row in rows for span in row if isinstance(span, Slot)}


def plain(blocks: tuple[Block, ...], between: str = "\n\n") -> str:
    """Blocks without any markup; list items stand on lines of their own."""
    return between.join(_plain_block(block) for block in blocks)


def _plain_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _plain_spans(block.spans)
    return "\n".join("- " + _plain_spans(item) for item in block.items)


def _plain_spans(spans: tuple[Span, ...]) -> str:
    return "".join(span.text if isinstance(span, Words) else "{" + span.name + "}" for span in spans)
