"""YAML where everything is text: one file becomes a tree of nodes that know their place.

Built from parser events, so that anchors, aliases, tags and merge keys can be refused where they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.core.text import Place
from bot.flowfiles.problems import Problems

_DEEPEST = 30  # tables and lists in one another; a guide needs 8
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
        _explain(file, broken, text.splitlines(), problems)
        return None
    except (yaml.YAMLError, UnicodeEncodeError):
        problems.add(
            "F02", _invisible(file, text), "A sign that cannot be shown stands here.",
            hurts="The whole file is left out.", fix="Delete it and type the line again.",
        )  # fmt: skip
        return None
    except _TooDeep as deep:
        problems.add(
            "F02", deep.place, "Lists or tables stand in one another too deeply.",
            hurts="The whole file is left out.", fix="Close the brackets.",
        )  # fmt: skip
        return None
    if not isinstance(root, Table):
        problems.add(
            "F01", Place(file, 1, 1), "This file is empty or is not made of `name: value` lines.",
            hurts="The whole file is left out.", fix="Begin with a line like `flow: name`, or delete the file.",
        )  # fmt: skip
        return None
    return root


def _invisible(file: str, text: str) -> Place:
    """The place of the first sign that YAML does not allow."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, sign in enumerate(line, 1):
            if not sign.isprintable() and sign not in "\t\r\u0085\u2028\u2029\ufeff":
                return Place(file, number, column)
    return Place(file, 1, 1)


@dataclass(frozen=True)
class _TooDeep(Exception):
    place: Place


class _Builder:
    """Turns events into nodes; what is refused is reported and read as plain text or left out."""

    def __init__(self, file: str, lines: list[str], events: Iterator[yaml.Event], problems: Problems) -> None:
        self.file = file
        self.lines = lines
        self.events = events
        self.problems = problems
        self.depth = 0

    def document(self) -> Node | None:
        documents = 0
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problems.add(
                        "F01", self.place(event), "A file holds one document; `---` starts a second.",
                        hurts="What stands below it is not read.", fix="Delete the line, or make a second file.",
                    )  # fmt: skip
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
                "F02", place, f'"{sign}" (anchors) is not used here.',
                hurts="The text behind it would be lost.", fix="Write the text out, or put it in quotes.",
            )  # fmt: skip
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) not in (None, "!", ""):
            self.problems.add(
                "F02", place, '"!" (tags) is not used here.',
                hurts="The word behind it would be lost.", fix="Put the text in quotes.",
            )  # fmt: skip
        if isinstance(event, yaml.CollectionStartEvent):
            if self.depth == _DEEPEST:
                raise _TooDeep(place)
            self.depth += 1
            is_list = isinstance(event, yaml.SequenceStartEvent)
            found = Items(list(self.until(yaml.SequenceEndEvent)), place) if is_list else self.table(place)
            self.depth -= 1
            return found
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
            self.problems.add(
                "F02", key.place, "A name is one word, not a list or a table.",
                hurts="What stands here would be left out.", fix="Put texts that begin with [ or { in quotes.",
            )  # fmt: skip
        elif key.text == "<<":
            self.problems.add(
                "F02", key.place, '"<<" (merge) is not used here.',
                hurts="What stands here would be left out.", fix="Write the lines out.",
            )  # fmt: skip
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
        if event.style or end.line >= len(self.lines):
            return
        rest = self.lines[end.line][end.column :].strip()
        glued = rest[:1] == "#" and rest[1:2].strip() != ""  # "#3" belongs to a text, "# why" is a comment
        if glued or (rest.startswith("#") and " " in event.value and any(sign.isalpha() for sign in rest)):
            self.problems.warn(
                "F03", Place(self.file, end.line + 1, end.column + 1), 'Everything after " #" is not read.',
                hurts="People would read half of a text.",
                fix="If it belongs to the text, put the text on the next line after `|`.",
            )  # fmt: skip


_TWO_COLONS = "mapping values are not allowed"
_OPENED = ("quoted scalar", "',' or ']'", "',' or '}'", "expected ':'")  # what began earlier than it was noticed
_HINTS = (
    (_TWO_COLONS, 'This line has two ":" so the name and the text cannot be told apart.',
     "Put the text on the next line, after `|`."),
    ("escape character", "In double quotes a \\ means something else.", "Use single quotes."),
    ("quoted scalar", "A quote was opened and never closed.", "Close it."),
    ("',' or ']'", "A [ was opened and never closed.", "Close it with ], and put commas in between."),
    ("',' or '}'", "A { was opened and never closed.", "Close it with }, and put commas in between."),
    ("did not find expected key", "The lines here are not lined up, or a text begins with a special sign.",
     "Line them up with their neighbours, or put the text after `|`."),
    ("did not find expected '-'", "A line without `-` stands in a list.", "Line it up with the name above it."),
    ("entries are not allowed", "A `-` stands where no list can begin.", "Put it on a line of its own, or use quotes."),
    ("could not find expected ':'", 'A name without ":" stands here.', "Add the colon, or indent the text below `|`."),
    ("block scalar", "Nothing but a remark may stand after `|` on its line.", "Begin the text on the next line."),
    ("cannot start any token", "A text begins with a sign that YAML keeps for itself.", "Put it in quotes."),
    ("scanning a", "A text begins with a sign that YAML keeps for itself.", "Put it in quotes."),
)  # fmt: skip


def _explain(file: str, broken: yaml.MarkedYAMLError, lines: list[str], problems: Problems) -> None:
    said = f"{broken.context or ''} {broken.problem or ''}"
    mark = broken.problem_mark or broken.context_mark
    if any(fragment in said for fragment in _OPENED):
        mark = broken.context_mark or mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    what, fix = _hint(said, line, place.column)
    problems.add("F02", place, what, hurts="The whole file is left out.", fix=fix)


def _hint(said: str, line: str, column: int) -> tuple[str, str]:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "There is a tab.", "Use spaces."
    if _TWO_COLONS in said and ":" not in line[: column - 1]:
        return "This line is indented below a text, so it cannot be a name.", "Line it up with its neighbours."
    for fragment, what, fix in _HINTS:
        if fragment in said:
            return what, fix
    return f"This is not readable YAML: {said.strip()}.", "Compare the line with its neighbours."
