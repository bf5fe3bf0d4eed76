"""A replay is the fold of answers over the guide: total, and the same whenever it is done again."""

from dataclasses import replace

import pytest

from bot.core.guide import RETURN, TYPED, Ask, Guide, Line, Page, Say, Target
from bot.core.moves import settled
from bot.core.replay import NoWayOn, Stop, replay, walk
from bot.core.session import Session
from tests.person import ADULT, FOUND, IN_KOREA, SMALL, UNSURE, Person, at
from tests.small import CRISIS, guide, listening
from tests.tour import tour

TOUR = tour()


def place(stop: Stop) -> str:
    """The stop's name: a question's id, or a page's step."""
    return stop.step.id if isinstance(stop.step, Ask) else stop.step.step


def said(stop: Stop) -> list[str]:
    return [step.step for step in stop.said]


def test_an_empty_session_stands_at_the_first_question() -> None:
    """Nothing answered is where everybody begins."""
    assert place(replay(SMALL, Session("en"))) == "situation"


def test_an_answer_leads_by_the_line_that_fits() -> None:
    """The first fitting line is taken, else the last one."""
    assert said(replay(SMALL, at(("situation", "found")))) == ["start/found"]
    assert said(replay(SMALL, at(("situation", "heard")))) == ["start/heard"]
    assert said(replay(SMALL, at(("situation", "skip")))) == ["start/heard"]


def test_what_is_said_stands_above_the_next_stop_only() -> None:
    """One answer further on it has been read."""
    assert said(replay(SMALL, at(*FOUND, ("age", "adult")))) == []


def test_a_called_flow_comes_back_to_its_caller() -> None:
    """`return` goes on at the `then` of the call."""
    assert place(replay(SMALL, at(*UNSURE))) == "plan/plan"


def test_a_countrys_own_flow_takes_the_place_of_the_general_one() -> None:
    """In Korea the plan is the Korean plan."""
    assert place(replay(SMALL, at(*IN_KOREA))) == "kr/plan/plan"


def test_a_choice_goes_by_the_first_line_that_fits() -> None:
    """`choose` shows nothing; it only leads on."""
    assert place(replay(TOUR, at(*UNSURE, ("plan/plan", "continue")))) == "plan/young"
    assert place(replay(TOUR, at(*ADULT, ("plan/plan", "continue")))) == "plan/grown"


def test_a_page_of_a_called_flow_comes_back_by_continue_or_by_an_entry() -> None:
    """Both ways end where the caller goes on."""
    resting = (*UNSURE, ("plan/plan", "rest"))
    assert place(replay(TOUR, at(*resting))) == "rest/breathe"
    assert place(replay(TOUR, at(*resting, ("rest/breathe", "continue")))) == "plan/rested"
    assert place(replay(TOUR, at(*resting, ("rest/breathe", "water")))) == "plan/rested"


def test_continue_on_a_page_that_leads_nowhere_stays_there() -> None:
    """An old button of an edited guide does no harm."""
    stop = replay(SMALL, at(*UNSURE, ("plan/plan", "continue")))
    assert (place(stop), stop.path) == ("plan/plan", UNSURE)


def test_an_entry_that_is_gone_stays_on_its_page() -> None:
    """What came after it is dropped with it."""
    stop = replay(SMALL, at(*UNSURE, ("plan/plan", "gone"), ("plan/evidence", "letter")))
    assert (place(stop), stop.path) == ("plan/plan", UNSURE)


def test_pairs_that_the_walk_does_not_use_are_dropped() -> None:
    """An answer to a question that is not asked on this way does not count."""
    stop = replay(SMALL, at(*FOUND, ("where", "chatty"), ("age", "adult")))
    assert stop.path == (*FOUND, ("age", "adult"))
    assert "where" not in stop.answers


def test_a_branch_never_reads_an_answer_from_further_on() -> None:
    """At a stop only what was answered before it is known."""
    stop = replay(SMALL, at(("age", "adult"), ("country", "US")))
    assert place(stop) == "situation"
    later = replay(SMALL, at(*FOUND, ("country", "KR")))
    assert (place(later), dict(later.answers)) == ("age", dict(FOUND))


