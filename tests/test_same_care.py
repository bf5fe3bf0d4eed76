"""The same care for everyone: what must not matter changes neither the comfort nor the order of what is offered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from bot.core.guide import AGAIN, Ask, Page
from bot.core.plainly import plain_screen
from bot.core.replay import replay
from bot.core.screen import screen
from bot.core.session import Session
from bot.core.shown import Button, Screen
from bot.core.text import SKIP
from bot.flowfiles.reach import Visit
from tests.test_flows import screens, shipped

LANGUAGES = ("ko", "en")
GENDER = re.compile(
    r"성별|남자|여자|남성|여성|남학생|여학생|아들|딸|소년|소녀"
    r"|\b(?:gender|sex|male|female|man|men|woman|women|boys?|girls?|sons?|daughters?|his|her|he|she)\b",
    re.I,
)
COMFORT = {  # by what it gives
    "no fault": re.compile(r"탓이 아니|탓도 아니|탓도 보호자 탓도 아니|잘못이 아니|잘못한 거|\bfault\b|in the wrong"),
    "not alone": re.compile(
        r"혼자 |혼자가 아니|대신해 주는|도와주는 사람|옆에 있을게|곁에 있을게|같이 있을게|alone|with you|people who"
    ),
    "now": re.compile(r"지금 도움이 필요해요|I need help now"),
    "no hurry": re.compile(r"오늘|천천히|정하지 않아도|tonight|slow breath|today"),
}
RELATIONS = ("parent", "friend", "partner", "teacher", "employer", SKIP)
AGES = ("under-14", "14-17", "18", "19-up", "was-minor", "unsure", SKIP)
COUNTRIES = ("KR", "US", "FR", "other", SKIP)
OF_AGE = ("18", "19-up")


def at(*path: tuple[str, str], language: str = "ko") -> Screen:
    """The screen after these answers."""
    return screen(shipped(), Session(language, path), None)


def comfort(shown: Screen) -> list[str]:
    """What kinds of comfort a screen gives in its own words."""
    words = plain_screen(replace(shown, body=tuple(part for part in shown.body if part not in shown.facts)))
    return [kind for kind, pattern in COMFORT.items() if pattern.search(words)]


def offers(shown: Screen) -> list[str]:
    """What can be opened on a screen, in its order: facts, then the targets of its buttons."""
    opened = (button.session.path[-1:] for button in shown.buttons if button.kind == "choice" and button.session)
    return [fact.id for fact in shown.facts] + [answer for pairs in opened for _, answer in pairs]


def read(shown: Screen) -> list[str]:
    """Everything that can be read on a screen."""
    return [plain_screen(shown), *(button.label for button in shown.buttons)]


def common_order(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether what both offer stands in the same order in both."""
    first, second = list(one), list(other)
    return [name for name in first if name in second] == [name for name in second if name in first]


# ---- no gender


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_asks_for_a_gender_and_no_answer_names_one(language: str) -> None:
    """On every question that anybody can come to."""
    asked = [visit.screen for visit in screens(language) if visit.screen.is_question]
    assert len({shown.step for shown in asked}) == len(shipped().questions)
    for shown in asked:
        labels = " · ".join(button.label for button in shown.buttons if button.kind == "choice")
        assert not GENDER.search(plain_screen(shown) + labels), shown.step


# ---- real or fake, heard or found, oneself or another


@pytest.mark.parametrize("language", LANGUAGES)
def test_comfort_and_order_are_the_same_for_a_fake_and_for_a_real_picture(language: str) -> None:
    """On every screen behind "I saw a picture": the law may differ, the comfort and the order may not."""
    compared = 0
    for visit in screens(language):
        path = visit.session.path
        if ("situation", "found") in path and not visit.session.interrupt:
            real = tuple(("situation", "real") if pair == ("situation", "found") else pair for pair in path)
            stop, shown = visit.stop, screen(shipped(), replace(visit.session, path=real), None)
            assert shown.step == visit.screen.step, path
            assert comfort(shown) == comfort(visit.screen), (stop.step.step, language)
            assert common_order(offers(shown), offers(visit.screen)), stop.step.step
            compared += 1
    assert compared > 500


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_comfort_and_order_are_the_same_for_every_relation(language: str, country: str) -> None:
    """Parent, friend, partner, teacher, employer, or not said: each may get a door of their own, none less comfort."""
    for age in AGES:
        plans = {role: at(*_helping(role, age, country), language=language) for role in RELATIONS}
        own = at(("situation", "found"), ("pictured-age", age), ("country", country), language=language)
        for role, plan in plans.items():
            assert not plan.is_question
            assert {"no fault", "not alone"} <= set(comfort(plan)), (role, plan.step)
            assert common_order(offers(plan), offers(own)), (role, plan.step)
            assert common_order(offers(plan), offers(plans[SKIP])), (role, plan.step)


