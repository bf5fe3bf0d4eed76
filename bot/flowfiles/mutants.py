"""Mutants: a guide with one branch deleted, or two lines swapped, and who notices: a test that nobody misses
a mistake of an author. Only in memory; no file is changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.core.guide import Ask, Call, Choose, Guide, Line, Page, Say, Step
from bot.core.replay import NoWayOn
from bot.core.text import Place
from bot.flowfiles.coverage import taken
from bot.flowfiles.meeting import failures
from bot.flowfiles.outcomes import described
from bot.flowfiles.people import Visitor
from bot.flowfiles.proof import Proof, prove
from bot.flowfiles.reads import lines
from bot.flowfiles.walking import Walk, walks


@dataclass(frozen=True, slots=True)
class Mutant:
    """A guide that differs in one step; `what` says how, in words."""

    guide: Guide
    step: str
    place: Place
    what: str


def mutants(guide: Guide) -> Iterator[Mutant]:
    """Every line of two or more deleted, every two neighbours with their targets swapped, every entry deleted."""
    for step in guide.steps.values():
        ways = lines(step)
        for n, line in enumerate(ways if len(ways) > 1 else ()):
            yield _mutant(guide, _with(step, (*ways[:n], *ways[n + 1 :])), line.place, f"without → {line.go.step}")
        for n, (one, two) in enumerate(pairwise(ways)):
            if one.go != two.go:
                swapped = (*ways[:n], replace(one, go=two.go), replace(two, go=one.go), *ways[n + 2 :])
                what = f"→ {one.go.step} and → {two.go.step} swapped"
                yield _mutant(guide, _with(step, swapped), one.place, what)
        for n, entry in enumerate(step.more if isinstance(step, Page) else ()):
            assert isinstance(step, Page)
            without = replace(step, more=(*step.more[:n], *step.more[n + 1 :]))
            yield _mutant(guide, without, entry.place, f"without the entry {entry.answer}")


class Watch:
    """Who notices a mutant first: a test, the proof, or the comparison with OUTCOMES.md."""

    def __init__(self, guide: Guide, found: Iterable[Walk]) -> None:
        self.guide = guide
        self.proof = prove(guide)
        self.passing: dict[str, dict[Place, Visitor]] = {}  # step -> who walks over it
        for walk in found:
            for here in walk.stood:
                steps = {step for step, _ in taken(guide, here)} | {here.stop.step.step}
                for step in steps:
                    self.passing.setdefault(step, {})[walk.who.place] = walk.who

    def noticed(self, mutant: Mutant) -> str:
        """A word for who noticed it: `tests`, `proof`, `outcomes` or `nobody`."""
        if any(_missed(mutant.guide, who) for who in self.passing.get(mutant.step, {}).values()):
            return "tests"
        proof = prove(mutant.guide)
        if proof.stuck or set(self.proof.reached) - set(proof.reached):
            return "proof"
        return "outcomes" if self._reads_otherwise(mutant, proof) else "nobody"

    def _reads_otherwise(self, mutant: Mutant, proof: Proof) -> bool:
        before = list(described(self.guide, self.proof, self.guide.steps[mutant.step]))
        return before != list(described(mutant.guide, proof, mutant.guide.steps[mutant.step]))


def _missed(guide: Guide, who: Visitor) -> bool:
    """Whether this person notices, in the first of their languages."""
    one = replace(who, languages=who.languages[:1])
    try:
        return any(True for walk in walks(guide, one) for _ in failures(walk))
    except NoWayOn:
        return True


def _mutant(guide: Guide, step: Step, place: Place, what: str) -> Mutant:
    questions = {**guide.questions, step.id: step} if isinstance(step, Ask) else guide.questions
    changed = replace(guide, steps={**guide.steps, step.step: step}, questions=questions)
    return Mutant(changed, step.step, place, f"{step.step} {what}")


def _with(step: Step, ways: tuple[Line, ...]) -> Step:
    match step:
        case Choose():
            return replace(step, lines=ways)
        case Ask() | Say() | Call() | Page():
            return replace(step, then=ways)
