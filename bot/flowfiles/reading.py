"""A folder of flow files becomes a guide, or the list of everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.facts import Country, Fact, Letter, Platform
from bot.core.guide import Ask, Guide, Step
from bot.core.listening import Ears
from bot.core.text import Place
from bot.flowfiles.documents import Document
from bot.flowfiles.ears import read_ears
from bot.flowfiles.facts import WORLD, FactReader, read_letter
from bot.flowfiles.flows import FlowReader
from bot.flowfiles.frame import Frame, check_lines, read_frame, read_interface, read_interrupts
from bot.flowfiles.names import Names
from bot.flowfiles.nodes import Scalar, Table, read_nodes
from bot.flowfiles.problems import Problems, did_you_mean

_BESIDE = ("people", "journeys", "care.yaml", "words")  # what holds no part of the guide itself
_NO_FLOWS = ("interface", "interrupts", "listening")
_LISTENING = "listening/"  # the folder of word lists, one file a language


@dataclass(slots=True)
class Reading:
    """`guide` is None when `problems` holds an error; `draft` is what could be read; `files` are the letters."""

    guide: Guide | None
    problems: Problems
    files: Mapping[str, str] = field(default_factory=dict)
    draft: Guide | None = None


def read_folder(folder: Path) -> Reading:
    """Read all flow files below a folder.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    found = sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")])
    files = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    # a byte that is no UTF-8 becomes a lone surrogate, which read_nodes reports where it stands
    return read_files({name: path.read_text("utf-8", "surrogateescape") for name, path in files.items()})


def read_files(files: Mapping[str, str]) -> Reading:
    """Read flow files given as {name below flows/: text}; the pure half of `read_folder`."""
    problems = Problems()
    for name in files:
        if not name.endswith(".yaml"):
            problems.add(
                "F01", Place(name, 1, 1), "This file does not end in .yaml, so it is not read.",
                hurts="Nothing that stands in it is shown.", fix="Rename it.",
            )  # fmt: skip
    roots = {
        name.removesuffix(".yaml"): root
        for name, text in files.items()
        if _is_read(name) and (root := read_nodes(name, text, problems))
    }
    if "guide" not in roots:
        problems.add(
            "F06", Place("guide.yaml", 1, 1), "There is no guide.yaml that can be read.",
            hurts="Nothing else can be checked without it.", fix="Add or mend it, or give the right folder.",
        )  # fmt: skip
        return Reading(None, problems)
    read = {name: text for name, text in files.items() if _is_read(name)}
    unreadable = {name: text for name, text in read.items() if name.removesuffix(".yaml") not in roots}
    try:
        guide = _Assembly(roots, problems).guide()
    except _Unfinished:
        guide = None
    problems.without_followers(unreadable)
    return Reading(None if problems.errors else guide, problems, files, guide)


def _is_read(name: str) -> bool:
    return name.endswith(".yaml") and name.partition("/")[0] not in _BESIDE[:3]


class _Unfinished(Exception):
    """Something that everything else hangs on is missing; it is in the problems already."""


