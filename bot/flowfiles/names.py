"""Every id of the guide, gathered before anything is resolved, so that files may name one another."""

from dataclasses import dataclass, field

from bot.core.text import SKIP, Condition, Place
from bot.flowfiles.nodes import Items, Node, Scalar, Table
from bot.flowfiles.problems import Problems, did_you_mean


@dataclass(slots=True)
class Names:
    """`questions`: id -> its answer ids; `flows`: flow -> its step ids, in order; `sets`: name -> answers."""

    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    flows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: dict[str, Place] = field(default_factory=dict)
    letters: dict[str, Place] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()  # the heads of all facts files: countries, INTL, EU
    platforms: dict[str, str] = field(default_factory=dict)  # id -> group
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_condition(node: Node, names: Names, problems: Problems) -> Condition | None:
    """A `when:`; None when nothing of it can be read. Sets and `not:` become plain answer ids."""
    if not isinstance(node, Table):
        problems.add(
            "F07", node.place, "`when:` wants questions and answers.",
            hurts="It would fit everybody, or nobody.", fix="Write e.g. `when: {country: KR}`.",
        )  # fmt: skip
        return None
    if not node.entries:
        problems.add(
            "F07", node.place, "This `when:` is empty.",
            hurts="It would fit everybody, or nobody.", fix="Write e.g. `{country: KR}`, or delete it.",
        )  # fmt: skip
    clauses = []
    for question, value in node.entries.items():
        if question not in names.questions:
            problems.add(
                "F12", node.keys[question], f'"{question}" is not a question.',
                hurts="This line would never fit anybody.", fix=did_you_mean(question, names.questions),
            )  # fmt: skip
            continue
        clauses.append((question, _wanted(question, value, names, problems)))
    return Condition(tuple(clauses)) if clauses else None


def _wanted(question: str, value: Node, names: Names, problems: Problems) -> frozenset[str]:
    known = (*names.questions[question], SKIP)
    if isinstance(value, Table):
        if list(value.entries) != ["not"]:
            problems.add(
                "F07", value.place, "Only `not:` may stand here.",
                hurts="It would fit everybody.", fix="Write e.g. `{not: KR}`.",
            )  # fmt: skip
            return frozenset(known)
        return frozenset(known) - _answers(question, value.entries["not"], known, names, problems)
    return _answers(question, value, known, names, problems)


def _answers(question: str, value: Node, known: tuple[str, ...], names: Names, problems: Problems) -> frozenset[str]:
    wanted: set[str] = set()
    for item in value.items if isinstance(value, Items) else [value]:
        word = item.text if isinstance(item, Scalar) else ""
        if word in known:
            wanted.add(word)
        elif word in names.sets:
            wanted.update(answer for answer in names.sets[word] if answer in known)
        else:
            problems.add(
                "F12", item.place, f'"{question}" has no answer "{word}".',
                hurts="This line would never fit anybody.", fix=did_you_mean(word, [*known, *names.sets]),
            )  # fmt: skip
    return frozenset(wanted)
