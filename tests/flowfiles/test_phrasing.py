"""How a phrase of care.yaml is read: which words it finds, in which language."""

import pytest

from bot.flowfiles.phrasing import Phrase, any_of, folded

GROUPS = {"can": ["can", "could"], "offender": ["offender*", "person who did it"], "저장": ["저장", "캡처"]}


def finds(phrase: str, sentence: str) -> bool:
    """Whether a phrase is found in a sentence."""
    return Phrase(phrase, GROUPS).fits.search(folded(sentence)) is not None


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("you must", "Then you must call."),
        ("you must", "YOU, must call"),
        ("guarantee*", "It is guaranteed."),
        ("will be ... removed", "It will be very quickly removed."),
        ("will be ... removed", "It will be removed."),
        ("you <can> pay", "You could pay them."),
        ("tell the <offender>", "Tell the person who did it."),
        ("tell the <offender>", "Tell the offenders."),
        ("^ save", "- Save it."),
        ("^ save", "“Save it.”"),
        ("don't worry", "Don’t worry."),
        ("à l'avenir", "A l’avenir, non."),
        ("100%", "It works 100%."),
        ("!", "Come on!"),
        ("조심하", "앞으로 조심하세요."),
        ("용기 내", "용기내세요."),
        ("<저장> 해 두", "사진을 캡처해 두세요."),
        ("사진 ... 보내", "사진을 친구에게 보내세요."),
    ],
)
def test_a_phrase_is_found(phrase: str, sentence: str) -> None:
    assert finds(phrase, sentence)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("you must", "Did you muster it?"),
        ("must", "mustard"),
        ("guarantee", "guaranteed"),
        ("will be ... removed", "It will be one two three four removed."),
        ("will be removed", "It will be. Removed pictures come back."),
        ("you <can> pay", "You should pay."),
        ("^ save", "They save it."),
        ("야동", "그래야 동의해요."),
    ],
)
def test_other_words_are_not_found(phrase: str, sentence: str) -> None:
    """Parts of English words, too many words between, another sentence; a Hangul word does not cross a space."""
    for part in sentence.split(". "):
        assert not finds(phrase, part)


@pytest.mark.parametrize("text", ["İstanbul", "Ça ira, œuvre, naïve", "사진’", "ẞ"])
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    """So that what is found can be quoted as it was written."""
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    ("phrase", "says"), [("*", False), ("...", False), ("<nothing>", False), ("!", True), ("왜", True)]
)
def test_a_phrase_of_signs_that_stand_for_anything_says_nothing(phrase: str, says: bool) -> None:
    """Such a phrase would be found everywhere."""
    assert Phrase(phrase, GROUPS).says_something is says


def test_no_phrases_find_nothing() -> None:
    """An empty list has no pattern, rather than one that fits everything."""
    assert any_of([]) is None
