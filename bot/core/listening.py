"""Typed words -> crisis | topic | unknown, from word lists that authors edit (flows/listening.yaml).

A text becomes one row of letters without gaps: signs, accents, doubled letters and spaces fall away, Hangul
is taken apart into its letters. Phrases are treated alike, so "죽 고 싶", "ㅈㅜㄱㄱㅗ싶" and "k i l l" need no
care of their own. Nothing is kept: `heard` looks and forgets.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from bot.core.guide import Target

LONGEST = 4096  # what a Telegram message can hold; the rest of a longer text is not looked at
MOST_TOPICS = 3
_LOOSE = 8  # a phrase of so many letters may begin inside a word ("iwanttodie", "진짜죽고싶다")
_NEAR_WORDS = 200  # near misses are looked for at so many words: a cry for help is short
_HEAD = 3  # letters that a near miss in Hangul shares with its phrase
_LONG_WORD, _LONG_PHRASE = 8, 14  # from here on two letters may differ

_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅ_ㅈㅈㅊㅋㅌㅍㅎ"  # tense ones count as plain, the silent one is no letter
_VOWELS = "ㅏㅐㅑㅐㅓㅐㅕㅐㅗㅘㅙㅙㅗㅜㅝㅙㅟㅜㅡㅢㅣ"  # those that are heard and typed for one another count as one
_FINALS = (
    "ㄱ", "ㄱ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ",
    "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅅ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
)  # fmt: skip
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
_SIGN = re.compile(r"(?<=[a-z])[@$!](?=[a-z])")
_DIGITS = re.compile(r"(?=[0-9]*[a-z])(?=[a-z]*[0-9])[a-z0-9]+")
_LEET = str.maketrans({"0": "o", "1": "i", "2": "to", "3": "e", "4": "a", "5": "s", "7": "t"})
_SIGNS = {"@": "a", "$": "s", "!": "i"}
_RUN = re.compile(r"([a-zㅏ-ㅣ])\1+")
_WORD = re.compile(r"[a-z0-9]+|[ㄱ-ㅣ]+|[^\W_a-z0-9ㄱ-ㅣ]+")


def fold(text: str) -> list[str]:
    """The words of a text, in the letters that phrases are compared in."""
    text = unicodedata.normalize("NFKD", _LAUGH.sub(" ", text[:LONGEST])).casefold()[: 3 * LONGEST]
    text = _UNSEEN.sub("", text).translate(_LETTERS)
    text = _SIGN.sub(lambda sign: _SIGNS[sign[0]], text)
    text = _DIGITS.sub(lambda word: word[0].replace("11", "ll").translate(_LEET), text)
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
    """Letters in pieces; between two pieces the rest of a word may be anything. `open`: so may what follows."""

    pieces: tuple[str, ...]
    open: bool
    means: str  # crisis, excuse, or a topic's id
    language: str


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    phrase: _Phrase


@dataclass(frozen=True, slots=True)
class _Row:
    """A text without gaps; where its words begin and end, in order. Neighbours may share a letter."""

    letters: str
    starts: list[int]
    ends: list[int]


class _Node(dict[str, "_Node"]):
    """A tree of phrases by their letters; `here` are the phrases whose first piece ends here."""

    __slots__ = ("here",)

    def __init__(self) -> None:
        self.here: list[_Phrase] = []


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Ears:
    """Compiled word lists."""

    lists: Lists
    topics: Mapping[str, Topic]
    fillers: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    strict: _Node  # phrases that begin where a word begins
    loose: _Node  # phrases long enough to begin anywhere
    heads: Mapping[str, tuple[_Phrase, ...]]  # crisis phrases in Hangul by their first letters, for near misses
    words: frozenset[str]  # all words of phrases, and those that are no misspelling of one
    near: Mapping[str, tuple[str, ...]]  # a word with a letter less -> the words it may come from


def ears(lists: Lists, topics: Iterable[Topic] = ()) -> Ears:
    """Compile word lists. Phrases without a letter are left out."""
    fillers = frozenset(word for phrase in lists.fillers for word in fold(phrase))
    spellings = {"".join(fold(word)): tuple(fold(meant)) for word, meant in lists.spellings.items()}
    said = {"crisis": lists.crisis, "excuse": lists.excuses, **lists.topics}
    phrases, words = [], set()
    for means, languages in said.items():
        for language, texts in languages.items():
            for text in texts:
                phrases.append(_phrase(text, means, language, fillers, spellings))
                words.update(_meant(fold(text), fillers, spellings))
    strict, loose, heads = _Node(), _Node(), {}  # type: _Node, _Node, dict[str, tuple[_Phrase, ...]]
    for phrase in filter(lambda phrase: phrase.pieces[0], phrases):
        first = phrase.pieces[0]
        _plant(loose if len(first) >= _LOOSE else strict, phrase)
        if phrase.means == "crisis" and len(phrase.pieces) == 1 and len(first) >= _LOOSE and _is_hangul(first[0]):
            heads[first[:_HEAD]] = (*heads.get(first[:_HEAD], ()), phrase)
    words = {word for word in words if len(word) > 3 and word.isascii()}
    real = frozenset(word for phrase in lists.real_words for word in fold(phrase))
    its = {topic.id: topic for topic in topics}
    return Ears(lists, its, fillers, spellings, strict, loose, heads, frozenset(words) | real, _spellable(words))


def form(lists: Lists, phrase: str) -> str:
    """A phrase as it is compared; two phrases of one form are the same to `heard`."""
    spellings = {"".join(fold(word)): tuple(fold(meant)) for word, meant in lists.spellings.items()}
    fillers = frozenset(word for filler in lists.fillers for word in fold(filler))
    return "*".join(_phrase(phrase, "", "", fillers, spellings).pieces)


def heard(ears: Ears, text: str, language: str | None = None) -> Heard:
    """What a typed text sounds like; crisis wins. Of topics alike, the one said in `language` comes first."""
    row = _row(_mended(ears, fold(text)))
    hits = [*_hits(ears.strict, row, row.starts), *_hits(ears.loose, row, range(len(row.letters)))]
    excuses = [hit for hit in hits if hit.phrase.means == "excuse"]
    crises = [hit for hit in hits if hit.phrase.means == "crisis"]
    if any(not _excused(hit, excuses) for hit in (*crises, *_near_hits(ears, row))):
        return Heard("crisis")
    points: dict[str, float] = {}
    for hit in {hit.phrase: hit for hit in hits if hit.phrase.means in ears.lists.topics}.values():
        means, same = hit.phrase.means, hit.phrase.language == language
        points[means] = points.get(means, 0) + sum(map(len, hit.phrase.pieces)) + same / 2
    order = sorted(points, key=lambda topic: -points[topic])
    return Heard("topic", tuple(order[:MOST_TOPICS])) if order else Heard("unknown")


def _excused(hit: _Hit, excuses: list[_Hit]) -> bool:
    """An excuse takes back what it touches, and nothing beside it."""
    return any(excuse.start < hit.end and hit.start < excuse.end for excuse in excuses)


# --- words -------------------------------------------------------------------------


def _meant(words: list[str], fillers: frozenset[str], spellings: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The words without fillers, as they are spelt; letters that stand in a row are no words of their own."""
    for n, word in enumerate(words):
        if len(word) == 1 and any(
            len(beside) == 1 for beside in words[max(0, n - 1) : n + 2 : 2] if n or beside != word
        ):
            yield word
        elif word not in fillers:
            yield from spellings.get(word, (word,))


