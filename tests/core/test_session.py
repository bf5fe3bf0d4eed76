"""A session and its 32 bytes: what goes in comes out, and nothing else does."""

from dataclasses import replace

import pytest

from bot.core.guide import CONTINUE, Answer, Guide
from bot.core.session import (
    MOST_PAIRS,
    PLAIN_BYTES,
    Codec,
    ForeignSession,
    Session,
    SessionTooLong,
    asks_again,
    carry_over,
    possible_pairs,
)
from tests.person import FOUND, SMALL, UNSURE, at
from tests.small import PLAN, START, guide

CODEC = Codec(SMALL)
FULL = at(*UNSURE, language="ko", interrupt="crisis", aside=(("crisis/lines", "busy"),), fact="world")


@pytest.mark.parametrize("session", [Session("en"), at(*UNSURE), FULL, at(interrupt="crisis"), at(fact="world")])
def test_a_session_survives_its_bytes(session: Session) -> None:
    """Every layer comes back as it was."""
    assert CODEC.unpack(CODEC.pack(session)) == session


@pytest.mark.parametrize("session", [Session("en"), FULL])
def test_every_session_has_the_same_number_of_bytes(session: Session) -> None:
    """The length of a token must not tell how much somebody has answered."""
    assert len(CODEC.pack(session)) == PLAIN_BYTES


def test_as_many_pairs_fit_as_promised() -> None:
    """The bound that `check` proves against is exact, over path and aside together."""
    pairs = tuple(possible_pairs(SMALL))[: MOST_PAIRS + 1]
    fitting = at(*pairs[:-2], interrupt="crisis", aside=pairs[-2:-1])
    assert CODEC.unpack(CODEC.pack(fitting)) == fitting
    with pytest.raises(SessionTooLong, match="13 pairs; 12 fit"):
        CODEC.pack(at(*pairs[:-1], interrupt="crisis", aside=pairs[-1:]))


@pytest.mark.parametrize("wrong", [at(("age", "elf")), at(fact="moon"), at(language="xx"), at(interrupt="moon")])
def test_an_unknown_id_is_never_packed(wrong: Session) -> None:
    """A session of another guide would come back as something else."""
    with pytest.raises(KeyError):
        CODEC.pack(wrong)


def test_bytes_of_another_guide_are_foreign() -> None:
    """The same numbers name other answers there."""
    other = Codec(guide(start=START.replace("      heard: Somebody told me\n", "")))
    with pytest.raises(ForeignSession, match="another guide"):
        other.unpack(CODEC.pack(at(*FOUND)))


def changed(position: int, *values: int) -> bytes:
    """The bytes of a full session with some of them changed."""
    plain = bytearray(CODEC.pack(FULL))
    plain[position : position + len(values)] = bytes(values)
    return bytes(plain)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        CODEC.pack(FULL)[:-1],
        CODEC.pack(FULL) + b"\0",
        changed(4, 9),
        changed(5, 0xF1),
        changed(5, 0x1F),
        changed(6, 0xFF, 0xFF),
        changed(8, 0xFF, 0xFF),
        changed(8, 0, 0),
    ],
    ids=["empty", "short", "long", "language", "interrupt", "aside longer than all", "fact", "pair", "hole"],
)
def test_bytes_that_name_nothing_are_foreign(wrong: bytes) -> None:
    """Whatever is wrong with them, it is one exception and never a half session."""
    with pytest.raises(ForeignSession):
        CODEC.unpack(wrong)


def test_a_corrected_sentence_keeps_the_fingerprint() -> None:
    """Old buttons stay alive when only words change."""
    assert Codec(guide(plan=PLAN.replace("You are not alone", "You are never alone"))).fingerprint == CODEC.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        guide(start=START.replace("      heard: Somebody", "      told: Somebody")),
        replace(SMALL, facts=dict(reversed(SMALL.facts.items()))),
        replace(SMALL, languages=dict(reversed(SMALL.languages.items()))),
        replace(SMALL, interrupts={"help": SMALL.interrupts["crisis"]}),
    ],
    ids=["answer renamed", "facts reordered", "languages reordered", "interrupt renamed"],
)
def test_other_ids_or_another_order_change_the_fingerprint(other: object) -> None:
    """Numbers in a button mean positions, so both must be the same."""
    assert Codec(other).fingerprint != CODEC.fingerprint  # type: ignore[arg-type]


