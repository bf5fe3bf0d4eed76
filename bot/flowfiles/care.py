"""care.yaml: what no text of a guide may say, by kind and language, as its authors wrote it.

It is no part of the guide: only `check` reads it. A list that is missing for a language is a warning.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.text import Place
from bot.flowfiles.documents import Document
from bot.flowfiles.names import Names
from bot.flowfiles.nodes import Scalar, Table, read_nodes
from bot.flowfiles.phrasing import GROUP, Groups, Phrase, any_of, folded
from bot.flowfiles.problems import Problems, did_you_mean

FILE = "care.yaml"
KINDS = ("picture", "blame", "promise", "order", "words", "perpetrator", "sellers", "cheer", "questions")
_HELPING = ("refusals", "turns", "evidence")
_BESIDE = ("except", "about")  # what a kind may hold beside its languages
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]+)?")


@dataclass(frozen=True)
class Wording:
    """What one kind means in one language: `said` must not stand in a sentence.

    `excepted` takes back what it touches; where `about` holds anything, only sentences with a word of it count.
    """

    said: tuple[Phrase, ...] = ()
    excepted: tuple[Phrase, ...] = ()
    about: tuple[Phrase, ...] = ()

    @cached_property
    def takes_back(self) -> re.Pattern[str] | None:
        return any_of(self.excepted)


@dataclass(frozen=True)
class Care:
    """All lists, by kind and language."""

    wordings: Mapping[str, Mapping[str, Wording]] = field(default_factory=dict)
    helping: Mapping[str, Mapping[str, tuple[Phrase, ...]]] = field(default_factory=dict)
    digits: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language -> folded word -> digit

    def of(self, kind: str, language: str) -> Wording:
        return self.wordings.get(kind, {}).get(language, Wording())

    def refuses(self, language: str, clause: str) -> bool:
        """Whether these folded words refuse something rather than advise it."""
        return self._finds("refusals", language, clause)

    def clauses(self, language: str, sentence: str) -> Iterator[str]:
        """A folded sentence cut after each word that turns it round: but, 말고."""
        turn = self._pattern("turns", language)
        at = 0
        for found in turn.finditer(sentence) if turn else ():
            yield sentence[at : found.end()]
            at = found.end()
        yield sentence[at:]

    def is_about_evidence(self, language: str, words: str) -> bool:
        return self._finds("evidence", language, words)

    def _finds(self, name: str, language: str, words: str) -> bool:
        pattern = self._pattern(name, language)
        return bool(pattern and pattern.search(words))

    def _pattern(self, name: str, language: str) -> re.Pattern[str] | None:
        if (name, language) not in self._patterns:
            self._patterns[name, language] = any_of(self.helping.get(name, {}).get(language, ()))
        return self._patterns[name, language]

    @cached_property
    def _patterns(self) -> dict[tuple[str, str], re.Pattern[str] | None]:
        return {}


def read_care(files: Mapping[str, str], languages: Iterable[str], problems: Problems) -> Care:
    """The lists of care.yaml among these files; what is missing in a language is a warning."""
    root = read_nodes(FILE, files[FILE], problems) if FILE in files else None
    if root is None:
        if FILE not in files:
            problems.warn(
                "F62", Place(FILE, 1, 1), f"There is no {FILE}, so no text is looked at for wording that hurts.",
                hurts="Blame or a promise could be said and nobody would notice.", fix="Write the file.",
            )  # fmt: skip
        return Care()
    return _Reader(Document("care", "", root, Names(), problems), tuple(languages)).care()


class _Reader:
    def __init__(self, document: Document, languages: tuple[str, ...]) -> None:
        self.document = document
        self.problems = document.problems
        self.languages = languages
        self.groups: dict[str, Groups] = {}

    def care(self) -> Care:
        document, root = self.document, self.document.root
        document.known_keys(root, (*_HELPING, "digits", "groups", *KINDS))
        self.groups = {language: dict(self._groups(table)) for language, table in self._tables(root, "groups")}
        helping = {name: self._lists(root, name) for name in _HELPING}
        digits = {language: dict(self._digits(table)) for language, table in self._tables(root, "digits")}
        return Care({kind: dict(self._wordings(kind)) for kind in KINDS}, helping, digits)

    def _tables(self, root: Table, name: str) -> Iterator[tuple[str, Table]]:
        for_all = self.document.table(root, name)
        self._languages(for_all)
        yield from ((language, self.document.table(for_all, language)) for language in for_all.entries)

    def _groups(self, table: Table) -> Iterator[tuple[str, list[str]]]:
        for name in table.entries:
            yield name, [folded(item.text) for item in self.document.list(table, name) if isinstance(item, Scalar)]

    def _digits(self, table: Table) -> Iterator[tuple[str, str]]:
        self.document.known_keys(table, "0123456789")
        for digit, words in self._groups(table):
            yield from ((word, digit) for word in words)

    def _wordings(self, kind: str) -> Iterator[tuple[str, Wording]]:
        said = self._lists(self.document.root, kind, beside=_BESIDE)
        table = self.document.table(self.document.root, kind)
        excepted = self._lists(table, "except", needed=False)
        about = self._lists(table, "about", needed="about" in table.entries)
        for language, phrases in said.items():
            yield language, Wording(phrases, excepted.get(language, ()), about.get(language, ()))

    def _lists(
        self, parent: Table, name: str, *, beside: tuple[str, ...] = (), needed: bool = True
    ) -> dict[str, tuple[Phrase, ...]]:
        """Language -> phrases; every language of the guide should have some."""
        table = self.document.table(parent, name)
        self._languages(table, beside)
        found = {key: tuple(self._phrases(table, key)) for key in table.entries if key not in beside}
        for language in self.languages if needed else ():
            if not found.get(language):
                self.problems.warn(
                    "F62", table.keys.get(language, parent.keys.get(name, parent.place)),
                    f"`{name}:` has no words in {language}.",
                    hurts=f"Nobody would notice such wording in a {language} text.", fix=f"Write `{language}: [...]`.",
                )  # fmt: skip
        return found

    def _languages(self, table: Table, beside: tuple[str, ...] = ()) -> None:
        for key, place in table.keys.items():
            if not _LANGUAGE.fullmatch(key) and key not in beside:
                self.problems.add(
                    "F04", place, f'"{key}" is not known here.',
                    hurts="It would be left out silently.",
                    fix="Write a language like `en`" + "".join(f", or `{word}`" for word in beside) + ".",
                )  # fmt: skip

    def _phrases(self, table: Table, language: str) -> Iterator[Phrase]:
        groups = self.groups.get(language, {})
        for item in self.document.list(table, language):
            phrase = Phrase(item.text, groups) if isinstance(item, Scalar) else None
            for name in GROUP.findall(phrase.written) if phrase else ():
                if name not in groups:
                    self.problems.add(
                        "F13", item.place, f'There is no group "{name}" in {language}.',
                        hurts="The phrase would find too much, or nothing.", fix=did_you_mean(name, groups),
                    )  # fmt: skip
            if phrase is not None and phrase.says_something:
                yield phrase
                continue
            self.problems.add(
                "F07", item.place, "A phrase is a text with at least one word in it.",
                hurts="What stands here would be left out, or would be found everywhere.",
                fix="Write the words that must not be said, and put signs like ! or * in quotes.",
            )  # fmt: skip
