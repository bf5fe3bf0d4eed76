"""Kinds of people that no test stands for: the boxes of the proof at a plan page, less those who were there."""

from collections.abc import Iterable, Iterator

from bot.core.guide import Guide, Page
from bot.core.text import SKIP
from bot.flowfiles.boxes import Space, united, without
from bot.flowfiles.proof import prove
from bot.flowfiles.reads import shown_clauses
from bot.flowfiles.rules_proof import in_words
from bot.flowfiles.walking import Here, Walk


def kinds_of_people(guide: Guide, walks: Iterable[Walk]) -> Iterator[tuple[str, str]]:
    """Whoever can stand at a plan page, and is like nobody who stood there: the page, and who, in words.

    Alike are those for whom the page shows the same and offers the same. The proof covers more than real paths
    do: it may name somebody of a country with a plan of its own at the plan of all others.
    """
    proof = prove(guide)
    stood: dict[str, list[Here]] = {}
    for here in (here for walk in walks for here in walk.stood if not here.session.interrupt):
        stood.setdefault(here.stop.step.step, []).append(here)
    for name in plans(guide):
        boxes = list(proof.reached.get(name, ()))
        matter = {question for question, _ in shown_clauses(guide, guide.steps[name])}
        for here in stood.get(name, ()):
            like = _like(guide, proof.space, name, here)
            boxes = united(part for box in boxes for part in without(box, like))
        for box in boxes:
            yield name, in_words(guide, proof, box, matter)


def plans(guide: Guide) -> Iterator[str]:
    """The pages at which a path first stops: nobody has opened anything yet."""
    yield from (
        name
        for name, step in guide.steps.items()
        if isinstance(step, Page) and name.rpartition("/")[0].rpartition("/")[2] == "plan"
        and name.rpartition("/")[2].startswith("plan")
    )  # fmt: skip


def _like(guide: Guide, space: Space, name: str, here: Here) -> tuple[tuple[int, int], ...]:
    """Everybody to whom this page is as it was to who stood here."""
    alike: dict[str, set[str]] = {}
    for question, wanted in shown_clauses(guide, guide.steps[name]):
        every = {*(answer.id for answer in guide.questions[question].answers), SKIP}
        same = wanted if here.stop.answers.get(question, SKIP) in wanted else every - wanted
        alike[question] = alike.get(question, every) & same
    return tuple((space.places[question], space.bits(question, answers)) for question, answers in alike.items())
