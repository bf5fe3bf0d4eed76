"""Numbers and links stay in facts files, so that a change reaches every page and every language."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.core.guide import Guide
from bot.flowfiles.care import Care
from bot.flowfiles.passages import Corpus, Places
from bot.flowfiles.problems import Problems

Span = tuple[int, int]
_SHORTEST = 3  # digits of a number that cannot be an age or a count
_BLANK = re.compile(r"\{[^}]*\}")
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|[a-z0-9.+-]+@[a-z0-9-]+(?:\.[a-z0-9]+)+"
    r"|(?<![\w.@])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|kr|uk|eu|me|jp|fr|de|ch|be|nl|es|it|br|mx|ar|au|ca)(?![\w-])"
    r"|\b(?:dot|point) (?:com|org|net|kr|fr)\b|닷컴|점 ?컴",
    re.A,
)
_MAY_LINK = (re.compile(r"[.@:](?:[a-z]|//)"), re.compile("dot |point |닷컴|컴"))
# what begins with a digit is found fast; whether one stands before it is looked at then
_DASHED = re.compile(r"\d{2,4}-\d{3,4}(?!\d)")  # a number of whatever country
_SPLIT = re.compile(
    r"(?<![\d.-])\d(?:-\d){2,}(?![\d-])|\d(?:[ .·]?\d)*"
)  # digits, with what people put between those of one number
_AFTER = re.compile(r"[\d.]")
_DIGITS = re.compile(r"\d+")
_MORE = re.compile(r"[-,]\d")
_COUNT = re.compile(r" ?(?:%|per ?cent|thousand|million|billion|won|euros?|people|days|hours|[만억원명건년일시개])")


def check_texts(guide: Guide, corpora: Iterable[Corpus], care: Care, places: Places, problems: Problems) -> None:
    """Add a problem for every number or link that stands in a text: in digits, split by signs, or in words.

    The name of a service may hold its number, and a fact may name its own ways in.
    """
    called = _called(guide)
    own = {fact.id: [_bare(way.value) for way in fact.contacts] for fact in guide.facts.values()}
    for corpus in corpora:
        letters = _BLANK.sub(lambda blank: "_" * len(blank[0]), corpus.letters)
        spelled = _spelled(letters, called, care.digits.get(corpus.language, {}))
        for at, end in sorted({*_links(letters), *_digits(letters, called), *spelled}):
            passage, _ = corpus.passage(at)
            words = corpus.text[at:end]
            if passage.kind not in ("name", "contact") and not _is_one_of(words, own.get(passage.fact, [])):
                problems.add(
                    "F40", places.of(passage, corpus.line(at), words),
                    f'"{words}" in the {passage.language} text looks like a number or a link.',
                    hurts="When it changes, this text would keep the old one.",
                    fix="Write {fact.<id>.phone}, or list the fact below `facts:`.",
                )  # fmt: skip


def _links(letters: str) -> Iterator[Span]:
    lines = {letters.rfind("\n", 0, sign.start()) + 1 for may in _MAY_LINK for sign in may.finditer(letters)}
    for start in lines:
        end = letters.find("\n", start)
        for link in _LINK.finditer(letters, start, end if end >= 0 else len(letters)):
            yield link.start(), link.start() + len(link[0].rstrip(".,"))


def _digits(letters: str, called: frozenset[str]) -> Iterator[Span]:
    yield from (
        its.span() for its in _DASHED.finditer(letters) if not (its.start() and _AFTER.match(letters, its.start() - 1))
    )
    for run in _SPLIT.finditer(letters):
        yield from _joined(run, letters, called)


def _joined(run: re.Match[str], letters: str, called: frozenset[str]) -> Iterator[Span]:
    """The first part of a run of digits and signs that is a number at which somebody can be called."""
    at, end = run.span()
    if letters[at - 1 : at] in ("-", ",") or _MORE.match(letters, end):
        return  # 109,000 people; 02-123-4567 is dashed
    pieces = [(piece.start(), piece.end()) for piece in _DIGITS.finditer(letters, at, end)]
    for first, (start, _) in enumerate(pieces):
        digits = ""
        for begin, stop in pieces[first:]:
            digits += letters[begin:stop]
            if digits in called and not _COUNT.match(letters, stop):
                yield start, stop
                return


def _spelled(letters: str, called: frozenset[str], digits: Mapping[str, str]) -> Iterator[Span]:
    """Numbers in words: one three six six, 일삼육육."""
    if not digits:
        return
    one = "|".join(sorted(map(re.escape, digits), key=len, reverse=True))
    glued = all(len(word) == 1 for word in digits)  # Hangul: no space need stand between
    runs = rf"(?<!\w)(?:{one})(?:[ -]?(?:{one})){{2,}}" if glued else rf"\b(?:{one})(?:[ -](?:{one})\b){{2,}}"
    for run in re.finditer(runs, letters):
        if "".join(digits[word] for word in re.findall(one, run[0])) in called:
            yield run.span()


def _called(guide: Guide) -> frozenset[str]:
    """Every number at which a fact of this guide can be called, in digits."""
    ways = (way for fact in guide.facts.values() for way in fact.contacts if way.kind in ("call", "text"))
    return frozenset(number for way in ways if len(number := re.sub(r"\D", "", way.value)) >= _SHORTEST)


def _is_one_of(words: str, ways: list[str]) -> bool:
    bare = _bare(words)
    return bare in ways or (not bare.isdecimal() and any(bare in way for way in ways))


def _bare(words: str) -> str:
    """Letters and digits alone: however a number is written, it is the same one."""
    return "".join(sign for sign in words.lower() if sign.isalnum())