def test_a_page_that_was_passed_is_come_back_to_and_what_came_after_is_dropped() -> None:
    """Cross-links never make a path longer."""
    stop = replay(SMALL, at(*UNSURE, ("plan/plan", "evidence"), ("plan/evidence", "plan")))
    assert (place(stop), stop.path, dict(stop.answers)) == ("plan/plan", UNSURE, dict(UNSURE))


def test_a_page_that_is_come_back_to_is_as_it_was_the_first_time() -> None:
    """What was said on the way back is not half there: the same stop comes out of the path that is kept."""
    there = (*UNSURE, ("plan/plan", "word"))
    stop = replay(TOUR, at(*there))
    assert stop == replay(TOUR, at(*UNSURE))
    assert said(stop) == []


def test_a_question_once_more_names_the_page_it_comes_from() -> None:
    """Back must find the page, and the answer must find the old one."""
    stop = replay(SMALL, at(*UNSURE, ("plan/plan", "again:age")))
    assert (place(stop), stop.again) == ("age", "plan/plan")
    assert stop.path == (*UNSURE, ("plan/plan", "again:age"))


def test_answers_before_the_first_stop_were_learnt_elsewhere() -> None:
    """They are known at once, and Back leaves them alone."""
    stop = replay(SMALL, at(("country", "KR")))
    assert (place(stop), stop.learnt, dict(stop.answers)) == ("situation", 1, {"country": "KR"})
    assert stop.path == (("country", "KR"),)


def test_a_learnt_answer_is_not_asked_for_again() -> None:
    """The walk passes its question and stays learnt."""
    stop = replay(SMALL, at(("country", "KR"), *FOUND, ("age", "adult")))
    assert (place(stop), stop.learnt, len(stop.path)) == ("kr/plan/plan", 1, 3)


def test_a_page_before_the_first_stop_is_not_learnt() -> None:
    """Only answers to questions can be learnt elsewhere."""
    stop = replay(SMALL, at(("plan/plan", "evidence"), ("country", "KR")))
    assert (stop.path, stop.learnt) == ((("country", "KR"),), 1)


def test_an_interrupt_knows_the_answers_of_the_guide_below() -> None:
    """Somebody who told their country is not asked in a crisis."""
    stop = replay(SMALL, at(*UNSURE, interrupt="crisis"))
    assert (place(stop), stop.answers["country"], stop.path) == ("crisis/lines", "US", ())


def test_an_interrupt_passes_questions_that_the_guide_has_asked() -> None:
    """Its own path begins at the first question that is new."""
    stop = replay(TOUR, at(*UNSURE, interrupt="talk"))
    assert (place(stop), said(stop)) == ("alone", ["talk/kind"])


def test_what_an_interrupt_said_above_an_answered_question_is_done_with() -> None:
    """Also where the guide below has answered its first questions."""
    stop = replay(TOUR, at(*UNSURE, interrupt="talk", aside=(("alone", "not-alone"),)))
    assert (place(stop), said(stop), stop.learnt) == ("talk/talked", ["talk/calm"], 0)


def test_an_answer_below_a_page_leaves_what_was_said_above_it() -> None:
    """The page has not been left yet."""
    hush = "steps:\n  hush:\n    say: You are not alone.\n    then: lines\n"
    its = guide(crisis=CRISIS.replace("steps:\n", hush))
    assert said(replay(its, at(interrupt="crisis"))) == ["crisis/hush"]
    assert said(replay(its, at(interrupt="crisis", aside=(("country", "KR"),)))) == ["crisis/hush"]


def test_every_branch_is_given_with_the_line_that_was_taken() -> None:
    """`why` prints these, with file and line."""
    reasons = replay(SMALL, at(*FOUND)).reasons
    assert [reason.step for reason in reasons] == ["start/situation", "start/found"]
    assert str(reasons[0].line.place).startswith("start.yaml:")


