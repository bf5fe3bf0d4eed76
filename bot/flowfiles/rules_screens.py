"""Rules about what is shown: help on every page, and what fits into Telegram in every language."""

from collections.abc import Callable

from bot.core.guide import Guide, Page
from bot.core.plainly import plain_screen
from bot.core.session import Codec, SessionTooLong
from bot.core.shown import Screen, ShownFact, ShownLetter
from bot.core.text import Block, Paragraph, Words
from bot.flowfiles.problems import Problems
from bot.flowfiles.reach import Visit, visits

Measure = Callable[[Screen, Guide], int]
Sizes = dict[int, tuple[int, tuple[Block, ...]]]  # blocks by their identity, which they keep while they are held
Rule = Callable[[Visit], None]  # looks at one screen; it knows where to put its problems

MOST_TEXT = 4096  # a Telegram message, after its markup is read
MOST_LABEL = {"ko": 24}  # characters that a narrow phone shows of a button; wide letters take two places
MOST_LATIN_LABEL = 40


def plain_length(screen: Screen, guide: Guide) -> int:
    """How long a screen is in plain text."""
    return len(plain_screen(screen))


def check_screens(guide: Guide, problems: Problems, measure: Measure, *rules: Rule) -> None:
    """Add the problems of every distinct screen, in every language; each screen is drawn once for all rules."""
    codec = Codec(guide)
    labels: set[tuple[str, str]] = set()
    sizes: Sizes = {}
    for visit in visits(guide, guide.default_language):
        _fits(codec, visit, problems)
        for language in guide.languages:
            spoken = visit.spoken_in(language)
            if not _is_quiet(guide, visit):
                _help(spoken, problems)
            if (
                _roughly(spoken.screen, sizes) > MOST_TEXT // 2
            ):  # the rest is far from the limit, and measuring takes time
                _size(spoken, measure(spoken.screen, guide), problems)
            _labels(spoken, labels, problems)
            for rule in rules:
                rule(spoken)


def _is_quiet(guide: Guide, visit: Visit) -> bool:
    """Whether this is a screen of a quiet interrupt: it tells about the guide itself, and help is a press away."""
    interrupt = guide.interrupts.get(visit.session.interrupt or "")
    return interrupt is not None and interrupt.quiet


def _help(visit: Visit, problems: Problems) -> None:
    screen, step = visit.screen, visit.stop.step
    if visit.session.fact or not isinstance(step, Page) or screen.letter:
        return
    if not any(contact for fact in screen.facts for contact in fact.contacts):
        whom = ", ".join(f"{question} = {answer}" for question, answer in visit.answers.items())
        problems.add(
            "F20", step.place, f'"{step.step}" shows no number, link or form for {whom or "anybody"}.',
            hurts="They would see no help here.", fix="Add a fact, or one without `when:`.",
        )  # fmt: skip


def _roughly(screen: Screen, sizes: Sizes) -> int:
    """About how long a screen is, a little too much rather than too little."""
    size = len(screen.title) + sum(len(part.text) for part in screen.parts if isinstance(part, ShownLetter))
    for part in screen.body:
        if isinstance(part, ShownFact):
            size += len(part.name) + sum(_letters(line.blocks, sizes) + len(line.label) for line in part.lines)
            size += sum(len(way.line) + sum(map(len, way.notes)) + 9 for way in part.contacts)
            size += sum(len(source.publisher) + len(source.url) + len(source.date) for source in part.sources)
        else:
            size += _letters((part,), {})  # a tuple of its own: nobody else will ask for it
    return size


def _letters(blocks: tuple[Block, ...], sizes: Sizes) -> int:
    """The letters of some blocks; most are the same ones on many screens, so what was counted is kept."""
    known = sizes.get(id(blocks))
    if known is None:
        rows = (row for block in blocks for row in ((block.spans,) if isinstance(block, Paragraph) else block.items))
        known = sum(len(span.text) + 9 for row in rows for span in row if isinstance(span, Words)), blocks
        sizes[id(blocks)] = known
    return known[0]


def _size(visit: Visit, length: int, problems: Problems) -> None:
    if length > MOST_TEXT:
        problems.add(
            "F70", visit.stop.step.place, f'"{visit.screen.step}" has {length} characters in {visit.screen.language}.',
            hurts="Telegram does not show more than 4,096.", fix="Move some of it to a page of its own.",
        )  # fmt: skip


def _labels(visit: Visit, seen: set[tuple[str, str]], problems: Problems) -> None:
    most = MOST_LABEL.get(visit.screen.language, MOST_LATIN_LABEL)
    for button in visit.screen.all_buttons():
        if len(button.label) > most and (visit.screen.language, button.label) not in seen:
            seen.add((visit.screen.language, button.label))
            problems.warn(
                "F72", visit.stop.step.place,
                f'The button "{button.label}" has {len(button.label)} characters in {visit.screen.language}.',
                hurts=f"Phones cut it after about {most}.", fix="Make the title or answer shorter.",
            )  # fmt: skip


def _fits(codec: Codec, visit: Visit, problems: Problems) -> None:
    """What `check_fit` proves is seen once more on every screen that is drawn anyway."""
    for button in visit.screen.all_buttons():
        if button.session is not None:
            try:
                codec.pack(button.session)
            except SessionTooLong:
                problems.add(
                    "F71", visit.stop.step.place, f'A button of "{visit.screen.step}" cannot be made.',
                    hurts="People would be stuck here.", fix="Ask less, or link fewer pages from page to page.",
                )  # fmt: skip
