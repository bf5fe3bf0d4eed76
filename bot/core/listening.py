"""Typed words -> crisis | topic | unknown, from word lists that authors edit (flows/listening.yaml).

A text becomes one row of letters: signs, accents, doubled letters and spaces fall away, Hangul is taken apart.
So do phrases: "죽 고 싶", "ㅈㅜㄱㄱㅗ싶" and "k i l l" need no care of their own. Nothing is kept or logged.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from bot.core.guide import Target

LONGEST, MOST_TOPICS = 4096, 3  # a Telegram message holds no more; the rest of a longer text is not looked at
_CRISIS, _EXCUSE = "!", "?"
_LOOSE = 8  # a phrase of so many letters may begin inside a word ("iwanttodie", "진짜죽고싶다")
_NEAR_WORDS = 150  # near misses are looked for at so many words: a cry for help is short
_STRICT_KEY, _LOOSE_KEY, _NEAR_KEY = 2, 4, 3  # first letters that phrases are found by; near misses share them
_LONG_WORD, _LONG_PHRASE = 8, 14  # from here on two letters may differ

_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅ_ㅈㅈㅊㅋㅌㅍㅎ"  # tense ones count as plain, the silent one is no letter
_VOWELS = "ㅏㅐㅑㅐㅓㅐㅕㅐㅗㅘㅙㅙㅗㅜㅝㅙㅟㅜㅡㅢㅣ"  # those that are heard and typed for one another count as one
_FINALS = (
    "ㄱ", "ㄱ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ",
    "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅅ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
)  # fmt: skip
_HANGUL = frozenset(map(chr, range(0x3131, 0x3164)))  # letters, not syllables
_LETTERS: dict[int, str] = {
    **{0x1100 + n: letter.strip("_") for n, letter in enumerate(_INITIALS)},
    **{0x1161 + n: letter for n, letter in enumerate(_VOWELS)},
    **{0x11A8 + n: letters for n, letters in enumerate(_FINALS)},
    **dict.fromkeys(map(ord, "'’‘`´ʼ＇"), ""), ord("œ"): "oe", ord("æ"): "ae",
}  # fmt: skip
_LAUGH = re.compile(r"(?<![ㄱ-ㅣ])(?:[ㅋㅎㅠㅜㅡ]{2,}|([ㄷㅇㄴㅂ])\1+)(?![ㄱ-ㅣ])")
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u034f\u061c\u180b-\u180f\u1ab0-\u1aff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e0fff]"
)
_SIGN, _LATIN = re.compile(r"(?<=[a-z])[@$!](?=[a-z])"), re.compile(r"[a-z0-9]+")
_LEET = str.maketrans(dict(zip("0123457@$!", ("o", "i", "to", "e", "a", "s", "t", "a", "s", "i"), strict=True)))
_ELIDED = re.compile(r"\bn['’](?=\w)")  # French: the n of n'ai is as often left out as said
_GAP = re.compile(r"(\*?\s*\.\.\.|\*)")  # ... lets three words stand between
_RUN = re.compile(r"([a-zㅏ-ㅣ])\1+")
_WORD = re.compile(r"[a-z0-9]+|[ㄱ-ㅣ]+|[^\W_a-z0-9ㄱ-ㅣ]+")


def fold(text: str) -> list[str]:
    """The words of a text, in the letters that phrases are compared in."""
    text = unicodedata.normalize("NFKD", _LAUGH.sub(" ", text[:LONGEST])).casefold()[: 3 * LONGEST]
    text = _ELIDED.sub(" ", _UNSEEN.sub("", text)).translate(_LETTERS)
    text = _SIGN.sub(lambda sign: sign[0].translate(_LEET), text)
    text = _LATIN.sub(lambda word: word[0] if word[0].isdigit() else word[0].replace("11", "ll").translate(_LEET), text)
    return _WORD.findall(_RUN.sub(r"\1", text))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a typed text may be about: an answer of the first question, or a step to go to."""

    id: str
    go: "Target | None" = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """`topics` are ids of Ears.topics, most likely first; empty unless it is a topic."""

    kind: Literal["crisis", "topic", "unknown"]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists as authors wrote them: language -> phrases."""

    crisis: Mapping[str, tuple[str, ...]]
    excuses: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, Mapping[str, tuple[str, ...]]]  # id -> language -> phrases
    fillers: frozenset[str] = frozenset()  # words that change nothing ("really")
    spellings: Mapping[str, str] = field(default_factory=dict)  # word -> the words it stands for
    real_words: frozenset[str] = frozenset()  # words that are no misspelling of a word in a phrase


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Letters in pieces. `open`: the last word may have any ending."""

    pieces: tuple[str, ...]
    gaps: tuple[int, ...]  # how many words may stand between a piece and the next; -1: the rest of a word
    open: bool
    means: str  # _CRISIS, _EXCUSE or a topic's id
    language: str


