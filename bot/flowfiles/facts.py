"""Fact files and letters become what pages point to."""

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

from bot.core.facts import (
    FACT_LINES,
    Contact,
    ContactKind,
    Country,
    Fact,
    FactKind,
    Letter,
    Platform,
    Source,
)  # fmt: skip
from bot.core.text import Condition, Text
from bot.flowfiles.documents import Document
from bot.flowfiles.names import read_condition
from bot.flowfiles.nodes import Node, Scalar, Table
from bot.flowfiles.problems import did_you_mean
from bot.flowfiles.weeks import read_hours

_KINDS = get_args(FactKind)
_WAYS = get_args(ContactKind)
_HEAD = ("country", "adds-to", "written-in", "name", "zone", "crisis", "platforms", "facts", "checked-by")
_FACT = (
    "kind", "audience", "platform", "name", *FACT_LINES, "hours", "contacts", "sources", "checked", "checked-by",
    "again-after",
)  # fmt: skip
_NUMBER = re.compile(r"[+#*(]*\d[\d #*()/.-]*[\d#*]")
WORLD = ("INTL", "EU")  # heads that are no country to live in


class FactReader:
    """Reads one facts document. `zone` is its country's, for weekly hours without their own."""

    def __init__(self, document: Document, zone: str) -> None:
        self.document = document
        self.problems = document.problems
        self.root = document.root
        self.zone = zone
        self.code = document.word(self.root, "country") or document.word(self.root, "adds-to")
        document.known_keys(self.root, _HEAD)

    def country(self) -> Country | None:
        """The country that this file is the head of; None for worldwide files and second files."""
        if "country" not in self.root.entries or self.code in WORLD:
            return None
        name = self.document.maybe_text(self.root, "name", ())
        if name is None:
            self.problems.add(
                "F06", self.root.place, "This country has no `name:`.",
                hurts="People there could not choose it.", fix="Add it.",
            )  # fmt: skip
            return None
        if not self.document.list(self.root, "crisis"):
            self.problems.add(
                "F31", self.root.place, f"The country {self.code} has no `crisis:` list.",
                hurts="People there would see no crisis line.", fix="Add e.g. `crisis: [intl-findahelpline]`.",
            )  # fmt: skip
        crisis = [node for node in self.document.list(self.root, "crisis") if self._known_fact(node)]
        return Country(self.code, name, self.zone, tuple(node.text for node in crisis if isinstance(node, Scalar)))

    def _known_fact(self, node: Node) -> bool:
        known = isinstance(node, Scalar) and node.text in self.document.names.facts
        if not known:
            name = node.text if isinstance(node, Scalar) else ""
            self.problems.add(
                "F13", node.place, f'There is no fact "{name}".',
                hurts="A crisis line would be missing.", fix=did_you_mean(name, self.document.names.facts),
            )  # fmt: skip
        return known

    def platforms(self) -> Iterator[Platform]:
        for name, node in self.document.table(self.root, "platforms").entries.items():
            if not isinstance(node, Table) or not {"name", "group"} <= set(node.entries):
                self.problems.add(
                    "F06", node.place, f'The platform "{name}" has no `name:` or no `group:`.',
                    hurts="Nobody could choose it.", fix="Write `{name: …, group: common}`.",
                )  # fmt: skip
                continue
            self.document.known_keys(node, ("name", "group", "country"))
            label = self.document.text(node.entries["name"], ("platforms", name), optional=True)
            country = self.document.one_of(node, "country", self.document.names.countries)
            yield Platform(name, label, self.document.word(node, "group"), country)

    def facts(self) -> Iterator[Fact]:
        for name, node in self.document.table(self.root, "facts").entries.items():
            if isinstance(node, Table):
                self.document.known_keys(node, _FACT)
                yield self._fact(name, node)
            else:
                self.problems.add(
                    "F07", node.place, f"`{name}:` wants lines of `name: value` below it.",
                    hurts="People would not see this help.", fix="Write them on the next lines, indented.",
                )  # fmt: skip

    def _fact(self, name: str, node: Table) -> Fact:
        path = ("facts", name)
        document = self.document
        if "sources" not in node.entries:
            self.problems.add(
                "F41", node.place, f'"{name}" has no sources.',
                hurts="Nobody can check whether it is still true.", fix="Add `sources:`.",
            )  # fmt: skip
        lines = {key: text for key in FACT_LINES if (text := document.maybe_text(node, key, path))}
        return Fact(
            name,
            document.one_of(node, "kind", _KINDS, "tool"),  # type: ignore[arg-type]
            self.code,
            document.maybe_text(node, "name", path, optional=True) or self._unnamed(name, node),
            lines,
            tuple(self._contacts(node, path)),
            tuple(self._sources(node)),
            self._day(node),
            self._days(node),
            document.one_of(node, "platform", document.names.platforms) or None,
            self._when(node, "audience"),
            read_hours(node.entries.get("hours"), self.zone, self.problems),
            node.place,
            self._checker(node),
        )

    def _unnamed(self, name: str, node: Table) -> Text:
        self.problems.add(
            "F06", node.place, f'The fact "{name}" has no name.',
            hurts="People could not tell what it is.", fix="Add `name:`.",
        )  # fmt: skip
        return Text(self.document.language, {self.document.language: ()}, node.place)

    def _when(self, node: Table, key: str) -> Condition | None:
        when = node.entries.get(key)
        return read_condition(when, self.document.names, self.problems) if when is not None else None

    def _contacts(self, node: Table, path: tuple[str, ...]) -> Iterator[Contact]:
        for position, item in enumerate(self.document.list(node, "contacts"), 1):
            kinds = [way for way in _WAYS if isinstance(item, Table) and way in item.entries]
            if not isinstance(item, Table) or len(kinds) != 1:
                self.problems.add(
                    "F06", item.place, "A contact is exactly one of " + ", ".join(_WAYS) + ".",
                    hurts="Nobody could get in touch this way.", fix="Write one each, like `{call: \"1366\"}`.",
                )  # fmt: skip
                continue
            self.document.known_keys(item, (*_WAYS, "label", "hours", "when"))
            yield self._contact(kinds[0], item, (*path, "contacts", str(position)))

    def _contact(self, kind: ContactKind, item: Table, path: tuple[str, ...]) -> Contact:
        value = self.document.word(item, kind)
        written = item.entries.get("label") or (item.entries[kind] if kind == "chat" else None)
        label = self.document.text(written, path, optional=kind == "chat") if written is not None else None
        if kind in ("form", "site") and not value.startswith("https://"):
            self.problems.add(
                "F45", item.entries[kind].place, "This link does not begin with https://.",
                hurts="What people open there could be read on the way.", fix="Use the https address of the source.",
            )  # fmt: skip
        if kind in ("call", "text") and not _NUMBER.fullmatch(value):
            self.problems.add(
                "F44", item.entries[kind].place, "This is not a number that a phone can dial.",
                hurts="The call would go nowhere, or to somebody else.",
                fix="Write digits, spaces and + - # * only; what to say or press belongs into `label:`.",
            )  # fmt: skip
        hours = read_hours(item.entries.get("hours"), self.zone, self.problems)
        return Contact(kind, value, label, hours, self._when(item, "when"))

    def _sources(self, node: Table) -> Iterator[Source]:
        for item in self.document.list(node, "sources"):
            if not isinstance(item, Table) or "publisher" not in item.entries:
                self.problems.add(
                    "F41", item.place, "A source names its `publisher:`, and where known its `url:` and `date:`.",
                    hurts="Nobody can check whether it is still true.", fix="Add what is missing.",
                )  # fmt: skip
                continue
            self.document.known_keys(item, ("publisher", "url", "date"))
            word = self.document.word
            yield Source(word(item, "publisher"), word(item, "url"), word(item, "date"))

    def _day(self, node: Table) -> date:
        text = self.document.word(node, "checked")
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._undated(node, "checked", "the day it was checked, like 2026-11-22")
            return date.min

    def _checker(self, node: Table) -> str:
        """Who checked it: said at the fact, or once at the head of its file."""
        found = self.document.word(node, "checked-by") or self.document.word(self.root, "checked-by")
        if not found:
            self._undated(node, "checked-by", "the name of who checked it, or of what it was checked against")
        return found

    def _days(self, node: Table) -> int:
        text = self.document.word(node, "again-after").removesuffix(" days")
        if text.isdecimal():
            return int(text)
        self._undated(node, "again-after", "a number of days, like `90 days`")
        return 90

    def _undated(self, node: Table, key: str, wanted: str) -> None:
        self.problems.add(
            "F41", node.entries.get(key, node).place, f"`{key}:` wants {wanted}.",
            hurts="Nobody would know when to check it again.", fix="Write it.",
        )  # fmt: skip


def read_letter(document: Document) -> Letter | None:
    """The letter of a letters document."""
    root = document.root
    document.known_keys(root, ("letter", "written-in", "title", "text", "language"))
    document.named(document.name.removeprefix("letters/"), "letter")
    language = document.word(root, "language") or None
    title = document.maybe_text(root, "title", ())
    text = document.maybe_text(root, "text", (), optional=language is not None)
    if title is None or text is None:
        document.problems.add(
            "F06", root.place, "A letter has a `title:` and a `text:`.",
            hurts="The page that shows it would be empty.", fix="Add what is missing.",
        )  # fmt: skip
        return None
    return Letter(document.name.removeprefix("letters/"), title, text, language, root.place)
