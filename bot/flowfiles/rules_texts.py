"""Rules about the letters of a text: facts stay in facts files, so that a change reaches every page."""

import re
from collections.abc import Iterator

from bot.core.guide import Guide, Page
from bot.core.text import Text, plain
from bot.flowfiles.problems import Problems

# Links, numbers with a dash, and whatever a fact of this guide can be called at.
_LINK_OR_NUMBER = re.compile(r"https?://|www\.|(?<![\d.])\d{2,4}-\d{3,4}(?!\d)")
_SHORTEST = 3  # digits of a number that cannot be an age or a count


def check_texts(guide: Guide, problems: Problems) -> None:
    """Add a problem for every number or link that stands in a text of a flow."""
    called = _called(guide)
    for text in _texts(guide):
        for language, parts in text.parts.items():
            words = " ".join(plain(part.blocks) + " " + plain(part.otherwise) for part in parts)
            words = re.sub(r"\{[^}]*\}", "", words)
            found = _LINK_OR_NUMBER.search(words) or called.search(words)
            if found:
                problems.add(
                    "F40", text.place, f'"{found[0]}" in the {language} text looks like a number or a link.',
                    hurts="When it changes, this page would keep the old one.",
                    fix="Write {fact.<id>.phone}, or list the fact below `facts:`.",
                )  # fmt: skip


def _called(guide: Guide) -> re.Pattern[str]:
    """Finds every number at which a fact of this guide can be called."""
    ways = (way for fact in guide.facts.values() for way in fact.contacts if way.kind in ("call", "text"))
    numbers = {number for way in ways if len(number := _digits(way.value)) >= _SHORTEST}
    longest_first = "|".join(sorted(numbers, key=len, reverse=True))
    return re.compile(rf"(?<![\d.,])(?:{longest_first})(?![\d.,]\d|\d)" if numbers else r"(?!)")


def _texts(guide: Guide) -> Iterator[Text]:
    for step in guide.steps.values():
        text = getattr(step, "text", None)
        yield from (words for words in (text, step.title) if words)
        if isinstance(step, Page):
            yield from (entry.label for entry in step.more if entry.label)
    yield from (answer.label for question in guide.questions.values() for answer in question.answers)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
