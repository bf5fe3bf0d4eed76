"""What each step depends on: the questions that a screen reads, and the steps that can come after it."""

from collections.abc import Iterable, Iterator

from bot.core.facts import FACT_LINES, SHORT_LINES, Fact
from bot.core.guide import (
    RETURN,
    Ask,
    Call,
    Choose,
    FactById,
    FactEntry,
    FactQuery,
    Guide,
    Line,
    More,
    Page,
    Say,
    Step,
    Target,
)  # fmt: skip
from bot.core.offering import ANSWERED
from bot.core.text import SKIP, Condition, Text, slots

Clause = tuple[str, frozenset[str]]  # a question, and answers that something tells from its other answers


def leading_clauses(step: Step) -> frozenset[Clause]:
    """What decides where this step leads."""
    found = {clause for line in lines(step) if line.when for clause in line.when.clauses}
    for target in _targets(step):
        found |= {("country", frozenset({code})) for code in target.by_country}
    return frozenset(found)


def shown_clauses(guide: Guide, step: Step) -> frozenset[Clause]:
    """What this step's text, facts and choices depend on, not where it leads."""
    found: set[Clause] = set()
    for text in _texts(guide, step):
        found |= text_clauses(guide, text)
    if isinstance(step, Ask):
        found |= _of(*(answer.when for answer in step.answers))
    if isinstance(step, Page):
        found |= _of(*(entry.when for entry in (*step.facts, *step.more)))
        for target in (entry.go for entry in step.more if entry.go and not entry.label):
            found |= {("country", frozenset({code})) for code in target.by_country}
        for entry in step.facts:
            found |= _entry_clauses(guide, entry)
        if step.asks:
            question = guide.questions[step.asks]
            found |= {(step.asks, frozenset({answer.id})) for answer in question.answers}
            found |= _of(*(answer.when for answer in question.answers))
    return frozenset(found)


def _of(*conditions: Condition | None) -> set[Clause]:
    return {clause for condition in conditions if condition for clause in condition.clauses}


def _entry_clauses(guide: Guide, entry: FactEntry) -> set[Clause]:
    """A fact that is not shown in full tells only its short lines."""
    found = _query_clauses(guide, entry) if isinstance(entry, FactQuery) else set()
    full = isinstance(entry, FactById) and entry.full
    for fact in _named(guide, entry):
        found |= fact_clauses(guide, fact, FACT_LINES if full else SHORT_LINES)
    return found


def text_clauses(guide: Guide, text: Text) -> set[Clause]:
    """What a text depends on; a blank `{answer.x}` tells every answer of x apart."""
    parts = [part for parts in text.parts.values() for part in parts]
    found = {clause for part in parts if part.when for clause in part.when.clauses}
    for name in {name for part in parts for name in slots(part.blocks) | slots(part.otherwise)}:
        question = name.removeprefix("answer.")
        if question != name:
            found |= {(question, frozenset({answer.id})) for answer in guide.questions[question].answers}
    return found


def fact_clauses(guide: Guide, fact: Fact, fields: Iterable[str] = FACT_LINES) -> set[Clause]:
    """What a fact depends on: its audience, its lines of these fields, its contacts."""
    found = _of(fact.audience, *(contact.when for contact in fact.contacts))
    texts = [fact.lines[field] for field in fields if field in fact.lines]
    texts += [contact.label for contact in fact.contacts if contact.label]
    return found.union(*(text_clauses(guide, text) for text in texts))


def _query_clauses(guide: Guide, query: FactQuery) -> set[Clause]:
    """A query tells apart the countries and platforms for which it finds something."""
    found: set[Clause] = set()
    if query.crisis_lines:
        found |= {("country", frozenset({code})) for code in (*guide.countries, SKIP)}
    for fact in guide.facts.values():
        if not query.crisis_lines and _may_fit(query, fact):
            if query.country == ANSWERED:
                found.add(("country", frozenset({fact.country})))
            if query.platform == ANSWERED and fact.platform:
                found |= {(question, frozenset({fact.platform})) for question in guide.platform_questions}
    return found


def facts_of(guide: Guide, page: Page) -> Iterator[Fact]:
    """The facts that a page may show to anybody."""
    for entry in page.facts:
        yield from _named(guide, entry)


def _named(guide: Guide, entry: FactEntry) -> Iterator[Fact]:
    if isinstance(entry, FactById):
        yield guide.facts[entry.id]
    elif entry.crisis_lines:
        named = [*guide.lines_elsewhere, *(name for names in guide.lines_anywhere.values() for name in names)]
        named += [name for country in guide.countries.values() for name in country.crisis]
        yield from (guide.facts[name] for name in dict.fromkeys(named))
    else:
        yield from (fact for fact in guide.facts.values() if _may_fit(entry, fact))


def lines(step: Step) -> tuple[Line, ...]:
    """The lines by which a step goes on by itself."""
    return step.lines if isinstance(step, Choose) else step.then


def onward(guide: Guide, step: Step, returns: tuple[str, ...] = (), *, again: bool = True) -> Iterator[str]:
    """The steps that can come right after this one; `returns` is where a `return` of its flow can lead.

    Without `again`, questions that a page asks once more are left out: what follows them follows them too
    when they are answered the first time.
    """
    for target in [step.flow] if isinstance(step, Call) else _targets(step):
        if target.step == RETURN:
            yield from returns
        else:
            yield target.step
            yield from target.by_country.values()
    if isinstance(step, Page) and again:
        yield from (guide.questions[entry.again].step for entry in step.more if entry.again)


def _targets(step: Step) -> Iterator[Target]:
    if isinstance(step, Call):
        yield step.flow
    yield from (line.go for line in lines(step))
    if isinstance(step, Page):
        yield from (entry.go for entry in step.more if entry.go)


def _texts(guide: Guide, step: Step) -> Iterator[Text]:
    if isinstance(step, Ask | Say | Page):
        yield step.text
    if step.title:
        yield step.title
    question = step if isinstance(step, Ask) else None
    if isinstance(step, Page):
        question = guide.questions[step.asks] if step.asks else None
        if step.letter:
            yield guide.letters[step.letter].title
            yield guide.letters[step.letter].text
        for entry in step.more:
            yield from _label(guide, entry)
    yield from (answer.label for answer in question.answers) if question else ()


def _label(guide: Guide, entry: More) -> Iterator[Text]:
    """What the button of an entry may say."""
    if entry.label or entry.go is None or entry.go.step == RETURN:
        yield from [entry.label] if entry.label else []
        return
    for name in (entry.go.step, *entry.go.by_country.values()):
        title = guide.steps[name].title
        yield from [title] if title else []


def _may_fit(query: FactQuery, fact: Fact) -> bool:
    if query.kinds and fact.kind not in query.kinds:
        return False
    if query.country not in (None, ANSWERED, fact.country):
        return False
    return query.platform in (None, fact.platform) or (query.platform == ANSWERED and fact.platform is not None)
