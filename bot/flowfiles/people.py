"""Person-tests and journeys: who meets the guide, and what they should see, as support workers write it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.guide import CONTINUE, TYPED, Ask, Guide, Page
from bot.core.text import SKIP, Place
from bot.flowfiles.documents import Document
from bot.flowfiles.names import Names
from bot.flowfiles.nodes import Items, Node, Scalar, Table, read_nodes
from bot.flowfiles.problems import Problems, did_you_mean

BACK = "back"
BOTH = "both"
_EXPECTED = ("ends-at", "sees", "never-sees", "says", "never-says", "at-most-presses")
_PERSON = ("person", "answers", "typed", "opens", "language", *_EXPECTED)
_JOURNEY = ("journey", "language", "press", *_EXPECTED)


@dataclass(frozen=True, slots=True)
class Press:
    """A word of an author for a button: an answer, a page, an interrupt, `back`."""

    word: str
    place: Place


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: its `kind` is the key below which it stands; words of a text have a `language`."""

    kind: str
    what: str
    place: Place
    language: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in a sentence, the languages in which they read, and what should hold for them."""

    about: str
    place: Place
    languages: tuple[str, ...]
    expects: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Person(Visitor):
    """What they would say whatever is asked (one of several answers, each tried), then what they open."""

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opens: tuple[Press, ...] = ()
    typed: str = ""  # the topic of typed words that they begin with


@dataclass(frozen=True, slots=True)
class Journey(Visitor):
    """A conversation press by press; `name` is that of its file."""

    name: str = ""
    press: tuple[Press, ...] = ()


def read_visitors(files: Mapping[str, str], guide: Guide, problems: Problems) -> list[Visitor]:
    """The people and journeys of a folder's files, given as {name: text}; whoever cannot be read is left out."""
    found: list[Visitor] = []
    for name, text in sorted(files.items()):
        folder = name.partition("/")[0]
        if folder not in ("people", "journeys") or not name.endswith(".yaml"):
            continue
        root = read_nodes(name, text, problems)
        if root is None:
            continue
        its = _Reader(Document(name, guide.default_language, root, Names(), problems), guide)
        found += its.people() if folder == "people" else its.journeys()
    return found


def check_visitors(files: Mapping[str, str], guide: Guide, problems: Problems) -> None:
    """Add a problem for every name in the people and journeys that the guide does not have."""
    read_visitors(files, guide, problems)


