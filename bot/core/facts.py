"""What the guide points to: facts with their sources, letters, countries and platforms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.core.hours import Hours
from bot.core.text import NOWHERE, Condition, Place, Text

FactKind = Literal[
    "helpline", "removal", "hash-matching", "police", "regulator", "legal-aid", "law",
    "civil-remedy", "crisis", "platform", "ngo", "tool",
]  # fmt: skip
ContactKind = Literal["call", "text", "chat", "form", "site", "mail"]


@dataclass(frozen=True, slots=True)
class Contact:
    """One way in. `value` is a number, an https link or an address; empty for a chat named in `label`."""

    kind: ContactKind
    value: str
    label: Text | None = None
    hours: Hours | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Source:
    publisher: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One helpline, form, law, platform route or tool.

    `lines` holds the texts by field name (FACT_LINES), each with its own conditions.
    """

    id: str
    kind: FactKind
    country: str  # ISO code, EU or INTL
    name: Text
    lines: Mapping[str, Text]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    checked: date
    again_after: int  # days
    platform: str | None = None
    audience: Condition | None = None
    hours: Hours | None = None
    place: Place = NOWHERE
    checked_by: str = ""  # who or what looked at the sources

    @property
    def due(self) -> date:
        """The day on which somebody should have checked it again."""
        return self.checked + timedelta(days=self.again_after)


SHORT_LINES = ("short", "before")  # shown wherever the fact is shown
# In the order of a detail screen.
FACT_LINES = (
    *SHORT_LINES, "does", "asks", "does-not-ask", "tells", "cost", "languages", "anonymous",
    "time", "caution", "law", "covers", "penalty", "since",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A text with [blanks] that a person fills in by themselves; `language` when it is fixed."""

    id: str
    title: Text
    text: Text
    language: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: Text
    zone: str
    crisis: tuple[str, ...]  # fact ids, in the order in which they are shown


@dataclass(frozen=True, slots=True)
class Platform:
    id: str
    name: Text
    group: str
    country: str  # INTL or ISO code
