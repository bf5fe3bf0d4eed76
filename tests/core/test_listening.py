"""Typed words: how phrases are found in spite of how people type, and how much of it the shipped lists catch.

tests/listening/ holds typed lines by language, each `what it is | the line`.
- held-out-*.txt were written before the lists and are frozen (their hashes stand below). One person wrote both on one
  day, so they flatter: the first measurement was ko 100/100, en 96/100, fr 98/98 % (explicit/indirect).
- tuned-*.txt are what the lists were mended with. Their last 65 and 50 lines a language were written after the lists,
  to be unlike them, and measured before the lists were mended with them: explicit 70 and 80 % (ko), 65 and 73 % (en),
  55 and 67 % (fr); indirect 45 and 40 %, 35 and 27 %, 45 and 40 %; false alarms at most 10 %.
- unseen-*.txt were written last, as paraphrases that the lists do not hold, and nothing was mended with them: explicit
  80 % (ko), 60 % (en), 90 % (fr); indirect 30, 10 and 30 %; false alarms 1 of 30. So a new indirect wording is missed
  more often than not: the crisis button on every screen is there for it. Do not mend the lists with this file;
  who does writes a new one first.
"""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.guide import Guide
from bot.core.letters import LONGEST
from bot.core.listening import Ears, Heard, Lists, Topic, ears, form, heard
from bot.flowfiles.reading import read_folder

ROOT = Path(__file__).resolve().parents[2]
LINES = ROOT / "tests" / "listening"
CRISIS = Heard("crisis")
UNKNOWN = Heard("unknown")
FROZEN = {
    "ko": "abaa273b43cc43342a6f0f58ae1b3e6b6dd9fecc51f09788fc593f1eeda95a48",
    "en": "e411b9f9d67a0de8605a227054479c3efd223c5ff1d0e10033619bd8139a9759",
    "fr": "48896a5d81d3afac0129a88b2961c8f6c62b1a93a94136372c5dd207d1f621d7",
}
SMALL = ears(
    Lists(
        crisis={
            "ko": ("죽고 싶", "다 끝내고 싶", "자살", "약 ... 먹었"),
            "en": ("want* to die", "kill myself", "took ... pills", "suicid*", "chok* me", "no reason to wake up"),
            "fr": ("envie de mourir", "en peux plus de vivre"),
        },
        excuses={"ko": ("보고 싶어 죽고 싶", "자살골"), "en": ("suicide squad",)},
        topics={
            "law": {"en": ("law", "is it illegal"), "fr": ("prison",)},
            "money": {"en": ("lawyer*", "prison")},
            "police": {"en": ("police",)},
            "school": {"en": ("school",)},
            "empty": {"en": ("",)},
        },
        fillers=frozenset({"really", "진짜"}),
        spellings={"wanna": "want to", "dont": "do not", "2": "to"},
        real_words=frozenset({"myselves"}),
    ),
    [Topic(name) for name in ("law", "money", "police", "school", "empty")],
)


