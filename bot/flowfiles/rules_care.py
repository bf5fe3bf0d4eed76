"""Rules about wording, by the lists of care.yaml: no blame, no promise, no order, nothing that puts anybody at risk.

Read sentence by sentence, in every language, over everything that people read. It is a net, not a proof; a
reviewer still reads every page.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.flowfiles.care import Care, Wording
from bot.flowfiles.minors import Ages
from bot.flowfiles.passages import Corpus, Passage, Places
from bot.flowfiles.phrasing import Phrase
from bot.flowfiles.problems import Problems

_END = re.compile(r"([.?!][\"”」'’)]?)\s+|\n|;")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]+")


@dataclass(frozen=True)
class Kind:
    """What is wrong with one kind of wording. `refusable`: a sentence that refuses it is right.

    `minors`: only what somebody who may be a minor can see. `where`: only texts for this; empty: all.
    """

    code: str
    says: str
    hurts: str
    fix: str
    refusable: bool = False
    minors: bool = False
    where: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


KINDS = {
    "picture": Kind(
        "F50", says="can be read as: keep or send the picture", refusable=True, minors=True,
        hurts="For somebody under age it can be a crime, and it hurts them.",
        fix="Say links, names and dates; or say not to; or add `when:` for adults only.",
    ),
    "blame": Kind(
        "F52", says="tells somebody what they should have done, or asks them why",
        hurts="Whoever was hurt would hear that it is their fault, and stop asking for help.",
        fix="Say what can be done from here; or leave it out.",
    ),
    "promise": Kind(
        "F53", says="promises how it will end",
        hurts="When it goes otherwise, people lose the last trust they had.",
        fix="Say what is often possible, that it is not certain, and what can be done then.",
    ),
    "order": Kind(
        "F54", says="is an order", but=("letter",),
        hurts="Control was taken from them once already; who is ordered about leaves.",
        fix='Offer it: "you can", "if you want", ~할 수 있어요, ~해도 돼요; say of others what they must do.',
    ),
    "words": Kind(
        "F55", says="is a word that hurts",
        hurts="It makes a show of what was done, or a name of the person.",
        fix="Say what it is: a fake sexual image, image-based sexual abuse, 합성한 성적인 사진·영상; "
        "an official name goes below `except:`.",
    ),
    "perpetrator": Kind(
        "F56", says="can be read as: contact, pay, trap or expose whoever did it, or go in and look", refusable=True,
        hurts="It can make the threats worse, and puts the person in danger or in the wrong.",
        fix="Say who can do it for them (the police, a helpline); or say that they need not do it.",
    ),
    "sellers": Kind(
        "F57", says="can be read as: pay somebody for removal, or report in masses", refusable=True,
        hurts="Such sellers take money and pictures of people who are desperate, and come back for more.",
        fix="Name the free public help; or say that they need not pay.",
    ),
    "cheer": Kind(
        "F58", says="cheers somebody up",
        hurts="To somebody in despair it says that nobody has understood.",
        fix="Leave it out, or say that you know how hard it is. A full stop is enough.",
    ),
    "questions": Kind(
        "F59", says="asks for a gender, or why", refusable=True, where=("ask", "answer"),
        hurts="People would think that the help depends on who they are or on what they did.",
        fix="Ask only what changes the help: age, country, where it is.",
    ),
}  # fmt: skip


def check_care(corpora: Iterable[Corpus], care: Care, ages: Ages, places: Places, problems: Problems) -> None:
    """Add a problem for every sentence that says what care.yaml forbids."""
    for corpus in corpora:
        sentences = _Sentences(corpus)
        for name, kind in KINDS.items():
            for passage, sentence, words in _said(sentences, care, name, kind):
                if not kind.minors or passage.reaches(ages):
                    problems.add(
                        kind.code, places.of(passage, sentence, words),
                        f'"{sentence if name == "picture" else words}" {kind.says}.', hurts=kind.hurts, fix=kind.fix,
                    )  # fmt: skip


def _said(sentences: "_Sentences", care: Care, name: str, kind: Kind) -> Iterator[tuple[Passage, str, str]]:
    """Where something of this kind is said: the passage, its sentence, the first such words in it."""
    corpus, wording = sentences.corpus, care.of(name, sentences.corpus.language)
    refused_in = corpus.language if kind.refusable else ""
    about = set[int]().union(*(sentences.holding(phrase) for phrase in wording.about)) if wording.about else None
    told: dict[int, tuple[Passage, str, str]] = {}
    for phrase in wording.said:
        for start, end in sentences.spans(sentences.holding(phrase, about)):
            passage, _ = corpus.passage(start)
            wanted = passage.kind not in kind.but and (not kind.where or passage.kind in kind.where)
            if not wanted or start in told or (refused_in and care.refuses(refused_in, sentences.above(start))):
                continue
            at = _at(phrase, wording, sentences.letters[start:end], care, refused_in)
            if at:
                words = corpus.text[start + at[0] : start + at[1]].lstrip("- ")
                told[start] = passage, corpus.text[start:end].strip(), words
    yield from told.values()
    if name == "cheer":
        for sign in _EMOJI.finditer(corpus.text):
            yield corpus.passage(sign.start())[0], corpus.line(sign.start()), sign[0]


def _at(phrase: Phrase, wording: Wording, sentence: str, care: Care, refused_in: str) -> tuple[int, int] | None:
    """Where in a folded sentence a phrase stands that nothing takes back."""
    at = 0
    for clause in care.clauses(refused_in, sentence) if refused_in else (sentence,):
        for match in phrase.fits.finditer(clause):
            start, end = at + match.start(), at + match.end()
            if not _is_taken_back(wording, sentence, start, end) and not (
                refused_in and care.refuses(refused_in, clause)
            ):
                return start, end
        at += len(clause)
    return None


def _is_taken_back(wording: Wording, sentence: str, start: int, end: int) -> bool:
    excepted = wording.takes_back.finditer(sentence) if wording.takes_back else ()
    return any(match.start() < end and start < match.end() for match in excepted)


class _Sentences:
    """The sentences of one language, and the words that each holds: looked at once, not for every phrase."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.letters = corpus.letters
        self._spans = list(_spans(corpus.text))
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(self._spans):
            for word in self.letters[start:end].split():
                self._holding[word].append(number)
        self._vocabulary = "\n".join(["", *self._holding, ""])
        self._found: dict[str, set[int]] = {}

    def holding(self, phrase: Phrase, among: set[int] | None = None) -> set[int]:
        """Every sentence, of those that matter, that holds one of the words of each part of the phrase."""
        for part in sorted(phrase.parts, key=len):
            here = set[int]().union(*map(self._with, part))
            among = here if among is None else among & here
            if not among:
                return set()
        return among or set()

    def spans(self, numbers: set[int]) -> Iterator[tuple[int, int]]:
        """Where these sentences begin and end, in order."""
        return (self._spans[number] for number in sorted(numbers))

    def above(self, start: int) -> str:
        """The folded words that a list item stands under, where they lead to it: "You need not do these:"."""
        lines = self.letters[self.corpus.passage(start)[1] : start].split("\n")
        if lines.pop() or not self.letters.startswith("- ", start):
            return ""
        told = next((line for line in reversed(lines) if line and not line.startswith("- ")), "")
        return told[list(_spans(told))[-1][0] :] if told.endswith(":") else ""

    def _with(self, letters: str) -> set[int]:
        """The sentences with a word that holds these letters."""
        if letters not in self._found:
            self._found[letters] = found = set()
            at = self._vocabulary.find(letters)
            while at >= 0:
                end = self._vocabulary.index("\n", at)
                found.update(self._holding[self._vocabulary[self._vocabulary.rindex("\n", 0, at) + 1 : end]])
                at = self._vocabulary.find(letters, end)
        return self._found[letters]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends."""
    start = 0
    for cut in _END.finditer(text):
        yield start, cut.end(1) if cut[1] else cut.start()
        start = cut.end()
    yield start, len(text)
