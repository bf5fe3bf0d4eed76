"""Typed words -> crisis | topic | unknown, from word lists that authors edit (flows/listening*).

Nothing is kept or logged. letters.py makes texts comparable, phrases.py reads what authors write, misspelling.py mends.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, NamedTuple

from bot.core.letters import fold, row
from bot.core.misspelling import Speller
from bot.core.phrases import NEAR, Grammar, Habits, Indexes, Part, Span, together

MOST_TOPICS = 3
_CRISIS, _EXCUSE = "!", "?"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a typed text may be about: an answer of the first question, or a step to go to."""

    id: str
    go: str | None = None  # flow/step
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """`topics` are ids of Ears.topics, most likely first; empty unless it is a topic."""

    kind: Literal["crisis", "topic", "unknown"]
    topics: tuple[str, ...] = ()


_ByLanguage = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists as authors wrote them: language -> phrases; "" is no language."""

    crisis: _ByLanguage
    excuses: _ByLanguage
    topics: Mapping[str, _ByLanguage]  # by topic
    fillers: frozenset[str] = frozenset()  # words that change nothing ("really")
    spellings: Mapping[str, str] = field(default_factory=dict)  # word -> the words it stands for
    real_words: frozenset[str] = frozenset()  # words that are no misspelling of a word in a phrase
    groups: Mapping[str, _ByLanguage] = field(default_factory=dict)  # name -> the words that <name> stands for


class _Phrase(NamedTuple):
    parts: tuple[Part, ...]
    means: str  # _CRISIS, _EXCUSE or a topic's id
    language: str


class _Hit(NamedTuple):
    spans: tuple[Span, ...]
    phrase: _Phrase


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Ears:
    """Compiled word lists."""

    topics: Mapping[str, Topic]
    languages: tuple[str, ...]
    habits: Habits
    grammars: Mapping[str, Grammar]  # by language
    indexes: Indexes
    phrases: Mapping[Part, list[_Phrase]]  # by their first part
    speller: Speller


def ears(lists: Lists, topics: Iterable[Topic] = ()) -> Ears:
    """Compile word lists. Phrases without a letter are left out."""
    said = {_CRISIS: lists.crisis, _EXCUSE: lists.excuses, **lists.topics}
    spoken = dict.fromkeys(language for of in (*said.values(), *lists.groups.values()) for language in of)
    habits = Habits(
        frozenset(word for filler in lists.fillers for word in fold(filler)),
        {"".join(fold(word)): tuple(fold(meant)) for word, meant in lists.spellings.items()},
    )
    every = [(text, means, lang) for means, of in said.items() for lang, texts in of.items() for text in texts]
    # also without the *: "iwanttodie" has no ends of words inside
    every += [(text.replace("*", ""), means, lang) for text, means, lang in every if "*" in text.rstrip("* ")]
    grammars = {
        language: Grammar(habits, _groups(lists, language), [text for text, _, lang in every if lang == language])
        for language in ("", *spoken)
    }
    phrases: dict[Part, list[_Phrase]] = {}
    for text, means, language in every:
        if parts := grammars[language].parts(text):
            phrases.setdefault(parts[0], []).append(_Phrase(parts, means, language))
    found = [phrase for its in phrases.values() for phrase in its]
    alone = [phrase.parts[0] for phrase in found if len(phrase.parts) == 1]
    near = [part for phrase in found if len(phrase.parts) > 1 for part in phrase.parts]
    speller = _speller(lists, grammars.values(), found)
    its_topics = {topic.id: topic for topic in topics}
    return Ears(its_topics, tuple(filter(None, spoken)), habits, grammars, Indexes(alone, near), phrases, speller)


def _groups(lists: Lists, language: str) -> dict[str, tuple[str, ...]]:
    """The word groups of a language, and those that belong to none."""
    return {name: (*of.get("", ()), *(of.get(language, ()) if language else ())) for name, of in lists.groups.items()}


def _speller(lists: Lists, grammars: Iterable[Grammar], phrases: Iterable[_Phrase]) -> Speller:
    words = {word for grammar in grammars for word in grammar.words}
    stems = {word for grammar in grammars for word in grammar.stems}
    real = [word for text in lists.real_words for word in fold(text)]
    crises = [phrase.parts[0].pieces for phrase in phrases if phrase.means == _CRISIS and len(phrase.parts) == 1]
    whole = [letters for pieces in crises if len(pieces) == 1 for letters in pieces[0].letters]
    return Speller(words, real, stems, whole)


def form(ears: Ears, phrase: str, language: str = "") -> str:
    """A phrase as it is compared; two phrases of one form are the same to `heard`."""
    return " + ".join(sorted(part.form for part in ears.grammars[language].parts(phrase)))


def heard(ears: Ears, text: str, language: str | None = None) -> Heard:
    """What a typed text sounds like; crisis wins. Of topics alike, the one said in `language` comes first."""
    its = row(ears.speller.mended(ears.habits.meant(fold(text))))
    found = ears.indexes.found(its)
    phrases = [phrase for part in found for phrase in ears.phrases.get(part, ())]
    excuses = sorted(span for hit in _hits(phrases, found, _EXCUSE) for span in hit.spans)
    nearly = ((span,) for span in ears.speller.nearly(its))
    crises = chain((hit.spans for hit in _hits(phrases, found, _CRISIS)), nearly)
    if any(not any(_taken_back(span, excuses) for span in spans) for spans in crises):
        return Heard("crisis")
    about: dict[str, set[int]] = {topic: set() for topic in ears.topics}  # the letters that say so
    for hit in _hits(phrases, found, *about):
        about[hit.phrase.means].update(n for span in hit.spans for n in range(*span))
    spoken = {phrase.means for phrase in phrases if phrase.language == language}
    order = sorted(filter(about.get, about), key=lambda topic: (-len(about[topic]), topic not in spoken))
    return Heard("topic", tuple(order[:MOST_TOPICS])) if order else Heard("unknown")


def _hits(phrases: list[_Phrase], found: Mapping[Part, list[Span]], *means: str) -> Iterator[_Hit]:
    """The phrases of some meanings whose parts are found near each other."""
    for phrase in phrases:
        if phrase.means in means and all(part in found for part in phrase.parts):
            for spans in together([found[part] for part in phrase.parts]):
                yield _Hit(spans, phrase)


def _taken_back(span: Span, excuses: list[Span]) -> bool:
    """An excuse takes back what it touches, and nothing beside it; not a phrase that says more than it does."""
    first = bisect_left(excuses, Span(span.start - 2 * NEAR, 0))
    for excuse in excuses[first : bisect_left(excuses, Span(span.end, 0))]:
        more = span.start <= excuse.start and excuse.end <= span.end and span != excuse
        if not more and span.start < excuse.end:
            return True
    return False
