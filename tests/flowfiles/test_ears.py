"""listening.yaml: the word lists, where topics lead, and every mistake in them."""

import re
from pathlib import Path

import pytest
import yaml

from bot.core.listening import heard
from bot.flowfiles.reading import read_files
from tests.flowfiles.finding import problems
from tests.small import FILES, guide

FLOWS = Path(__file__).resolve().parents[2] / "flows"
LISTENING = """
crisis:
  explicit: [죽고 싶, want* to die]
  indirect: [no way out]
  danger: [at my door]
excuses: [want to die laughing]
topics:
  found: {go: found, words: [deepfake*]}
  note: {go: plan/evidence, words: [proof]}
  plan: {go: plan, words: [what now]}
fillers: [really]
spellings: {wanna: want to}
real-words: [proofs]
"""
SHARED = """
topics:
  found: {go: found, words: [deepfake*]}
  law: {go: plan}
"""
FRENCH = """
groups:
  end: [la fin, le bout*]
crisis:
  explicit: [envie de mourir, <end> de ma vie]
  indirect: [aucune issue]
  danger: [devant ma porte]
topics:
  law: [la loi]
"""
SPLIT = {**FILES, "listening.yaml": SHARED, "listening/fr.yaml": FRENCH}


def test_a_guide_without_the_file_has_no_ears() -> None:
    assert guide().ears is None


def test_the_file_is_read_and_is_no_flow() -> None:
    its = guide(listening=LISTENING)
    ears = its.ears
    assert ears is not None
    assert ears.languages == ("ko", "en")
    assert {topic: (one.answer, one.go) for topic, one in ears.topics.items()} == {
        "found": ("found", None),
        "note": (None, "plan/evidence"),
        "plan": (None, "plan/plan"),
    }
    assert not any(step.startswith("listening") for step in its.steps)
    for text in ("죽고싶어", "she really wants to die", "i wanna die", "no way out", "he is at my door"):
        assert heard(ears, text).kind == "crisis"
    assert heard(ears, "i want to die laughing").kind == "unknown"
    assert heard(ears, "a deepfake, proof").topics == ("found", "note")


def test_a_file_of_one_language_is_added_to_what_belongs_to_none() -> None:
    """Also of a language in which nothing else of the guide is written."""
    its = guide(listening=SHARED, listening__fr=FRENCH)
    ears = its.ears
    assert ears is not None and ears.languages == ("ko", "en", "fr")
    assert heard(ears, "J'ai envie de mourir").kind == "crisis"
    assert heard(ears, "un deepfake, et la loi ?").topics == ("found", "law")
    assert not any(step.startswith("listening") for step in its.steps)