@pytest.mark.parametrize(
    "text",
    [
        "죽고 싶어요", "죽고싶다", "죽 고 싶 다", "죽.고.싶.다", "죽\u200b고싶다", "죽고 🙂 싶다",
        "ㅈㅜㄱㄱㅗ 싶", "주ㄱ고싶어", "죽고시퍼",
        "죽꼬싶다ㅋㅋㅋ", "죽고싶어ㅠㅠㅠ", "죽고오오 싶어", "죽구싶어", "죽고십다", "엄마 나진짜죽고싶어",
        "죽고 진짜 싶다", "다끝내고싶다", "딸이 죽고 싶대요",
        "약 먹었어요", "약을 아주 많이 먹었어요", "자살할래",
        "I want to die", "she WANTS to die!!", "i wanna die", "i want 2 die", "want2die", "iwanttodie",
        "want really to die", "wannnnt tooo dieeee",
        "k i l l  m y s e l f", "k1ll mys3lf", "ki11 myself", "𝐤𝐢𝐥𝐥 𝐦𝐲𝐬𝐞𝐥𝐟", "kill mysef",
        "kil myslef", "killmyself", "su!cide", "suicde", "took all my last pills",
        "he is choking me", "no raeson to waek up", "i wnat to die", "나 suicide 생각해",
        "J'AI ENVIE DE MOURIR", "jai envie de mourrir", "je n’en peux plus de vivre",
        "je en peux plus de vivre",
    ],
)  # fmt: skip
def test_a_phrase_is_heard_however_it_is_typed(text: str) -> None:
    assert heard(SMALL, text) == CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "🙂", "ㅋㅋㅋ", "hello", "주고 싶어요", "선물 주고 싶", "그 남자 살 빠졌어", "여자살",
        "want to diet", "i want him to go and they die", "kill", "took one two three four pills", "took",
        "want", "wants", "my", "d i e", "kill myselves", "약", "tooked pills",
    ],
)  # fmt: skip
def test_what_only_resembles_a_phrase_is_not_heard(text: str) -> None:
    assert heard(SMALL, text) == UNKNOWN


def test_an_excuse_takes_back_what_it_touches_and_nothing_beside_it() -> None:
    assert heard(SMALL, "자살골 넣었대") == UNKNOWN
    assert heard(SMALL, "we saw suicide squad") == UNKNOWN
    assert heard(SMALL, "자살골 넣고 자살하고 싶다") == CRISIS
    assert heard(SMALL, "we saw suicide squad and i want to die") == CRISIS


def test_a_phrase_that_says_more_than_an_excuse_is_not_taken_back() -> None:
    its = ears(Lists(crisis={"en": ("jump in front of the train",)}, excuses={"en": ("jump in",)}, topics={}))
    assert heard(its, "i will jump in front of the train") == CRISIS


def test_crisis_wins_over_every_topic() -> None:
    assert heard(SMALL, "law police school and i want to die") == CRISIS


def test_topics_come_in_the_order_of_how_much_was_said_and_at_most_three() -> None:
    assert heard(SMALL, "police, is it illegal").topics == ("law", "police")
    assert heard(SMALL, "lawyers or law or police or school").topics == ("money", "police", "school")


def test_the_language_decides_between_topics_that_are_alike_and_nothing_else() -> None:
    assert heard(SMALL, "prison").topics == ("law", "money")
    assert heard(SMALL, "prison", "en").topics == ("money", "law")
    assert heard(SMALL, "police prison police", "en").topics[0] == "police"


def test_two_phrases_of_one_form_are_the_same() -> None:
    assert form(SMALL, "I dont want") == form(SMALL, "i do  not WANT!") != form(SMALL, "i want")
    assert len({form(SMALL, text) for text in ("want* to", "want ... to", "want to")}) == 3


def test_what_comes_after_the_longest_message_is_not_looked_at() -> None:
    assert heard(SMALL, "x" * LONGEST + " kill myself") == UNKNOWN


def test_words_are_mended_only_where_a_cry_for_help_would_stand() -> None:
    assert heard(SMALL, "suicde " + "so it goes " * 200) == CRISIS
    assert heard(SMALL, "so it goes " * 200 + "suicde") == UNKNOWN


# --- any text --------------------------------------------------------------------------

_signs = "죽고싶다 ㅈㅜㄱㅠㅋ자살약먹었 want to die kill 0123@$!*.'’\u200b\u0301🙂éœİß\ufdfa\ud800"


@settings(max_examples=300, deadline=None, database=None)
@given(st.one_of(st.text(max_size=300), st.text(alphabet=_signs, max_size=300)), st.sampled_from([None, "ko", "en"]))
def test_any_text_is_heard_as_something(text: str, language: str | None) -> None:
    found = heard(SMALL, text, language)
    assert (found.kind == "topic") == bool(found.topics)
    assert set(found.topics) <= set(SMALL.topics) and len(found.topics) <= 3


