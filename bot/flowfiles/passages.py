"""Every text of a guide, each once: its words in each language, for whom they are, and where they stand."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from bot.core.facts import Fact
from bot.core.guide import Ask, Guide, Page, Say
from bot.core.text import Block, Condition, Part, Place, Text, plain
from bot.flowfiles.minors import Ages
from bot.flowfiles.phrasing import folded

PROSE = ("page", "ask", "say", "fact", "interface")


class Passage(NamedTuple):
    """The words of one part of a text in one language; `kind` is what they are for.

    `gates` must all fit whoever sees them; `instead` are they who see the other half of the part. `fact` is
    the fact that they tell about.
    """

    text: Text
    language: str
    kind: str  # page ask say title answer label fact name contact letter interface
    blocks: tuple[Block, ...]
    words: str
    gates: tuple[Condition, ...] = ()
    instead: Condition | None = None
    fact: str = ""

    def reaches(self, ages: Ages) -> bool:
        """Whether somebody who is protected can see these words."""
        if any(ages.shut_out(gate) for gate in self.gates):
            return False
        return self.instead is None or not ages.kept_for(self.instead)


def passages(guide: Guide) -> list[Passage]:
    """Every passage of a guide."""
    seen: set[int] = set()
    found: list[Passage] = []
    for kind, text, fact in _texts(guide):
        if id(text) not in seen:
            seen.add(id(text))
            for language, parts in text.parts.items():
                for part in parts:
                    found.extend(_halves(text, language, kind, part, fact))
    return found


def _halves(text: Text, language: str, kind: str, part: Part, fact: Fact | None) -> Iterator[Passage]:
    gates = (fact.audience,) if fact and fact.audience else ()
    name, blocks, when = fact.id if fact else "", part.blocks, part.when
    if blocks:
        yield Passage(text, language, kind, blocks, plain(blocks), (*gates, when) if when else gates, None, name)
    if part.otherwise:
        yield Passage(text, language, kind, part.otherwise, plain(part.otherwise), gates, when, name)


def _texts(guide: Guide) -> Iterator[tuple[str, Text, Fact | None]]:
    for step in guide.steps.values():
        if isinstance(step, Ask | Say | Page):
            yield type(step).__name__.lower(), step.text, None
        if step.title:
            yield "title", step.title, None
        if isinstance(step, Page):
            yield from (("label", entry.label, None) for entry in step.more if entry.label)
    yield from (("name", country.name, None) for country in guide.countries.values())
    yield from (("name", platform.name, None) for platform in guide.platforms.values())
    for question in guide.questions.values():
        yield from (("answer", answer.label, None) for answer in question.answers)
    for fact in guide.facts.values():
        yield "name", fact.name, fact
        yield from (("fact", line, fact) for line in fact.lines.values())
        yield from (("contact", way.label, fact) for way in fact.contacts if way.label)
    for letter in guide.letters.values():
        yield from (("title", letter.title, None), ("letter", letter.text, None))
    yield from (("interface", text, None) for text in guide.texts.values())
    for interrupt in guide.interrupts.values():
        yield from (("label", interrupt.button, None), ("label", interrupt.inside, None))


class Corpus:
    """All passages of one language as one text, so that most words are sought once and not in each of them.

    `letters` are its folded letters, at the same places.
    """

    def __init__(self, language: str, found: Iterable[Passage]) -> None:
        self.language = language
        self._passages = [passage for passage in found if passage.language == language]
        self.text = "\n".join(passage.words for passage in self._passages)
        self.letters = folded(self.text)
        self._starts = [0, *accumulate(len(passage.words) + 1 for passage in self._passages)]

    def passage(self, at: int) -> tuple[Passage, int]:
        """The passage in which a letter stands, and where it begins."""
        number = bisect_right(self._starts, at) - 1
        return self._passages[number], self._starts[number]

    def line(self, at: int) -> str:
        """The line in which a letter stands."""
        end = self.text.find("\n", at)
        return self.text[self.text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(self.text)]


class Places:
    """Finds where in which file the words of a passage stand; the first time the first place, then the next."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._told: Counter[tuple[str, str]] = Counter()

    def of(self, passage: Passage, sentence: str, words: str = "") -> Place:
        """The place of `words` in a sentence of a passage; of its text where they are not found."""
        source = passage.text.place
        written = passage.language == passage.text.source
        file = source.file if written else f"words/{passage.language}/{source.file}"
        letters = self._files.get(file, "")
        if not letters:
            return source
        start = _offset(letters, source) if written else 0
        found = [match.start() for match in _loosely(sentence).finditer(letters, start)]
        if not found:
            return source if written else Place(file, 1, 1)
        turn = 0 if written else min(self._told[file, sentence], len(found) - 1)
        self._told[file, sentence] += 1
        at = _loosely(words).search(letters, found[turn]) if words else None
        return _place(file, letters, at.start() if at else found[turn])


def _loosely(words: str) -> re.Pattern[str]:
    """Finds words in a file where spaces, line ends and ** may stand between letters."""
    return re.compile(r"[\s*\\]*".join(re.escape(sign) for sign in words if not sign.isspace()))


def _offset(letters: str, place: Place) -> int:
    at = 0
    for _ in range(place.line - 1):
        at = letters.find("\n", at) + 1
    return at + place.column - 1


def _place(file: str, letters: str, at: int) -> Place:
    return Place(file, letters.count("\n", 0, at) + 1, at - letters.rfind("\n", 0, at))
