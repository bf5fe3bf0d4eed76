"""guide.yaml, interface.yaml and interrupts.yaml: what holds for the whole guide."""

from dataclasses import dataclass

from bot.core.guide import INTERFACE_TEXTS, Interrupt
from bot.core.text import Text
from bot.flowfiles.documents import Document
from bot.flowfiles.names import Names
from bot.flowfiles.nodes import Items, Node, Scalar, Table
from bot.flowfiles.problems import Problems, did_you_mean

_KEYS = (
    "format", "languages", "default-language", "other-language", "fallback", "start", "sets", "countries",
    "lines-anywhere", "lines-elsewhere",
)  # fmt: skip
FORMAT = "1"


@dataclass(slots=True)
class Frame:
    """guide.yaml as plain values; `root` stays for the places of problems."""

    root: Table
    languages: dict[str, str]
    default_language: str
    other_language: str
    fallback: dict[str, tuple[str, ...]]
    start: str
    sets: dict[str, tuple[str, ...]]
    countries: tuple[str, ...]
    lines_anywhere: dict[str, tuple[str, ...]]
    lines_elsewhere: tuple[str, ...]


def read_frame(root: Table, problems: Problems) -> Frame:
    """The frame of guide.yaml; what is missing is reported and read as empty."""
    for key in root.entries:
        if key not in _KEYS:
            problems.add(
                "F04", root.keys[key], f'"{key}" is not known here.',
                hurts="It would be left out silently.", fix=did_you_mean(key, _KEYS),
            )  # fmt: skip
    for key in ("languages", "default-language", "start", "sets"):
        if key not in root.entries:
            problems.add(
                "F06", root.place, f"guide.yaml has no `{key}:`.",
                hurts="Nothing can be shown without it.", fix="Add it.",
            )  # fmt: skip
    if _word(root, "format") != FORMAT:
        problems.add(
            "F07", root.entries.get("format", root).place, f'This program reads format "{FORMAT}".',
            hurts="Another format may mean something else.", fix=f'Write `format: "{FORMAT}"`.',
        )  # fmt: skip
    languages = {code: _text(node) for code, node in _table(root, "languages").items()}
    sets = {name: _words(node) for name, node in _table(root, "sets").items()}
    _minors(root, sets, problems)
    _languages(root, languages, problems)
    return Frame(
        root,
        languages,
        _word(root, "default-language") or next(iter(languages), ""),
        _word(root, "other-language"),
        {code: _words(node) for code, node in _table(root, "fallback").items()},
        _word(root, "start"),
        sets,
        _words(root.entries.get("countries")),
        {code: _words(node) for code, node in _table(root, "lines-anywhere").items()},
        _words(root.entries.get("lines-elsewhere")),
    )


def _minors(root: Table, sets: dict[str, tuple[str, ...]], problems: Problems) -> None:
    """Whoever did not say their age is treated as a minor: the set must hold them."""
    missing = [answer for answer in ("unsure", "skip") if answer not in sets.get("minor", ())]
    if missing and "sets" in root.entries:
        problems.add(
            "F26", root.entries["sets"].place, "The set `minor` does not hold " + " and ".join(missing) + ".",
            hurts="A child who did not say their age would get the answers for adults.", fix="Add them to the set.",
        )  # fmt: skip


def _languages(root: Table, languages: dict[str, str], problems: Problems) -> None:
    """Every language that guide.yaml names is one of `languages:`."""
    named = [node for key in ("default-language",) if isinstance(node := root.entries.get(key), Scalar)]
    for node in _table(root, "fallback").values():
        named += [item for item in (node.items if isinstance(node, Items) else [node]) if isinstance(item, Scalar)]
    for node in named:
        if node.text not in languages:
            problems.add(
                "F07", node.place, f'"{node.text}" is not a language of this guide.',
                hurts="Texts could not be found.", fix=did_you_mean(node.text, languages),
            )  # fmt: skip


def check_lines(frame: Frame, names: Names, problems: Problems) -> None:
    """The crisis lines that guide.yaml names are facts."""
    lists = [frame.root.entries.get("lines-elsewhere"), *_table(frame.root, "lines-anywhere").values()]
    for node in lists:
        for item in node.items if isinstance(node, Items) else [node]:
            if item is not None and _text(item) not in names.facts:
                problems.add(
                    "F13", item.place, f'There is no fact "{_text(item)}".',
                    hurts="A crisis line would be missing.", fix=did_you_mean(_text(item), names.facts),
                )  # fmt: skip


def read_interface(document: Document) -> dict[str, Text]:
    """The interface's own words; every one of INTERFACE_TEXTS must be there."""
    document.known_keys(document.root, ("interface", "written-in"))
    table = document.table(document.root, "interface")
    document.known_keys(table, INTERFACE_TEXTS)
    for key in INTERFACE_TEXTS:
        if key not in table.entries:
            document.problems.add(
                "F06", table.place, f'The interface has no text "{key}".',
                hurts="A button or line would say nothing.", fix="Add it.",
            )  # fmt: skip
    return {key: document.text(node, ("interface", key)) for key, node in table.entries.items()}


def read_interrupts(document: Document, names: Names) -> dict[str, Interrupt]:
    """The flows that open from every screen."""
    document.known_keys(document.root, ("interrupts", "written-in"))
    found = {}
    for name, node in document.table(document.root, "interrupts").entries.items():
        if not isinstance(node, Table):
            document.problems.add(
                "F07", node.place, "An interrupt has `flow:`, `button:` and `inside:`.",
                hurts="Nobody could open it.", fix="Write them on the next lines, indented.",
            )  # fmt: skip
            continue
        document.known_keys(node, ("flow", "button", "inside", "quiet"))
        flow = document.one_of(node, "flow", names.flows)
        path = ("interrupts", name)
        button = document.maybe_text(node, "button", path)
        inside = document.maybe_text(node, "inside", path)
        if flow and names.flows[flow] and button and inside:
            found[name] = Interrupt(name, button, inside, f"{flow}/{names.flows[flow][0]}", document.yes(node, "quiet"))
        elif not {"flow", "button", "inside"} <= set(node.entries):
            document.problems.add(
                "F06", node.place, "An interrupt has `flow:`, `button:` and `inside:`.",
                hurts="Nobody could open it.", fix="Add what is missing.",
            )  # fmt: skip
    return found


def _table(root: Table, key: str) -> dict[str, Node]:
    node = root.entries.get(key)
    return node.entries if isinstance(node, Table) else {}


def _word(root: Table, key: str) -> str:
    return _text(root.entries.get(key))


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _words(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Items):
        return tuple(_text(item) for item in node.items)
    return (node.text,) if isinstance(node, Scalar) and node.text else ()