def _helping(role: str, age: str, country: str) -> tuple[tuple[str, str], ...]:
    return ("situation", "helping"), ("role", role), ("pictured-age", age), ("country", country)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plan_says_that_it_is_not_the_fault_of_whoever_was_hurt(language: str) -> None:
    """For all situations but the one of somebody who did it; before anything else that can be done is said."""
    for visit in screens(language):
        plan = isinstance(visit.stop.step, Page) and not visit.session.interrupt and not visit.session.fact
        answered = dict(visit.stop.path)
        if plan and "situation" in answered and not set(answered) & set(shipped().steps):
            if answered["situation"] == "made-one":
                continue
            assert COMFORT["no fault"].search(plain_screen(visit.screen).split("\n")[2]), visit.screen.step


def test_the_questions_on_the_way_to_a_plan_are_the_same_for_everyone() -> None:
    """Only helpers are asked one more: who they are to the person, which they can skip."""
    for answer in (*(answer.id for answer in shipped().questions["situation"].answers), SKIP):
        asked = list(_asked((("situation", answer),)))
        assert asked == [*(["role"] if answer == "helping" else []), "pictured-age", "country"], answer


def _asked(path: tuple[tuple[str, str], ...]) -> Iterator[str]:
    stop = replay(shipped(), Session("ko", path))
    while isinstance(stop.step, Ask):
        yield stop.step.id
        path = (*path, (stop.step.id, SKIP))
        stop = replay(shipped(), Session("ko", path))


# ---- somebody who made one