class _Hit(NamedTuple):
    start: int
    end: int
    phrase: _Phrase


@dataclass(frozen=True, slots=True)
class _Row:
    """A text without gaps; where its words begin and end, in order. Neighbours may share a letter."""

    letters: str
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class _Habits:
    """How people write: words that change nothing, and other spellings."""

    fillers: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]


_Index = Mapping[str, tuple[_Phrase, ...]]  # phrases by their first letters


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Ears:
    """Compiled word lists."""

    topics: Mapping[str, Topic]
    languages: tuple[str, ...]
    habits: _Habits
    strict: _Index  # phrases that begin where a word begins
    loose: _Index  # phrases long enough to begin anywhere
    near_hangul: _Index  # crisis phrases in Hangul, for near misses
    words: frozenset[str]  # all words of phrases, and those that are no misspelling of one
    stems: tuple[str, ...]  # what stands before a * in a phrase
    near: Mapping[str, tuple[str, ...]]  # a word with a letter less -> the words it may come from


def ears(lists: Lists, topics: Iterable[Topic] = ()) -> Ears:
    """Compile word lists. Phrases without a letter are left out."""
    habits = _Habits(
        frozenset(word for filler in lists.fillers for word in fold(filler)),
        {"".join(fold(word)): tuple(fold(meant)) for word, meant in lists.spellings.items()},
    )
    said = {_CRISIS: lists.crisis, _EXCUSE: lists.excuses, **lists.topics}
    every = [(text, means, lang) for means, of in said.items() for lang, texts in of.items() for text in texts]
    # also without the *: "iwanttodie" has no ends of words inside
    every += [(text.replace("*", ""), means, lang) for text, means, lang in every if "*" in text.rstrip("* ")]
    phrases = [_phrase(text, means, language, habits) for text, means, language in every]
    long = [phrase for phrase in phrases if len(phrase.pieces[0]) >= _LOOSE]
    short = [phrase for phrase in phrases if 0 < len(phrase.pieces[0]) < _LOOSE]
    hangul = [p for p in long if p.means == _CRISIS and len(p.pieces) == 1 and p.pieces[0][0] in _HANGUL]
    words = {word for text, _, _ in every for word in _meant(fold(text), habits) if len(word) > 3 and word.isascii()}
    real = {word for real_word in lists.real_words for word in fold(real_word)}
    stems = {word for text, _, _ in every for part in text.split("*")[:-1] for word in fold(part)[-1:]}
    its = {topic.id: topic for topic in topics}
    indexes = _index(short, _STRICT_KEY), _index(long, _LOOSE_KEY), _index(hangul, _NEAR_KEY)
    spoken = tuple(dict.fromkeys(language for _, _, language in every))
    return Ears(its, spoken, habits, *indexes, frozenset(words | real), tuple(stems), _spellable(words))


def form(ears: Ears, phrase: str) -> str:
    """A phrase as it is compared; two phrases of one form are the same to `heard`."""
    its = _phrase(phrase, "", "", ears.habits)
    return "".join(f"{piece}{gap or ''}" for piece, gap in zip(its.pieces, (*its.gaps, 0), strict=True))


def heard(ears: Ears, text: str, language: str | None = None) -> Heard:
    """What a typed text sounds like; crisis wins. Of topics alike, the one said in `language` comes first."""
    row = _row(_mended(ears, fold(text)))
    hits = [*_hits(ears.strict, _STRICT_KEY, row, row.starts)]
    hits += _hits(ears.loose, _LOOSE_KEY, row, range(len(row.letters)))
    excuses = [hit for hit in hits if hit.phrase.means == _EXCUSE]
    crises = (hit for hit in hits if hit.phrase.means == _CRISIS)
    if any(not any(_takes_back(excuse, hit) for excuse in excuses) for hit in (*crises, *_near_hits(ears, row))):
        return Heard("crisis")
    about: dict[str, set[int]] = {}
    for hit in hits:
        if hit.phrase.means in ears.topics:
            about.setdefault(hit.phrase.means, set()).update(range(hit.start, hit.end))
    spoken = {hit.phrase.means for hit in hits if hit.phrase.language == language}
    order = sorted(about, key=lambda topic: (-len(about[topic]), topic not in spoken))
    return Heard("topic", tuple(order[:MOST_TOPICS])) if order else Heard("unknown")


def _takes_back(excuse: _Hit, hit: _Hit) -> bool:
    """An excuse takes back what it touches, and nothing beside it; not a phrase that says more than it does."""
    more = hit.start <= excuse.start and excuse.end <= hit.end and hit[:2] != excuse[:2]
    return not more and excuse.start < hit.end and hit.start < excuse.end


