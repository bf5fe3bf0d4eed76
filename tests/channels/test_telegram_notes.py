"""Notes below the card: typed words heard, buttons that stay within the note, and one card at all times."""

from functools import cache

import pytest

from bot.channels.telegram.drawing import MOST_TEXT, length, note
from bot.core.guide import Guide
from bot.core.listening import Heard
from bot.core.noting import as_note, media_note, typed_note
from bot.core.screen import screen
from bot.core.shown import Screen
from bot.flowfiles.reading import read_folder
from bot.settings import FLOWS
from tests.botapi import Refusal
from tests.channels.telegram_world import BOTH, DESPAIR, nothing_leaks, world
from tests.small import NIGHT, NOON

__all__ = ["nothing_leaks"]


@BOTH
@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_typed_text_is_deleted_and_a_new_note_replaces_the_old(mode: str, kind: str, nothing_leaks: None) -> None:
    """Words leave the chat at once; the card stays as it is."""
    async with world(mode) as here:
        person = await here.started()
        before = dict(person.card)
        await here.noted(person, kind=kind, text="CANARY my name")
        first = person.note["message_id"]
        assert "Your words are deleted." in person.note["text"]
        await here.noted(person, kind=kind, text="CANARY again")
        assert first not in person.messages and len(person.messages) == 2
        assert person.card == before
        await person.presses("Leave")
        await here.api.until(lambda: not person.messages)
        assert "CANARY" not in "".join(str(call.given) for call in here.api.calls)


@BOTH
async def test_words_of_despair_are_answered_by_who_answers_now(mode: str, nothing_leaks: None) -> None:
    """The note holds the lines and their numbers to copy; the card keeps its place; the words go nowhere."""
    async with world(mode) as here:
        person = await here.started()
        before = dict(person.card)
        sent = await here.noted(person, text=f"CANARY {DESPAIR}")
        assert sent not in person.messages
        assert "You are not alone with this." in person.note["text"] and "World help" in person.note["text"]
        assert "1. +1 800 555 0100" in person.note_labels
        assert person.note_labels.index("Not it") < person.note_labels.index("When it is busy")
        assert person.messages[before["message_id"]] == before
        assert "CANARY" not in "".join(str(call.given) for call in here.api.calls)


async def test_what_was_misheard_is_taken_away_by_one_button() -> None:
    """The card above keeps its place and its buttons."""
    async with world() as here:
        person = await here.started()
        await here.pressed(person, "I found a picture", "How old")
        await here.noted(person, text=DESPAIR)
        number = person.note["message_id"]
        await person.presses_in_note("Not it")
        await here.api.until(lambda: not person.notes)
        await here.pressed(person, "Under 18", "Where do you live?")
        await here.noted(person, text="hello")
        deleted = [call.given["message_id"] for call in here.api.named("deleteMessage")]
        assert deleted.count(number) == 1  # nobody thinks that it is still there


async def test_a_press_within_the_crisis_changes_the_note_in_place() -> None:
    """Deeper, a detail, back, and out of it: the card is not touched."""
    async with world() as here:
        person = await here.started()
        before = dict(person.card)
        await here.noted(person, text=DESPAIR)
        number = person.note["message_id"]
        for label, shows in [
            ("When it is busy", "Try the next one."),
            ("Back", "You are not alone with this."),
            ("1. Details", "Checked on"),
            ("Back", "You are not alone with this."),
            ("대한민국", "밤 전화"),
        ]:
            await person.presses_in_note(label)
            await here.api.until(lambda shows=shows: shows in person.note["text"])
            assert person.note["message_id"] == number
            assert "Leave" not in person.note_labels and "Stay longer" not in person.note_labels
        await person.presses_in_note("Return")
        await here.api.until(lambda: not person.notes)
        assert person.card == before
        assert len(here.api.named("sendMessage")) == 2


async def test_a_double_tap_in_a_note_gives_one_edit() -> None:
    """What would change nothing is not sent."""
    async with world() as here:
        person = await here.started()
        await here.noted(person, text=DESPAIR)
        data = person.button("When it is busy", person.note)["callback_data"]
        reference = person.reference(person.note["message_id"])
        await person.presses_data(data, reference)
        await here.api.until(lambda: "Try the next" in person.note["text"])
        await person.presses_data(data, reference)
        await here.api.until(lambda: len(here.api.named("answerCallbackQuery")) == 2)
        await here.quiet()
        assert len(here.api.named("editMessageText")) == 1


@BOTH
async def test_a_topic_pressed_in_a_note_makes_the_note_the_card(mode: str) -> None:
    """The card that was goes: there is one, with everything that a card has."""
    async with world(mode) as here:
        person = await here.started()
        old = person.card["message_id"]
        await here.noted(person, text="which site is it on, what does the law say")
        assert "Your words are deleted.\n\nTopic note" in person.note["text"]
        assert person.note_labels == ["A letter", "Where it is", "I need help now"] or person.note_labels == [
            "Where it is",
            "A letter",
            "I need help now",
        ]
        number = person.note["message_id"]
        await person.presses_in_note("Where it is")
        await here.api.until(lambda: old not in person.messages and "How old" in person.card["text"])
        assert list(person.messages) == [number]
        assert {"Leave", "Stay longer", "Back"} <= set(person.labels)
        await here.pressed(person, "Under 18", "Where do you live?")


