"""Texts as authors wrote them: runs of letters, placeholders, paragraphs, and when a piece is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

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
        return all(answers.get(question, SKIP) in wanted for question, wanted in self.clauses)

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
    """One text in the languages it exists in. `source` is the language it was written in."""

    source: str
    parts: Mapping[str, tuple[Part, ...]]
    place: Place = NOWHERE
