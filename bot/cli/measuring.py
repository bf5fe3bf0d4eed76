"""`figures`: how far the help is, how hard the texts are to read, how long a press takes."""

import statistics
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO

from bot.core.guide import Guide, Page
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Screen, ShownFact
from bot.core.text import Block, Bullets, plain
from bot.flowfiles.reach import Visit, visits
from bot.sealing import Sealing

CHANNELS = ("removal", "platform", "regulator", "hash-matching")  # what a plan must offer first
NO_PLAN = ("made-one",)  # situations whose plan offers no removal
MOST_WORDS, MOST_HANGUL = 60, 200


@dataclass(frozen=True, slots=True)
class Way:
    """From the first screen to the first page: the answers pressed, and whether a channel is on it."""

    answers: tuple[str, ...]
    step: str
    has_channel: bool


def figures(guide: Guide, out: TextIO) -> None:
    """Write all figures, one line each."""
    for line in (*_taps(guide), *_sizes(guide), *_grades(guide), *_times(guide)):
        out.write(line + "\n")


def ways_to_plan(guide: Guide, language: str) -> Iterator[Way]:
    """Every combination of answers from the first screen to the first page."""
    queue = deque([(Session(language), ())])  # type: deque[tuple[Session, tuple[str, ...]]]
    while queue:
        session, pressed = queue.popleft()
        shown = screen(guide, session, None)
        if not shown.is_question:
            yield Way(pressed, shown.step, any(_is_channel(guide, fact) for fact in shown.facts))
            continue
        for button in shown.buttons:
            if button.kind == "choice" and button.session is not None:
                queue.append((button.session, (*pressed, button.session.path[-1][1])))


def _is_channel(guide: Guide, fact: ShownFact) -> bool:
    return guide.facts[fact.id].kind in CHANNELS and any(way.button for way in fact.contacts)


def _taps(guide: Guide) -> Iterator[str]:
    language = guide.default_language
    ways = [way for way in ways_to_plan(guide, language) if way.answers[0] not in NO_PLAN]
    taps = [len(way.answers) for way in ways]
    without = [way for way in ways if not way.has_channel]
    yield f"combinations of answers that lead to a plan: {len(ways)}"
    yield f"taps to the plan: median {statistics.median(taps):g}, most {max(taps)}"
    yield f"plans without a first channel on their screen: {len(without)}"
    for way in without[:5]:
        yield f"  {way.step}: {', '.join(way.answers)}"
    found = list(visits(guide, language))
    pages = [visit for visit in found if isinstance(visit.stop.step, Page) and not visit.session.fact]
    deepest = max(pages, key=lambda visit: visit.taps)
    yield f"distinct screens: {len(found)} in {language}"
    yield f"the deepest page: {deepest.taps} presses ({deepest.screen.step})"
    far = [visit for visit in found if not any(b.kind == "interrupt" for b in visit.screen.buttons)]
    yield f"screens more than one press from the crisis lines: {len(far)}"


def _sizes(guide: Guide) -> Iterator[str]:
    for language in guide.languages:
        longest: dict[str, int] = {}
        for visit in visits(guide, language):
            for size in paragraph_sizes(visit.screen):
                longest[visit.screen.step] = max(size, longest.get(visit.screen.step, 0))
        step, size = max(longest.items(), key=lambda item: item[1])
        unit, most = ("characters", MOST_HANGUL) if language == "ko" else ("words", MOST_WORDS)
        over = sum(size > most for size in longest.values())
        yield f"longest paragraph in {language}: {size} {unit} ({step}); screens over {most}: {over}"


def paragraph_sizes(shown: Screen) -> Iterator[int]:
    """How long each paragraph and list item is that is no fact: in characters for Korean, else in words."""
    for part in shown.body:
        if not isinstance(part, ShownFact):
            texts = [plain((part,))]
            if isinstance(part, Bullets):
                texts = texts[0].split("\n")
            yield from (len(text) if shown.text_language == "ko" else len(text.split()) for text in texts)


def _grades(guide: Guide) -> Iterator[str]:
    if "en" not in guide.languages:
        return
    try:
        import textstat
    except ImportError:
        yield 'reading grades: not measured, install the extra "test" for textstat'
        return
    pages: dict[str, float] = {}
    laws: dict[str, float] = {}
    for visit in visits(guide, "en"):
        if visit.screen.text_language == "en":
            step, text = visit.screen.step, readable(guide, visit)
            kept = laws if _is_law(guide, visit) else pages
            kept[step] = max(kept.get(step, 0.0), float(textstat.flesch_kincaid_grade(text)))
    for name, kept, most in (("texts", pages, 8), ("law texts", laws, 9)):
        if not kept:
            continue
        hardest = sorted(kept.items(), key=lambda item: -item[1])
        over = [f"{step} {grade:.1f}" for step, grade in hardest if grade > most]
        median = statistics.median(kept.values())
        yield f"English grade of {len(kept)} {name}: median {median:.1f}, most {hardest[0][1]:.1f}"
        yield f"  above {most}: {len(over)} {', '.join(over[:12])}".rstrip()


def readable(guide: Guide, visit: Visit) -> str:
    """The sentences of a screen; names of facts count as one word."""
    sentences = []
    for part in visit.screen.body:
        if isinstance(part, ShownFact):
            for line in part.lines if visit.session.fact or part.full else ():
                if line.field not in ("law", "languages"):
                    sentences += [_sentence(block) for block in line.blocks]
        else:
            sentences.append(_sentence(part))
    text = "\n".join(sentences)
    for fact in sorted(guide.facts.values(), key=lambda fact: -len(fact.name.lines.get("en", ""))):
        text = text.replace(fact.name.lines.get("en") or "\0", "Help")
    return text


def _sentence(block: Block) -> str:
    lines = [line.removeprefix("- ") for line in plain((block,)).split("\n")]
    return "\n".join(line if line.endswith((".", "?", ":")) else line + "." for line in lines)


def _is_law(guide: Guide, visit: Visit) -> bool:
    if visit.session.fact:
        return guide.facts[visit.session.fact].kind in ("law", "civil-remedy")
    return any(fact.full and guide.facts[fact.id].kind in ("law", "civil-remedy") for fact in visit.screen.facts)


def _times(guide: Guide) -> Iterator[str]:
    """Open a token, replay, draw, seal every button: one press, over screens spread through the guide."""
    sealing = Sealing(guide, 1800)
    bound_to, now = b"web", datetime.now(UTC)
    sessions = [visit.session for visit in visits(guide, guide.default_language)]
    tokens = [sealing.seal(session, bound_to, 0) for session in sessions[:: max(1, len(sessions) // 400)]]
    micros = []
    for token in tokens * 3:
        start = time.perf_counter()
        shown = screen(guide, sealing.open(token, bound_to, 0), now)
        for button in [button for button in shown.all_buttons() if button.session][:12]:
            sealing.seal(button.session, bound_to, 0)  # type: ignore[arg-type]
        micros.append((time.perf_counter() - start) * 1e6)
    yield f"one press, up to 12 buttons sealed: median {statistics.median(micros):.0f} µs over {len(tokens)} screens"
