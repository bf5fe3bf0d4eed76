"""The `facts:` of a page: by id, or by what they are."""

from typing import get_args

from bot.core.facts import ContactKind, FactKind
from bot.core.guide import FactById, FactEntry, FactQuery
from bot.core.offering import ANSWERED
from bot.core.text import Condition
from bot.flowfiles.documents import Document
from bot.flowfiles.names import read_condition
from bot.flowfiles.nodes import Node, Scalar, Table
from bot.flowfiles.problems import did_you_mean

KINDS = get_args(FactKind)
WAYS = get_args(ContactKind)


def read_entry(document: Document, item: Node) -> FactEntry | None:
    """A fact by its id, or by what it is; None when it is neither, with the reason in the problems."""
    if isinstance(item, Scalar):
        return FactById(item.text, place=item.place) if _exists(document, item.text, item) else None
    if not isinstance(item, Table):
        document.problems.add(
            "F07", item.place, "A fact is an id or `{kind: …}`.",
            hurts="People would not see this help.", fix="Write one of them.",
        )  # fmt: skip
        return None
    if "id" in item.entries:
        document.known_keys(item, ("id", "when", "full"))
        name = document.word(item, "id")
        if not _exists(document, name, item.entries["id"]):
            return None
        return FactById(name, _when(document, item), document.yes(item, "full"), item.place)
    document.known_keys(item, ("kind", "country", "platform", "crisis-lines", "way", "at-most", "when"))
    if not {"kind", "country", "platform", "crisis-lines"} & set(item.entries):
        document.problems.add(
            "F06", item.place, "This fact has no `id:` and no `kind:`.",
            hurts="Every fact of the guide would be shown.", fix="Add one of them.",
        )  # fmt: skip
    return FactQuery(
        _words(document, item, "kind", KINDS),
        document.one_of(item, "country", (ANSWERED, *document.names.codes)) or None,
        document.one_of(item, "platform", (ANSWERED, *document.names.platforms)) or None,
        document.one_of(item, "crisis-lines", (ANSWERED,)) == ANSWERED,
        _number(document, item, "at-most"),
        _when(document, item),
        item.place,
        _words(document, item, "way", WAYS),
    )


def _words(document: Document, item: Table, key: str, known: tuple[str, ...]) -> frozenset[str]:
    """The words below `key`, each of them a known one."""
    found = {node.text: node for node in document.list(item, key) if isinstance(node, Scalar)}
    for name, node in found.items():
        if name not in known:
            document.problems.add(
                "F07", node.place, f'"{name}" is not a {key} of facts.',
                hurts="People would not see this help.", fix=did_you_mean(name, known),
            )  # fmt: skip
    return frozenset(found)


def _number(document: Document, item: Table, key: str) -> int | None:
    word = document.word(item, key)
    if word and not word.isdecimal():
        document.problems.add(
            "F07", item.entries[key].place, f"`{key}:` wants a number.",
            hurts="All of them would be shown.", fix=f"Write e.g. `{key}: 3`.",
        )  # fmt: skip
    return int(word) if word.isdecimal() else None


def _exists(document: Document, name: str, node: Node) -> bool:
    if name in document.names.facts:
        return True
    document.problems.add(
        "F13", node.place, f'There is no fact "{name}".',
        hurts="People would not see this help.", fix=did_you_mean(name, document.names.facts),
    )  # fmt: skip
    return False


def _when(document: Document, table: Table) -> Condition | None:
    node = table.entries.get("when")
    return read_condition(node, document.names, document.problems) if node is not None else None