def _mended(ears: Ears, words: list[str]) -> Iterator[str]:
    """The words as they are meant; a word that a phrase may have been misspelt from becomes that."""
    for word in _meant(words, ears.fillers, ears.spellings):
        known = word in ears.words or not 3 < len(word) < 20 or not word.isascii()
        yield word if known else _mend(ears, word)


def _mend(ears: Ears, word: str) -> str:
    """The nearest word of a phrase, else the word itself. Short words only have letters changed about."""
    found, least = word, 3
    for shorter in (word, *_without_one(word)):
        for meant in ears.near.get(shorter, ()):
            most = 1 + (min(len(word), len(meant)) >= _LONG_WORD)
            away = OSA.distance(word, meant, score_cutoff=most)
            turned = min(len(word), len(meant)) > 4 or sorted(word) == sorted(meant)
            if away <= most and away < least and turned and word[0] == meant[0]:
                found, least = meant, away
    return found


def _without_one(word: str) -> Iterator[str]:
    return (word[:n] + word[n + 1 :] for n in range(len(word)))


def _spellable(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    near: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        for shorter in {word, *_without_one(word)}:
            near[shorter] = (*near.get(shorter, ()), word)
    return near


# --- letters -----------------------------------------------------------------------


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


def _is_hangul(letter: str) -> bool:
    return "ㄱ" <= letter <= "ㅣ"


def _phrase(
    text: str, means: str, language: str, fillers: frozenset[str], spellings: Mapping[str, tuple[str, ...]]
) -> _Phrase:
    pieces = [_row(_meant(fold(piece), fillers, spellings)).letters for piece in text.split("*")]
    ends = "".join(pieces)[-1:]
    kept = tuple(piece for n, piece in enumerate(pieces) if piece or not n)
    return _Phrase(kept, text.rstrip().endswith("*") or _is_hangul(ends), means, language)


def _plant(tree: _Node, phrase: _Phrase) -> None:
    for letter in phrase.pieces[0]:
        tree = tree.setdefault(letter, _Node())
    tree.here.append(phrase)


def _hits(tree: _Node, row: _Row, starts: Iterable[int]) -> Iterator[_Hit]:
    """Every phrase of a tree that begins at one of `starts`."""
    letters, most = row.letters, len(row.letters)
    for start in starts:
        node, at = tree.get(letters[start]), start + 1
        while node is not None:
            for phrase in node.here:
                end = _end(phrase, row, at)
                if end:
                    yield _Hit(start, end, phrase)
            node, at = (node.get(letters[at]) if at < most else None), at + 1


def _end(phrase: _Phrase, row: _Row, at: int) -> int:
    """Where a phrase ends whose first piece ends at `at`; 0 when the rest of it is not there."""
    for piece in phrase.pieces[1:]:
        word = bisect_left(row.ends, at) + 1
        if word >= len(row.starts) or not row.letters.startswith(piece, row.starts[word]):
            return 0
        at = row.starts[word] + len(piece)
    word = bisect_left(row.ends, at)
    return at if phrase.open or row.ends[word] == at else 0


def _near_hits(ears: Ears, row: _Row) -> Iterator[_Hit]:
    """Crisis phrases in Hangul with a wrong letter, where a word begins; their first letters must be right."""
    for start in row.starts[:_NEAR_WORDS]:
        for phrase in ears.heads.get(row.letters[start : start + _HEAD], ()):
            letters = phrase.pieces[0]
            end = start + len(letters)
            most = 1 + (len(letters) >= _LONG_PHRASE)
            if OSA.distance(letters, row.letters[start:end], score_cutoff=most) <= most:
                yield _Hit(start, end, phrase)
