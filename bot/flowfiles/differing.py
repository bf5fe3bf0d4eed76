"""What differs between two guides, and whom it is about: steps, facts, and people who are sent another way."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from bot.core.facts import Fact
from bot.core.guide import Ask, Call, Guide, Line, Page, Say, Step
from bot.core.text import Text, plain
from bot.flowfiles.boxes import Box, united, within, without
from bot.flowfiles.outcomes import described, people
from bot.flowfiles.proof import Proof, answering, prove
from bot.flowfiles.reads import facts_of, lines
from bot.flowfiles.rules_proof import in_words

_ASPECTS = {"for": "who gets here", "shows": "facts", "opens": "entries", "asks": "answers", "calls": "the call",
            "then": "where it leads", "goes": "where it leads", "letter": "the letter"}  # fmt: skip

_FEW_PAGES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `people` are kinds of people in words; `what` names the aspects that changed."""

    kind: str  # step, fact or letter
    name: str
    how: str  # new, gone or changed
    what: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()  # "age = adult: plan/a → plan/b"


def differences(old: Guide, new: Guide) -> list[Change]:
    """Every step and fact that differs, in the order of the new guide, gone ones last."""
    proofs = prove(old), prove(new)
    return [*_steps(old, new, *proofs), *_facts(old, new), *_letters(old, new)]


def _steps(old: Guide, new: Guide, before: Proof, after: Proof) -> Iterator[Change]:
    for name, step in new.steps.items():
        whom = tuple(sorted(people(new, after, step)))
        if name not in old.steps:
            yield Change("step", name, "new", people=whom)
            continue
        what = tuple(dict.fromkeys(_aspects(old, new, before, after, name)))
        if what:
            moved = _moved(old, new, after, name) if "where it leads" in what else ()
            yield Change("step", name, "changed", what, whom, tuple(moved))
    for name, step in old.steps.items():
        if name not in new.steps:
            yield Change("step", name, "gone", people=tuple(sorted(people(old, before, step))))


def _aspects(old: Guide, new: Guide, before: Proof, after: Proof, name: str) -> Iterator[str]:
    """What changed about a step: its structure as OUTCOMES.md has it, then its words in each language."""
    was, now = set(described(old, before, old.steps[name])), set(described(new, after, new.steps[name]))
    for line in sorted(was ^ now):
        yield _ASPECTS.get(line.removeprefix("- ").split()[0], "title")
    texts = _texts(old.steps[name]), _texts(new.steps[name])
    for language in new.languages:
        if [_words(text, language) for text in texts[0]] != [_words(text, language) for text in texts[1]]:
            yield f"words ({language})"


def _texts(step: Step) -> list[Text]:
    found = [step.title] if step.title else []
    if isinstance(step, Ask | Say | Page):
        found.append(step.text)
    if isinstance(step, Ask):
        found += [answer.label for answer in step.answers]
    if isinstance(step, Page):
        found += [entry.label for entry in step.more if entry.label]
    return found


def _words(text: Text, language: str) -> list[tuple[str, str, str]]:
    return [(str(part.when), plain(part.blocks), plain(part.otherwise)) for part in text.parts.get(language, ())]


def _moved(old: Guide, new: Guide, after: Proof, name: str) -> Iterator[str]:
    """Kinds of people who stand at a step today and would have been sent another way before."""
    if isinstance(new.steps[name], Call) or set(old.questions) != set(new.questions):
        return
    moved: dict[tuple[str, str], list[Box]] = {}
    step = new.steps[name]
    for box in after.reached.get(name, ()):
        for answered in answering(after.space, step, box) if isinstance(step, Ask) else (box,):
            for target, part in _sent(after, lines(step), answered):
                for earlier, same in _sent(after, lines(old.steps[name]), part):
                    if earlier != target:
                        moved.setdefault((earlier, target), []).append(same)
    for (earlier, target), boxes in moved.items():
        for box in united(boxes):
            asked = [question for question, answers in after.space.words(box).items() if answers != [""]]
            yield f"{in_words(new, after, box, asked)}: {earlier} → {target}"


def _sent(proof: Proof, ways: tuple[Line, ...], box: Box) -> Iterator[tuple[str, Box]]:
    rest = [box]
    for way in ways:
        cut = proof.space.cut(way.when)
        yield from ((way.go.step, part) for each in rest if (part := within(each, cut)))
        rest = [part for each in rest for part in without(each, cut)]
    yield from (("nowhere", part) for part in rest)


def _facts(old: Guide, new: Guide) -> Iterator[Change]:
    shown: dict[str, list[str]] = {}
    for step in new.steps.values():
        if isinstance(step, Page):
            for fact in facts_of(new, step):
                shown.setdefault(fact.id, []).append(step.step)
    for name, fact in new.facts.items():
        what = tuple(_fact_aspects(old.facts[name], fact)) if name in old.facts else ()
        if what or name not in old.facts:
            yield Change("fact", name, "changed" if what else "new", (*what, *_on(shown.get(name, []))))
    yield from (Change("fact", name, "gone") for name in old.facts if name not in new.facts)


def _fact_aspects(old: Fact, new: Fact) -> Iterator[str]:
    for part in fields(Fact):
        if part.name in ("place", "lines", "contacts", "name"):
            continue
        if getattr(old, part.name) != getattr(new, part.name):
            yield part.name
    ways = [(way.kind, way.value) for way in old.contacts], [(way.kind, way.value) for way in new.contacts]
    yield from (f"{kind} {value} gone" for kind, value in ways[0] if (kind, value) not in ways[1])
    yield from (f"{kind} {value} new" for kind, value in ways[1] if (kind, value) not in ways[0])
    if [way.hours for way in old.contacts] != [way.hours for way in new.contacts] and ways[0] == ways[1]:
        yield "hours of a contact"
    for key in dict.fromkeys((*old.lines, *new.lines)):
        texts = old.lines.get(key), new.lines.get(key)
        languages = dict.fromkeys(code for text in texts if text for code in text.parts)
        for code in languages:
            was, now = (_words(text, code) if text else [] for text in texts)
            if was != now:
                yield f"{key} ({code})"


def _letters(old: Guide, new: Guide) -> Iterator[Change]:
    for name, letter in new.letters.items():
        pages = _on([step.step for step in new.steps.values() if isinstance(step, Page) and step.letter == name])
        if name not in old.letters:
            yield Change("letter", name, "new", pages)
            continue
        pairs = ((old.letters[name].title, letter.title), (old.letters[name].text, letter.text))
        changed = [code for code in new.languages if any(_words(a, code) != _words(b, code) for a, b in pairs)]
        if changed:
            yield Change("letter", name, "changed", (*(f"words ({code})" for code in changed), *pages))
    yield from (Change("letter", name, "gone") for name in old.letters if name not in new.letters)


def _on(pages: list[str]) -> tuple[str, ...]:
    """On which pages something stands; of many, how many more."""
    each = list(dict.fromkeys(pages))
    more = (f"and {len(each) - _FEW_PAGES} more pages",) if len(each) > _FEW_PAGES else ()
    return (*(f"on {page}" for page in each[:_FEW_PAGES]), *more)