@pytest.mark.parametrize("its", [SMALL, TOUR], ids=["small", "tour"])
@pytest.mark.parametrize(
    "path",
    [
        (),
        UNSURE,
        (*UNSURE, ("plan/plan", "word")),
        (*UNSURE, ("plan/plan", "evidence"), ("plan/evidence", "plan")),
        (*UNSURE, ("plan/plan", "again:age")),
        (("country", "US"), *FOUND, ("age", "skip"), ("plan/plan", "where"), ("where", "gone")),
        (("age", "adult"), ("plan/plan", "evidence"), *FOUND, ("country", "skip")),
    ],
)
def test_the_settled_session_stands_where_the_session_stood(its: Guide, path: tuple[tuple[str, str], ...]) -> None:
    """Dropping what does not count changes nothing that is shown."""
    session = at(*path)
    stop = replay(its, session)
    again = replay(its, settled(session, stop))
    assert replace(again, reasons=()) == replace(stop, reasons=())


def with_steps(**steps: Ask | Say | Page) -> Guide:
    """The small guide with some steps of `who` replaced, as no checked guide has them."""
    return replace(SMALL, steps={**SMALL.steps, **{f"who/{name}": step for name, step in steps.items()}})


def age(*then: Line) -> Ask:
    return replace(SMALL.questions["age"], then=then)


def test_a_step_whose_lines_all_miss_has_no_way_on() -> None:
    """`check` refuses such a guide; the walk says so instead of guessing."""
    with pytest.raises(NoWayOn, match="no line of who/age fits"):
        replay(with_steps(age=age()), at(*UNSURE))


def test_a_circle_without_a_page_has_no_way_on() -> None:
    """The walk ends for every guide, also for a wrong one."""
    with pytest.raises(NoWayOn, match="who/age comes round"):
        replay(with_steps(age=age(Line(None, Target("who/age")))), at(*UNSURE))


def test_a_return_that_nothing_called_has_no_way_on() -> None:
    """Only a called flow can come back."""
    with pytest.raises(NoWayOn, match="nothing called"):
        walk(with_steps(age=age(Line(None, Target(RETURN)))), "who/age", (("age", "adult"),))


def test_a_person_sees_where_the_replay_stands() -> None:
    """Pressing buttons and folding their answers are the same thing."""
    person = Person().press("I found a picture", "Not sure", "United States", "Where it is", "Chatty")
    assert person.session.path == (*UNSURE, ("plan/plan", "where"), ("where", "chatty"))
    assert person.screen.step == place(person.stop) == "plan/route"


def test_a_topic_of_typed_words_opens_its_own_step() -> None:
    """The walk begins there instead of at the first question, and Back leads to the first question."""
    its = listening()
    person = Person(at((TYPED, "place")), its=its)
    assert place(person.stop) == "age"
    person.press("Not sure", "United States")
    assert (place(person.stop), person.stop.path[0]) == ("where", (TYPED, "place"))
    person.press("Back", "Back", "Back")
    assert person.session == at()


def test_what_was_learnt_in_a_crisis_goes_along_into_a_topic() -> None:
    """It is not asked again."""
    its = listening()
    person = Person(at((TYPED, "place")), its=its).press("I need help now", "대한민국", "When it is busy", "Return")
    person.press("Not sure")
    assert place(person.stop) == "where"


def test_a_topic_that_the_guide_does_not_have_opens_the_first_screen() -> None:
    """Also in a guide that does not listen at all."""
    assert place(replay(listening(), at((TYPED, "weather")))) == "situation"
    assert place(replay(SMALL, at((TYPED, "place")))) == "situation"
    assert replay(SMALL, at((TYPED, "place"))).path == ()


def test_a_topic_counts_for_the_guide_and_not_for_an_interrupt() -> None:
    """Nobody types their way into a crisis page's middle."""
    crisis = replay(listening(), at(interrupt="crisis", aside=((TYPED, "place"),)))
    assert place(crisis) == "crisis/lines"