FIGURES = (
    "kr-numbers", "kr-limitation", "kr-telegram-korea", "platform-telegram-korea", "platform-telegram-authorities",
    "platform-telegram-evidence", "kr-law-age14",
)  # fmt: skip
SILENT = re.compile(r"접속 기록|로그|몇 달|텔레그램이|비밀 대화|\blogs?\b|secret chat|three months", re.I)
NEVER = (
    "kr/police/figures",
    "kr/remove/telegram-limits",
    "kr/law/under-14-offender",
    "kr/law/time-limits",
    "kr/police/police",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_who_made_one_is_shown_no_log_retention_no_limits_of_telegram_and_no_figures(language: str) -> None:
    """On every screen that can be reached by pressing on from that answer, of any age, in any country."""
    seen = set()
    for shown in _reached_by_who_made_one(language):
        seen.add(shown.step)
        assert not {fact.id for fact in shown.facts} & set(FIGURES), shown.step
        assert not SILENT.search(plain_screen(shown)), shown.step
    assert seen >= {"kr/plan/plan-made", "kr/plan/made-lawyer", "plan/plan-made", "plan/made-words"}
    assert not seen & set(NEVER)


def _reached_by_who_made_one(language: str) -> Iterator[Screen]:
    queue = [
        Session(language, (("situation", "made-one"), ("pictured-age", age), ("country", country)))
        for age in AGES
        for country in COUNTRIES
    ]
    seen = set(queue)
    for session in queue:
        shown = screen(shipped(), session, None)
        yield shown
        for button in shown.all_buttons():
            if button.kind == "choice" and button.session and button.session not in seen:
                seen.add(button.session)
                queue.append(button.session)


# ---- an age that was tapped wrongly


def _asks_age(shown: Screen) -> Button | None:
    """The button that asks for the age once more."""
    for button in shown.buttons:
        path = (button.session.aside or button.session.path) if button.session and button.kind == "choice" else ()
        if path and path[-1][1] == AGAIN + "pictured-age":
            return button
    return None


def _answer(session: Session, age: str) -> Session:
    """The session after the age was asked once more and answered."""
    choices = [its.session for its in screen(shipped(), session, None).buttons if its.kind == "choice" and its.session]
    return next(its for its in choices if dict(its.path).get("pictured-age") == age)


@cache
def where_the_age_is_asked_again() -> tuple[Visit, ...]:
    """The screens of people who did not say the age, with a button to say it."""
    found = [
        visit for visit in screens("ko") if visit.screen.step.partition("/")[0] != "fact" and _asks_age(visit.screen)
    ]
    return tuple(visit for visit in found if visit.stop.answers.get("pictured-age", SKIP) in ("unsure", SKIP))


def test_saying_the_age_later_shows_what_it_unlocks_at_once() -> None:
    """The same page, or the question that this age opens: as if the age had been said in the first place."""
    steps = set()
    for visit in where_the_age_is_asked_again():
        button = _asks_age(visit.screen)
        assert button and button.session
        for age in AGES:
            session = _answer(button.session, age)
            first = tuple(
                ("pictured-age", age) if stop == "pictured-age" else (stop, its) for stop, its in visit.stop.path
            )
            assert read(screen(shipped(), session, None)) == read(at(*first)), (visit.screen.step, age)
        steps.add(visit.screen.step)
    assert steps >= {"kr/note/note", "kr/remove/hash", "kr/police/what-to-bring", "plan/note", "plan/limits"}


def test_what_a_wrong_age_unlocked_can_be_locked_again_on_the_spot() -> None:
    """Whoever sees more than before sees the button too; pressing it and taking the age back shows the old screen."""
    unlocked = set()
    for visit in where_the_age_is_asked_again():
        button, old = _asks_age(visit.screen), visit.stop.answers.get("pictured-age", SKIP)
        assert button and button.session
        for age in OF_AGE:
            session = _answer(button.session, age)
            shown = screen(shipped(), session, None)
            if shown.is_question:  # names of sites for adults: whatever is answered, the next page has the button
                session = next(its.session for its in shown.buttons if its.session and its.session.path[-1][1] == SKIP)
                shown = screen(shipped(), session, None)
            elif not set(plain_screen(shown).split("\n")) - set(plain_screen(visit.screen).split("\n")):
                continue  # nothing that was not there before
            again = _asks_age(shown)
            if again is None:  # the plan itself: pages and facts for adults are behind its buttons, which have it
                assert visit.screen.step == "kr/plan/plan" and not _for_adults(shown) - _for_adults(visit.screen)
                continue
            assert again.session
            unlocked.add((visit.screen.step, age))
            assert read(screen(shipped(), _answer(again.session, old), None)) == read(visit.screen), visit.screen.step
    assert {("kr/note/note", "19-up"), ("where/adult-site-young", "19-up"), ("kr/remove/hash", "18")} <= unlocked


def _for_adults(shown: Screen) -> set[str]:
    """The facts on a screen that a minor does not see."""
    minor = dict.fromkeys(shipped().questions, SKIP)
    audiences = {fact.id: shipped().facts[fact.id].audience for fact in shown.facts}
    return {name for name, audience in audiences.items() if audience and not audience.fits(minor)}


def test_nothing_for_adults_is_left_on_the_way_back_from_an_age_that_was_changed() -> None:
    """Pages that were opened as an adult stay on the path: read again, they show no service and no site for adults."""
    names = [platform.name.lines["ko"] for platform in shipped().platforms.values() if platform.group == "adult"]
    seen = set()
    for visit in screens("ko"):
        button = _asks_age(visit.screen)
        if visit.stop.answers.get("pictured-age") in OF_AGE and button and button.session:
            session = _answer(button.session, "14-17")
            while session:
                shown = screen(shipped(), session, None)
                assert not _for_adults(shown), (visit.screen.step, shown.step)
                assert not [name for name in names if name in " ".join(read(shown))], (visit.screen.step, shown.step)
                session = next((its.session for its in shown.buttons if its.kind == "back"), None)
            seen.add(visit.screen.step)
    assert seen >= {"kr/note/note", "kr/remove/hash", "where/adult-route", "plan/limits"}


def test_an_age_that_locked_too_much_can_be_changed_a_few_presses_away() -> None:
    """Somebody of age who tapped a younger one by mistake finds the button on the way back to the plan."""
    seen = set()
    for visit in where_the_age_is_asked_again():
        button = _asks_age(visit.screen)
        assert button and button.session
        for age in AGES:
            if (visit.screen.step, age) not in seen:
                seen.add((visit.screen.step, age))
                assert _nearest(_answer(button.session, age)) <= 4, (visit.screen.step, age)


def _nearest(session: Session) -> int:
    """How many presses away the age can be said once more."""
    queue = [(session, 0)]
    seen = {session}
    for here, presses in queue:
        shown = screen(shipped(), here, None)
        if _asks_age(shown):
            return presses
        for button in shown.buttons:
            if button.kind in ("choice", "back") and button.session and button.session not in seen:
                seen.add(button.session)
                queue.append((button.session, presses + 1))
    raise AssertionError("nowhere")
