"""The shipped people and journeys: all meet what they should, and together they touch the whole guide."""

from functools import cache

from bot.flowfiles.coverage import Coverage, covered
from bot.flowfiles.meeting import Failure, met
from bot.flowfiles.people import Person, Visitor, read_visitors
from bot.flowfiles.problems import Problems
from bot.flowfiles.reading import read_folder
from bot.settings import FLOWS


@cache
def all_of_them() -> tuple[list[Visitor], list[Failure], Coverage]:
    reading, problems = read_folder(FLOWS), Problems()
    assert reading.guide is not None
    who = read_visitors(reading.files, reading.guide, problems)
    assert problems.ordered == []
    walks, failures = met(reading.guide, who)
    return who, failures, covered(reading.guide, walks)


def test_everybody_meets_what_they_should() -> None:
    """In every language, with every answer that they may give."""
    _, failures, _ = all_of_them()
    assert [f"{f.place} {f.who.about} {f.expected}: {f.seen}" for f in failures] == []


def test_the_example_of_the_page_for_authors_is_one_that_holds() -> None:
    """Whoever copies it begins with something that works."""
    page = (FLOWS / "README.md").read_text("utf-8").partition("## Test with people")[2]
    example = page.partition("```yaml\n")[2].partition("```")[0]
    guide, problems = read_folder(FLOWS).guide, Problems()
    assert guide is not None
    who = read_visitors({"people/example.yaml": example}, guide, problems)
    assert problems.ordered == [] and len(who) == 1
    assert met(guide, who)[1] == []


def test_every_step_is_touched_and_nearly_every_branch() -> None:
    """A new page or branch wants a person who comes there."""
    _, _, its = all_of_them()
    assert [step for _, step in its.missed_steps] == []
    assert len(its.missed) <= len(its.branches) / 20, its.missed


def test_at_least_sixty_people_come_from_korea_and_each_is_another() -> None:
    """A sentence says whom a failure is about."""
    people = [each for each in all_of_them()[0] if isinstance(each, Person)]
    assert sum("KR" in person.answers.get("country", ()) for person in people) >= 60
    assert len({person.about for person in people}) == len(people)
