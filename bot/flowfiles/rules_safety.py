"""The rules that protect children, beside the wording: they are warned, and no door for adults opens to them."""

import re
from collections.abc import Callable, Mapping

from bot.core.guide import Guide, Page
from bot.core.text import plain
from bot.flowfiles.care import Care
from bot.flowfiles.minors import Ages, ages, each_age
from bot.flowfiles.passages import Passage, Places
from bot.flowfiles.phrasing import folded
from bot.flowfiles.problems import Problems
from bot.flowfiles.reach import Visit

_NAMED = re.compile(r"\{fact\.([^}]+)\.(?:name|phone)\}")


def check_safety(guide: Guide, found: list[Passage], care: Care, places: Places, problems: Problems) -> None:
    """Add a problem for warnings that do not warn a minor, and for what names a service for adults to one."""
    _warnings(guide, found, care, problems)
    for some in each_age(guide):
        adult = {fact.id for fact in guide.facts.values() if some.shut_out(fact.audience)}
        for passage in found:
            named = _NAMED.findall(passage.words) if "{fact." in passage.words else []
            for fact in named:
                if fact in adult and passage.reaches(some):
                    problems.add(
                        "F28", places.of(passage, passage.words, "{fact." + fact),
                        f'The {passage.language} text names "{fact}", which is not for everybody who can read it.',
                        hurts="Somebody under age would be sent to a service for adults.",
                        fix="Put it into a part with a `when:` like the `audience:` of the fact, or name another.",
                    )  # fmt: skip


def _warnings(guide: Guide, found: list[Passage], care: Care, problems: Problems) -> None:
    protected = ages(guide)
    marked = {id(step.text): step for step in guide.steps.values() if isinstance(step, Page) and step.warns}
    heard = {
        (id(passage.text), passage.language)
        for passage in found
        if id(passage.text) in marked
        and passage.reaches(protected)
        and care.refuses(passage.language, folded(passage.words))
    }
    for key, step in marked.items():
        for language in step.text.parts:
            if (key, language) not in heard:
                problems.add(
                    "F51", step.text.place,
                    f"This page is marked `warns: yes`, but its {language} text warns nobody under age.",
                    hurts="People would miss the warning not to keep or send a picture.",
                    fix="Write the warning where minors see it, or delete `warns:`.",
                )  # fmt: skip


def minors_are_warned(guide: Guide, care: Care, problems: Problems) -> Callable[[Visit], None]:
    """A rule for every screen: from a plan of somebody who may be a minor, the first page about evidence warns."""
    return _Warned(guide, care, problems).look


class _Warned:
    """Looks at the plans: pages that people come to by questions alone."""

    def __init__(self, guide: Guide, care: Care, problems: Problems) -> None:
        self.guide = guide
        self.care = care
        self.problems = problems
        self.ages: Ages = ages(guide)
        self._about: dict[tuple[str, str], bool] = {}

    def look(self, visit: Visit) -> None:
        step, stop = visit.stop.step, visit.stop
        if visit.session.interrupt or visit.session.fact or not isinstance(step, Page):
            return
        if any(at in self.guide.steps for at, _ in stop.path):  # a page's id is that of its step
            return
        if self.ages.holds(stop.answers):
            for near in ([step], self._opened(step, stop.answers)):
                about = [page for page in near if self._is_about_evidence(page, visit.screen.language)]
                if any(page.warns for page in about):
                    return
                if about:
                    self._add(about[0], visit)
                    return

    def _opened(self, page: Page, answers: Mapping[str, str]) -> list[Page]:
        """The pages one press away, for these answers."""
        country = answers.get("country", "")
        targets = [entry.go for entry in page.more if entry.go and (entry.when is None or entry.when.fits(answers))]
        steps = (self.guide.steps.get(go.by_country.get(country, go.step)) for go in targets)
        return [step for step in steps if isinstance(step, Page)]

    def _is_about_evidence(self, page: Page, language: str) -> bool:
        """Whether a minor can read of evidence there."""
        key = (page.step, language)
        if key not in self._about:
            parts = (part for text in (page.title, page.text) for part in text.parts.get(language, ()))
            seen = (part.blocks for part in parts if not self.ages.shut_out(part.when))
            self._about[key] = any(self.care.is_about_evidence(language, folded(plain(blocks))) for blocks in seen)
        return self._about[key]

    def _add(self, page: Page, visit: Visit) -> None:
        self.problems.add(
            "F27", page.place,
            f'"{page.step}" is the first page about evidence from "{visit.screen.step}", and does not warn.',
            hurts="Somebody under age could save or send the picture as evidence, before anything told them not to.",
            fix="Say there not to keep or send the picture, and mark it `warns: yes`; or open such a page earlier.",
        )  # fmt: skip
