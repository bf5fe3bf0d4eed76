"""Phrases of care.yaml: which words of a text they fit, and where.

A phrase is words with a space between; `*` at the end of a word stands for any ending, `...` for up to three
words between, `<name>` for any word of a group, `^` for the beginning of a sentence. Hangul is a part of a
word, with or without a space to the next; other words are whole words. Capitals and accents do not matter.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

Groups = Mapping[str, Sequence[str]]  # name -> folded words

GROUP = re.compile(r"<([^<>]*)>")
_GAP = "..."
_BARE = {"a": "àâäáãå", "c": "ç", "e": "éèêë", "i": "îïíì", "n": "ñ", "o": "ôöóòõ", "u": "ùûüú", "y": "ÿý"}
_HANGUL = re.compile("[가-힣]")
_BETWEEN = r"[^\w\n]+"  # between two words: a space, a comma, a quotation mark
_SOME_WORDS = rf"(?:{_BETWEEN}[\w'-]+){{0,3}}?"
_ENDING = r"\S*?"  # of a Korean word: 사진 ... 보내 fits 사진을 보내
_BEGINNING = r"^[^\w(]*"  # a sentence may begin with a dash or a quotation mark


def folded(text: str) -> str:
    """The text without capitals, accents and curly apostrophes; as long as it was, so that places stay."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for bare, accented in _BARE.items():
        for letter in accented:
            lower = lower.replace(letter, bare)
    return lower.replace("’", "'")


class Phrase:
    """One phrase. Whatever it fits holds one of the letters of each of its `parts`."""

    def __init__(self, written: str, groups: Groups) -> None:
        self.written = written
        told = (_choices(word, groups) for word in written.removeprefix("^").split())
        self._words = [choices for choices in told if choices]
        self.parts = [[_letters(choice) for choice in part] for part in self._words if part != [_GAP]]

    @property
    def says_something(self) -> bool:
        """Whether it is more than signs that stand for anything."""
        return bool(self.parts)

    @cached_property
    def fits(self) -> re.Pattern[str]:
        """Finds the phrase in a folded sentence; compiled only for those whose words were found."""
        return re.compile(self.pattern)

    @property
    def pattern(self) -> str:
        found = _BEGINNING if self.written.startswith("^") else ""
        hangul, glue = False, ""
        for part in self._words:
            if part == [_GAP]:
                found += (_ENDING if hangul else "") + _SOME_WORDS
                continue
            hangul = any(_HANGUL.search(choice) for choice in part)
            found += (r"\s*" if hangul and glue else glue) + "(?:" + "|".join(map(_choice, part)) + ")"
            glue = r"\s*" if hangul else _BETWEEN
        return found


def any_of(phrases: Iterable[Phrase]) -> re.Pattern[str] | None:
    """Finds any of these phrases; None when there are none."""
    patterns = [f"(?:{phrase.pattern})" for phrase in phrases]
    return re.compile("|".join(patterns)) if patterns else None


def _choices(word: str, groups: Groups) -> list[str]:
    """What may stand for a word of a phrase."""
    named = GROUP.fullmatch(word)
    return [choice for choice in (groups.get(named[1], ()) if named else [folded(word)]) if choice.strip("* ")]


def _letters(choice: str) -> str:
    """What a text must hold as it is: the longest word."""
    return max((word.rstrip("*") for word in choice.split()), key=len)


def _choice(choice: str) -> str:
    between = r"\s*" if _HANGUL.search(choice) else _BETWEEN
    return between.join(_word(word) for word in choice.split() if word.strip("*"))


def _word(word: str) -> str:
    bare = word.rstrip("*")
    if _HANGUL.search(word):
        return re.escape(bare)
    before = r"(?<!\w)" if bare[0].isalnum() else ""
    after = r"[\w'-]*" if bare != word else r"(?!\w)" if bare[-1].isalnum() else ""
    return before + re.escape(bare) + after
