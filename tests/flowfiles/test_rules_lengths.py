"""What a frightened person can read at once: short paragraphs, short sentences, few of both, few answers."""

import pytest

from bot.core.text import Place
from bot.flowfiles.problems import Problem
from tests.flowfiles.finding import SMALL, broken, place_of, problems
from tests.flowfiles.test_documents import KO_PLAN

TEXT = "You can stop at any time."


def found(code: str, files: dict[str, str]) -> list[Problem]:
    """The warnings with this code in these files."""
    its = [problem for problem in problems(files) if problem.code == code]
    assert all(problem.severity == "warning" and problem.hurts and problem.fix for problem in its)
    return its


def places(code: str, files: dict[str, str]) -> list[Place]:
    return [problem.place for problem in found(code, files)]


@pytest.mark.parametrize(("times", "wrong"), [(6, False), (7, True)])
def test_a_paragraph_has_sixty_words(times: int, wrong: bool) -> None:
    """Nine words a time."""
    files = broken("plan.yaml", TEXT, " ".join(["You can stop. You can go on. You can."] * times))
    assert places("F73", files) == ([place_of("plan.yaml", files["plan.yaml"], "You can stop.")] if wrong else [])


@pytest.mark.parametrize(("times", "wrong"), [(13, False), (14, True)])
def test_a_korean_paragraph_has_two_hundred_characters(times: int, wrong: bool) -> None:
    """Fifteen characters a time, in the file of the translation."""
    words = KO_PLAN.replace("언제든 그만둘 수 있어요.", " ".join(["언제든 그만둘 수 있어요."] * times))
    assert len("언제든 그만둘 수 있어요. ") == 15
    at = place_of("words/ko/plan.yaml", words, "언제든")
    assert places("F73", {**SMALL, "words/ko/plan.yaml": words}) == ([at] if wrong else [])


def test_list_items_are_measured_one_by_one_and_blanks_are_short() -> None:
    items = "\n".join(["      - You can stop. You can go on."] * 12)
    assert found("F73", broken("plan.yaml", "      - the name of the room", items)) == []
    blanks = broken("kr/plan.yaml", "혼자 하지 않아도 돼요.", "{fact.kr-night.phone}. " * 20)
    assert found("F73", blanks) == []


def test_lines_of_facts_are_paragraphs_too() -> None:
    files = broken("facts/us.yaml", "Somebody listens.", "Somebody listens to you. " * 16)
    assert places("F73", files) == [place_of("facts/us.yaml", files["facts/us.yaml"], "Somebody listens")]


def test_a_page_has_three_paragraphs() -> None:
    """As somebody sees them: parts for other people do not count, the page of a question neither."""
    files = broken("plan.yaml", TEXT, TEXT + "\n\n          You can go on.")
    assert found("F74", files) == []
    files = broken("plan.yaml", TEXT, TEXT + "\n\n          You can go on.\n\n          You can come back.")
    (only,) = found("F74", files)
    assert '"plan/plan" shows somebody 4 paragraphs in en' in only.what
    asked = broken(
        "who.yaml", "ask: How old are you?", "ask: |\n      One.\n\n      Two.\n\n      Three.\n\n      Four?"
    )
    assert found("F74", asked) == []


@pytest.mark.parametrize(("count", "wrong"), [(30, False), (31, True)])
def test_a_sentence_has_thirty_words_at_most(count: int, wrong: bool) -> None:
    files = broken("plan.yaml", TEXT, "Word " * (count - 1) + "end. Another one.")
    assert places("F76", files) == ([place_of("plan.yaml", files["plan.yaml"], "Word ")] if wrong else [])


def test_a_korean_sentence_has_twenty_two_words_at_most() -> None:
    for count, wrong in ((22, False), (23, True)):
        words = KO_PLAN.replace("언제든 그만둘 수 있어요.", "말 " * (count - 1) + "끝.")
        assert bool(found("F76", {**SMALL, "words/ko/plan.yaml": words})) is wrong, count


ANSWERS = "adult: 18 or older\n" + "".join(f"      a{number}: Older {number}\n" for number in range(4))


def test_a_question_has_six_answers() -> None:
    """Not counted are lists of countries and platforms, and answers with a way of their own."""
    files = broken("who.yaml", "adult: 18 or older\n", ANSWERS)
    assert places("F75", files) == [place_of("who.yaml", files["who.yaml"], "ask: How old")]
    ways = "".join(f"\n      - when: {{age: a{number}}}\n        go: country" for number in range(4))
    others = "\n      - when: {age: under-18}\n        go: country\n      - when: {age: unsure}\n        go: country"
    own = files["who.yaml"].replace("then: country", f"then:{ways}{others}\n      - else: country", 1)
    assert found("F75", {**files, "who.yaml": own}) == []
    assert found("F75", SMALL) == []
