"""Flow files become steps; every name in them is resolved here."""

from collections.abc import Callable, Iterator, Mapping

from bot.core.facts import Country, Platform
from bot.core.guide import (
    AGAIN,
    RETURN,
    Answer,
    Ask,
    Call,
    Choose,
    Line,
    More,
    Page,
    Say,
    Step,
    Target,
)  # fmt: skip
from bot.core.text import SKIP, Condition, Text
from bot.flowfiles.documents import Document, Path
from bot.flowfiles.entries import read_entry
from bot.flowfiles.names import read_condition
from bot.flowfiles.nodes import Items, Node, Scalar, Table
from bot.flowfiles.problems import did_you_mean

_STEPS = ("ask", "say", "choose", "call", "page")
_KEYS = {
    "ask": ("ask", "title", "answers", "then", "careful"),
    "say": ("say", "title", "then"),
    "choose": ("choose", "title", "careful"),
    "call": ("call", "title", "then"),
    "page": ("page", "title", "facts", "more", "letter", "then", "asks", "careful", "warns"),
}


class FlowReader:
    """Reads the steps of one flow document; `countries` and `platforms` give answers their names."""

    def __init__(self, document: Document, countries: dict[str, Country], platforms: dict[str, Platform]) -> None:
        self.document = document
        self.names = document.names
        self.problems = document.problems
        self.flow = document.name
        self.countries = countries
        self.platforms = platforms
        self.platform_questions: list[str] = []

    def steps(self) -> Iterator[Step]:
        self.document.known_keys(self.document.root, ("flow", "written-in", "steps"))
        table = self.document.table(self.document.root, "steps")
        for name, node in table.entries.items():
            kind = self._kind(name, node)
            if isinstance(node, Table) and kind:
                self.document.known_keys(node, _KEYS[kind])
                read: dict[str, Callable[[str, Table], Step]] = {
                    "ask": self._ask, "say": self._say, "choose": self._choose, "call": self._call, "page": self._page,
                }  # fmt: skip
                step = read[kind](name, node)
                self._names_everybody(step, node)
                yield step

    def _kind(self, name: str, node: Node) -> str | None:
        kinds = [kind for kind in _STEPS if isinstance(node, Table) and kind in node.entries]
        if len(kinds) == 1:
            return kinds[0]
        self.problems.add(
            "F06", node.place, f'The step "{name}" is not exactly one of ' + ", ".join(_STEPS) + ".",
            hurts="Nobody can pass here.", fix="Give it one of them.",
        )  # fmt: skip
        return None

    def _names_everybody(self, step: Step, node: Table) -> None:
        """A careful branch has no `else`: a new answer must be thought of here, or somebody is stuck and it shows."""
        ways = step.lines if isinstance(step, Choose) else step.then if isinstance(step, Ask) else ()
        other = next((way for way in ways if way.when is None), None)
        if other and len(ways) > 1 and self.document.yes(node, "careful"):
            self.problems.add(
                "F23", other.place, "This step is marked `careful: yes`, so it has no `else:`.",
                hurts="Whoever gives an answer that is added later would be sent somewhere without a thought.",
                fix="Name the answers that are left, `skip` too; `check` says when one is missing.",
            )  # fmt: skip

    # --- the five kinds --------------------------------------------------------

    def _ask(self, name: str, node: Table) -> Ask:
        path = ("steps", name)
        return Ask(
            name, self._id(name), self._text(node, "ask", path), tuple(self._answers(name, node)),
            self._lines(node, "then"), self._title(node, path), node.place,
        )  # fmt: skip

    def _say(self, name: str, node: Table) -> Say:
        path = ("steps", name)
        text = self._text(node, "say", path)
        return Say(self._id(name), text, self._lines(node, "then"), self._title(node, path), node.place)

    def _choose(self, name: str, node: Table) -> Choose:
        return Choose(self._id(name), self._lines(node, "choose"), self._title(node, ("steps", name)), node.place)

    def _call(self, name: str, node: Table) -> Call:
        called = node.entries["call"]
        flow = self._target(called.text if isinstance(called, Scalar) else "", called, flows_only=True)
        title = self._title(node, ("steps", name))
        return Call(self._id(name), flow or Target(RETURN), self._lines(node, "then"), title, node.place)

    def _page(self, name: str, node: Table) -> Page:
        path = ("steps", name)
        return Page(
            self._id(name),
            self._title(node, path) or self._missing_title(name, node),
            self._text(node, "page", path),
            tuple(fact for item in self.document.list(node, "facts") if (fact := read_entry(self.document, item))),
            tuple(more for item in self.document.list(node, "more") if (more := self._more(item, path))),
            self._lines(node, "then") if "then" in node.entries else (),
            self._question(node, "asks"),
            self._known(node, "letter", self.names.letters),
            self.document.yes(node, "careful"),
            self.document.yes(node, "warns"),
            node.place,
        )

    # --- their parts -----------------------------------------------------------

    def _id(self, name: str) -> str:
        return f"{self.flow}/{name}"

    def _text(self, node: Table, key: str, path: Path) -> Text:
        return self.document.text(node.entries[key], (*path, key))

    def _title(self, node: Table, path: Path) -> Text | None:
        return self.document.maybe_text(node, "title", path)

    def _missing_title(self, name: str, node: Table) -> Text:
        self.problems.add(
            "F06", node.place, f'The page "{name}" has no title.',
            hurts="A button that leads here would say nothing.", fix="Add `title:`.",
        )  # fmt: skip
        return Text(self.document.language, {self.document.language: ()}, node.place)

    def _answers(self, question: str, node: Table) -> Iterator[Answer]:
        table = self.document.table(node, "answers")
        path: Path = ("steps", question, "answers")
        source = self.document.word(table, "from") if "from" in table.entries else ""
        if source:
            self.document.known_keys(table, ("from", "group", "also"))
            self.document.one_of(table, "from", ("countries", "platforms"))
            yield from self._taken_from(source, table, question)
            table, path = self.document.table(table, "also"), (*path, "also")
        elif not table.entries:
            self.problems.add(
                "F06", node.place, f'"{question}" has no answers.',
                hurts="Everybody could only skip it.", fix="Add `answers:`.",
            )  # fmt: skip
        for answer, value in table.entries.items():
            yield self._answer(answer, value, (*path, answer))

            if answer == SKIP:
                self.problems.add(
                    "F05", table.keys[answer], "Every question has `skip` already.",
                    hurts="Two answers could not be told apart.", fix="Rename or delete this one.",
                )  # fmt: skip

    def _answer(self, answer: str, value: Node, path: Path) -> Answer:
        if not isinstance(value, Table):
            return Answer(answer, self.document.text(value, path))
        self.document.known_keys(value, ("label", "when"))
        label = self.document.maybe_text(value, "label", path)
        if label is None:
            self.problems.add(
                "F06", value.place, f'The answer "{answer}" has no label.',
                hurts="Its button would say nothing.", fix="Add `label:`.",
            )  # fmt: skip
            label = Text(self.document.language, {self.document.language: ()}, value.place)
        return Answer(answer, label, self._when(value))

    def _taken_from(self, source: str, table: Table, question: str) -> Iterator[Answer]:
        if source == "countries":
            for country in self.countries.values():
                yield Answer(country.code, country.name)
            return
        self.platform_questions.append(question)
        group, groups = self.document.word(table, "group"), set(self.names.platforms.values())
        if group not in groups:
            self.problems.add(
                "F13", table.entries.get("group", table).place, f'No platform is of the group "{group}".',
                hurts="The question would have no answers.", fix=did_you_mean(group, sorted(groups)),
            )  # fmt: skip
        for platform in self.platforms.values():
            if platform.group == group:
                here = Condition((("country", frozenset({platform.country})),)) if platform.country else None
                yield Answer(platform.id, platform.name, here)

    def _lines(self, node: Table, key: str) -> tuple[Line, ...]:
        value = node.entries.get(key)
        if value is None or (isinstance(value, Items) and not value.items):
            self.problems.add(
                "F15", (value or node).place, f"There is no `{key}:` here, so nothing comes next.",
                hurts="Everybody who comes here is stuck.", fix=f"Add `{key}:` with a step or `return`.",
            )  # fmt: skip
            return ()
        if isinstance(value, Scalar):
            go = self._target(value.text, value)
            return (Line(None, go, value.place),) if go else ()
        items = value.items if isinstance(value, Items) else [value]
        return tuple(line for item in items if (line := self._line(item)))

    def _line(self, item: Node) -> Line | None:
        if not isinstance(item, Table):
            self.problems.add(
                "F07", item.place, "A line is `when:` and `go:`, or `else:`.",
                hurts="Nobody would go this way.", fix="Write one of them.",
            )  # fmt: skip
            return None
        if "else" in item.entries:
            self.document.known_keys(item, ("else",))
            go = self._target(self.document.word(item, "else"), item.entries["else"])
            return Line(None, go, item.place) if go else None
        self.document.known_keys(item, ("when", "go"))
        when = self._when(item)
        go = self._target(self.document.word(item, "go"), item.entries.get("go", item))
        if when is None and "when" not in item.entries:
            self.problems.add(
                "F06", item.place, "This line has no `when:`.",
                hurts="Nobody would go this way.", fix="Add it, or write `else:`.",
            )  # fmt: skip
        return Line(when, go, item.place) if go and when else None

    def _when(self, table: Table) -> Condition | None:
        node = table.entries.get("when")
        return read_condition(node, self.names, self.problems) if node is not None else None

    def _question(self, node: Table, key: str) -> str | None:
        return self._known(node, key, self.names.questions)

    def _known(self, node: Table, key: str, known: Mapping[str, object]) -> str | None:
        name = self.document.word(node, key)
        if not name or name in known:
            return name or None
        self.problems.add(
            "F13", node.entries[key].place, f'"{name}" does not exist.',
            hurts="What stands here would be left out.", fix=did_you_mean(name, known),
        )  # fmt: skip
        return None

    def _more(self, item: Node, path: Path) -> More | None:
        if isinstance(item, Scalar):
            go = self._target(item.text, item)
            return More(item.text, go, place=item.place) if go else None
        if not isinstance(item, Table):
            self.problems.add(
                "F07", item.place, "An entry is a step, or `{go: …}`, or `{again: …}`.",
                hurts="Its button would be missing.", fix="Write one of them.",
            )  # fmt: skip
            return None
        self.document.known_keys(item, ("go", "again", "when", "label"))
        again = self._question(item, "again")
        name = AGAIN + again if again else self.document.word(item, "go")
        label = self._label(item, (*path, "more", name))
        go = None if again else self._target(name, item.entries.get("go", item))
        if go is None and not again:
            return None
        return More(name, go, again, self._when(item), label, item.place)

    def _label(self, item: Table, path: Path) -> Text | None:
        node = item.entries.get("label")
        return self.document.text(node, path) if node is not None else None

    def _target(self, name: str, node: Node, *, flows_only: bool = False) -> Target | None:
        """A step of this flow, `flow/step`, or a flow (with each country's own in its place); `return`."""
        flows = self.names.flows
        if not flows_only:
            if name == RETURN:
                return Target(RETURN)
            if name in flows.get(self.flow, ()):
                return Target(self._id(name))
            flow, _, step = name.rpartition("/")
            if step in flows.get(flow, ()):
                return Target(name)
        if flows.get(name):
            own = {c: f"{c.lower()}/{name}" for c in self.names.countries}
            return Target(f"{name}/{flows[name][0]}", {c: f"{f}/{flows[f][0]}" for c, f in own.items() if flows.get(f)})
        known = [*flows.get(self.flow, ()), *flows, *(f"{f}/{s}" for f in flows for s in flows[f]), RETURN]
        self.problems.add(
            "F11", node.place, f'"{name}" is not a step or a flow.',
            hurts="Everybody who goes here is stuck.", fix=did_you_mean(name, known),
        )  # fmt: skip
        return None