def _meant(words: list[str], habits: _Habits) -> Iterator[str]:
    """The words without fillers, as they are spelt; single letters side by side are no words of their own."""
    for n, word in enumerate(words):
        if len(word) == 1 and 1 in map(len, (*words[max(0, n - 1) : n], *words[n + 1 : n + 2])):
            yield word
        elif word not in habits.fillers:
            yield from habits.spellings.get(word, (word,))


def _mended(ears: Ears, words: list[str]) -> Iterator[str]:
    """The words as they are meant; a word that a phrase may have been misspelt from becomes that."""
    for n, word in enumerate(_meant(words, ears.habits)):
        odd = n < _NEAR_WORDS and 3 < len(word) < 20 and word.isascii() and word not in ears.words
        yield _mend(ears, word) if odd and not word.startswith(ears.stems) else word


def _mend(ears: Ears, word: str) -> str:
    """The nearest word of a phrase, else the word itself. Short words only have letters changed about."""
    found, least = word, 3
    for shorter in (word, *(word[:n] + word[n + 1 :] for n in range(len(word)))):
        for meant in ears.near.get(shorter, ()):
            most = 1 + (min(len(word), len(meant)) >= _LONG_WORD)
            away = OSA.distance(word, meant, score_cutoff=most)
            turned = min(len(word), len(meant)) > 4 or sorted(word) == sorted(meant)
            if away <= most and away < least and turned and word[0] == meant[0]:
                found, least = meant, away
    return found


def _spellable(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    near: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        for shorter in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
            near[shorter] = (*near.get(shorter, ()), word)
    return near


def _row(words: Iterable[str]) -> _Row:
    """Words one after another; the same letter at an end and a beginning is one, as it is inside a word."""
    pieces, starts, ends, at, last = [], [], [], 0, ""  # type: list[str], list[int], list[int], int, str
    for word in words:
        shared = word[0] == last and _RUN.match(2 * last) is not None
        pieces.append(word[1:] if shared else word)
        starts.append(at - shared)
        at += len(word) - shared
        ends.append(at)
        last = word[-1]
    return _Row("".join(pieces), starts, ends)


def _phrase(text: str, means: str, language: str, habits: _Habits) -> _Phrase:
    parts = _GAP.split(text)
    pieces, gaps = [""], list[int]()
    for sign, part in zip(("", *parts[1::2]), parts[0::2], strict=True):
        letters = _row(_meant(fold(part), habits)).letters
        if letters and pieces[0]:
            gaps.append(3 if "." in sign else -1)
            pieces.append(letters)
        else:
            pieces[0] = pieces[0] or letters
    opens = text.rstrip().endswith("*") or pieces[-1][-1:] in _HANGUL
    return _Phrase(tuple(pieces), tuple(gaps), opens, means, language)


def _index(phrases: Iterable[_Phrase], key: int) -> dict[str, tuple[_Phrase, ...]]:
    found: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase.pieces[0][:key], []).append(phrase)
    return {letters: tuple(its) for letters, its in found.items()}


def _hits(index: _Index, key: int, row: _Row, starts: Iterable[int]) -> Iterator[_Hit]:
    """Every phrase of an index that begins at one of `starts`."""
    letters = row.letters
    for start in starts:
        for phrase in index.get(letters[start : start + key], ()):
            if letters.startswith(phrase.pieces[0], start):
                end = _end(phrase, row, start + len(phrase.pieces[0]))
                if end:
                    yield _Hit(start, end, phrase)


def _end(phrase: _Phrase, row: _Row, at: int, piece: int = 1) -> int:
    """Where a phrase ends whose pieces before `piece` end at `at`; 0 when the rest of it is not there."""
    word = bisect_left(row.ends, at)
    if piece == len(phrase.pieces):
        return at if phrase.open or row.ends[word] == at else 0
    gap, letters = phrase.gaps[piece - 1], phrase.pieces[piece]
    if gap >= 0 and row.ends[word] != at and row.letters[at - 1] not in _HANGUL:
        return 0
    for start in row.starts[word + 1 : word + 2 + max(gap, 0)]:
        end = row.letters.startswith(letters, start) and _end(phrase, row, start + len(letters), piece + 1)
        if end:
            return end
    return 0


def _near_hits(ears: Ears, row: _Row) -> Iterator[_Hit]:
    """Crisis phrases in Hangul with a wrong letter, where a word begins; their first letters must be right."""
    for start in row.starts[:_NEAR_WORDS]:
        for phrase in ears.near_hangul.get(row.letters[start : start + _NEAR_KEY], ()):
            letters = phrase.pieces[0]
            end = start + len(letters)
            most = 1 + (len(letters) >= _LONG_PHRASE)
            if end <= len(row.letters) and OSA.distance(letters, row.letters[start:end], score_cutoff=most) <= most:
                yield _Hit(start, end, phrase)
