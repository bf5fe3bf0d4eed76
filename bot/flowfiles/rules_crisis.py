"""Rules about the crisis screen: one press away from everywhere, and honest about who answers at this hour."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bot.core.facts import Fact
from bot.core.guide import Guide, Page
from bot.core.hours import Weekly, is_open
from bot.core.offering import offered
from bot.core.replay import replay
from bot.core.screen import drawn
from bot.core.session import Session
from bot.core.shown import Screen
from bot.core.text import SKIP, Paragraph, Place, Words
from bot.core.wording import interface
from bot.flowfiles.problems import Problems
from bot.flowfiles.reach import Visit
from bot.flowfiles.reads import facts_of

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MIDWINTER, _MIDSUMMER = datetime(2026, 1, 12, tzinfo=UTC), datetime(2026, 7, 13, tzinfo=UTC)  # Mondays


def check_crisis(guide: Guide, problems: Problems) -> None:
    """Add a problem for every first crisis screen that asks first, or hides that no line is known to answer.

    Looked at in every language, for every country and none, at every minute of a week: the hours of its lines
    change at few moments, between which all screens are alike, and alike screens are drawn once.
    """
    seen: set[State] = set()
    for name in crisis_interrupts(guide):
        for session in _sessions(guide, name):
            stop = replay(guide, session)
            if isinstance(stop.step, Page):
                for now in _moments(guide, session, stop.step, stop.answers, seen):
                    _honest(guide, drawn(guide, session, stop, now), stop.step, now, problems)
            else:
                problems.add(
                    "F32", stop.step.place, f'"{stop.step.step}" asks before it shows crisis lines.',
                    hurts="Somebody who wants to die would have to answer first.", fix="Begin with a page.",
                )  # fmt: skip


def crisis_interrupts(guide: Guide) -> frozenset[str]:
    """The interrupts that begin with a page of crisis lines."""
    lines = {*guide.lines_elsewhere, *(name for names in guide.lines_anywhere.values() for name in names)}
    lines |= {name for country in guide.countries.values() for name in country.crisis}
    found = set()
    for name in guide.interrupts:
        step = replay(guide, Session(guide.default_language, interrupt=name)).step
        if isinstance(step, Page) and lines & {fact.id for fact in facts_of(guide, step)}:
            found.add(name)
    return frozenset(found)


def help_is_near(guide: Guide, problems: Problems) -> Callable[[Visit], None]:
    """A rule for every screen: a button opens the crisis lines."""
    near = crisis_interrupts(guide)
    if not near:
        problems.add(
            "F32", _interrupts(guide), "No interrupt begins with a page that shows crisis lines.",
            hurts="Somebody who wants to die would have to search, or to answer first.",
            fix="Let the flow of one begin with a page that has `{crisis-lines: answered}`.",
        )  # fmt: skip

    def look(visit: Visit) -> None:
        for button in visit.screen.buttons if near else ():
            if button.kind == "interrupt" and button.session and button.session.interrupt in near:
                return
        if near:
            problems.add(
                "F32", visit.stop.step.place, f'No button of "{visit.screen.step}" opens the crisis lines.',
                hurts="Somebody who wants to die there would have to search.",
                fix="Let the interrupt with the crisis lines be one that is not `quiet`.",
            )  # fmt: skip

    return look


def _interrupts(guide: Guide) -> Place:
    return next((interrupt.button.place for interrupt in guide.interrupts.values()), Place("interrupts.yaml", 1, 1))


def _sessions(guide: Guide, interrupt: str) -> Iterator[Session]:
    """In the crisis, in every language, for every answer that decides which lines are there: the country first."""
    first = guide.steps[guide.interrupts[interrupt].first]
    shown = facts_of(guide, first) if isinstance(first, Page) else ()
    read = {question for fact in shown for question in _gates(fact)}
    for language in guide.languages:
        for question in sorted({*read, "country"} & guide.questions.keys()):
            for answer in (SKIP, *(answer.id for answer in guide.questions[question].answers)):
                yield Session(language, ((question, answer),), interrupt)


def _gates(fact: Fact) -> frozenset[str]:
    """The questions that decide whether a fact and its ways in are shown."""
    conditions = (fact.audience, *(way.when for way in fact.contacts))
    return frozenset(question for condition in conditions if condition for question in condition.reads)


State = tuple[object, ...]


def _moments(
    guide: Guide, session: Session, page: Page, answers: Mapping[str, str], seen: set[State]
) -> Iterator[datetime]:
    """A moment of each state in which the lines of this page can be, but for those seen already."""
    facts = [fact for fact, _ in offered(guide, page, session.language, answers, None)]
    ways = [(way, way.hours or fact.hours) for fact in facts for way in fact.contacts]
    shown = [hours for way, hours in ways if way.when is None or way.when.fits(answers)]
    changes = {moment for hours in shown if isinstance(hours, Weekly) for moment in _changes(hours)}
    for now in sorted(changes) or [_MIDWINTER]:
        state = (session.language, *(fact.id for fact in facts), *(is_open(hours, now) for hours in shown))
        if state not in seen:
            seen.add(state)
            yield now


def _changes(hours: Weekly) -> Iterator[datetime]:
    """When these hours begin and end, in a week of winter and one of summer: clocks differ between countries."""
    for monday in (_MIDWINTER, _MIDSUMMER):
        for span in hours.spans:
            for minute in (span.start, span.end):
                local = monday.replace(tzinfo=hours.zone) + timedelta(days=span.weekday, minutes=minute)
                yield local.astimezone(UTC)


def _honest(guide: Guide, screen: Screen, page: Page, now: datetime, problems: Problems) -> None:
    """Either a line on the screen is known to answer now, or the screen says that none is; not both."""
    answers = any(way.open_now for fact in screen.facts for way in fact.contacts)
    says = Paragraph((Words(interface(guide, "nothing-open-now", screen.language)),)) in screen.body
    if answers != says:
        return
    when = f"{_DAYS[now.weekday()]} {now:%H:%M} UTC"
    silent, false = "no line is known to answer, and it does not say so", "a line answers, and it says that none does"
    problems.add(
        "F33", page.place, f'On "{page.step}" in {screen.language}, {when}: {false if answers else silent}.',
        hurts="Somebody who wants to die would call into silence, or not call at all.",
        fix="List the lines as `{crisis-lines: answered}`; that says by itself when none of them is known to answer.",
    )  # fmt: skip
