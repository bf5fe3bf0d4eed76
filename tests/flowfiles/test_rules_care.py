"""Wording: nobody is blamed, ordered about, cheered up, promised anything or sent into danger, in any language."""

import pytest

from bot.core.text import Part, Place, Text, plain
from bot.flowfiles.care import FILE, read_care
from bot.flowfiles.check import check_reading
from bot.flowfiles.markup import read_blocks
from bot.flowfiles.minors import Ages
from bot.flowfiles.passages import Corpus, Passage, Places
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.reading import read_files
from bot.flowfiles.rules_care import KINDS, check_care
from bot.settings import FLOWS
from tests.flowfiles.finding import SMALL, broken, place_of
from tests.flowfiles.test_documents import KO_PLAN

SHIPPED = read_care({FILE: (FLOWS / FILE).read_text("utf-8")}, (), Problems())
NOBODY = Ages(frozenset(), frozenset())


def found(language: str, words: str, kind: str = "page") -> list[Problem]:
    """What the shipped lists find in a text."""
    problems, blocks = Problems(), read_blocks(words)
    text = Text(language, {language: (Part(blocks),)}, Place("a.yaml", 1, 1))
    corpus = Corpus(language, [Passage(text, language, kind, blocks, plain(blocks))])
    check_care([corpus], SHIPPED, NOBODY, Places({}), problems)
    return problems.ordered


def codes(language: str, words: str, kind: str = "page") -> set[str]:
    """The codes of what the shipped lists find in a text."""
    return {problem.code for problem in found(language, words, kind)}