@settings(max_examples=100, deadline=None, database=None)
@given(st.text(alphabet="abc 가나", max_size=50), st.text(alphabet="abc 가나", max_size=50))
def test_crisis_is_heard_between_any_words(before: str, after: str) -> None:
    assert heard(SMALL, f"{before} 죽고 싶다 {after}") == CRISIS
    assert heard(SMALL, f"{before} kill myself {after}") == CRISIS


# --- the shipped lists -----------------------------------------------------------------


@pytest.fixture(scope="module")
def guide() -> Guide:
    found = read_folder(ROOT / "flows").guide
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shipped(guide: Guide) -> Ears:
    assert guide.ears is not None
    return guide.ears


def lines(part: str, language: str) -> list[tuple[str, str]]:
    rows = (LINES / f"{part}-{language}.txt").read_text("utf-8").splitlines()
    return [(row.partition(" | ")[0], row.partition(" | ")[2]) for row in rows]


def missed(its: Ears, part: str, language: str, kind: str) -> tuple[list[str], int]:
    """The lines of a kind that are not crisis, and how many lines there are."""
    texts = [text for its_kind, text in lines(part, language) if its_kind == kind]
    return [text for text in texts if heard(its, text, language).kind != "crisis"], len(texts)


@pytest.mark.parametrize("language", FROZEN)
def test_the_held_out_lines_are_as_they_were_before_the_lists(language: str) -> None:
    written = (LINES / f"held-out-{language}.txt").read_bytes()
    assert hashlib.sha256(written).hexdigest() == FROZEN[language]
    assert written.count(b"\n") >= 150


@pytest.mark.parametrize("part", ["held-out", "tuned"])
@pytest.mark.parametrize("language", FROZEN)
def test_the_shipped_lists_hear_crisis(part: str, language: str, shipped: Ears) -> None:
    for kind, least in (("explicit", 0.97), ("indirect", 0.9)):
        not_heard, everything = missed(shipped, part, language, kind)
        assert len(not_heard) <= (1 - least) * everything, not_heard


@pytest.mark.parametrize("language", FROZEN)
def test_what_is_caught_of_unseen_explicit_lines_does_not_get_less(language: str, shipped: Ears) -> None:
    not_heard, everything = missed(shipped, "unseen", language, "explicit")
    assert len(not_heard) <= 0.4 * everything, not_heard


@pytest.mark.parametrize("part", ["held-out", "tuned"])
@pytest.mark.parametrize("language", FROZEN)
def test_the_shipped_lists_hear_no_crisis_in_ordinary_lines(part: str, language: str, shipped: Ears) -> None:
    texts = [text for kind, text in lines(part, language) if kind not in ("explicit", "indirect")]
    alarms = [text for text in texts if heard(shipped, text, language).kind == "crisis"]
    assert len(alarms) <= 0.05 * len(texts), alarms


@pytest.mark.parametrize("part", ["held-out", "tuned"])
@pytest.mark.parametrize("language", FROZEN)
def test_the_shipped_lists_offer_the_topic_that_is_meant(part: str, language: str, shipped: Ears) -> None:
    asked = [(kind, text) for kind, text in lines(part, language) if kind in shipped.topics]
    not_offered = [(kind, text) for kind, text in asked if kind not in heard(shipped, text, language).topics]
    assert len(not_offered) <= 0.05 * len(asked), not_offered


def test_every_topic_of_the_shipped_lists_leads_somewhere_that_exists(guide: Guide, shipped: Ears) -> None:
    first = guide.steps[guide.start]
    for topic in shipped.topics.values():
        if topic.answer:
            assert topic.answer in {answer.id for answer in guide.questions[first.step.rpartition("/")[2]].answers}
        else:
            assert topic.go in guide.steps
