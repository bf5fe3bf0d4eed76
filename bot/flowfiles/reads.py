"""What each step depends on: the questions that a screen reads, and the steps that can come after it."""

from collections.abc import Iterator

from bot.core.facts import Fact
from bot.core.guide import (
    RETURN,
    Ask,
    Call,
    Choose,
    FactById,
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
from bot.core.text import Condition, Text, slots


def reads(guide: Guide, step: Step) -> frozenset[str]:
    """The questions whose answers change what this step shows, offers or leads to."""
    return frozenset(clause for condition in conditions(guide, step) for clause in condition.reads) | whole(guide, step)


def whole(guide: Guide, step: Step) -> frozenset[str]:
    """The questions of which this step tells every single answer apart: blanks, queries, a country's own flow."""
    found: set[str] = set()
    for text in (*_texts(guide, step), *_fact_texts(guide, step)):
        found |= blanks(text)
    for entry in step.facts if isinstance(step, Page) else ():
        if isinstance(entry, FactQuery):
            found |= {"country"} if entry.crisis_lines or entry.country == ANSWERED else set()
            found |= set(guide.platform_questions) if entry.platform == ANSWERED else set()
    return frozenset(found)


def blanks(text: Text) -> set[str]:
    """The questions whose answer a text names."""
    parts = [part for parts in text.parts.values() for part in parts]
    names = {name for part in parts for name in slots(part.blocks) | slots(part.otherwise)}
    return {name.removeprefix("answer.") for name in names if name.startswith("answer.")}


def conditions(guide: Guide, step: Step) -> Iterator[Condition]:
    """Every condition that decides something at this step, those of its facts included."""
    for text in _texts(guide, step):
        yield from (part.when for parts in text.parts.values() for part in parts if part.when)
    yield from (line.when for line in lines(step) if line.when)
    for target in _targets(step):
        if target.by_country:
            yield from (Condition((("country", frozenset({code})),)) for code in target.by_country)
    if isinstance(step, Ask):
        yield from (answer.when for answer in step.answers if answer.when)
    if isinstance(step, Page):
        yield from (entry.when for entry in (*step.facts, *step.more) if entry.when)
        for fact in facts_of(guide, step):
            yield from fact_conditions(fact)
        if step.asks:
            yield from (answer.when for answer in guide.questions[step.asks].answers if answer.when)


def fact_conditions(fact: Fact) -> Iterator[Condition]:
    """Every condition of a fact: its audience, its lines, its contacts."""
    if fact.audience:
        yield fact.audience
    for text in fact_texts(fact):
        yield from (part.when for parts in text.parts.values() for part in parts if part.when)
    yield from (contact.when for contact in fact.contacts if contact.when)


def fact_texts(fact: Fact) -> Iterator[Text]:
    """Every text of a fact that answers can change."""
    yield from fact.lines.values()
    yield from (contact.label for contact in fact.contacts if contact.label)


def facts_of(guide: Guide, page: Page) -> Iterator[Fact]:
    """The facts that a page may show to anybody."""
    for entry in page.facts:
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


def onward(guide: Guide, step: Step, returns: tuple[str, ...] = ()) -> Iterator[str]:
    """The steps that can come right after this one; `returns` is where a `return` of its flow can lead."""
    for target in [step.flow] if isinstance(step, Call) else _targets(step):
        if target.step == RETURN:
            yield from returns
        else:
            yield target.step
            yield from target.by_country.values()
    if isinstance(step, Page):
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


def _fact_texts(guide: Guide, step: Step) -> Iterator[Text]:
    for fact in facts_of(guide, step) if isinstance(step, Page) else ():
        yield from fact_texts(fact)


def _may_fit(query: FactQuery, fact: Fact) -> bool:
    if query.kinds and fact.kind not in query.kinds:
        return False
    if query.country not in (None, ANSWERED, fact.country):
        return False
    return query.platform in (None, fact.platform) or (query.platform == ANSWERED and fact.platform is not None)
