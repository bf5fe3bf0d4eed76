"""One source file with its translations beside it: typed access to nodes, with a problem for whatever is off."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.text import Block, Part, Place, Text, slots
from bot.flowfiles.markup import read_blocks, read_letter
from bot.flowfiles.names import Names, read_condition
from bot.flowfiles.nodes import Items, Node, Scalar, Table
from bot.flowfiles.problems import Problems, did_you_mean

Path = tuple[str, ...]
INTERFACE_BLANKS = ("when", "country", "date", "web", "minutes")  # what the engine fills in by itself


@dataclass(slots=True)
class Document:
    """A source file: `root` as written in `language`; `others` its translations by language."""

    name: str  # found, kr/plan, facts/kr, letters/tell-parent, interface, interrupts
    language: str
    root: Table
    names: Names
    problems: Problems
    others: Mapping[str, Table] = field(default_factory=dict)
    used: set[tuple[str, Path]] = field(default_factory=set)
    letter: bool = False  # texts keep their line ends

    # --- shape ---------------------------------------------------------------

    def known_keys(self, table: Table, known: Iterable[str]) -> None:
        names = list(known)
        for key in table.entries:
            if key not in names:
                self.problems.add(
                    "F04", table.keys[key], f'"{key}" is not known here.',
                    hurts="It would be left out silently.", fix=did_you_mean(key, names),
                )  # fmt: skip

    def table(self, table: Table, key: str) -> Table:
        """A table below `key`; an empty one where it is absent or something else."""
        node = table.entries.get(key)
        if node is None:
            return Table({}, table.place)
        if isinstance(node, Table):
            return node
        self.problems.add(
            "F07", node.place, f"`{key}:` wants lines of `name: value` below it.",
            hurts="What stands here would be left out.", fix="Write them on the next lines, indented.",
        )  # fmt: skip
        return Table({}, node.place)

    def word(self, table: Table, key: str, default: str = "") -> str:
        node = table.entries.get(key)
        if node is None:
            return default
        if isinstance(node, Scalar) and node.text:
            return node.text
        self.problems.add(
            "F07", node.place, f"`{key}:` wants one word or text.",
            hurts="What stands here would be left out.", fix=f"Write one, like `{key}: word`.",
        )  # fmt: skip
        return default

    def one_of(self, table: Table, key: str, known: Iterable[str], default: str = "") -> str:
        word = self.word(table, key, default)
        names = list(known)
        if word and word not in names:
            self.problems.add(
                "F07", table.entries[key].place, f'`{key}:` cannot be "{word}".',
                hurts="What stands here would be left out.", fix=did_you_mean(word, names),
            )  # fmt: skip
            return default
        return word

    def yes(self, table: Table, key: str) -> bool:
        return self.one_of(table, key, ("yes", "no"), "no") == "yes"

    def list(self, table: Table, key: str) -> list[Node]:
        """The items below `key`; a single value is a list of one."""
        node = table.entries.get(key)
        if node is None:
            return []
        return node.items if isinstance(node, Items) else [node]

    def named(self, name: str, kind: str) -> None:
        """A flow and a letter say the name of their file."""
        given = self.word(self.root, kind)
        if given != name:
            place = self.root.entries.get(kind, self.root).place
            self.problems.add(
                "F07", place, f'This file is the {kind} "{name}", not "{given}".',
                hurts="Nobody could tell which of the two is meant.", fix=f"Write `{kind}: {name}`.",
            )  # fmt: skip

    # --- texts ---------------------------------------------------------------

    def text(self, node: Node, path: Path, *, optional: bool = False) -> Text:
        """A text in all languages that it exists in; missing and different ones are reported.

        An `optional` one may be shown untranslated without a report (names of services).
        """
        parts = self.source_parts(node)
        found = {self.language: parts}
        for language, root in self.others.items():
            other = _descend(root, path)
            if other is not None:
                self.used.add((language, path))
                found[language] = self._translated(other, parts, path)
            elif not optional and language != self.language:
                self.problems.warn(
                    "F62", node.place, f"There is no {language} text for {self.name}/{'/'.join(path)}.",
                    hurts=f"People who read {language} see another language here.",
                    fix=f"Write it in words/{language}/{self.name}.yaml, below {' › '.join(path)}.",
                )  # fmt: skip
        return Text(self.language, found, node.place)

    def maybe_text(self, table: Table, key: str, path: Path, *, optional: bool = False) -> Text | None:
        node = table.entries.get(key)
        return self.text(node, (*path, key), optional=optional) if node is not None else None

    def _blocks(self, node: Node | None) -> tuple[Block, ...]:
        if not isinstance(node, Scalar):
            if node is not None:
                self.problems.add(
                    "F07", node.place, "A text is expected here.",
                    hurts="Nothing would be said here.", fix="Put it on the next line after `|`.",
                )  # fmt: skip
            return ()
        if not node.text.strip():
            self.problems.add(
                "F08", node.place, "This text is empty.",
                hurts="Nothing would be said here.", fix="Write it, or delete the line.",
            )  # fmt: skip
        blocks = read_letter(node.text) if self.letter else read_blocks(node.text)
        if re.search(r"[{}]", re.sub(r"\{[a-z][^{}\s]*\}", "", node.text)):
            self.problems.add(
                "F17", node.place, "A { or } stands in this text that is not a blank.",
                hurts="People would read the bracket.", fix="Write a blank like {fact.kr-1366.phone}, or leave it out.",
            )  # fmt: skip
        for name in sorted(slots(blocks)):
            self._blank(name, node)
        return blocks

    def _blank(self, name: str, node: Node) -> None:
        """A blank is filled in from a question or a fact that exists."""
        kind, _, rest = name.partition(".")
        fact, _, field_name = rest.rpartition(".")
        names = self.names
        fixed = INTERFACE_BLANKS if self.name == "interface" else ("facts",)
        fits = {"answer": rest in names.questions, "fact": fact in names.facts and field_name in ("name", "phone")}
        if not fits.get(kind, name in fixed):
            known = [f"answer.{question}" for question in names.questions]
            known += [f"fact.{id}.{part}" for id in names.facts for part in ("name", "phone")]
            self.problems.add(
                "F13", node.place, f'Nothing is known to fill in "{{{name}}}".',
                hurts="People would read a gap.", fix=did_you_mean(name, [*fixed, *known]),
            )  # fmt: skip

    def source_parts(self, node: Node) -> tuple[Part, ...]:
        if not isinstance(node, Items):
            return (Part(self._blocks(node)),)
        parts = []
        for item in node.items:
            if not isinstance(item, Table):
                parts.append(Part(self._blocks(item)))
                continue
            self.known_keys(item, ("when", "text", "else"))
            when = item.entries.get("when")
            condition = read_condition(when, self.names, self.problems) if when else None
            parts.append(Part(self._blocks(item.entries.get("text")), condition, self._else(item)))
        return tuple(parts)

    def _else(self, item: Table) -> tuple[Block, ...]:
        other = item.entries.get("else")
        return self._blocks(other) if other is not None else ()

    def _translated(self, node: Node, source: tuple[Part, ...], path: Path) -> tuple[Part, ...]:
        items = node.items if isinstance(node, Items) else [node]
        if len(items) != len(source):
            self.problems.add(
                "F64", node.place, f"This text has {len(items)} parts here and {len(source)} in {self.language}.",
                hurts="People would read the wrong part.", fix="Give it the same list of parts, in the same order.",
            )  # fmt: skip
            return source
        parts = []
        for item, part in zip(items, source, strict=True):
            if isinstance(item, Table):
                self.known_keys(item, ("text", "else"))
                translated = Part(self._blocks(item.entries.get("text")), part.when, self._else(item))
            else:
                translated = Part(self._blocks(item), part.when)
            self._same_blanks(item, part, translated)
            parts.append(translated)
        return tuple(parts)

    def _same_blanks(self, node: Node, source: Part, translated: Part) -> None:
        pairs = ((source.blocks, translated.blocks), (source.otherwise, translated.otherwise))
        for wanted, given in pairs:
            if slots(wanted) != slots(given) or bool(wanted) != bool(given):
                names = ", ".join(sorted("{" + name + "}" for name in slots(wanted) ^ slots(given))) or "`else`"
                self.problems.add(
                    "F17", node.place, f"Not the same in both languages: {names}.",
                    hurts="People would miss what stands there.", fix="Write it in both, or in neither.",
                )  # fmt: skip

    def left_over(self) -> Iterator[Place]:
        """Where a translation has texts that the source does not have (any more)."""
        used = self.used
        for language, root in self.others.items():
            for path, place in _leaves(root, ()):
                if not any((language, path[:n]) in used for n in range(1, len(path) + 1)):
                    yield place


def _descend(root: Table, path: Path) -> Node | None:
    node: Node = root
    for key in path:
        if not isinstance(node, Table) or key not in node.entries:
            return None
        node = node.entries[key]
    return node


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, Place]]:
    if isinstance(node, Table):
        for key, value in node.entries.items():
            if path or key not in ("translates", "language"):
                yield from _leaves(value, (*path, key))
    else:
        yield path, node.place