async def test_other_words_are_answered_by_the_first_choices() -> None:
    """One gentle sentence, the answers of the first question and the help that is on every screen."""
    async with world() as here:
        person = await here.started()
        await here.pressed(person, "Somebody told me", "How old")
        await here.noted(person, text="hello")
        assert person.note["text"] == "Neutral line\n\nYour words are deleted.\n\nUnknown note"
        assert person.note_labels == ["I found a picture", "Somebody told me", "I need help now"]
        await person.presses_in_note("I need help now")
        await here.api.until(lambda: "not alone with this" in person.note["text"])
        assert len(person.notes) == 1


async def test_after_a_restart_a_note_works_as_a_card() -> None:
    """Nobody knows any more that it was a note: its token is dead, so the kind screen stands in it."""
    async with world() as here:
        person = here.api.person()
        card = person.had("A card of before", "leave", "B" * 64)
        old = person.had("A note of before", "close", "C" * 64)
        await person.presses_data("C" * 64, person.reference(old))
        await here.api.until(lambda: "Closed text" in person.messages[old]["text"])
        await person.presses_data(
            person.button("Start again", person.messages[old])["callback_data"], person.reference(old)
        )
        await here.api.until(lambda: "What is closest" in person.messages[old]["text"])
        await person.presses_data("leave", person.reference(card))
        await here.api.until(lambda: not person.messages)


async def test_after_a_restart_a_note_can_still_be_closed() -> None:
    """The card beside it stays."""
    async with world() as here:
        person = here.api.person()
        card = person.had("A card of before", "leave", "B" * 64)
        old = person.had("A note of before", "close")
        await person.presses_data("close", person.reference(old))
        await here.api.until(lambda: list(person.messages) == [card])


async def test_a_note_that_cannot_be_reached_is_sent_anew() -> None:
    """Somebody who deleted it and presses it on another phone sees it again, below the same card."""
    async with world() as here:
        person = await here.started()
        before = dict(person.card)
        await here.noted(person, text=DESPAIR)
        data, old = person.button("When it is busy", person.note)["callback_data"], person.note["message_id"]
        del person.messages[old]
        await person.presses_data(data, person.reference(old))
        await here.api.until(lambda: person.notes and "Try the next" in person.note["text"])
        assert person.card == before


async def test_an_expired_press_in_a_note_closes_everything_kindly() -> None:
    """The note becomes the kind screen, and the card, as dead as it, goes."""
    async with world() as here:
        person = await here.started()
        await here.noted(person, text=DESPAIR)
        number = person.note["message_id"]
        await here.passes(3 * 1800)
        await person.presses_in_note("When it is busy")
        await here.api.until(lambda: list(person.messages) == [number])
        assert "Closed text" in person.messages[number]["text"]


async def test_a_note_to_somebody_who_blocked_the_bot_ends_the_chat() -> None:
    """403 in a note forgets the card as well."""
    async with world() as here:
        person = await here.started()
        await here.noted(person, text=DESPAIR)
        here.api.always["editMessageText"] = Refusal(403, "Forbidden: bot was blocked by the user")
        await person.presses_in_note("When it is busy")
        await here.api.until(lambda: here.telegram._answering._cards.of(7) is None)


async def test_words_keep_the_card_from_closing() -> None:
    """Somebody who writes is there: card and note stay for another idle limit."""
    async with world(idle=1.5) as here:
        person = await here.started()
        await here.passes(1.0)
        await here.noted(person, text=DESPAIR)
        await here.passes(1.0)
        await here.quiet()
        assert len(person.messages) == 2
        await here.passes(0.6)
        await here.api.until(lambda: not person.messages)


async def test_a_note_speaks_the_language_of_the_card() -> None:
    """A person may have chosen another one than their Telegram's; what opens from the note keeps it."""
    async with world() as here:
        person = await here.started(language="en")
        await person.presses("한국어")
        await here.api.until(lambda: "English" in person.labels)
        await here.noted(person, text="hello")
        await person.presses_in_note("I found a picture")
        await here.api.until(lambda: "How old" in person.card["text"] and len(person.messages) == 1)
        assert "English" in person.labels


async def test_words_of_a_person_without_a_card_bring_the_first_screen() -> None:
    """Seven queued words give one card and one note."""
    async with world() as here:
        person = here.api.person()
        messages = [{"message_id": n, "date": 1, "chat": person.chat, "text": "hi"} for n in range(1, 8)]
        await here.api.arrives(*({"message": message} for message in messages))
        await here.api.until(lambda: len(person.messages) == 2)
        await here.ended()
        assert len(here.api.named("sendMessage")) == 2