WRONG = {
    "F50": {
        "en": (
            "You can take a screenshot of the picture.",
            "Save the video so that the police can see it.",
            "It is best to keep a copy of the image.",
            "Do not send it to friends, but save the picture for the police.",
            "Do not forget to save the picture.",
            "Please forward the images to us.",
            "Ask a friend to send you the picture.",
            "Keep the evidence.",
        ),
        "ko": (
            "사진을 저장해 두세요.",
            "영상을 캡처해서 보내도 돼요.",
            "사진은 보내지 말고 저장해 두세요.",
            "친구에게 사진을 보내 달라고 하세요.",
            "파일을 첨부해 주세요.",
        ),
        "fr": ("Vous pouvez enregistrer la photo.", "Faites une capture d'écran.", "N'oubliez pas de garder la photo."),
    },
    "F52": {
        "en": (
            "You should have told someone.",
            "Next time, do not send pictures.",
            "Be careful whom you trust.",
            "Why did you send it?",
            "Set your account to private.",
        ),
        "ko": ("왜 그랬어요?", "다음부터는 조심하세요.", "보내지 말았어야 해요.", "왜 사진을 보냈나요?"),
        "fr": ("Vous auriez dû le dire.", "La prochaine fois, faites attention."),
    },
    "F53": {
        "en": (
            "It will be removed.",
            "It will be completely deleted.",
            "We guarantee it.",
            "It works 100%.",
            "You cannot get in trouble.",
            "Nobody will find out.",
        ),
        "ko": ("반드시 삭제돼요.", "무조건 처벌받아요.", "100% 지워져요.", "모두 삭제돼요.", "처벌받지 않아요."),
        "fr": ("La photo sera supprimée.", "Vous ne risquez rien."),
    },
    "F54": {
        "en": ("You must report this.", "You have to tell your parents.", "Make sure to call.", "You need to act."),
        "ko": ("신고하십시오.", "꼭 신고하세요.", "이름을 적으셔야 합니다.", "즉시 경찰에 알리세요."),
        "fr": ("Vous devez porter plainte.", "Il faut le dire."),
    },
    "F55": {
        "en": ("This is revenge porn.", "a porn video of you", "The shame is theirs."),
        "ko": ("음란물을 올렸어요.", "야동에 합성했어요.", "지인능욕 방이에요.", "사진이 유출됐어요.", "피해자님."),
        "fr": ("une image pornographique",),
    },
    "F56": {
        "en": (
            "You can write to the person who did it.",
            "Confront him.",
            "Pay them once to buy time.",
            "Post his name online.",
            "You can join the room.",
            "Go into the chat.",
            "You could download it there.",
            "Pretend to be someone else.",
            "Set a trap.",
        ),
        "ko": (
            "가해자에게 연락해 보세요.",
            "직접 따져 물어보세요.",
            "돈을 보내면 돼요.",
            "방에 들어가서 확인하세요.",
            "가해자의 이름을 온라인에 올리세요.",
            "함정을 만들 수 있어요.",
        ),
        "fr": ("Contactez l'auteur.", "Payez la rançon.", "Rejoignez le groupe."),
    },
    "F57": {
        "en": ("You can hire a removal company.", "A mass report bot helps.", "Pay a firm to remove it."),
        "ko": ("디지털 장의사에게 맡길 수 있어요.", "삭제 업체에 의뢰하세요.", "신고 봇을 쓰면 빨라요."),
        "fr": ("Payez une agence.", "Des signalements en masse."),
    },
    "F58": {
        "en": ("You can do it!", "Don't worry.", "Do not worry.", "Calm down first.", "Well done.", "Here is help 🙂"),
        "ko": ("힘내세요.", "걱정하지 마세요.", "할 수 있어요!", "괜찮아질 거예요.", "용기내세요."),
        "fr": ("Ne vous inquiétez pas.", "Courage !"),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [(code, language, words) for code, by in WRONG.items() for language, every in by.items() for words in every],
)
def test_wording_that_hurts_is_found_in_every_language(code: str, language: str, words: str) -> None:
    """What voice.md and the support workers name, and what a tired author might write instead."""
    assert code in codes(language, words)


RIGHT = {
    "en": (
        "You do not have to pay, and you never have to contact the person who did it.",
        "Never pay anyone for it.",
        "We cannot promise how it ends. Nobody can promise that all of it goes.",
        "The police must tell you this. They may have to tell a parent.",
        'You can ask: "Do I have to give my name?"',
        "Do not save, photograph or send the picture.",
        "You can save the link.",
        "The Revenge Porn Helpline helps people in the UK.",
        "These can wait, or never be done:\n\n- Look for it.\n- Pay them.\n- Save the picture.",
        "This is not your fault.",
    ),
    "ko": (
        "가해자에게 연락하거나 돈을 보내지 않아도 돼요.",
        "사진은 찍지도, 저장하지도, 보내지도 않아요.",
        "어떻게 될지는 여기서 약속할 수 없어요.",
        "경찰은 이것을 먼저 알려 줘야 해요.",
        "방에 들어가지 않아도 알릴 수 있어요.",
        "링크를 적어 두면 돼요.",
        "이미 보냈어도 네 탓이 아니에요.",
        "개인정보 유출은 다른 곳에서 도와요.",
    ),
    "fr": ("Vous n'avez pas à payer.", "N'envoyez pas la photo.", "Ce n'est pas votre faute."),
}


@pytest.mark.parametrize(("language", "words"), [(language, words) for language in RIGHT for words in RIGHT[language]])
def test_refusals_official_names_and_honest_sentences_are_right(language: str, words: str) -> None:
    """The rule would be useless if authors had to write around it."""
    assert [str(problem) for problem in found(language, words)] == []


def test_a_line_above_a_list_refuses_it_only_when_it_leads_to_it() -> None:
    """ "You need not look." above a list of what helps says nothing about the list."""
    assert codes("en", "You do not have to look.\n\n- Save the picture.") == {"F50"}
    assert codes("en", "This helps:\n\n- Save the picture.") == {"F50"}
    assert codes("en", "You do not have to look. This helps:\n\n- Save the picture.") == {"F50"}


QUESTIONS = [
    ("en", "What is your gender?"),
    ("en", "Why did it happen?"),
    ("ko", "여자인가요, 남자인가요?"),
    ("fr", "Êtes-vous une femme ?"),
]


@pytest.mark.parametrize(("language", "words"), QUESTIONS)
def test_questions_and_answers_ask_no_gender_and_no_why(language: str, words: str) -> None:
    """Elsewhere these words are right: "people of any gender", "say why it is against the law"."""
    assert "F59" in codes(language, words, "ask") and "F59" in codes(language, words, "answer")
    assert "F59" not in codes(language, words, "page")


def test_a_letter_to_others_may_be_firm() -> None:
    """It is the person who writes there; to the person nothing is ordered."""
    assert codes("en", "You must remove it.", "letter") == set()
    assert codes("en", "You must remove it.", "title") == {"F54"}


def test_the_words_are_quoted_as_they_were_written() -> None:
    """They are the author's; the sentence says whom they hurt and how to mend them."""
    (only,) = found("en", "Well, they **Should** have called.")
    assert only.what.startswith('"Should have" ') and only.hurts and only.fix


def test_every_kind_has_a_code_of_its_own() -> None:
    assert len({kind.code for kind in KINDS.values()}) == len(KINDS)


# ---- in a whole guide

LISTS = {FILE: "blame: {en: [should have], ko: [조심하]}\npicture: {about: {en: [picture]}, en: [you can keep]}\n"}
SENTENCE = "Somebody else did this."


def wrong(files: dict[str, str]) -> list[tuple[str, Place]]:
    """Code and place of what is found in these files by LISTS."""
    problems = check_reading(read_files({**files, **LISTS}))
    return [(problem.code, problem.place) for problem in problems if problem.code in ("F50", "F52")]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("start.yaml", SENTENCE),
        ("start.yaml", "I found a picture"),
        ("plan.yaml", "What to note"),
        ("plan.yaml", "Back to the plan"),
        ("facts/us.yaml", "Somebody listens."),
        ("facts/us.yaml", "Day line"),
        ("letters/report.yaml", "the link is [link]."),
        ("interrupts.yaml", "I need help now"),
        ("interface.yaml", "Leaves trace"),
    ],
)
def test_flows_facts_letters_and_the_interface_are_looked_at(file: str, old: str) -> None:
    """With the line and the column of the words."""
    files = broken(file, old, "you should have called")
    assert wrong(files) == [("F52", place_of(file, files[file], "should have"))]


