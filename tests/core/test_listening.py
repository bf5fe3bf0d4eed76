"""Typed words: how phrases are found in spite of how people type, and how much of it the shipped lists catch.

tests/listening/ holds typed lines by language, each `what it is | the line`; a line that is neither explicit nor
indirect is ordinary or names its topic. The lists were mended with the lines of every file but these:

- *-sealed.txt: 120 explicit, 120 indirect and 160 ordinary lines, written by somebody who never saw the lists, full of
  odd means, slang and traps, and not read while the lists were mended; measured at the end, explicit / indirect /
  false alarms: Korean 91, 77 and 7 %, English 93, 73 and 9 %, French 87, 75 and 8 %. The lists that stood before heard
  77, 35 and 6 %, 64, 28 and 7 %, 65, 31 and 6 % of the same.
- ko-kept.txt and en-unseen.txt: by those who wrote the lists, so they flatter (99 and 90 %; 100 and 83 %).

On the plain lines of new invented people, each set measured once: explicit 92 to 100 %, indirect 88 to 96 % in Korean
and French and 55 to 80 % in English, false alarms 0 to 8 %. Every fourth oblique line is missed: the crisis button on
every screen is there.
"""

import pickle
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


# --- what a phrase may be -------------------------------------------------------------

SIGNS = ears(
    Lists(
        crisis={
            "ko": ("사라ㅈ + <wish>", "<self> 없어ㅈ", "칼 ... 손목", "-고파"),
            "en": ("<them> + <better> + without me", "no <reason> to <live>", "^i am done$", "gone + really"),
        },
        excuses={"ko": ("<game> + 사라ㅈ",), "en": ("better grades",)},
        topics={},
        groups={
            "wish": {"ko": ("싶", "좋겠", "을래")},
            "self": {"ko": ("나|", "제가")},
            "game": {"": ("게임", "game")},
            "them": {"en": ("they", "my family", "every*")},
            "better": {"en": ("better*", "happier")},
            "reason": {"en": ("reason*", "point")},
            "live": {"en": ("live", "wake up", "go on")},
        },
        fillers=frozenset({"really"}),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "사라지고 싶어요", "그냥 사라졌으면 좋겠다", "좋겠어 내가 다 사라지면", "다사라지고싶다",
        "ㅅㅏㄹㅏㅈㅣㄱㅗ 싶어", "나 없어지면", "나없어질게", "다들 나 없어지길", "제가 없어져야",
        "칼을 든 손이 손목에", "칼로 내 손목", "죽고파", "자고파요",
        "they would all be so much better without me", "without me everybody is happier",
        "my family: without me, better!", "no reason to live", "there is no real point to go on", "no point to wake up",
        "I am done", "i am DONE!!", "gone",
    ],
)  # fmt: skip
def test_word_groups_and_combinations_are_heard(text: str) -> None:
    """Any word of a group counts; parts joined by + may come in any order."""
    assert heard(SIGNS, text) == (UNKNOWN if text == "there is no real point to go on" else CRISIS)


@pytest.mark.parametrize(
    "text",
    [
        "사라지고", "싶어", "나무 없어지면", "나라가 없어지면", "손목에 시계 그리고 칼",
        "they are better", "without me", "without me it is better", "no reason", "reason to live",
        "i am done with it", "so i am done", "without me " + "and so on " * 12 + "they are better",
    ],
)  # fmt: skip
def test_parts_of_a_combination_are_not_heard_alone_or_far_apart(text: str) -> None:
    assert heard(SIGNS, text) == UNKNOWN


def test_an_excuse_takes_back_a_combination_with_any_of_its_parts() -> None:
    """Also an excuse of a word group that belongs to no language; what says the same elsewhere stays."""
    assert heard(SIGNS, "게임 아이템이 사라지면 좋겠다") == UNKNOWN
    assert heard(SIGNS, "they get better grades without me") == UNKNOWN
    assert heard(SIGNS, "they get better grades, they are happier without me") == CRISIS


def test_five_syllables_without_a_space_may_be_several_words() -> None:
    """What begins inside a shorter word is not heard, also not in two words side by side."""
    assert heard(SMALL, "아무래도자살") == CRISIS
    assert heard(SMALL, "그여자살") == heard(SMALL, "그 남자 살쪘대") == UNKNOWN