WRONG = [
    ("fillers:", "filers:", "F04", 'Did you mean "fillers"?'),
    ("  danger:", "  dangers:", "F04", 'Did you mean "danger"?'),
    ("  danger:", "  dangers:", "F06", "no `danger:`"),
    ("crisis:", "crises:", "F06", "no `crisis:`"),
    ("topics:", "topic:", "F06", "no `topics:`"),
    ("{go: found, words", "{goes: found, words", "F04", 'Did you mean "go"?'),
    ("{go: found, words", "{words", "F06", "leads nowhere"),
    ("go: found,", "go: fuond,", "F11", 'Did you mean "found"?'),
    (", words: [proof]}", "}", "F06", "no `words:`"),
    ("words: [proof]", "words: []", "F08", "Nothing stands"),
    ("[no way out]", "[]", "F08", "Nothing stands"),
    ("[no way out]", '[no way out, " "]', "F08", "Nothing stands"),
    ("[no way out]", "[[no way out]]", "F07", "A phrase is a text"),
    ("[no way out]", "{en: [no way out]}", "F07", "A phrase is a text"),
    ("  note: {go: plan/evidence, words: [proof]}", "  note: evidence", "F07", "has `go:`"),
    ("죽고 싶", "죽", "F80", '"죽" is too short'),
    ("[proof]", "[p]", "F80", '"p" is too short'),
    ("[no way out]", "[no way out, No  way out!]", "F81", "heard already by the phrase at listening.yaml:4"),
    ("[want to die laughing]", "[no way out]", "F81", "heard already"),
    ("[no way out]", "[no way out, out + no way, No way + out]", "F81", "heard already"),
    ("[no way out]", "[no way out + really]", "F80", "too short"),
]
WRONG_FRENCH = [
    ("  law: [la loi]", "  lwa: [la loi]", "F04", 'Did you mean "law"?'),
    ("topics:", "topic:", "F04", 'Did you mean "topics"?'),
    ("  danger: [devant ma porte]\n", "", "F06", "no `danger:`"),
    ("[la loi]", "{words: [la loi]}", "F07", "A phrase is a text"),
    ("[la loi]", "[]", "F08", "Nothing stands"),
    ("[aucune issue]", "[aucune issue, envie de mourir]", "F81", "listening/fr.yaml:5"),
    ("<end> de", "<edn> de", "F13", 'Did you mean "end"?'),
    ("<end> de", "<start> de", "F13", 'no word group "start"'),
    ("le bout*]", "le bout ... de]", "F07", "no plain word"),
    ("le bout*]", "<end>]", "F07", "no plain word"),
    ("la fin, le bout*", "", "F08", "Nothing stands"),
    ("groups:", "group:", "F04", 'Did you mean "groups"?'),
]


@pytest.mark.parametrize(("old", "new", "code", "says"), WRONG)
def test_what_is_wrong_is_found_where_it_stands(old: str, new: str, code: str, says: str) -> None:
    assert old in LISTENING
    found = problems({**FILES, "listening.yaml": LISTENING.replace(old, new, 1)})
    mine = [problem for problem in found if problem.code == code and problem.place.file == "listening.yaml"]
    assert any(says in str(problem) for problem in mine), "\n".join(map(str, found))


@pytest.mark.parametrize(("old", "new", "code", "says"), WRONG_FRENCH)
def test_what_is_wrong_in_the_lists_of_one_language_is_found_there(old: str, new: str, code: str, says: str) -> None:
    assert old in FRENCH
    found = problems({**SPLIT, "listening/fr.yaml": FRENCH.replace(old, new, 1)})
    mine = [problem for problem in found if problem.code == code and problem.place.file == "listening/fr.yaml"]
    assert any(says in str(problem) for problem in mine), "\n".join(map(str, found))


def test_the_lists_of_a_language_need_the_file_that_says_where_topics_lead() -> None:
    found = problems({**FILES, "listening/fr.yaml": FRENCH})
    assert any(problem.code == "F06" and problem.place.file == "listening.yaml" for problem in found)


def test_the_excuses_may_be_left_out() -> None:
    its = guide(listening=LISTENING.replace("excuses: [want to die laughing]\n", ""))
    assert its.ears is not None


@pytest.mark.parametrize("language", ["ko", "en", "fr"])
def test_no_excuse_of_the_shipped_lists_takes_back_a_phrase_of_its_own(language: str) -> None:
    """Every phrase typed alone is crisis, and every excuse typed alone is none."""
    files = {p.relative_to(FLOWS).as_posix(): p.read_text("utf-8") for p in FLOWS.rglob("*.yaml")}
    its = read_files(files).guide
    assert its is not None and its.ears is not None
    of = yaml.load(files[f"listening/{language}.yaml"], yaml.BaseLoader)

    def typed(phrase: str) -> str:
        plain = re.sub("<([^<>]+)>", lambda name: f" {of['groups'][name[1]][0]} ", phrase)
        return re.sub(r"[*+|^$]|\.\.\.|^-", " ", plain)

    crisis = [typed(phrase) for phrases in of["crisis"].values() for phrase in phrases]
    assert [text for text in crisis if heard(its.ears, text).kind != "crisis"] == []
    assert [text for text in map(typed, of["excuses"]) if heard(its.ears, text).kind == "crisis"] == []
