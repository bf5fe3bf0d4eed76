"""listening.yaml: the word lists, where topics lead, and every mistake in them."""

from pathlib import Path

import pytest
import yaml

from bot.core.guide import Target
from bot.core.listening import heard
from bot.flowfiles.reading import read_files
from tests.flowfiles.finding import problems
from tests.small import FILES, guide

FLOWS = Path(__file__).resolve().parents[2] / "flows"
LISTENING = """
crisis:
  explicit: {ko: [죽고 싶], en: [want* to die]}
  indirect: {en: [no way out]}
  danger: {en: [at my door]}
excuses: {en: [want to die laughing]}
topics:
  found: {go: found, words: {en: [deepfake*]}}
  note: {go: plan/evidence, words: {en: [proof]}}
  plan: {go: {KR: kr/plan, else: plan}, words: {en: [what now]}}
fillers: [really]
spellings: {wanna: want to}
real-words: [proofs]
"""


def test_a_guide_without_the_file_has_no_ears() -> None:
    assert guide().ears is None


def test_the_file_is_read_and_is_no_flow() -> None:
    its = guide(listening=LISTENING)
    ears = its.ears
    assert ears is not None
    assert ears.languages == ("ko", "en")
    assert {topic: (one.answer, one.go) for topic, one in ears.topics.items()} == {
        "found": ("found", None),
        "note": (None, Target("plan/evidence")),
        "plan": (None, Target("plan/plan", {"KR": "kr/plan/plan"})),
    }
    assert not any(step.startswith("listening") for step in its.steps)
    for text in ("죽고싶어", "she really wants to die", "i wanna die", "no way out", "he is at my door"):
        assert heard(ears, text).kind == "crisis"
    assert heard(ears, "i want to die laughing").kind == "unknown"
    assert heard(ears, "a deepfake, proof").topics == ("found", "note")


WRONG = [
    ("fillers:", "filers:", "F04", 'Did you mean "fillers"?'),
    ("  danger:", "  dangers:", "F04", 'Did you mean "danger"?'),
    ("  danger:", "  dangers:", "F06", "no `danger:`"),
    ("{go: found, words", "{goes: found, words", "F04", 'Did you mean "go"?'),
    ("{go: found, words", "{words", "F06", "leads nowhere"),
    ("go: found,", "go: fuond,", "F11", 'Did you mean "found"?'),
    ("KR: kr/plan,", "KR: kr/plam,", "F11", '"kr/plam" is not an answer'),
    ("KR: kr/plan,", "KP: kr/plan,", "F04", '"KP" is not known'),
    ("{KR: kr/plan, else: plan}", "{KR: kr/plan}", "F06", "no `else:`"),
    ("else: plan}", "else: plam}", "F11", '"plam" is not'),
    (", words: {en: [proof]}}", "}", "F06", "no `words:`"),
    ("words: {en: [proof]}", "words: {}", "F08", "Nothing stands"),
    ("{en: [no way out]}", "{en: []}", "F08", "Nothing stands"),
    ("[no way out]", '[no way out, " "]', "F08", "Nothing stands"),
    ("[no way out]", "[[no way out]]", "F07", "A phrase is a text"),
    ("  note: {go: plan/evidence, words: {en: [proof]}}", "  note: evidence", "F07", "has `go:` and `words:`"),
    ("[죽고 싶]", "[죽]", "F80", '"죽" is too short'),
    ("[proof]", "[p]", "F80", '"p" is too short'),
    ("[no way out]", "[no way out, No  way out!]", "F81", "heard already by the phrase at listening.yaml:4"),
    ("[want to die laughing]", "[no way out]", "F81", "heard already"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "says"), WRONG)
def test_what_is_wrong_is_found_where_it_stands(old: str, new: str, code: str, says: str) -> None:
    assert old in LISTENING
    found = problems({**FILES, "listening.yaml": LISTENING.replace(old, new, 1)})
    mine = [problem for problem in found if problem.code == code and problem.place.file == "listening.yaml"]
    assert any(says in str(problem) for problem in mine), "\n".join(map(str, found))


def test_the_excuses_may_be_left_out() -> None:
    its = guide(listening=LISTENING.replace("excuses: {en: [want to die laughing]}\n", ""))
    assert its.ears is not None


def test_no_excuse_of_the_shipped_file_takes_back_a_phrase_of_its_own() -> None:
    """Every phrase typed alone is crisis, and every excuse typed alone is none."""
    text = (FLOWS / "listening.yaml").read_text("utf-8")
    lists = yaml.load(text, yaml.BaseLoader)
    files = {p.relative_to(FLOWS).as_posix(): p.read_text("utf-8") for p in FLOWS.rglob("*.yaml")}
    its = read_files(files).guide
    assert its is not None and its.ears is not None

    def typed(phrase: str) -> str:
        return phrase.replace("*", "").replace("...", "")

    crisis = [p for kind in lists["crisis"].values() for phrases in kind.values() for p in phrases]
    excuses = [p for phrases in lists["excuses"].values() for p in phrases]
    assert [p for p in crisis if heard(its.ears, typed(p)).kind != "crisis"] == []
    assert [p for p in excuses if heard(its.ears, typed(p)).kind == "crisis"] == []
    for language in ("ko", "en", "fr"):
        assert sum(len(kind[language]) for kind in lists["crisis"].values()) >= 120
