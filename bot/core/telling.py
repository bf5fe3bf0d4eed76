"""A fact as words: its lines, the ways in with their hours, its sources."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.core.facts import FACT_LINES, SHORT_LINES, Contact, Fact
from bot.core.guide import Guide
from bot.core.hours import Hours, Span, Weekly, clock, is_open, next_opening
from bot.core.session import Session
from bot.core.shown import Button, ShownContact, ShownFact, ShownLine, ShownSource
from bot.core.text import Paragraph, Words
from bot.core.wording import blocks, interface, line

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LABELS = {"call": "call", "text": "send-text", "form": "open-form", "site": "open-site", "mail": "copy-mail"}


class Telling:
    """Tells facts to one person: their language, answers and the moment stay the same."""

    def __init__(self, guide: Guide, session: Session, answers: Mapping[str, str], now: datetime | None) -> None:
        self.guide = guide
        self.session = session
        self.language = session.language
        self.answers = answers
        self.now = now

    def short(self, fact: Fact, details: Session, *, of_country: bool = False) -> ShownFact:
        """The fact as a page shows it: what it does, what to know before, one way in of each kind."""
        name = line(self.guide, fact.name, self.language)
        lines = [*self._country_line(fact)] if of_country else []
        lines += self._lines(fact, SHORT_LINES)
        lines += self._overdue(fact)
        button = Button("choice", self._word("details"), details, about=name)
        return ShownFact(fact.id, name, tuple(lines), tuple(self._contacts(fact, full=False)), button)

    def full(self, fact: Fact) -> ShownFact:
        """Everything that is known about the fact, with its sources and the day it was checked."""
        return ShownFact(
            fact.id,
            line(self.guide, fact.name, self.language),
            (*self._lines(fact, FACT_LINES), *self._overdue(fact)),
            tuple(self._contacts(fact, full=True)),
            None,
            full=True,
            sources=tuple(ShownSource(s.publisher, s.url, s.date) for s in fact.sources),
            checked=self._word("checked-on", date=fact.checked.isoformat()),
        )

    def _word(self, key: str, **blanks: str) -> str:
        return interface(self.guide, key, self.language, **blanks)

    def _country_line(self, fact: Fact) -> Iterator[ShownLine]:
        country = self.guide.countries.get(fact.country)
        if country:
            words = self._word("line-of-country", country=line(self.guide, country.name, self.language))
            yield ShownLine("country", "", (Paragraph((Words(words),)),))

    def _overdue(self, fact: Fact) -> Iterator[ShownLine]:
        """What nobody has checked for too long is still shown, and says so."""
        if self.now is not None and self.now.date() > fact.due:
            words = self._word("last-checked", date=fact.checked.isoformat())
            yield ShownLine("overdue", "", (Paragraph((Words(words),)),))

    def _lines(self, fact: Fact, fields: tuple[str, ...]) -> Iterator[ShownLine]:
        for field in fields:
            text = fact.lines.get(field)
            shown = blocks(self.guide, text, self.language, self.answers) if text else ()
            if shown:
                yield ShownLine(field, "" if field in SHORT_LINES else self._word("label-" + field), shown)

    def _contacts(self, fact: Fact, *, full: bool) -> Iterator[ShownContact]:
        seen: set[str] = set()
        for way in fact.contacts:
            group = "web" if way.kind in ("form", "site", "mail") else way.kind
            if (way.when and not way.when.fits(self.answers)) or (group in seen and not full):
                continue
            seen.add(group)
            yield self._contact(fact, way, full=full)

    def _contact(self, fact: Fact, way: Contact, *, full: bool) -> ShownContact:
        label = line(self.guide, way.label, self.language, self.answers) if way.label else ""
        hours = (way.hours or fact.hours) if way.kind in ("call", "text", "chat") else None
        notes = [*self._hours(hours, full=full)] if hours else []
        if way.kind == "call":
            notes.append(self._word("leaves-trace"))
        known = self.now is not None and hours not in (None, "unknown")
        open_now = is_open(hours, self.now) if known and self.now else None
        written = self._written(way, label)
        return ShownContact(written, label, tuple(notes), self._button(way, label), open_now)

    def _written(self, way: Contact, label: str) -> str:
        """The way in as words; a number to write to says so, or it would pass for one to call."""
        if way.kind == "text":
            return f"{label or self._word('send-text')} {way.value}"
        if way.kind == "call":
            return f"{label} {way.value}".strip()
        return label or way.value

    def _button(self, way: Contact, label: str) -> Button | None:
        if way.kind == "chat":
            return None
        words = self._word(_LABELS[way.kind])
        if way.kind in ("call", "text"):
            scheme = "tel:" if way.kind == "call" else "sms:"
            return Button("phone", f"{words} {way.value}", value=scheme + _dialled(way.value))
        if way.kind == "mail":
            return Button("copy", words, value=way.value)
        return Button("url", label or words, value=way.value)

    def _hours(self, hours: Hours, *, full: bool) -> Iterator[str]:
        """Whether somebody answers now; the whole week on a detail, and where the moment is not known."""
        if not isinstance(hours, Weekly):
            yield self._word("always-open" if hours == "always" else "hours-unknown")
            return
        if self.now is not None:
            yield self._now(hours, self.now)
        if full or self.now is None:
            week = ", ".join(self._week(hours))
            yield f"{self._word('usually')} {week}, {self._word('not-on-holidays')}"

    def _now(self, hours: Weekly, now: datetime) -> str:
        if is_open(hours, now):
            return self._word("open-now")
        opens = next_opening(hours, now)
        if opens is None:
            return self._word("hours-unknown")
        return self._word("opens-at", when=f"{self._word(_DAYS[opens.weekday()])} {opens:%H:%M}")

    def _week(self, hours: Weekly) -> Iterator[str]:
        """Runs of days with the same hours: "Mon–Fri 09:00–18:00"."""
        runs: list[list[Span]] = []
        for span in sorted(hours.spans, key=lambda span: (span.start, span.end, span.weekday)):
            last = runs[-1][-1] if runs else None
            if last and (last.start, last.end, last.weekday + 1) == (span.start, span.end, span.weekday):
                runs[-1].append(span)
            else:
                runs.append([span])
        for run in sorted(runs, key=lambda run: run[0].weekday):
            days = self._word(_DAYS[run[0].weekday])
            if len(run) > 1:
                days += "–" + self._word(_DAYS[run[-1].weekday])
            yield f"{days} {clock(run[0].start)}–{clock(run[0].end)}"


def _dialled(number: str) -> str:
    """The number as a phone dials it: digits, and the signs + # * (RFC 3966; # is written %23)."""
    return "".join(sign for sign in number if sign.isdigit() or sign in "+#*").replace("#", "%23")
