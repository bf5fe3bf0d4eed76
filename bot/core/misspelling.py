"""Words and phrases with a letter wrong, left out or too many."""

from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.letters import HANGUL, Row
from bot.core.phrases import Span

_SHORT_WORD = 5  # from here on a letter may differ
_LONG_WORD, _LONG_PHRASE = 8, 18  # from here on two letters may differ
_PHRASE, _WHOLE_PHRASE = 8, 11  # a Hangul phrase of so many letters may have one that sounds alike, or any one wrong
_ALIKE = str.maketrans("ㅍㅌㅋㅊㅜㅡㅕㅑ", "ㅂㄷㄱㅈㅗㅓㅓㅏ")
_WORDS = 150  # near misses are looked for at so many words: a cry for help is short
_HEAD = 3  # the first letters of a Hangul phrase must be right


class Speller:
    """Mends words in Latin letters that are nearly one of `words`, and knows Hangul phrases that nearly stand there."""

    def __init__(self, words: Iterable[str], real: Iterable[str], stems: Iterable[str], phrases: Iterable[str]) -> None:
        """`real` words are no misspelling of one of `words`; nor is what begins with one of `stems`."""
        self.words = {word for word in words if len(word) > 3 and word.isascii()}
        self.right = self.words.union(real)
        self.stems = tuple(stems)
        self.alike: dict[tuple[str, int], list[str]] = {}  # words by their first letter and length
        for word in sorted(self.words):
            self.alike.setdefault((word[0], len(word)), []).append(word)
        self.phrases: dict[str, list[str]] = {}
        for phrase in phrases:
            if phrase[0] in HANGUL and len(phrase) >= _PHRASE:
                self.phrases.setdefault(phrase[:_HEAD], []).append(phrase)

    def mended(self, words: Iterable[str]) -> Iterator[str]:
        """The words as they are meant."""
        for n, word in enumerate(words):
            odd = n < _WORDS and 3 < len(word) < 20 and word.isascii() and word not in self.right
            yield self._mend(word) if odd and not word.startswith(self.stems) else word

    def _mend(self, word: str) -> str:
        """The nearest word of a phrase, else the word itself. Short words only have letters changed about."""
        for away in (1, 2) if len(word) >= _LONG_WORD else (1,):
            lengths = range(max(len(word) - away, _LONG_WORD if away > 1 else _SHORT_WORD), len(word) + away + 1)
            near = [meant for length in lengths for meant in self.alike.get((word[0], length), ())]
            found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=away)
            if found:
                return found[0]
        turned = (meant for meant in self.alike.get((word[0], len(word)), ()) if sorted(meant) == sorted(word))
        return next((meant for meant in turned if OSA.distance(word, meant) == 1), word)

    def nearly(self, its: Row) -> Iterator[Span]:
        """Where a phrase nearly stands; it begins with a word."""
        for start in its.starts[:_WORDS]:
            for phrase in self.phrases.get(its.letters[start : start + _HEAD], ()):
                end = start + len(phrase)
                if end <= len(its.letters) and _near(phrase, its.letters[start:end]):
                    yield Span(start, end)


def _near(phrase: str, letters: str) -> bool:
    if len(phrase) < _WHOLE_PHRASE:
        return phrase.translate(_ALIKE) == letters.translate(_ALIKE)
    most = 1 + (len(phrase) >= _LONG_PHRASE)
    return OSA.distance(phrase, letters, score_cutoff=most) <= most
