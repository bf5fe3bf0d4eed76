"""Rules about length, as warnings: what a frightened person can read at once. The limits are those of the voice."""

import re
from collections.abc import Callable, Iterator

from bot.core.guide import Ask, Guide, Page
from bot.core.text import Block, Paragraph, plain
from bot.flowfiles.passages import PROSE, Passage, Places
from bot.flowfiles.problems import Problems
from bot.flowfiles.reach import Visit

MOST_HANGUL, MOST_WORDS = 200, 60  # of a paragraph, in characters and in words
MOST_PARAGRAPHS, MOST_ANSWERS = 3, 6
MOST_IN_SENTENCE, MOST_IN_HANGUL_SENTENCE = 30, 22  # words: far more than the fifteen that a sentence should have
_END = re.compile(r"(?<=[.?!])[\"”」'’)]*\s+|\n|;")
_BLANK = re.compile(r"\{[^}]*\}")


def check_lengths(guide: Guide, found: list[Passage], places: Places, problems: Problems) -> None:
    """Add a warning for every paragraph, sentence and question that is too long."""
    for passage in found:
        if passage.kind in PROSE and len(passage.words) > MOST_IN_SENTENCE:
            _paragraphs(passage, places, problems)
            _sentences(passage, places, problems)
    for question in guide.questions.values():
        _answers(guide, question, problems)


def _paragraphs(passage: Passage, places: Places, problems: Problems) -> None:
    most, unit = (MOST_HANGUL, "characters") if passage.language == "ko" else (MOST_WORDS, "words")
    if len(passage.words) <= most:
        return
    for words in _rows(passage.blocks):
        length = len(_filled(words)) if passage.language == "ko" else len(words.split())
        if length > most:
            problems.warn(
                "F73", places.of(passage, words),
                f"This {passage.language} paragraph has {length} {unit}, more than {most}.",
                hurts="Whoever is afraid does not read it to its end.", fix="Cut it in two, or leave something out.",
            )  # fmt: skip


def _sentences(passage: Passage, places: Places, problems: Problems) -> None:
    most = MOST_IN_HANGUL_SENTENCE if passage.language == "ko" else MOST_IN_SENTENCE
    if passage.words.count(" ") < most:
        return
    for sentence in _END.split(passage.words):
        length = len(sentence.split())
        if length > most:
            problems.warn(
                "F76", places.of(passage, sentence),
                f"This {passage.language} sentence has {length} words; fifteen are easy to read.",
                hurts="Whoever is afraid loses its beginning before its end.", fix="Make two of it.",
            )  # fmt: skip


def _answers(guide: Guide, question: Ask, problems: Problems) -> None:
    """Lists of countries and platforms are as long as they are, and so is a fork with a way for each answer."""
    listed = "country", *guide.platform_questions
    if (
        len(question.answers) > MOST_ANSWERS
        and question.id not in listed
        and len(question.then) < len(question.answers)
    ):
        problems.warn(
            "F75", question.place,
            f'"{question.id}" has {len(question.answers)} answers, more than {MOST_ANSWERS}.',
            hurts="Whoever is afraid cannot choose among so many.", fix="Ask less, or in two questions.",
        )  # fmt: skip


def pages_are_short(problems: Problems) -> Callable[[Visit], None]:
    """A rule for every screen: a page has few paragraphs of its own."""

    def look(visit: Visit) -> None:
        step, screen = visit.stop.step, visit.screen
        count = [type(part) for part in screen.body].count(Paragraph)
        if count > MOST_PARAGRAPHS and isinstance(step, Page) and screen.text_language == screen.language:
            problems.warn(
                "F74", step.text.place,
                f'"{step.step}" shows somebody {count} paragraphs in {screen.language}, not {MOST_PARAGRAPHS}.',
                hurts="Whoever is afraid does not find the one thing to do.",
                fix="Move some of it to a page of its own, or give it a `when:`.",
            )  # fmt: skip

    return look


def _rows(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Each paragraph and each list item."""
    for block in blocks:
        yield from plain((block,)).split("\n")


def _filled(words: str) -> str:
    """The words with blanks as long as a short number."""
    return _BLANK.sub("0000", words)
