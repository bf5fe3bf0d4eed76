"""Every text of a guide is found once, with whom it reaches and where its words stand."""

import pytest

from bot.core.text import SKIP, Condition
from bot.flowfiles.minors import Ages, ages, each_age
from bot.flowfiles.passages import Corpus, Passage, Places, passages
from bot.flowfiles.reading import read_files
from tests.flowfiles.finding import SMALL, place_of
from tests.flowfiles.test_documents import KO_PLAN
from tests.small import guide

FILES = {**SMALL, "words/ko/plan.yaml": KO_PLAN}
GUIDE = read_files(FILES).guide
assert GUIDE is not None
FOUND = passages(GUIDE)
MINORS = ages(GUIDE)


def passage(words: str) -> Passage:
    """The only passage with these words."""
    (only,) = [one for one in FOUND if words in one.words]
    return only


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("You need not look.", "say"),
        ("What is closest?", "ask"),
        ("I found a picture", "answer"),
        ("Write down the link", "page"),
        ("What to note", "title"),
        ("Back to the plan", "label"),
        ("It finds a line near you.", "fact"),
        ("직통", "contact"),
        ("Day line", "name"),
        ("United States", "name"),
        ("Chatty", "name"),
        ("the link is [link]", "letter"),
        ("Leaves trace", "interface"),
        ("Show the lines again", "label"),
        ("혼자 하지 않아도 돼요", "page"),
    ],
)
def test_everything_that_people_read_is_a_passage(words: str, kind: str) -> None:
    """In flows, facts, letters, the interface and translations."""
    assert kind in {one.kind for one in FOUND if words in one.words}


def test_texts_that_are_used_twice_are_one_passage() -> None:
    """A country's name is an answer too."""
    assert len([one for one in FOUND if one.words == "대한민국"]) == 1


def test_whom_words_reach_follows_conditions_and_audiences() -> None:
    assert passage("You are not alone.").reaches(MINORS)
    assert not passage("You do not have to do this alone.").reaches(MINORS)  # the else of `when: {age: minor}`
    assert not passage("It is for adults.").reaches(MINORS)
    assert passage("Write down the link").reaches(MINORS)


def test_an_else_reaches_minors_unless_all_of_them_read_the_other_half() -> None:
    some = Ages(frozenset({"age"}), frozenset({"young", "skip"}))
    assert some.kept_for(Condition((("age", frozenset({"young", "skip", "unsure"})),)))
    assert not some.kept_for(Condition((("age", frozenset({"young"})),)))
    assert not some.kept_for(Condition((("age", some.protected), ("country", frozenset({"KR"})))))


def test_who_is_a_minor_follows_the_sets_that_hold_who_did_not_say() -> None:
    assert MINORS.questions == {"age"} and MINORS.protected == {"under-18", "unsure", SKIP}
    assert MINORS.holds({}) and MINORS.holds({"age": "unsure"}) and not MINORS.holds({"age": "adult"})
    assert list(each_age(guide())) == [MINORS]


def test_a_letter_of_a_corpus_leads_to_its_passage_and_line() -> None:
    corpus = Corpus("en", FOUND)
    at = corpus.text.index("the name of the room")
    found, start = corpus.passage(at)
    assert found.words.startswith("Write down the link") and corpus.text[start:].startswith("Write down the link")
    assert corpus.line(at) == "- the name of the room"
    assert len(corpus.letters) == len(corpus.text)


@pytest.mark.parametrize(
    ("words", "at", "file"),
    [
        ("link", "link**. Call", "plan.yaml"),
        ("name of the room", "name of the room", "plan.yaml"),
        ("It is for adults.", "It is for adults.", "facts/intl.yaml"),
        ("적어 두세요", "적어 두세요", "words/ko/plan.yaml"),
    ],
)
def test_the_place_of_words_is_where_they_stand_in_their_file(words: str, at: str, file: str) -> None:
    """Line and column, in the translation if that is where they were found."""
    (only,) = [one for one in FOUND if words in one.words and one.kind in ("page", "fact")]
    line = next(line for line in only.words.split("\n") if words in line)
    assert Places(FILES).of(only, line, words) == place_of(file, FILES[file], at)


def test_without_the_file_the_place_is_that_of_the_source() -> None:
    only = passage("It finds a line near you.")
    assert Places({}).of(only, only.words) == only.text.place
