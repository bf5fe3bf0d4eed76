"""YAML where everything is text: one file becomes a tree of nodes that know their place.

Built from parser events, so that anchors, aliases, tags and merge keys can be refused where they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.core.text import Place
from bot.flowfiles.problems import Problems

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast


@dataclass(slots=True)
class Scalar:
    text: str
    place: Place
    block: bool = False  # written after `|`


@dataclass(slots=True)
class Items:
    items: list["Node"]
    place: Place


@dataclass(slots=True)
class Table:
    """A mapping in the order of the file; `keys` are the places of the keys."""

    entries: dict[str, "Node"]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Items | Table


def read_nodes(file: str, text: str, problems: Problems) -> Table | None:
    """The tree of one file; None when it is not readable at all, with the reason in `problems`.

    `file` is the name below flows/ that problems show.
    """
    try:
        events = iter(list(yaml.parse(text, Loader=_Loader)))
        root = _Builder(file, text.splitlines(), events, problems).document()
    except yaml.MarkedYAMLError as broken:
        _explain(file, broken, problems)
        return None
    except (yaml.YAMLError, UnicodeEncodeError):
        problems.add(
            "F02", _invisible(file, text), "A sign that cannot be shown stands here.",
            hurts="The whole file is left out.", fix="Delete it and type the line again.",
        )  # fmt: skip
        return None
    except RecursionError:
        problems.add(
            "F02", Place(file, 1, 1), "Lists or tables stand in one another too deeply.",
            hurts="The whole file is left out.", fix="Close the brackets.",
        )  # fmt: skip
        return None
    if not isinstance(root, Table):
        problems.add("F01", Place(file, 1, 1), "This file is empty or is not made of `name: value` lines.")
        return None
    return root


def _invisible(file: str, text: str) -> Place:
    """The place of the first sign that YAML does not allow."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, sign in enumerate(line, 1):
            if not sign.isprintable() and sign not in "\t\r\u0085\u2028\u2029\ufeff":
                return Place(file, number, column)
    return Place(file, 1, 1)


class _Builder:
    """Turns events into nodes; what is refused is reported and read as plain text or left out."""

    def __init__(self, file: str, lines: list[str], events: Iterator[yaml.Event], problems: Problems) -> None:
        self.file = file
        self.lines = lines
        self.events = events
        self.problems = problems

    def document(self) -> Node | None:
        documents = 0
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problems.add("F01", self.place(event), "A file holds one document; `---` starts a second.")
                    return root
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                root = self.node(event)
        return root

    def place(self, event: yaml.Event) -> Place:
        mark: yaml.Mark = event.start_mark  # type: ignore[assignment]  # parsers always set it
        return Place(self.file, mark.line + 1, mark.column + 1)

    def node(self, event: yaml.Event) -> Node:
        place = self.place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.problems.add(
                "F02", place, f'"{sign}" (anchors) is not used here.', fix="Write the text out, or put it in quotes."
            )
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) not in (None, "!", ""):
            self.problems.add("F02", place, '"!" (tags) is not used here.', fix="Put the text in quotes.")
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(list(self.until(yaml.SequenceEndEvent)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return self.table(place)
        if isinstance(event, yaml.ScalarEvent):
            self.comment_cut(event)
            return Scalar(event.value, place, event.style in ("|", ">"))
        return Scalar("", place)

    def until(self, end: type[yaml.Event]) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield self.node(event)

    def table(self, place: Place) -> Table:
        table = Table({}, place)
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event)
            value = self.node(next(self.events))
            self.put(table, key, value)
        return table

    def put(self, table: Table, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.problems.add("F02", key.place, "A name is one word, not a list or a table.")
        elif key.text == "<<":
            self.problems.add("F02", key.place, '"<<" (merge) is not used here.', fix="Write the lines out.")
        elif key.text in table.entries:
            first = table.keys[key.text]
            self.problems.add(
                "F05", key.place, f'"{key.text}" is already written at line {first.line}.',
                hurts="One of the two would be forgotten silently.", fix="Rename or delete one.",
            )  # fmt: skip
        else:
            table.entries[key.text] = value
            table.keys[key.text] = key.place

    def comment_cut(self, event: yaml.ScalarEvent) -> None:
        """A plain text that " #" cuts off loses its end without a word from YAML."""
        end: yaml.Mark = event.end_mark  # type: ignore[assignment]  # parsers always set it
        if event.style or " " not in event.value or end.line >= len(self.lines):
            return
        rest = self.lines[end.line][end.column :].strip()
        if rest.startswith("#") and any(sign >= "\uac00" or sign.isalpha() for sign in rest):
            self.problems.warn(
                "F03", Place(self.file, end.line + 1, end.column + 1), 'Everything after " #" is not read.',
                fix="If it belongs to the text, put the text on the next line after `|`.",
            )  # fmt: skip


_HINTS = (
    ("mapping values are not allowed", 'This line has two ":" so the name and the text cannot be told apart.',
     "Put the text on the next line, after `|`."),
    ("\\t", "There is a tab.", "Use spaces."),
    ("unexpected end of stream", "A quote was opened and never closed.", "Close it."),
    ("quoted scalar", "A quote was opened and never closed.", "Close it."),
    ("did not find expected key", "The lines here are not lined up, or a text begins with a special sign.",
     "Line them up with their neighbours, or put the text after `|`."),
    ("could not find expected ':'", 'A name without ":" stands here.', "Add the colon, or indent the text below `|`."),
    ("cannot start any token", "A text begins with a sign that YAML keeps for itself.", "Put it in quotes."),
)  # fmt: skip


def _explain(file: str, broken: yaml.MarkedYAMLError, problems: Problems) -> None:
    mark = broken.problem_mark or broken.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
    said = f"{broken.context or ''} {broken.problem or ''}"
    for fragment, what, fix in _HINTS:
        if fragment in said:
            problems.add("F02", place, what, hurts="The whole file is left out.", fix=fix)
            return
    problems.add("F02", place, "This is not readable YAML: " + said.strip() + ".", hurts="The whole file is left out.")
