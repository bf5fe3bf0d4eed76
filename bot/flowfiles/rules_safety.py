"""The rule that protects children: nobody who is or may be a minor is told to keep or send a picture.

Read sentence by sentence: an offer or an order to keep, copy, capture or send, with a picture in it, must be
a refusal. It is a net, not a proof; a reviewer still reads every page. Only texts that a minor can see count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.guide import Ask, Guide, Page, Say
from bot.core.text import Block, Condition, Text, plain
from bot.flowfiles.problems import Problems

_UNKNOWN = frozenset({"unsure", "skip"})
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n")
_PICTURE = {
    "en": re.compile(r"\b(?:picture|image|video|photo|file|screenshot)s?\b", re.I),
    "ko": re.compile(r"사진|영상|이미지|파일|캡처"),
}
_ADVICE = {
    "en": re.compile(
        r"(?:^[-\s]*|\b(?:you (?:can|could|may|might|should)|please|best|helps?) (?:to )?(?:also )?)"
        r"(?:save|keep|copy|screenshot|capture|photograph|forward|send|download|attach|upload)\b",
        re.I,
    ),
    "ko": re.compile(
        r"(?:저장|캡처|복사|다운로드|전송|전달|첨부)(?:해|하)(?:요|세요|서|면 돼|도 돼| 두| 놓| 주|둘)"
        r"|(?:찍어|내려받아)(?:요| 두| 놓| 주|서| 보)|보내(?:세요| 주세요|면 돼|도 돼| 둘)"
    ),
}
_REFUSAL = {
    "en": re.compile(r"\b(?:not|never|no|nobody|without|cannot)\b|n't", re.I),
    "ko": re.compile(r"않|마세요|말아|말고|지 마|없이|안 (?:보내|찍|저장)|필요 없"),
}


def check_safety(guide: Guide, problems: Problems) -> None:
    """Add a problem for every sentence that advises what must never be advised, and for warnings that do not warn."""
    ages = _ages(guide)
    for text in _texts(guide, ages):
        for language, blocks in _seen_by_minors(text, ages):
            for sentence in _SENTENCE.split(plain(blocks)):
                if language in _ADVICE and _advises(language, sentence):
                    problems.add(
                        "F50", text.place, f'"{sentence.strip()}" can be read as: keep or send the picture.',
                        hurts="For somebody under age it can be a crime, and it hurts them.",
                        fix="Say links, names and dates; or say not to; or add `when:` for adults only.",
                    )  # fmt: skip
    for step in guide.steps.values():
        if isinstance(step, Page) and step.warns:
            _warns(step, problems)


def _advises(language: str, sentence: str) -> bool:
    return bool(
        _ADVICE[language].search(sentence)
        and _PICTURE[language].search(sentence)
        and not _REFUSAL[language].search(sentence)
    )


def _warns(page: Page, problems: Problems) -> None:
    for language, parts in page.text.parts.items():
        words = " ".join(plain(part.blocks) + " " + plain(part.otherwise) for part in parts)
        if language in _REFUSAL and not _REFUSAL[language].search(words):
            problems.add(
                "F51", page.text.place, f"This page is marked `warns: yes`, but its {language} text warns of nothing.",
                hurts="People would miss the warning not to keep or send a picture.",
                fix="Write the warning, or delete `warns:`.",
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ages:
    """Who is or may be a minor: by which questions, and by which of their answers."""

    questions: frozenset[str]
    protected: frozenset[str]

    def shut_out(self, when: Condition | None) -> bool:
        """Whether a condition keeps out everybody who is or may be a minor."""
        clauses = when.clauses if when else ()
        return any(not wanted & self.protected for question, wanted in clauses if question in self.questions)


def _ages(guide: Guide) -> _Ages:
    """From the sets that hold who is unsure or did not say: those treat them as minors."""
    sets = [answers for answers in guide.sets.values() if answers >= _UNKNOWN]
    protected = frozenset[str]().union(*sets)
    known = protected - _UNKNOWN
    asked = (name for name, question in guide.questions.items() if known & {answer.id for answer in question.answers})
    return _Ages(frozenset(asked), protected)


def _texts(guide: Guide, ages: _Ages) -> Iterator[Text]:
    for step in guide.steps.values():
        if isinstance(step, Ask | Say | Page):
            yield step.text
    for fact in guide.facts.values():
        if not ages.shut_out(fact.audience):
            yield from fact.lines.values()
    yield from (letter.text for letter in guide.letters.values())


def _seen_by_minors(text: Text, ages: _Ages) -> Iterator[tuple[str, tuple[Block, ...]]]:
    for language, parts in text.parts.items():
        for part in parts:
            if not ages.shut_out(part.when):
                yield language, part.blocks
            if part.otherwise:
                yield language, part.otherwise
