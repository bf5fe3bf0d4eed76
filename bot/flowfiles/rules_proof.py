"""Rules that the proof answers: nobody stuck, and nothing written that nobody can get."""

from collections.abc import Iterable, Iterator

from bot.core.guide import Ask, Call, Guide, Page, Step
from bot.core.text import SKIP, Condition, Place, Text
from bot.flowfiles.boxes import Box, within
from bot.flowfiles.problems import Problems
from bot.flowfiles.proof import Proof, prove
from bot.flowfiles.reads import lines

_FEW = 4  # so many answers are listed; of more, those that are missing


def check_proof(guide: Guide, problems: Problems) -> None:
    """Add a problem for everybody who gets stuck, and a warning for what nobody can get."""
    proof = prove(guide)
    for name, boxes in proof.stuck.items():
        read = {question for line in lines(guide.steps[name]) if line.when for question in line.when.reads}
        more = f" (and {len(boxes) - 1} more kinds of people)" if len(boxes) > 1 else ""
        problems.add(
            "F10", guide.steps[name].place, f'At "{name}" no line fits {in_words(guide, proof, boxes[0], read)}{more}.',
            hurts="They would be stuck here.", fix="Add a line for them, or `else:` at the end.",
        )  # fmt: skip
    for name, step in guide.steps.items():
        if name not in proof.reached:
            problems.warn(
                "F18", step.place, f'Nobody can get to "{name}".', hurts="What it says helps nobody.",
                fix="Send someone there, or delete it.",
            )  # fmt: skip
        else:
            _never_taken(step, proof, problems)
            _never_shown(guide, step, proof, problems)


def in_words(guide: Guide, proof: Proof, box: Box, asked: Iterable[str] | None = None) -> str:
    """Who is meant by a box, by the ids that authors wrote: "age = adult, country = KR or US".

    `asked` are the questions that matter; absent, all of them.
    """
    matter = guide.questions if asked is None else frozenset(asked)
    told = proof.space.words(box)
    said = [_one(guide, name, told[name]) for name in sorted(told) if name in matter]
    return ", ".join(filter(None, said)) or "anybody"


def _one(guide: Guide, question: str, answers: list[str]) -> str:
    if answers == [""]:
        return f"{question} not asked yet"
    every = [*(answer.id for answer in guide.questions[question].answers), SKIP]
    named = [answer for answer in every if answer in answers or (answer == SKIP and "" in answers)]
    missing = [answer for answer in every if answer not in named]
    if len(missing) < len(named) and len(named) > _FEW:
        return f"{question} = anything but {' or '.join(missing)}" if missing else ""
    more = f" or {len(named) - _FEW} more" if len(named) > _FEW else ""
    return f"{question} = {' or '.join(named[:_FEW])}{more}"


def _never_taken(step: Step, proof: Proof, problems: Problems) -> None:
    entries = step.more if isinstance(step, Page) else ()
    for number, entry in enumerate(entries):
        if (step.step, number) not in proof.taken:
            problems.warn(
                "F21", entry.place, "Nobody who gets to this page sees this entry.",
                hurts="What it opens does not help those whom it is for.", fix="Mend its `when:`, or delete it.",
            )  # fmt: skip
    for number, line in enumerate(lines(step), len(entries)):
        if (step.step, number) not in proof.taken:
            problems.warn(
                "F19", line.place, "Nobody who gets here takes this line.",
                hurts="Those whom it is for go another way.",
                fix="Put it above the line that takes them all, mend its `when:`, or delete it.",
            )  # fmt: skip


def _never_shown(guide: Guide, step: Step, proof: Proof, problems: Problems) -> None:
    """Parts of a text, answers and facts for people who never get here."""
    here = proof.reached[step.step]
    for place, when in _conditions(step):
        cut = proof.space.cut(when)
        if not any(within(box, cut) for box in here):
            problems.warn(
                "F22", place, f'Nobody who gets to "{step.step}" fits this `when:`.',
                hurts="What stands below it is never shown.", fix="Mend the condition, or delete what it is for.",
            )  # fmt: skip


def _conditions(step: Step) -> Iterator[tuple[Place, Condition]]:
    if not isinstance(step, Call) and isinstance(getattr(step, "text", None), Text):
        text: Text = step.text  # type: ignore[union-attr]
        yield from ((text.place, part.when) for part in text.parts[text.source] if part.when)
    if isinstance(step, Ask):
        yield from ((answer.label.place, answer.when) for answer in step.answers if answer.when)
    if isinstance(step, Page):
        yield from ((entry.place, entry.when) for entry in step.facts if entry.when)
