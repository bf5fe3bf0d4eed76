"""What a person is shown: the contract between the core and every channel.

A channel draws these values and nothing else; it never looks into the guide. The small ones are named
tuples: a press makes dozens of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.core.session import Session
from bot.core.text import Block

ButtonKind = Literal[
    "choice", "url", "phone", "copy", "interrupt", "quiet", "back", "stay", "language", "leave", "close"
]


class Button(NamedTuple):
    """`session` is where a press leads (choice, interrupt, quiet, back, stay, language); `value` is an address.

    `value` is a URI for phone (`tel:` or `sms:`), url (`https:`) and, for copy, the text itself.
    `language` is set on language buttons: the label's own language. `leave` has neither, nor has `close`,
    which takes a note away. `quiet` opens an interrupt that stands small at the foot. `about` names what a
    label such as "Details" is about, for whoever cannot see where it stands.
    """

    kind: ButtonKind
    label: str
    session: Session | None = None
    value: str = ""
    language: str = ""
    about: str = ""


class ShownContact(NamedTuple):
    """One way in as words: `line` names it ("Night line 1366"), `label` is that without the number or
    address (empty when it has no name of its own), `notes` say what holds for it (hours, open now, trace)."""

    line: str
    label: str
    notes: tuple[str, ...]
    button: Button | None
    open_now: bool | None  # None: not known, or the moment is not known


class ShownLine(NamedTuple):
    """One labelled line of a fact's detail; `label` is empty for the leading sentences."""

    field: str
    label: str
    blocks: tuple[Block, ...]


class ShownSource(NamedTuple):
    publisher: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact on a screen: short (with a `details` button) or whole (`full`)."""

    id: str
    name: str
    lines: tuple[ShownLine, ...]
    contacts: tuple[ShownContact, ...]
    details: Button | None
    full: bool = False
    sources: tuple[ShownSource, ...] = ()
    checked: str = ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        ways = tuple(contact.button for contact in self.contacts if contact.button)
        return (*ways, self.details) if self.details else ways


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter in the language it is written in; `copy` holds the same text."""

    id: str
    title: str
    text: str
    language: str
    hint: str
    copy: Button


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `parts` is its reading order; `buttons` come below it, in order.

    `text_language` differs from `language` where a text was missing and another language stands in.
    `step` is the stop: a question id, a page's flow/step, or `fact/<id>` for a detail.
    """

    step: str
    language: str
    text_language: str
    title: str
    body: tuple[Block | ShownFact, ...]
    buttons: tuple[Button, ...]
    letter: ShownLetter | None = None
    is_question: bool = False

    @property
    def facts(self) -> tuple[ShownFact, ...]:
        return tuple(part for part in self.body if isinstance(part, ShownFact))

    @property
    def parts(self) -> tuple[Block | ShownFact | ShownLetter, ...]:
        """Everything above the screen's own buttons; a letter stands before the facts: it is what was opened."""
        if self.letter is None:
            return self.body
        first = next((n for n, part in enumerate(self.body) if isinstance(part, ShownFact)), len(self.body))
        return (*self.body[:first], self.letter, *self.body[first:])

    def all_buttons(self) -> Iterator[Button]:
        """Every button in reading order: the letter's, those of the facts, then the screen's own."""
        if self.letter:
            yield self.letter.copy
        for fact in self.facts:
            yield from fact.buttons
        yield from self.buttons