@pytest.mark.parametrize(
    ("sent", "shows"),
    [
        ([{"text": DESPAIR}, {"photo": [{}]}, {"text": "hi"}], "You are not alone with this."),
        ([{"text": "a fake picture"}, {"photo": [{}]}, {"text": "hi"}], "We deleted it."),
        ([{"text": "a fake picture"}, {"text": "hi"}], "Topic note"),
        ([{"text": "hi"}, {"pinned_message": {}}], "Unknown note"),
    ],
)
async def test_of_what_arrives_together_the_weightiest_is_answered(sent: list[dict[str, object]], shows: str) -> None:
    """Danger before a picture, a picture before words, a topic before words that mean nothing here."""
    async with world() as here:
        person = await here.started()
        numbers = [here.api.next_message() for _ in sent]
        await here.api.arrives(
            *(
                {"message": {"message_id": number, "date": 1, "chat": person.chat, "from": person.sender, **content}}
                for number, content in zip(numbers, sent, strict=True)
            )
        )
        await here.api.until(lambda: person.notes)
        await here.quiet()
        assert len(here.api.named("sendMessage")) == 2
        assert shows in person.note["text"]


async def test_a_command_with_words_of_despair_is_heard() -> None:
    """A slash before a cry for help does not hide it."""
    async with world() as here:
        person = await here.started()
        await here.noted(person, text=f"/help {DESPAIR}")
        assert "You are not alone with this." in person.note["text"]


async def test_words_in_a_caption_and_in_a_rich_message_are_heard() -> None:
    """Only for despair: what stands beside a picture is no topic."""
    rich = {
        "blocks": [{"type": "list", "items": [{"blocks": [{"text": [{"type": "bold", "text": "I want "}, "to die"]}]}]}]
    }
    async with world() as here:
        person = await here.started()
        for content in ({"photo": [{}], "caption": DESPAIR}, {"rich_message": rich}):
            await here.noted(person, **content)
            assert "You are not alone with this." in person.note["text"]
            await here.noted(person, photo=[{}], caption="a fake picture")
            assert "We deleted it." in person.note["text"]


async def test_word_lists_that_fail_do_not_keep_words_in_the_chat() -> None:
    """They are deleted and answered as words that mean nothing here, and the failure is counted."""

    def broken(text: str) -> Heard:
        raise ValueError(text)

    async with world() as here:
        here.telegram._polling._receiving._hear = broken
        person = here.api.person()
        sent = await person.sends(text="CANARY")
        await here.api.until(lambda: sent not in person.messages and person.notes)
        assert "Unknown note" in person.note["text"]
        assert here.telegram.counts["telegram_failed"] == 1


@cache
def shipped() -> Guide:
    """The guide of flows/."""
    guide = read_folder(FLOWS).guide
    assert guide is not None
    return guide


def walked(guide: Guide, first: Screen) -> list[Screen]:
    """Every note that can be reached from one within it."""
    found, shown = {repr(first.buttons) + first.step: first}, [first]
    while shown:
        here = shown.pop()
        for button in here.all_buttons():
            if button.session is None or not button.session.interrupt:
                continue
            there = as_note(guide, screen(guide, button.session, NOON))
            key = repr(there.buttons) + there.step
            if key not in found:
                found[key] = there
                shown.append(there)
    return list(found.values())


def test_every_note_of_the_shipped_guide_keeps_the_limits() -> None:
    """The crisis note and all that opens from it, in every language and for every country: text and buttons fit."""
    guide = shipped()
    notes = 0
    for language in guide.languages:
        firsts = [typed_note(guide, language, Heard("crisis"), at) for at in (NOON, NIGHT, None)]
        reached = [shown for first in firsts[:1] for shown in walked(guide, first)]
        plain = [typed_note(guide, language, Heard("topic", tuple(guide.topics)), NOON, stays=True)]
        plain += [typed_note(guide, language, Heard("unknown"), NOON), media_note(guide, language, stays=True)]
        for shown in (*firsts, *reached, *plain):
            drawn = note(shown, lambda session: "t" * 64, guide)
            notes += 1
            assert 0 < length(drawn.text) <= MOST_TEXT
            assert sum(map(len, drawn.keyboard)) <= 100
            assert all(1 <= len(row) <= 8 for row in drawn.keyboard)
            assert drawn.text.startswith(guide.texts["neutral-line"].lines[language])
    assert notes > 100


def test_a_note_never_leads_out_of_its_language() -> None:
    """Every token in a note is of the language it is written in."""
    guide = shipped()
    for language in guide.languages:
        for about in (Heard("crisis"), Heard("unknown"), Heard("topic", tuple(guide.topics))):
            shown = typed_note(guide, language, about, NOON)
            assert {button.session.language for button in shown.all_buttons() if button.session} == {language}
