"""What authors write in word lists, and where it stands in a row of letters.

A phrase is one part, or parts joined by + that stand near each other in any order. A part is letters and
<word groups> side by side. * lets a word go on and | does not (Hangul goes on by itself), ... lets three words stand
between, a first - begins inside a word; ^ is the beginning of the whole text and $ its end.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.letters import HANGUL, VOWELS, Row, fold_all, joined

BETWEEN = 3  # words that ... stands for
NEAR = 60  # letters between the beginnings of two parts of a phrase, some twelve words
MOST = 50  # places of its rarest part at which a phrase is looked for: a text with more says the same again
_LOOSE = 8  # a part of so many letters may begin inside a word ("iwanttodie", "진짜죽고싶다")
_GLUED, _GLUED_NEAR = 4, 3  # and of so many where words may be written as one; fewer when another part is near
_HEAD, _LOOSE_HEAD = 2, 3  # first letters that parts are found by
_FIRST = ("-", "^")
_SIGNS = re.compile(r"(<[^<>]*>|\.\.\.|…|[*|])")


class Span(NamedTuple):
    start: int
    end: int


class Habits:
    """How people write: words that change nothing, and other spellings."""

    def __init__(self, fillers: frozenset[str], spellings: Mapping[str, tuple[str, ...]]) -> None:
        self.fillers = fillers
        self.spellings = spellings
        self.changed = fillers.union(spellings)

    def meant(self, words: list[str]) -> list[str]:
        """The words without fillers, as they are spelt; three single letters side by side are no words of their own."""
        if self.changed.isdisjoint(words):
            return words
        meant, lengths = list[str](), [len(word) for word in words]
        for n, word in enumerate(words):
            if lengths[n] == 1 and any(lengths[at : at + 3] == [1, 1, 1] for at in range(max(0, n - 2), n + 1)):
                meant.append(word)
            elif word not in self.fillers:
                meant += self.spellings.get(word, (word,))
        return meant


@dataclass(slots=True, eq=False)
class Piece:
    """The letters that may stand in one place, and whether the word may go on after them."""

    letters: Mapping[str, bool]
    lengths: tuple[int, ...]  # of `letters`, the longest first


_NOTHING, _NOWHERE = Piece({}, ()), dict[int, int]()


@dataclass(slots=True, eq=False)
class Part:
    """Pieces side by side; `gaps` are the words that may stand before each."""

    form: str
    pieces: tuple[Piece, ...]
    gaps: tuple[int, ...]
    inside: bool = False  # it may begin inside a word
    first: bool = False  # it begins the text
    last: bool = False  # it ends the text

    def end(self, its: Row, at: int, goes_on: bool, n: int) -> int:
        """Where the part ends when its first `n` pieces end at `at`; 0 when the others are not there."""
        if n == len(self.pieces) and goes_on:
            return at
        word = bisect_left(its.ends, at)
        rest = at != its.ends[word]  # of the word
        if n == len(self.pieces):
            return 0 if rest else at
        starts = [at] if rest and its.letters[at - 1] in HANGUL else []
        starts += its.starts[word + 1 : word + 2 + self.gaps[n]] if goes_on or not rest else []
        piece = self.pieces[n]
        for start in starts:
            for length in piece.lengths:
                letters = its.letters[start : start + length]
                whole = letters in piece.letters and len(letters) == length
                if whole and (end := self.end(its, start + length, piece.letters[letters], n + 1)):
                    return end
        return 0


class Grammar:
    """Reads the phrases of one language, which has its word groups."""

    def __init__(self, habits: Habits, groups: Mapping[str, Sequence[str]], phrases: Iterable[str] = ()) -> None:
        """`phrases` are those that will be read: many at once are read faster."""
        self.habits = habits
        self.letters: dict[str, str] = {}  # of plain texts
        self.ends: dict[str, str] = {}  # their last words
        self.words: set[str] = set()  # that stand in what was read
        self.stems: set[str] = set()  # those that any ending may follow
        self.signs = {part: _SIGNS.split(part) for phrase in phrases for part in map(str.strip, phrase.split("+"))}
        self._learn({text for signs in (*self.signs.values(), *groups.values()) for text in signs if text[:1] != "<"})
        self.known: dict[str, Part] = {}  # by text and by form: what is written twice is one part
        self.groups = {name: self._piece(words, "") for name, words in groups.items()}

    def _learn(self, texts: Iterable[str]) -> None:
        """Read plain texts, all at once."""
        plain = [*texts]
        folded = [self.habits.meant(words) for words in fold_all(plain)]
        self.letters.update(zip(plain, map(joined, folded), strict=True))
        self.ends.update({text: words[-1] for text, words in zip(plain, folded, strict=True) if words})
        self.words.update(*folded)

    def parts(self, phrase: str) -> tuple[Part, ...]:
        """The parts of a phrase; those without a letter are left out."""
        every = [self.known.get(text) or self._part(text) for text in map(str.strip, phrase.split("+"))]
        return tuple([part for part in every if part.pieces])

    def _part(self, text: str) -> Part:
        signs = self.signs.get(text) or _SIGNS.split(text)
        if len(signs) == 1 and text[:1] not in _FIRST and text[-1:] != "$":
            piece = self._piece(signs, "")
            part = Part(next(iter(piece.letters), ""), (piece,) if piece.letters else (), (0,))
        else:
            part = self._signed(text, signs)
        self.known[text] = self.known.setdefault(part.form, part)
        return self.known[text]

    def _signed(self, text: str, signs: list[str]) -> Part:
        pieces, gaps, forms, gap = list[Piece](), list[int](), list[str](), 0
        for n, sign in enumerate(signs):
            gap = BETWEEN if sign in ("...", "…") else gap
            ending = signs[n + 1] if signs[n + 1 : n + 2] in (["*"], ["|"]) else ""
            named = sign.startswith("<")
            its = self.groups.get(sign[1:-1], _NOTHING) if named else self._piece([sign], ending)
            if its.letters:
                pieces.append(its)
                gaps.append(gap)
                forms.append(f"{gap or ''}{sign if named else next(iter(its.letters))}{ending}")
                gap = 0
        inside, first, last = text[:1] == "-", text[:1] == "^", text[-1:] == "$"
        form = "-" * inside + "^" * first + " ".join(forms) + "$" * last
        return Part(form, tuple(pieces), tuple(gaps), inside, first, last)

    def _piece(self, written: Sequence[str], ending: str) -> Piece:
        """A piece that is any of some words; `ending` is the sign after them, where they do not have it themselves."""
        found: dict[str, bool] = {}
        for text in written:
            if text not in self.letters:
                self._learn([text])
            if letters := self.letters[text]:
                sign = ending or text[-1:]
                found[letters] = sign == "*" or (letters[-1] in HANGUL and sign != "|")
                if sign == "*":
                    self.stems.add(self.ends[text])
        lengths = set(map(len, found))
        return Piece(found, tuple(sorted(lengths, reverse=True)) if len(lengths) > 1 else tuple(lengths))


class _Begun(NamedTuple):
    """A part whose first `pieces` are found; whether the word may go on after them."""

    part: Part
    goes_on: bool
    pieces: int


class _Index:
    """Parts by the letters that they begin with."""

    def __init__(self, head: int) -> None:
        self.head = head
        self.lengths: dict[str, dict[int, None]] = {}  # of what begins with a head
        self.begun: dict[str, list[_Begun]] = {}

    def add(self, letters: str, begun: _Begun) -> None:
        if letters in self.begun:
            self.begun[letters].append(begun)
        else:
            self.begun[letters] = [begun]
            self.lengths.setdefault(letters[: self.head], {})[len(letters)] = None


class Indexes:
    """Finds parts in a row of letters."""

    def __init__(self, alone: Iterable[Part], near: Iterable[Part]) -> None:
        """`alone` are parts that are a phrase, `near` those that count together with another."""
        self.short, self.strict, self.glued = _Index(1), _Index(_HEAD), _Index(_HEAD)
        self.loose, self.amid = _Index(_LOOSE_HEAD), _Index(_LOOSE_HEAD)
        least = dict.fromkeys(near, _GLUED_NEAR) | dict.fromkeys(alone, _GLUED)
        for part, glued in least.items():
            for letters, begun in _beginnings(part):
                loose = len(letters) >= (_LOOSE_HEAD if part.inside else _LOOSE)
                index = self.short if len(letters) < _HEAD else self.loose if loose else self.strict
                index.add(letters, begun)
                if part.inside:
                    self.amid.add(letters, begun)
                if not loose and len(letters) >= glued and letters[0] in HANGUL:
                    self.glued.add(letters, begun)

    def found(self, its: Row) -> dict[Part, list[Span]]:
        """Where every part stands, from the beginning; of several ends at one beginning the last."""
        found: dict[Part, dict[int, int]] = {}
        length_of_all = len(its.letters)
        for start, index, last in self._places(its):
            for length in index.lengths.get(its.letters[start : start + index.head], ()):
                if start + length > length_of_all:
                    continue
                for part, goes_on, pieces in index.begun.get(its.letters[start : start + length], ()):
                    end = part.end(its, start + length, goes_on, pieces)
                    stands = end <= last and not (part.first and start) and not (part.last and end < length_of_all)
                    if stands and end > found.get(part, _NOWHERE).get(start, 0):
                        found.setdefault(part, {})[start] = end
        return {part: sorted(map(Span._make, ends.items())) for part, ends in found.items()}

    def _places(self, its: Row) -> Iterator[tuple[int, _Index, int]]:
        """Where parts may begin, with those that may begin there and where they must end."""
        everything = len(its.letters)
        for start, glued in zip(its.starts, its.glued, strict=True):
            if glued:
                yield start, self.glued, everything
            else:
                yield start, self.short, everything
                yield start, self.strict, everything
        words, lengths = frozenset(its.starts), self.loose.lengths
        for start, letter in enumerate(its.letters):
            if its.letters[start : start + _LOOSE_HEAD] in lengths:
                amid = letter in VOWELS and start not in words  # of a syllable
                latin = (
                    letter not in HANGUL and start not in words
                )  # "endingit" is in "nowendingit", not in "sending it"
                last = its.ends[bisect_left(its.ends, start + 1)] if latin else everything
                yield start, self.amid if amid else self.loose, last


def _beginnings(part: Part) -> Iterator[tuple[str, _Begun]]:
    """The letters that a part begins with; what begins inside a word with hardly any is looked for with the next."""
    first = part.pieces[0].letters
    following = part.pieces[1].letters if part.inside and part.gaps[1:2] == (0,) else {}
    begun = _Begun(part, False, 1), _Begun(part, True, 1)
    for letters, goes_on in first.items():
        if following and len(letters) < _LOOSE_HEAD:
            yield from ((letters + more, _Begun(part, after, 2)) for more, after in following.items())
        else:
            yield letters, begun[goes_on]


def together(spans: list[list[Span]]) -> Iterator[tuple[Span, ...]]:
    """Spans that stand near each other without touching, one of each list."""
    fewest = min(spans, key=len)
    for anchor in fewest[:MOST]:
        others = [_nearest(anchor, its) for its in spans if its is not fewest]
        if None not in others:
            yield (anchor, *filter(None, others))


def _nearest(anchor: Span, spans: list[Span]) -> Span | None:
    first, last = (bisect_left(spans, Span(anchor.start + far, 0)) for far in (-NEAR, NEAR))
    # neighbouring words may share a letter
    apart = [span for span in spans[first:last] if span.end <= anchor.start + 1 or anchor.end <= span.start + 1]
    return min(apart, key=lambda span: abs(span.start - anchor.start)) if apart else None