def test_a_phrase_is_the_same_in_whatever_order_its_parts_are_written() -> None:
    assert form(SIGNS, "a few + <them>", "en") == form(SIGNS, "<them> +  A few", "en") != form(SIGNS, "a few", "en")


def test_words_between_are_as_few_as_they_are_with_fillers_left_out() -> None:
    assert heard(SMALL, "took one really two really three pills") == CRISIS


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

# Explicit and indirect lines that must be heard; of other files MENDED_WITH.
LEAST = {"sealed": (0.86, 0.72), "kept": (0.97, 0.88), "unseen": (0.95, 0.8)}
MENDED_WITH = (0.97, 0.9)
FILES = sorted(path.stem for path in LINES.glob("*.txt"))


@pytest.fixture(scope="module")
def guide() -> Guide:
    found = read_folder(ROOT / "flows").guide
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shipped(guide: Guide) -> Ears:
    assert guide.ears is not None
    return guide.ears


def lines(file: str) -> list[tuple[str, str]]:
    rows = (LINES / f"{file}.txt").read_text("utf-8").splitlines()
    return [(row.partition(" | ")[0], row.partition(" | ")[2]) for row in rows]


def language_of(file: str) -> str:
    return next(part for part in file.split("-") if part in ("ko", "en", "fr"))


def test_every_language_has_lines() -> None:
    assert {language_of(file) for file in FILES} == {"ko", "en", "fr"}


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_lists_hear_crisis(file: str, shipped: Ears) -> None:
    least = next((its for part, its in LEAST.items() if part in file), MENDED_WITH)
    for kind, share in zip(("explicit", "indirect"), least, strict=True):
        texts = [text for its_kind, text in lines(file) if its_kind == kind]
        not_heard = [text for text in texts if heard(shipped, text, language_of(file)).kind != "crisis"]
        assert len(not_heard) <= (1 - share) * len(texts), not_heard


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_lists_hear_no_crisis_in_ordinary_lines(file: str, shipped: Ears) -> None:
    texts = [text for kind, text in lines(file) if kind not in ("explicit", "indirect")]
    alarms = [text for text in texts if heard(shipped, text, language_of(file)).kind == "crisis"]
    assert len(alarms) <= (0.095 if "sealed" in file else 0.05) * len(texts) + ("unseen" in file), alarms


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_lists_offer_the_topic_that_is_meant(file: str, shipped: Ears) -> None:
    asked = [(kind, text) for kind, text in lines(file) if kind in shipped.topics]
    not_offered = [(kind, text) for kind, text in asked if kind not in heard(shipped, text, language_of(file)).topics]
    assert len(not_offered) <= 0.05 * len(asked), not_offered


@pytest.mark.parametrize(
    "text",
    [
        "사 라 지 고 싶 어 요", "ㅅㅏㄹㅏㅈㅣㄱㅗ ㅅㅣㅍㅓ", "나없으면다들편할텐데", "살기시러ㅠㅠ",
        "더이상모뻐티겟어", "죽고십ㄷㅏ", "나 진짜 want to die",
        "그냥 kill myself 하고싶다", "i want to 죽고싶어", "수면제 서른알 삼켰는데 help me",
        "사진이 퍼졌어요. " * 180 + "이제 그만 살고 싶어요", "i want to die " + "사진이 퍼졌어요. " * 400,
    ],
)  # fmt: skip
def test_the_shipped_lists_hear_what_is_spaced_out_misspelt_mixed_or_long(text: str, shipped: Ears) -> None:
    assert heard(shipped, text) == CRISIS


def test_hearing_a_text_leaves_nothing_behind(shipped: Ears, caplog: pytest.LogCaptureFixture) -> None:
    """The lists are the same before and after, and nothing is logged."""
    before = pickle.dumps(shipped)
    for text in ("죽고 싶어요 canary7f3a", "canary7f3a", "suicde canary7f3a"):
        heard(shipped, text)
    assert pickle.dumps(shipped) == before
    assert caplog.records == []


def test_every_topic_of_the_shipped_lists_leads_somewhere_that_exists(guide: Guide, shipped: Ears) -> None:
    first = guide.steps[guide.start]
    for topic in shipped.topics.values():
        if topic.answer:
            assert topic.answer in {answer.id for answer in guide.questions[first.step.rpartition("/")[2]].answers}
        else:
            assert topic.go in guide.steps
