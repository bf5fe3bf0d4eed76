"""THE CONTRACT: `screen(guide, session, now) -> Screen`, a pure function and the only way a screen comes to be."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.guide import CONTINUE, Ask, FactById, FactQuery, Guide, More, Page
from bot.core.moves import answered, back, closed, detailed, opened, settled, spoken_in
from bot.core.offering import answers_now, offered
from bot.core.replay import Stop, replay
from bot.core.session import Session
from bot.core.shown import Button, Screen, ShownFact, ShownLetter
from bot.core.telling import Telling
from bot.core.text import SKIP, Block, Paragraph, Text, Words, plain
from bot.core.wording import FACTS_HERE, blocks, interface, line, spoken


def screen(guide: Guide, session: Session, now: datetime | None) -> Screen:
    """What a person with this session sees at `now` (an aware time; None: hours in words, for print)."""
    return drawn(guide, session, replay(guide, session), now)


def drawn(guide: Guide, session: Session, stop: Stop, now: datetime | None) -> Screen:
    """The same for whoever has replayed the session already: `stop` is where it stands."""
    return _Drawing(guide, settled(session, stop), stop, now).screen()


class _Drawing:
    """One screen while it is put together."""

    def __init__(self, guide: Guide, session: Session, stop: Stop, now: datetime | None) -> None:
        self.guide = guide
        self.session = session
        self.stop = stop
        self.now = now
        self.telling = Telling(guide, session, stop.answers, now)

    def screen(self) -> Screen:
        if self.session.fact:
            return self.detail(self.session.fact)
        step = self.stop.step
        shown = spoken(self.guide, step.text, self.session.language)
        is_question = isinstance(step, Ask)
        return Screen(
            step=step.id if isinstance(step, Ask) else step.step,
            language=self.session.language,
            text_language=shown,
            title=self.words(step.title),
            body=tuple(self.body(step, shown)),
            buttons=(*self.choices(step), *self.always()),
            letter=self.letter(step.letter) if isinstance(step, Page) and step.letter else None,
            is_question=is_question,
        )

    def detail(self, fact_id: str) -> Screen:
        fact = self.guide.facts[fact_id]
        return Screen(
            step="fact/" + fact_id,
            language=self.session.language,
            text_language=spoken(self.guide, fact.lines.get("short", fact.name), self.session.language),
            title=self.words(fact.name),
            body=(self.telling.full(fact),),
            buttons=tuple(self.always()),
        )

    def words(self, text: Text | None) -> str:
        return line(self.guide, text, self.session.language, self.stop.answers) if text else ""

    def word(self, key: str) -> str:
        return interface(self.guide, key, self.session.language)

    def body(self, step: Ask | Page, shown: str) -> Iterator[Block | ShownFact]:
        if shown != self.session.language:
            yield _paragraph(self.word("not-translated"))
        for said in self.stop.said:
            yield from blocks(self.guide, said.text, self.session.language, self.stop.answers)
        text = blocks(self.guide, step.text, self.session.language, self.stop.answers)
        if isinstance(step, Ask):
            yield from text
            return
        facts = tuple(self.facts(step))
        at = text.index(FACTS_HERE) if FACTS_HERE in text else len(text)
        yield from text[:at]
        yield from facts
        yield from text[at + 1 :]

    def facts(self, page: Page) -> Iterator[Paragraph | ShownFact]:
        found = offered(self.guide, page, self.session.language, self.stop.answers, self.now)
        lines = [fact for fact, entry in found if isinstance(entry, FactQuery) and entry.crisis_lines]
        if lines and self.now is not None and not any(answers_now(fact, self.now) for fact in lines):
            yield _paragraph(self.word("nothing-open-now"))
        anywhere = self.stop.answers.get("country", SKIP) == SKIP
        for fact, entry in found:
            if isinstance(entry, FactById) and entry.full:
                yield self.telling.full(fact)
            else:
                details = detailed(self.session, fact.id)
                yield self.telling.short(fact, details, of_country=anywhere and fact in lines)

    def letter(self, letter_id: str) -> ShownLetter:
        letter = self.guide.letters[letter_id]
        language = letter.language or self.session.language
        text = plain(blocks(self.guide, letter.text, language, self.stop.answers))
        return ShownLetter(
            letter.id,
            self.words(letter.title),
            text,
            spoken(self.guide, letter.text, language),
            self.word("letter-hint"),
            Button("copy", self.word("copy-letter"), value=text),
        )

    def choices(self, step: Ask | Page) -> Iterator[Button]:
        if isinstance(step, Ask):
            yield from self.answers_of(step)
            yield self.choice(self.word("skip"), step.id, SKIP)
            return
        for entry in step.more:
            if entry.when is None or entry.when.fits(self.stop.answers):
                yield self.choice(self.label_of(entry), step.step, entry.answer)
        if step.asks and self.stop.answers.get(step.asks, SKIP) == SKIP:
            yield from self.answers_of(self.guide.questions[step.asks])
        if step.then:
            yield self.choice(self.word("continue"), step.step, CONTINUE)

    def answers_of(self, question: Ask) -> Iterator[Button]:
        for answer in question.answers:
            if answer.when is None or answer.when.fits(self.stop.answers):
                yield self.choice(self.words(answer.label), question.id, answer.id)

    def label_of(self, entry: More) -> str:
        """What the button of an entry says: its own label, else the title of the step it leads to."""
        if entry.label or entry.go is None:
            return self.words(entry.label)
        step = entry.go.by_country.get(self.stop.answers.get("country", ""), entry.go.step)
        return self.words(self.guide.steps[step].title)

    def choice(self, label: str, at: str, answer: str) -> Button:
        return Button("choice", label, answered(self.session, self.stop, at, answer))

    def always(self) -> Iterator[Button]:
        """The buttons below every screen: back, the way out of an interrupt, interrupts, languages, leave."""
        session = self.session
        before = back(session, self.stop)
        if before:
            yield Button("back", self.word("back"), before)
        if session.interrupt and (session.aside or session.fact):
            yield Button("choice", self.word("return"), closed(session, self.guide))
        for interrupt in self.guide.interrupts.values():
            label = interrupt.inside if session.interrupt == interrupt.id else interrupt.button
            yield Button("quiet" if interrupt.quiet else "interrupt", self.words(label), opened(session, interrupt.id))
        yield Button("stay", self.word("stay-longer"), session)
        for code, name in self.guide.languages.items():
            if code != session.language:
                yield Button("language", name, spoken_in(session, code), language=code)
        yield Button("leave", self.word("leave"))


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Words(words),))
