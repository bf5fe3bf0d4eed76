"""The shipped guide: what a person can count on, looked at on every screen that can be reached."""

import re
import statistics
from functools import cache

import phonenumbers
import pytest

from bot.cli.measuring import MOST_HANGUL, MOST_WORDS, NO_PLAN, paragraph_sizes, ways_to_plan
from bot.core.guide import Guide, Page
from bot.core.plainly import plain_screen
from bot.core.text import plain
from bot.flowfiles.care import read_care
from bot.flowfiles.check import check_folder
from bot.flowfiles.minors import ages
from bot.flowfiles.passages import Corpus, Places, passages
from bot.flowfiles.problems import Problems
from bot.flowfiles.reach import Visit, visits
from bot.flowfiles.reading import read_files, read_folder
from bot.flowfiles.rules_care import check_care
from bot.settings import FLOWS
from tests.flowfiles.test_rules_care import codes

LANGUAGES = ("ko", "en")
GROWN = "19-up"
OF_AGE = ("18", "19-up")
NUMBER_OR_LINK = re.compile(
    r"https?://|www\.|(?<![\d.])\d{2,4}-\d{3,4}|(?<!\d)1(?:12|19|366|388|17|09|377|394|32|303|395)(?!\d)"
)


@cache
def shipped() -> Guide:
    """The guide of flows/."""
    guide = read_folder(FLOWS).guide
    assert guide is not None
    return guide


@cache
def screens(language: str) -> tuple[Visit, ...]:
    """Every distinct screen in one language."""
    return tuple(visits(shipped(), language))