class _Assembly:
    """Puts the documents together in the order in which they need one another."""

    def __init__(self, roots: dict[str, Table], problems: Problems) -> None:
        self.problems = problems
        self.words = {name: root for name, root in roots.items() if name.startswith("words/")}
        self.roots = {name: root for name, root in roots.items() if name not in self.words}
        self.frame: Frame = read_frame(self.roots.pop("guide"), problems)
        self.names = Names(sets=self.frame.sets, countries=self.frame.countries)
        self.documents = {name: self._document(name, root) for name, root in self.roots.items()}

    def _document(self, name: str, root: Table) -> Document:
        written = root.entries.get("written-in")
        language = written.text if isinstance(written, Scalar) else self.frame.default_language
        if language not in self.frame.languages:
            self.problems.add(
                "F07", written.place if written else root.place, f'"{language}" is not a language of this guide.',
                hurts="Its texts could not be found.", fix=did_you_mean(language, self.frame.languages),
            )  # fmt: skip
        others = {}
        for code in self.frame.languages:
            if code != language:
                others[code] = self.words.pop(f"words/{code}/{name}", Table({}, root.place))
        return Document(name, language, root, self.names, self.problems, others, letter=name.startswith("letters/"))

    def guide(self) -> Guide:
        self._gather_names()
        check_lines(self.frame, self.names, self.problems)
        countries, platforms, facts = self._facts()
        steps, platform_questions = self._steps(countries, platforms)
        frame = self.frame
        if frame.start not in self.names.flows or not self.names.flows[frame.start]:
            place = frame.root.entries.get("start", frame.root).place
            self.problems.add(
                "F11", place, f'The start flow "{frame.start}" does not exist.',
                hurts="Nobody could begin.", fix=did_you_mean(frame.start, self.names.flows),
            )  # fmt: skip
            raise _Unfinished
        letters = dict(self._letters())
        guide = Guide(
            languages=frame.languages,
            fallback=frame.fallback,
            start=f"{frame.start}/{self.names.flows[frame.start][0]}",
            steps=steps,
            questions={step.id: step for step in steps.values() if isinstance(step, Ask)},
            facts=facts,
            letters=letters,
            countries=countries,
            platforms=platforms,
            interrupts=read_interrupts(self._needed("interrupts"), self.names),
            texts=read_interface(self._needed("interface")),
            lines_anywhere={code: frame.lines_anywhere.get(code, ()) for code in frame.languages},
            default_language=frame.default_language,
            other_language=frame.other_language,
            lines_elsewhere=frame.lines_elsewhere,
            platform_questions=platform_questions,
            sets={name: frozenset(answers) for name, answers in frame.sets.items()},
            ears=self._ears(self.names.flows[frame.start][0]),
        )
        self._left_over()
        return guide

    def _needed(self, name: str) -> Document:
        if name in self.documents:
            return self.documents[name]
        self.problems.add(
            "F06", Place(f"{name}.yaml", 1, 1), f"There is no {name}.yaml that can be read.",
            hurts="No screen can be shown without it.", fix="Add or mend it.",
        )  # fmt: skip
        raise _Unfinished

    # --- names -------------------------------------------------------------------

    def _flows(self) -> Iterator[tuple[str, Document]]:
        for name, document in self.documents.items():
            if name not in _NO_FLOWS and not name.startswith(("facts/", "letters/", _LISTENING)):
                yield name, document

    def _gather_names(self) -> None:
        for name, document in self.documents.items():
            if name.startswith("facts/"):
                self._fact_names(document)
                self._head(document)
            elif name.startswith("letters/"):
                self.names.letters[name.removeprefix("letters/")] = document.root.place
        for name, document in self._flows():
            document.named(name, "flow")
            steps = document.table(document.root, "steps")
            self.names.flows[name] = tuple(steps.entries)
            if not steps.entries:
                self.problems.add(
                    "F06",
                    document.root.place,
                    "This flow has no steps.",
                    hurts="Nobody can pass here.",
                    fix="Add some.",
                )
        for _, document in self._flows():
            self._question_names(document)

    def _head(self, document: Document) -> None:
        """A facts file says whose facts it holds."""
        head = document.root
        code = document.word(head, "country") or document.word(head, "adds-to")
        if not code:
            self.problems.add(
                "F06", head.place, "This facts file has no `country:`.",
                hurts="Nobody would see its facts.", fix="Add it, or `adds-to:` in a second file.",
            )  # fmt: skip
        if code in self.names.countries and "country" in head.entries and "zone" not in head.entries:
            self.problems.add(
                "F06", head.place, "This country has no `zone:`.",
                hurts="Its opening hours would be wrong by hours.", fix="Write e.g. `zone: Asia/Seoul`.",
            )  # fmt: skip
        self.names.codes = (*self.names.codes, code)

    def _fact_names(self, document: Document) -> None:
        code = document.word(document.root, "country")
        if code and code not in (*self.names.countries, *WORLD):
            self.names.countries = (*self.names.countries, code)  # guide.yaml names those that come first
        facts = document.table(document.root, "facts")
        for name, place in facts.keys.items():
            if name in self.names.facts:
                self.problems.add(
                    "F05", place, f'The fact "{name}" is already at {self.names.facts[name]}.',
                    hurts="One of the two would be forgotten silently.", fix="Rename or delete one.",
                )  # fmt: skip
            self.names.facts.setdefault(name, place)
        for name, node in document.table(document.root, "platforms").entries.items():
            self.names.platforms[name] = document.word(node, "group") if isinstance(node, Table) else ""

    def _question_names(self, document: Document) -> None:
        steps = document.table(document.root, "steps")
        for name, node in steps.entries.items():
            if not isinstance(node, Table) or "ask" not in node.entries:
                continue
            if name in self.names.questions:
                self.problems.add(
                    "F05", steps.keys[name], f'The question "{name}" is asked in another flow too.',
                    hurts="Conditions could not tell the two apart.", fix="Give one of them another name.",
                )  # fmt: skip
            table = document.table(node, "answers")
            self.names.questions[name] = tuple(self._answer_names(document, table))

    def _answer_names(self, document: Document, table: Table) -> Iterator[str]:
        source = document.word(table, "from") if "from" in table.entries else ""
        if source == "countries":
            yield from self.names.countries
        elif source == "platforms":
            group = document.word(table, "group")
            yield from (name for name, its in self.names.platforms.items() if its == group)
        yield from document.table(table, "also").entries if source else table.entries

    # --- parts -------------------------------------------------------------------

    def _facts(self) -> tuple[dict[str, Country], dict[str, Platform], dict[str, Fact]]:
        documents = [document for name, document in self.documents.items() if name.startswith("facts/")]
        zones = {
            document.word(document.root, "country"): document.word(document.root, "zone") for document in documents
        }
        readers = []
        for document in documents:
            code = document.word(document.root, "country") or document.word(document.root, "adds-to")
            readers.append(FactReader(document, zones.get(code) or "UTC"))
        found = {country.code: country for reader in readers if (country := reader.country())}
        countries = {code: found[code] for code in self.names.countries if code in found}
        for code in self.names.countries:
            if code not in found:
                place = self.frame.root.entries["countries"].place
                self.problems.add(
                    "F13", place, f"No facts file begins with `country: {code}`.",
                    hurts="People there could not choose their country.", fix=f"Add facts/{code.lower()}.yaml.",
                )  # fmt: skip
        platforms = {platform.id: platform for reader in readers for platform in reader.platforms()}
        return countries, platforms, {fact.id: fact for reader in readers for fact in reader.facts()}

    def _steps(
        self, countries: dict[str, Country], platforms: dict[str, Platform]
    ) -> tuple[dict[str, Step], tuple[str, ...]]:
        steps: dict[str, Step] = {}
        questions: list[str] = []
        for _, document in self._flows():
            reader = FlowReader(document, countries, platforms)
            steps.update((step.step, step) for step in reader.steps())
            questions += reader.platform_questions
        return steps, tuple(questions)

    def _letters(self) -> Iterator[tuple[str, Letter]]:
        for name, document in self.documents.items():
            if name.startswith("letters/"):
                letter = read_letter(document)
                if letter:
                    yield letter.id, letter

    def _ears(self, first: str) -> Ears | None:
        """What typed words are taken for; topics may lead to the answers of the first question."""
        found = self.documents.items()
        spoken = {name.removeprefix(_LISTENING): its for name, its in found if name.startswith(_LISTENING)}
        if "listening" not in self.documents and not spoken:
            return None
        return read_ears(self._needed("listening"), spoken, self.frame.languages, self.names.questions.get(first, ()))

    def _left_over(self) -> None:
        for document in self.documents.values():
            for place in document.left_over():
                self.problems.warn(
                    "F63", place, "The source has no such text (any more).",
                    hurts="Nobody reads it; another text may miss it.", fix="Delete it, or rename it.",
                )  # fmt: skip
        for name, root in self.words.items():
            self.problems.warn(
                "F63", root.place, f"There is no source for {name}.yaml.",
                hurts="Nobody reads it.", fix="Delete or rename the file.",
            )  # fmt: skip