def test_a_guide_with_more_ids_than_two_bytes_name_is_refused() -> None:
    """Better no guide than buttons that lead to the wrong place."""
    crisis = SMALL.interrupts["crisis"]
    with pytest.raises(SessionTooLong, match="more ids"):
        Codec(replace(SMALL, interrupts={str(n): crisis for n in range(15)}))
    assert Codec(replace(SMALL, interrupts={str(n): crisis for n in range(14)})).fingerprint


@pytest.mark.parametrize("many", ["facts", "pairs"])
def test_two_bytes_are_used_to_the_last_number(many: str) -> None:
    """One id more than they name is refused, whatever kind of id it is."""
    age, fact, last = SMALL.questions["age"], SMALL.facts["world"], 0xFFFE

    def with_so_many(number: int) -> Guide:
        if many == "facts":
            return replace(SMALL, facts={str(n): fact for n in range(number)})
        answers = tuple(Answer(str(n), fact.name) for n in range(number - 1))  # and skip
        return replace(SMALL, steps={}, questions={"age": replace(age, answers=answers)})

    session = at(fact=str(last - 1)) if many == "facts" else at(("age", "skip"))
    codec = Codec(with_so_many(last))
    assert codec.unpack(codec.pack(session)) == session
    with pytest.raises(SessionTooLong, match="more ids"):
        Codec(with_so_many(last + 1))


def test_possible_pairs_hold_every_answer_skip_entry_and_continue() -> None:
    """What is missing here could not travel in a button."""
    pairs = set(
        possible_pairs(guide(plan=PLAN.replace("    letter: report\n", "    letter: report\n    then: plan\n")))
    )
    assert {("situation", "found"), ("situation", "skip"), ("country", "KR"), ("country", "other")} <= pairs
    assert {("plan/plan", "evidence"), ("plan/plan", "again:age"), ("plan/letter", CONTINUE)} <= pairs
    assert ("plan/evidence", CONTINUE) not in pairs
    assert ("situation", "nothing") not in pairs


def test_an_again_answer_names_its_question() -> None:
    """Every other answer names none."""
    assert asks_again("again:age") == "age"
    assert asks_again("age") is None


def test_what_a_reloaded_guide_still_knows_is_carried_over() -> None:
    """Nobody starts again because a sentence was edited."""
    assert carry_over(FULL, SMALL) == FULL


def test_answers_whose_ids_are_gone_are_dropped() -> None:
    """The others stay, in their order."""
    fewer = guide(plan=PLAN.replace("      - evidence\n", ""))
    path = (*UNSURE, ("plan/plan", "evidence"), ("plan/evidence", "letter"))
    assert carry_over(at(*path), fewer) == at(*UNSURE, ("plan/evidence", "letter"))


def test_an_interrupt_that_is_gone_takes_its_own_path_along() -> None:
    """The answers of the guide below it stay."""
    assert carry_over(FULL, replace(SMALL, interrupts={})) == at(*UNSURE, language="ko", fact="world")


def test_answers_of_an_interrupt_that_are_gone_are_dropped() -> None:
    """The interrupt stays open at its first screen."""
    answer = ("crisis/lines", "busy")
    lines = replace(SMALL.steps["crisis/lines"], more=())  # type: ignore[type-var]
    fewer = replace(SMALL, steps={**SMALL.steps, "crisis/lines": lines})
    assert answer in FULL.aside
    assert carry_over(FULL, fewer) == replace(FULL, aside=())


def test_a_language_or_fact_that_is_gone_falls_back() -> None:
    """To the default language, and to the screen below the detail."""
    english = replace(SMALL, languages={"en": "English"}, facts={})
    assert carry_over(FULL, english) == replace(FULL, language="en", fact=None)
