"""A screen as plain text, in reading order, without its buttons: for the terminal, the book and the checks."""

from collections.abc import Iterator

from bot.core.shown import Screen, ShownFact, ShownLetter
from bot.core.text import plain


def plain_screen(screen: Screen) -> str:
    """All words of a screen; addresses stand where a channel would put a button."""
    return "\n".join(_lines(screen)).strip("\n")


def _lines(screen: Screen) -> Iterator[str]:
    if screen.title:
        yield from (screen.title, "=" * min(60, 2 * len(screen.title)))
    for part in screen.parts:
        if isinstance(part, ShownLetter):
            yield from (part.hint, "", *("  | " + line for line in part.text.splitlines()), "")
        elif isinstance(part, ShownFact):
            yield from _fact(part, titled=part.full and part.name == screen.title)
        else:
            yield from (plain((part,)), "")


def _fact(fact: ShownFact, *, titled: bool) -> Iterator[str]:
    if not titled:
        yield f"* {fact.name}"
    for line in fact.lines:
        text = plain(line.blocks, between=" ").replace("\n", "\n    ")
        yield f"    {line.label + ': ' if line.label else ''}{text}"
    for contact in fact.contacts:
        button = contact.button
        address = f"  {button.value}" if button and button.kind == "url" and button.value != contact.line else ""
        notes = f"  ({'; '.join(contact.notes)})" if contact.notes else ""
        yield f"    > {contact.line}{address}{notes}"
    for source in fact.sources:
        yield f"    - {source.publisher} {source.url} {source.date}".rstrip()
    if fact.checked:
        yield f"    {fact.checked}"
    yield ""