class _Reader:
    def __init__(self, document: Document, guide: Guide) -> None:
        self.document = document
        self.guide = guide
        self.problems = document.problems
        entries = {entry.answer for step in guide.steps.values() if isinstance(step, Page) for entry in step.more}
        flows = {step.rpartition("/")[0] for step in guide.steps}
        facts = {f"fact/{fact}" for fact in guide.facts}
        self.openable = {BACK, CONTINUE, *entries, *flows, *facts, *guide.steps, *guide.interrupts}

    def people(self) -> Iterator[Person]:
        self.document.known_keys(self.document.root, ("people",))
        for node in self.document.list(self.document.root, "people"):
            if not isinstance(node, Table):
                self.problems.add(
                    "F07", node.place, "A person is expected here.",
                    hurts="This person is not tested.", fix="Write `- person: a sentence`, and the rest below it.",
                )  # fmt: skip
                continue
            self.document.known_keys(node, _PERSON)
            yield Person(
                self.about(node, "person"), node.place, self.languages(node), self.expects(node),
                self.answers(node), tuple(self.presses(node, "opens", self.openable)), self.typed(node),
            )  # fmt: skip

    def journeys(self) -> Iterator[Journey]:
        root = self.document.root
        self.document.known_keys(root, _JOURNEY)
        answers = {answer.id for question in self.guide.questions.values() for answer in question.answers}
        name = self.document.name.removeprefix("journeys/").removesuffix(".yaml")
        yield Journey(
            self.about(root, "journey"), root.place, self.languages(root), self.expects(root),
            name, tuple(self.presses(root, "press", self.openable | answers | {SKIP})),
        )  # fmt: skip

    def about(self, table: Table, key: str) -> str:
        if key not in table.entries:
            self.problems.add(
                "F06", table.place, f"`{key}:` is missing: who this is, in one sentence.",
                hurts="Nobody could tell whom a failure is about.", fix=f"Write `{key}: A girl of 15 in Korea`.",
            )  # fmt: skip
        return self.document.word(table, key)

    def languages(self, table: Table) -> tuple[str, ...]:
        spoken = tuple(self.guide.languages)
        language = self.document.one_of(table, "language", (BOTH, *spoken), BOTH)
        return spoken if language == BOTH else (language,)

    def answers(self, table: Table) -> dict[str, tuple[str, ...]]:
        found = {}
        said = self.document.table(table, "answers")
        for question, node in said.entries.items():
            if question in self.guide.questions:
                found[question] = tuple(dict.fromkeys(self.answers_to(question, node)))
                continue
            self.problems.add(
                "F91", said.keys[question], f'"{question}" is not a question of the guide.',
                hurts="This person is tested as if they had said nothing.",
                fix=did_you_mean(question, self.guide.questions),
            )  # fmt: skip
        return {question: answers for question, answers in found.items() if answers}

    def answers_to(self, question: str, node: Node) -> Iterator[str]:
        known = [*(answer.id for answer in self.guide.questions[question].answers), SKIP]
        for item in node.items if isinstance(node, Items) else [node]:
            word = item.text if isinstance(item, Scalar) else ""
            if word in known:
                yield word
            elif word in self.guide.sets:
                yield from (answer for answer in known if answer in self.guide.sets[word])
            else:
                self.problems.add(
                    "F91", item.place, f'"{question}" has no answer "{word}".',
                    hurts="This person is tested as if they had skipped it.",
                    fix=did_you_mean(word, [*known, *self.guide.sets]),
                )  # fmt: skip

    def typed(self, table: Table) -> str:
        topics = [topic.id for topic in self.guide.topics.values() if topic.go]
        return self.document.one_of(table, TYPED, topics)

    def presses(self, table: Table, key: str, known: set[str]) -> Iterator[Press]:
        for node, word in self.words(table, key):
            if word not in known:
                self.problems.add(
                    "F92", node.place, f'No button of the guide is called "{word}".',
                    hurts="This person stands still here, and nothing after it is tested.",
                    fix=did_you_mean(word, sorted(known)),
                )  # fmt: skip
            yield Press(word, node.place)

    def words(self, table: Table, key: str) -> Iterator[tuple[Node, str]]:
        for node in self.document.list(table, key):
            if isinstance(node, Scalar) and node.text:
                yield node, node.text
            else:
                self.problems.add(
                    "F07", node.place, f"`{key}:` wants words here.",
                    hurts="What stands here is not tested.", fix=f"Write e.g. `{key}: [one, two]`.",
                )  # fmt: skip

    def expects(self, table: Table) -> tuple[Expected, ...]:
        found = tuple(self.expected(table))
        if not any(key in table.entries for key in _EXPECTED):
            self.problems.add(
                "F94", table.place, "This test expects nothing, so it can never fail.",
                hurts="It looks as if somebody watched over this person.",
                fix="Write what they should see: `ends-at:`, `sees:`, `says:`.",
            )  # fmt: skip
        return found

    def expected(self, table: Table) -> Iterator[Expected]:
        guide = self.guide
        pages = [name for name, step in guide.steps.items() if isinstance(step, Page | Ask)]
        facts = [f"fact/{fact}" for fact in guide.facts]
        seen = {
            "ends-at": [*pages, *guide.questions, *facts],
            "sees": [*guide.facts, *pages, *guide.letters, *guide.questions],
            "never-sees": [*guide.facts, *pages, *guide.letters, *guide.questions],
        }
        for key, known in seen.items():
            for node, word in self.words(table, key):
                if word not in known:
                    self.problems.add(
                        "F93", node.place, f'The guide has no page, fact or letter "{word}".',
                        hurts="Nobody is watched here: it cannot be seen, or never is.", fix=did_you_mean(word, known),
                    )  # fmt: skip
                yield Expected(key, word, node.place)
        for key in ("says", "never-says"):
            its = self.document.table(table, key)
            self.document.known_keys(its, guide.languages)
            for language in its.entries:
                for node, word in self.words(its, language):
                    yield Expected(key, word, node.place, language)
        most = self.document.word(table, "at-most-presses", "0")
        if not most.isdecimal():
            self.problems.add(
                "F07", table.entries["at-most-presses"].place, "`at-most-presses:` wants a number.",
                hurts="Nobody counts how far the help is away.", fix="Write e.g. `at-most-presses: 4`.",
            )  # fmt: skip
        elif "at-most-presses" in table.entries:
            yield Expected("at-most-presses", most, table.entries["at-most-presses"].place)
