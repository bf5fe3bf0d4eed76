"""`why`: what a person with these answers meets, with the file and line of every branch that was taken for them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from bot.core.guide import Ask, FactById, Guide, Page
from bot.core.offering import offered
from bot.core.plainly import plain_screen
from bot.core.replay import Stop, replay
from bot.core.screen import drawn
from bot.core.session import Session
from bot.core.text import SKIP, Condition
from bot.flowfiles.problems import did_you_mean


def why(guide: Guide, language: str, said: Mapping[str, str], opens: list[str], folder: Path, out: TextIO) -> None:
    """Walk as somebody who gives these answers where they are asked and skips the rest, then opens these pages.

    Raises:
        LookupError: a page that has no such entry, with a hint.
    """
    session, stop = _answering(guide, Session(language), said, out)
    for step in opens:
        session = _opened(guide, session, stop, step)
        session, stop = _answering(guide, session, said, out)
    out.write("\nBranches taken\n")
    for reason in stop.reasons:
        line = reason.line
        out.write(f"  {folder / line.place.file}:{line.place.line}  {reason.step} → {line.go.step}{_when(line.when)}\n")
    if isinstance(stop.step, Page):
        out.write(f"\nFacts of {stop.step.step}\n")
        for words in _facts(guide, stop.step, language, stop.answers, folder):
            out.write(f"  {words}\n")
    out.write("\nWhat they see (hours in words)\n")
    out.write(plain_screen(drawn(guide, session, stop, None)) + "\n")


def unknown(guide: Guide, said: Mapping[str, str]) -> str | None:
    """What is wrong with answers from the command line; None when nothing is."""
    for question, answer in said.items():
        if question not in guide.questions:
            return f'There is no question "{question}". {did_you_mean(question, guide.questions)}'
        answers = [*(known.id for known in guide.questions[question].answers), SKIP]
        if answer not in answers:
            return f'"{question}" has no answer "{answer}". {did_you_mean(answer, answers)}'
    return None


def _answering(guide: Guide, session: Session, said: Mapping[str, str], out: TextIO) -> tuple[Session, Stop]:
    stop = replay(guide, session)
    while isinstance(stop.step, Ask):
        question = stop.step
        answer = said.get(question.id, SKIP)
        place = question.place
        out.write(f"asked {question.id} ({place.file}:{place.line}): {answer}\n")
        session = Session(session.language, (*stop.path, (question.id, answer)))
        stop = replay(guide, session)
    return session, stop


def _opened(guide: Guide, session: Session, stop: Stop, step: str) -> Session:
    entries = stop.step.more if isinstance(stop.step, Page) else ()
    fitting = [entry for entry in entries if entry.when is None or entry.when.fits(stop.answers)]
    for entry in fitting:
        go = entry.go.by_country.get(stop.answers.get("country", ""), entry.go.step) if entry.go else ""
        if step in (entry.answer, go):
            return Session(session.language, (*stop.path, (stop.step.step, entry.answer)))
    hidden = next((entry for entry in entries if step == entry.answer), None)
    because = f" It is there only{_when(hidden.when)[1:]}." if hidden and hidden.when else ""
    raise LookupError(
        f'{stop.step.step} does not open "{step}" for them.{because} '
        + did_you_mean(step, [entry.answer for entry in fitting])
    )


def _facts(guide: Guide, page: Page, language: str, answers: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Each fact that is shown, with its place and sources, then what is left out and why."""
    for fact, _ in offered(guide, page, language, answers, None):
        sources = ", ".join(f"{source.publisher} {source.date}" for source in fact.sources)
        yield f"{fact.id}  {folder / fact.place.file}:{fact.place.line}  ({sources}; checked {fact.checked})"
    for entry in page.facts:
        name = entry.id if isinstance(entry, FactById) else "a query"
        if entry.when is not None and not entry.when.fits(answers):
            yield f"not {name}  {folder / entry.place.file}:{entry.place.line}{_when(entry.when)}"
        elif (
            isinstance(entry, FactById) and (audience := guide.facts[entry.id].audience) and not audience.fits(answers)
        ):
            yield f"not {name}  {folder / entry.place.file}:{entry.place.line}, its audience:{_when(audience)}"


def _when(condition: Condition | None) -> str:
    if condition is None:
        return ""
    return "  when " + ", ".join(
        f"{question} is {' or '.join(sorted(wanted))}" for question, wanted in condition.clauses
    )