def test_the_shipped_guide_has_no_problem() -> None:
    """`check` finds nothing, not even a warning."""
    assert [str(problem) for problem in check_folder(FLOWS)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_crisis_lines_are_one_press_away_from_every_screen(language: str) -> None:
    """The interrupt's button is on each screen and leads to lines without asking anything."""
    for visit in screens(language):
        buttons = [button for button in visit.screen.buttons if button.kind == "interrupt"]
        assert len(buttons) == 1, visit.screen.step
    lines = [visit for visit in screens(language) if visit.screen.step == "crisis/lines"]
    assert all(any(way.button for fact in visit.screen.facts for way in fact.contacts) for visit in lines)
    assert {visit.answers["country"] for visit in lines} >= set(shipped().countries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_and_leave_are_on_every_screen(language: str) -> None:
    """Nobody has to go anywhere else to change the language or to stop."""
    for visit in screens(language):
        kinds = [button.kind for button in visit.screen.buttons]
        assert kinds.count("leave") == 1
        assert kinds.count("language") == len(shipped().languages) - 1


def test_the_plan_with_its_first_channel_is_four_presses_away_at_most() -> None:
    """For every combination of answers, helpers too; half of all people need three at most."""
    ways = [way for way in ways_to_plan(shipped(), "ko") if way.answers[0] not in NO_PLAN]
    assert [way for way in ways if not way.has_channel] == []
    assert max(len(way.answers) for way in ways) <= 4
    assert statistics.median(len(way.answers) for way in ways) <= 3


def test_no_page_is_deeper_than_eight_presses() -> None:
    """Counted from the first screen, by the shortest way."""
    deep = {v.screen.step: v.taps for v in screens("ko") if isinstance(v.stop.step, Page) and not v.session.fact}
    assert {step: taps for step, taps in deep.items() if taps > 8} == {}


EMERGENCY = ("kr-112", "us-local-police", "gb-police", "jp-110", "tw-110", "ca-emergency", "au-police", "nz-police",
             "br-190", "mx-911", "ar-911", "in-police", "eu-112")  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_danger_the_emergency_number_of_the_country_stands_first(language: str) -> None:
    """Police first on the page for somebody who is threatened now, in every country that has its number here."""
    pages = [visit for visit in screens(language) if visit.screen.step == "crisis/danger-now"]
    for visit in pages:
        for country in visit.alike["country"]:
            if country in shipped().countries and country != "CH":
                assert visit.screen.facts[0].id in EMERGENCY, (country, visit.screen.facts[0].id)
    assert {country for visit in pages for country in visit.alike["country"]} >= set(shipped().countries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_cannot_speak_gets_ways_to_write(language: str) -> None:
    """Each line there takes a text or a chat; the directory of such lines is always among them."""
    for visit in screens(language):
        if visit.screen.step == "crisis/cannot-speak":
            for fact in visit.screen.facts:
                kinds = {way.kind for way in shipped().facts[fact.id].contacts}
                assert kinds & {"text", "chat"} or fact.id == "intl-findahelpline", fact.id


def test_no_fact_has_two_ways_in_that_read_the_same() -> None:
    """A number to write to says so: nobody calls where they wanted to write."""
    for visit in screens("en"):
        for fact in visit.screen.facts:
            lines = [contact.line for contact in fact.contacts]
            assert len(lines) == len(set(lines)), (fact.id, lines)


def test_services_for_adults_are_marked_so() -> None:
    """By name, so that one whose audience was forgotten is noticed too."""
    guide = shipped()
    for name in ("intl-stopncii", "platform-pornhub", "platform-xvideos-xnxx", "platform-onlyfans", "platform-redgifs",
                 "platform-mrdeepfakes", "platform-civitai", "intl-rph-outside-uk", "intl-chayn-bloom"):  # fmt: skip
        audience = guide.facts[name].audience
        assert audience is not None and _allows_only(audience, OF_AGE), name


def wording(**changed: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Code, file and line of what the checker says of the wording of flows/ with some sentences changed."""
    files = {path.relative_to(FLOWS).as_posix(): path.read_text("utf-8") for path in FLOWS.rglob("*.yaml")}
    for name, (old, new) in changed.items():
        assert old in files[name], name
        files[name] = files[name].replace(old, new, 1)
    reading = read_files(files)
    assert reading.guide is not None
    problems, guide = Problems(), reading.guide
    care, found = read_care(files, guide.languages, problems), passages(guide)
    check_care([Corpus(code, found) for code in guide.languages], care, ages(guide), Places(files), problems)
    lines = {name: text.splitlines() for name, text in files.items()}
    return [(its.code, its.place.file, lines[its.place.file][its.place.line - 1].strip()) for its in problems.ordered]


NOTE = "이미 가진 것만 적으면 돼요. 찾으러 가지 않아도 되고, 다시 열지 않아도 돼요."


def test_advice_to_keep_or_send_a_picture_is_found_by_the_checker() -> None:
    """A sentence that offers it to somebody under age is a problem, in both languages; a refusal is none."""
    for bad in ("사진을 저장해 두면 돼요.", "영상을 캡처해서 보내도 돼요.", "사진은 보내지 말고 저장해 두세요."):
        assert wording(**{"kr/note.yaml": (NOTE, bad)}) == [("F50", "kr/note.yaml", bad)]
    assert wording(**{"kr/note.yaml": (NOTE, "사진은 저장하지 않아요.")}) == []
    english = "You can write down only what you already have."
    bad = "You can save the picture, but do not send it."
    found = wording(**{"words/en/kr/note.yaml": (english, bad)})
    assert [(code, file) for code, file, _ in found] == [("F50", "words/en/kr/note.yaml")] and bad in found[0][2]


@pytest.mark.parametrize(
    ("code", "file", "old", "new"),
    [
        ("F52", "kr/police.yaml", "신고는 선택이에요.", "왜 이제 왔어요?"),
        ("F53", "facts/kr.yaml", "밤에도 이야기를 들어 줘요.", "반드시 삭제돼요."),
        ("F54", "interface.yaml", "처음부터 다시 시작할 수 있어요.", "다시 시작하십시오."),
        ("F55", "letters/tell-parent.yaml", "말로 하기 어려워서 글로 써.", "야동에 합성됐어."),
        ("F56", "words/en/kr/threat.yaml", "You do not have to", "You can pay them. You do not have to"),
        ("F57", "words/ko/plan.yaml", "누구에게도 돈을 내지 않아도 돼요.", "업체에 맡겨도 돼요."),
        ("F58", "words/en/letters/tell-parent.yaml", "I did not want this.", "Do not worry."),
        ("F59", "helping.yaml", "그 사람과 어떤 사이인가요?", "그 사람은 남자인가요?"),
    ],
)
def test_wording_that_hurts_is_found_where_it_stands(code: str, file: str, old: str, new: str) -> None:
    """In a flow, a fact, the interface, a letter or a translation of the shipped guide."""
    assert {(its, where) for its, where, _ in wording(**{file: (old, new)})} == {(code, file)}


def test_whoever_may_be_a_minor_sees_no_service_for_adults() -> None:
    """StopNCII from 18, services and names for adults from 19; unsure and skipped count as minors."""
    guide = shipped()
    adult = {fact.id for fact in guide.facts.values() if fact.audience and _allows_only(fact.audience, (GROWN,))}
    of_age = {fact.id for fact in guide.facts.values() if fact.audience and _allows_only(fact.audience, OF_AGE)}
    assert "intl-stopncii" in of_age and adult
    for visit in screens("en"):
        age = visit.stop.answers.get("pictured-age", "skip")
        shown = {fact.id for fact in visit.screen.facts}
        if age != GROWN:
            assert not shown & adult, (visit.screen.step, age)
        if age not in OF_AGE:
            assert not shown & of_age, (visit.screen.step, age)


def _allows_only(audience: object, ages: tuple[str, ...]) -> bool:
    clauses = dict(getattr(audience, "clauses", ()))
    return "pictured-age" in clauses and clauses["pictured-age"] <= set(ages)


def test_sexual_sites_are_named_only_to_people_of_nineteen_or_older() -> None:
    """No name of the adult group stands on a screen of anybody else."""
    guide = shipped()
    names = [platform.name.lines["en"] for platform in guide.platforms.values() if platform.group == "adult"]
    assert names
    for visit in screens("en"):
        if visit.stop.answers.get("pictured-age") != GROWN:
            words = " ".join(button.label for button in visit.screen.buttons)
            words += plain_screen(visit.screen)
            assert not [name for name in names if name in words], visit.screen.step


def test_every_fact_can_be_reached_by_somebody() -> None:
    """Nothing that was researched and written is hidden from everybody."""
    seen = {fact.id for visit in screens("ko") for fact in visit.screen.facts}
    assert set(shipped().facts) - seen == set()


def test_every_fact_has_sources_and_the_day_it_was_checked() -> None:
    """Publishers are named, links are https, the day is a real one."""
    for fact in shipped().facts.values():
        assert fact.sources, fact.id
        assert all(source.publisher for source in fact.sources), fact.id
        assert fact.checked.year >= 2026
        assert fact.again_after <= 180


def test_no_number_or_link_stands_in_a_text_of_the_guide() -> None:
    """They come from facts, so that a change reaches every page and every language."""
    guide = shipped()
    for step in guide.steps.values():
        text = getattr(step, "text", None)
        for parts in text.parts.values() if text else ():
            words = " ".join(plain(part.blocks) + plain(part.otherwise) for part in parts)
            assert not NUMBER_OR_LINK.search(re.sub(r"\{[^}]*\}", "", words)), step.step


@pytest.mark.parametrize("language", LANGUAGES)
def test_paragraphs_are_short(language: str) -> None:
    """At most 60 words in English and 200 characters in Korean."""
    most = MOST_HANGUL if language == "ko" else MOST_WORDS
    long = {v.screen.step: max(paragraph_sizes(v.screen), default=0) for v in screens(language)}
    assert {step: size for step, size in long.items() if size > most} == {}


BANNED = {
    "ko": (
        "지인능욕", "능욕", "박제", "수치심", "피해자님", "힘내세요", "용기 내세요", "안심하세요", "괜찮아질 거예요",
        "음란물", "야동", "반드시 삭제", "무조건 처벌", "하십시오", "조심하세요", "유출", "가짜", "왜 그랬",
    ),
    "en": (
        "revenge porn", "porn", "guarantee", "100%", "don't worry", "do not worry", "calm down", "should have",
        "be careful", "next time", "cannot get in trouble", "will be removed", "you must", "you have to", "!",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [(code, words) for code in BANNED for words in BANNED[code]])
def test_the_words_of_the_support_workers_are_known_to_the_checker(language: str, words: str) -> None:
    """No blame, no promise, no order, no cheer: none of them is lost when the lists are edited."""
    assert codes(language, words)


def test_every_text_exists_in_every_language() -> None:
    """No screen falls back to another language."""
    for language in LANGUAGES:
        for visit in screens(language):
            assert visit.screen.text_language == language, visit.screen.step


def test_every_long_number_is_one_of_its_country() -> None:
    """Short ones are a country's own; of those only people know whether they are right."""
    guide, wrong = shipped(), []
    for fact in guide.facts.values():
        region = fact.country if fact.country in guide.countries else None
        for way in fact.contacts:
            if way.kind in ("call", "text") and sum(map(str.isdigit, way.value)) > 6:
                number = phonenumbers.parse(way.value, region)
                if not (phonenumbers.is_valid_number(number) or phonenumbers.is_valid_short_number(number)):
                    wrong.append((fact.id, way.value))
    assert wrong == []
