"""A typed text as one row of letters, so that phrases are found however they are typed.

Signs, accents, doubled letters and spaces fall away, Hangul is taken apart: "죽 고 싶", "ㅈㅜㄱㄱㅗ싶" and "k i l l"
need no care of their own.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 4096  # a Telegram message holds no more; the rest of a longer text is not looked at
HANGUL = frozenset(map(chr, range(0x3131, 0x3164)))  # letters, not syllables
VOWELS = frozenset(map(chr, range(0x314F, 0x3164)))  # a syllable that begins with one has a silent letter before it

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
_LATIN = re.compile(r"[a-z]")
_SIGN = re.compile(r"(?<=[a-z])[@$!](?=[a-z])")
_DIGITS = re.compile(r"(?<![a-z0-9])[a-z]+[0-9][a-z0-9]*")  # in a word
_LEET = str.maketrans(dict(zip("0123457@$!", ("o", "i", "to", "e", "a", "s", "t", "a", "s", "i"), strict=True)))
_ELIDED = re.compile(r"\bn['’](?=\w)")  # French: the n of n'ai is as often left out as said
_RUN = re.compile(r"([a-zㅏ-ㅣ])\1+")
_GLUED = re.compile(r"[가-힣]{5,}")  # so many syllables are often words without spaces: "나만없으면다편할텐데"
_WORD = re.compile(r"[a-z0-9]+|[ㄱ-ㅣ_]+|[^\W_a-z0-9ㄱ-ㅣ]+")


def fold(text: str) -> list[str]:
    """The words of a text in the letters that phrases are compared in; `_` where a word may be two."""
    return _words(_folded(text[:LONGEST])[: 3 * LONGEST])


def fold_all(texts: list[str]) -> list[list[str]]:
    """What `fold` makes of each of many short texts, in a fraction of the time."""
    return [_words(text) for text in _folded("\0".join(texts)).split("\0")] if texts else []


def _folded(text: str) -> str:
    text = text.replace("_", " ")
    if not text.isascii():
        text = _GLUED.sub(lambda word: "_".join(word[0]), text)
        text = _UNSEEN.sub("", unicodedata.normalize("NFKD", _LAUGH.sub(" ", text)))
    text = text.casefold()
    latin = _LATIN.search(text)
    text = (_ELIDED.sub(" ", text) if latin else text).translate(_LETTERS)
    if latin:
        text = _SIGN.sub(lambda sign: sign[0].translate(_LEET), text)
        text = _DIGITS.sub(lambda word: word[0].replace("11", "ll").translate(_LEET), text)
    return _RUN.sub(r"\1", text)


def _words(folded: str) -> list[str]:
    return [word for word in _WORD.findall(folded) if word != "_"]


@dataclass(frozen=True, slots=True)
class Row:
    """A text without gaps; where its words begin and end, in order. Neighbours may share a letter."""

    letters: str
    starts: list[int]
    ends: list[int]
    glued: list[bool]  # whether a word may be only the rest of the one before it


def row(words: Iterable[str]) -> Row:
    """Words one after another; the same letter at an end and a beginning is one, as it is inside a word."""
    pieces, at, last = list[str](), 0, ""
    found = Row("", [], [], [])
    for written in words:
        for n, word in enumerate(filter(None, written.split("_"))):
            shared = word[0] == last and _RUN.match(2 * last) is not None
            pieces.append(word[1:] if shared else word)
            found.starts.append(at - shared)
            at += len(word) - shared
            found.ends.append(at)
            found.glued.append(n > 0)
            last = word[-1]
    return Row("".join(pieces), found.starts, found.ends, found.glued)


def joined(words: list[str]) -> str:
    """The letters of a row."""
    letters = words[0] if words else ""
    for word in words[1:]:
        letters += word[1:] if letters[-1] == word[0] and _RUN.match(2 * word[0]) else word
    return _RUN.sub(r"\1", letters.replace("_", "")) if "_" in letters else letters