def test_translations_are_looked_at_where_they_stand() -> None:
    """In the file of the translation, not at its source."""
    words = KO_PLAN.replace("언제든 그만둘 수 있어요.", "언제든 **조심**하세요.")
    files = {**SMALL, "words/ko/plan.yaml": words}
    assert wrong(files) == [("F52", place_of("words/ko/plan.yaml", words, "조심**하세요"))]


def test_the_same_sentence_in_two_places_is_two_problems() -> None:
    text = "You should have called."
    words = KO_PLAN.replace("혼자가 아니야.", "조심하세요.").replace("언제든 그만둘 수 있어요.", "조심하세요.")
    assert len(wrong({**SMALL, "words/ko/plan.yaml": words})) == 2
    files = broken("start.yaml", SENTENCE, text)
    files["start.yaml"] = files["start.yaml"].replace("You need not look.", text)
    assert len(wrong(files)) == 2


def test_advice_to_keep_a_picture_counts_where_minors_can_see_it() -> None:
    """By the condition of a part, or by the audience of a fact; the other half of a part does count."""
    part = "      - when: {age: adult}\n        text: You can keep the picture.\n      - text: |\n          {facts}"
    text = "      - text: |\n          {facts}"
    assert wrong(broken("plan.yaml", text, part)) == []
    other = part.replace("text: You can keep the picture.", "text: Well.\n        else: You can keep the picture.")
    assert [code for code, _ in wrong(broken("plan.yaml", text, other))] == ["F50"]
    assert wrong(broken("facts/intl.yaml", "It is for adults.", "You can keep the picture.")) == []
    assert [
        code for code, _ in wrong(broken("facts/intl.yaml", "It finds a line near you.", "You can keep the picture."))
    ] == ["F50"]
