"""The words of a screen: language and fallback, parts that fit, blanks filled in."""

from collections.abc import Iterable, Mapping

from bot.core.guide import Guide
from bot.core.text import Block, Bullets, Paragraph, Part, Slot, Span, Text, Words, plain

FACTS_HERE = Paragraph((Slot("facts"),))  # a paragraph `{facts}`: where a page's facts stand


def spoken(guide: Guide, text: Text, language: str) -> str:
    """The language in which this text can be shown: the wanted one, the declared fallbacks, its source."""
    parts = text.parts
    if language in parts:
        return language
    for other in guide.fallback.get(language, ()):
        if other in parts:
            return other
    return text.source


def preferred(guide: Guide, wanted: Iterable[str]) -> str:
    """The guide's language for the first tag (`ko-KR`, `en_US`) that it speaks.

    Without any tag its default language; for people who named only others, the one meant for them.
    """
    tags = [tag.strip().lower().replace("_", "-") for tag in wanted]
    for tag in tags:
        primary = tag.split("-")[0]
        if primary in guide.languages:
            return primary
    named = any(tag and tag != "*" for tag in tags)
    return guide.other_language if named and guide.other_language else guide.default_language


def blocks(guide: Guide, text: Text, language: str, answers: Mapping[str, str]) -> tuple[Block, ...]:
    """The parts that fit these answers, with every blank filled in except `{facts}`."""
    shown = language if language in text.parts else spoken(guide, text, language)
    fixed = text.fixed.get(shown)
    if fixed is not None:
        return fixed
    found: list[Block] = []
    for part in text.parts[shown]:
        for block in _chosen(part, answers):
            found.append(_filled(guide, block, language, answers))
    return tuple(found)


def line(guide: Guide, text: Text, language: str, answers: Mapping[str, str] | None = None) -> str:
    """A text as one plain line: labels, titles, names."""
    words = text.lines.get(language)
    if words is None:
        words = text.lines.get(spoken(guide, text, language))
    return words if words is not None else plain(blocks(guide, text, language, answers or {}), between=" ")


def interface(guide: Guide, key: str, language: str, **blanks: str) -> str:
    """One of the interface's own words, with `{name}` blanks filled in from `blanks`."""
    words = line(guide, guide.texts[key], language)
    if not blanks:
        return words
    for name, value in blanks.items():
        words = words.replace("{" + name + "}", value)
    return words


def _chosen(part: Part, answers: Mapping[str, str]) -> tuple[Block, ...]:
    return part.blocks if part.when is None or part.when.fits(answers) else part.otherwise


def _filled(guide: Guide, block: Block, language: str, answers: Mapping[str, str]) -> Block:
    if isinstance(block, Paragraph):
        if not any(isinstance(span, Slot) for span in block.spans) or block == FACTS_HERE:
            return block
        return Paragraph(_fill(guide, block.spans, language, answers))
    return Bullets(tuple(_fill(guide, item, language, answers) for item in block.items))


def _fill(guide: Guide, spans: tuple[Span, ...], language: str, answers: Mapping[str, str]) -> tuple[Span, ...]:
    return tuple(
        Words(_value(guide, span.name, language, answers), span.bold) if isinstance(span, Slot) else span
        for span in spans
    )


def _value(guide: Guide, slot: str, language: str, answers: Mapping[str, str]) -> str:
    kind, _, rest = slot.partition(".")
    if kind == "answer":
        question = guide.questions[rest]
        chosen = answers.get(rest)
        return next((line(guide, a.label, language) for a in question.answers if a.id == chosen), "")
    if kind == "fact":
        fact_id, _, field = rest.rpartition(".")
        fact = guide.facts[fact_id]
        if field == "phone":
            return next((way.value for way in fact.contacts if way.kind == "call"), "")
        return line(guide, fact.name, language)
    return "{" + slot + "}"  # a blank of the interface, filled in by `interface`
