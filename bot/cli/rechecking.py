"""`facts`: which facts to check again, with their sources; to record that one was; which links are dead."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.core.facts import Fact
from bot.core.guide import Guide

if TYPE_CHECKING:
    import aiohttp

_AT_ONCE, _SECONDS, _REDIRECTS = 8, 20, 5


class NoFact(LookupError):
    """There is no such fact, or its file does not say when it was checked."""


def due(guide: Guide, today: date, days: int, folder: Path, out: TextIO) -> None:
    """List the facts that are due within so many days, the most urgent first, with what to look at."""
    found = sorted((fact for fact in guide.facts.values() if fact.due <= today + timedelta(days=days)), key=_urgent)
    for fact in found:
        when = "overdue since" if fact.due < today else "due on"
        out.write(f"{fact.id}: {when} {fact.due}, checked {fact.checked} by {fact.checked_by}\n")
        out.write(f"    {folder / fact.place.file}:{fact.place.line}\n")
        for way in fact.contacts:
            out.write(f"    {way.kind} {way.value}\n" if way.value else "")
        for source in fact.sources:
            out.write(f"    source {source.publisher} {source.url} {source.date}".rstrip() + "\n")
    out.write(f"{len(found)} of {len(guide.facts)} facts within {days} days\n")


def _urgent(fact: Fact) -> tuple[date, str]:
    return fact.due, fact.id


def record(guide: Guide, name: str, today: date, by: str, folder: Path) -> Path:
    """Write into the file of a fact that it was checked today; return the file. Nothing else in it changes.

    Raises:
        NoFact: there is no fact of this name.
    """
    fact = guide.facts.get(name)
    if fact is None:
        raise NoFact(name)
    path = folder / fact.place.file
    lines = path.read_text("utf-8").splitlines(keepends=True)
    start = fact.place.line - 1
    checked = next((n for n in _below(lines, start) if re.match(r"\s*checked:", lines[n])), None)
    if checked is None:
        raise NoFact(name)
    margin = re.match(r"\s*", lines[checked])[0]  # type: ignore[index]
    kept = [line for n, line in enumerate(lines) if n != _named(lines, start)]
    at = kept.index(lines[checked], start)
    kept[at : at + 1] = [f"{margin}checked: {today.isoformat()}\n", *([f"{margin}checked-by: {by}\n"] if by else [])]
    path.write_text("".join(kept), "utf-8")
    return path


def _below(lines: Sequence[str], start: int) -> Iterator[int]:
    """The lines of a fact, from its first."""
    margin = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start, len(lines)):
        line = lines[number]
        if line.strip() and not line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < margin:
            return
        yield number


def _named(lines: Sequence[str], start: int) -> int | None:
    return next((n for n in _below(lines, start) if re.match(r"\s*checked-by:", lines[n])), None)


def links(guide: Guide, out: TextIO) -> int:
    """Ask for every link once and say which are dead or lead elsewhere; return how many. Goes online."""
    named: dict[str, list[str]] = {}
    for fact in guide.facts.values():
        values = [way.value for way in fact.contacts if way.kind in ("form", "site")]
        for url in (*values, *(source.url for source in fact.sources if source.url)):
            named.setdefault(url, []).append(fact.id)
    found = asyncio.run(find_links(list(named)))
    for url, what in sorted(found.items()):
        out.write(f"{url}\n    {what}; in {', '.join(dict.fromkeys(named[url]))}\n")
    out.write(f"{len(found)} of {len(named)} links want a look\n")
    return len(found)


async def find_links(urls: list[str]) -> dict[str, str]:
    """What is wrong with each link that is not as it stands."""
    import aiohttp

    queue, found = iter(urls), dict[str, str]()
    limit = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(timeout=limit) as session:

        async def work() -> None:
            for url in queue:
                what = await _one(session, url)
                if what:
                    found[url] = what

        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return found


async def _one(session: "aiohttp.ClientSession", url: str) -> str:
    """What is wrong with a link; empty when it answers where it stands."""
    import aiohttp

    try:
        async with session.get(url, max_redirects=_REDIRECTS) as answer:
            if answer.status >= 400:
                return f"answers {answer.status}"
            return f"leads to {answer.url}" if str(answer.url).rstrip("/") != url.rstrip("/") else ""
    except (aiohttp.ClientError, TimeoutError, ValueError) as wrong:
        return f"no answer ({type(wrong).__name__})"
