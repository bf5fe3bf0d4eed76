"""OUTCOMES.md: who gets which page, what it shows them and where it leads, as the proof found it.

Kept beside the flows and compared in CI: whoever changes a branch sees in the difference whom it moves.
"""

from collections.abc import Iterator

from bot.core.guide import RETURN, Ask, Call, FactById, FactEntry, Guide, Page, Say, Step, Target
from bot.core.offering import ANSWERED
from bot.core.text import Condition
from bot.core.wording import line as one_line
from bot.flowfiles.boxes import canonical
from bot.flowfiles.proof import Proof, prove
from bot.flowfiles.reads import lines
from bot.flowfiles.rules_proof import in_words

HEAD = """# Who gets what
Written by `python -m bot outcomes`; do not edit. After a change, write it again and read the difference: it says
whom the change moves. `for` names the people who can stand at a step by what they answered; what is not named may
be anything.
"""


def outcomes(guide: Guide) -> str:
    """The whole file, ending in a line break."""
    proof = prove(guide)
    parts = [HEAD, *("\n".join(described(guide, proof, step)) + "\n" for step in guide.steps.values())]
    return "\n".join(parts)


def described(guide: Guide, proof: Proof, step: Step) -> Iterator[str]:
    title = one_line(guide, step.title, guide.default_language) if step.title else ""
    yield f"## {step.step}" + (f" — {title}" if title else "")
    for box in sorted(people(guide, proof, step)) or ["nobody"]:
        yield f"- for {box}"
    if isinstance(step, Ask):
        yield "- asks " + " · ".join(answer.id + _when(guide, answer.when) for answer in step.answers)
    if isinstance(step, Call):
        yield f"- calls {_target(step.flow)}"
    if isinstance(step, Page):
        yield from _page(guide, step)
    for way in lines(step):
        yield f"- {'goes on' if isinstance(step, Say) else 'then'} {_target(way.go)}{_when(guide, way.when)}"


def people(guide: Guide, proof: Proof, step: Step) -> set[str]:
    """Each box in words; what was not asked yet says nothing about anybody."""
    asked = {
        question
        for box in proof.reached.get(step.step, ())
        for question, answers in proof.space.words(box).items()
        if answers != [""] and len(set(answers) | {""}) < len(proof.space.names[proof.space.places[question]])
    }
    matter = [place for question, place in proof.space.places.items() if question in asked]
    boxes = [
        tuple(bits if place in matter else 1 for place, bits in enumerate(box))
        for box in proof.reached.get(step.step, ())
    ]
    order = [place for _, place in sorted(proof.space.places.items())]
    return {in_words(guide, proof, box, asked) for box in canonical(boxes, order)}


def _page(guide: Guide, page: Page) -> Iterator[str]:
    if page.facts:
        yield "- shows " + " · ".join(_fact(entry) + _when(guide, entry.when) for entry in page.facts)
    if page.letter:
        yield f"- letter {page.letter}"
    if page.asks:
        yield f"- asks {page.asks} below"
    if page.more:
        yield "- opens " + " · ".join(
            (_target(entry.go) if entry.go else f"{entry.again} again") + _when(guide, entry.when)
            for entry in page.more
        )


def _fact(entry: FactEntry) -> str:
    if isinstance(entry, FactById):
        return entry.id + (" in full" if entry.full else "")
    named = ["crisis lines"] if entry.crisis_lines else sorted(entry.kinds)
    named += ["of " + ("their country" if entry.country == ANSWERED else entry.country)] if entry.country else []
    named += ["of " + ("where it is" if entry.platform == ANSWERED else entry.platform)] if entry.platform else []
    named += [f"by {way}" for way in sorted(entry.ways)]
    return " ".join(named) + (f", at most {entry.at_most}" if entry.at_most else "")


def _target(target: Target) -> str:
    if target.step == RETURN:
        return "back"
    own = "".join(f", in {country} {step}" for country, step in target.by_country.items())
    return target.step + own


def _when(guide: Guide, when: Condition | None) -> str:
    """A condition with its answers in the order of the question; of many, those that are left out."""
    if when is None:
        return ""
    said = []
    for question, wanted in when.clauses:
        every = [*(answer.id for answer in guide.questions[question].answers), "skip"]
        left_out = [answer for answer in every if answer not in wanted]
        if len(left_out) < len(every) - len(left_out):
            said.append(f"{question} not {'/'.join(left_out)}")
        else:
            said.append(f"{question} {'/'.join(answer for answer in every if answer in wanted)}")
    return f" ({', '.join(said)})"
