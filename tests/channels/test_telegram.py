"""The card of the Telegram channel against a real HTTP server, by polling and by webhook."""

import asyncio

import pytest

from bot.channels.telegram import Telegram
from bot.pressing import Pressing
from bot.sealing import Sealing
from bot.settings import Settings
from tests.botapi import TOKEN, Refusal
from tests.channels.telegram_world import BOTH, DESPAIR, nothing_leaks, spoken_guide, world

__all__ = ["nothing_leaks"]
TOO_OLD = Refusal(400, "Bad Request: message can't be deleted for everyone")


@BOTH
async def test_a_person_walks_from_start_to_leave(mode: str, nothing_leaks: None) -> None:
    """One card is edited all the way, and leaving empties the chat."""
    async with world(mode) as here:
        person = await here.started()
        assert len(person.messages) == 1  # the command is gone
        card = person.card["message_id"]
        assert person.card["text"].startswith("Neutral line")
        assert "Telegram can read this chat. The same help is at https://help.example.org" in person.card["text"]
        await here.pressed(person, "I found a picture", "How old are you?")
        assert "Telegram can read" not in person.card["text"]
        await here.pressed(person, "Back", "What is closest?")
        await here.pressed(person, "I need help now", "You are not alone with this.")
        assert any("800 555" in label for label in person.labels)
        await here.pressed(person, "한국어", "You are not alone")
        await here.pressed(person, "Back", "What is closest?")
        assert person.card["message_id"] == card
        await person.presses("Leave")
        await here.api.until(lambda: not person.messages)


@BOTH
async def test_a_press_is_answered_before_its_single_edit(mode: str) -> None:
    """The button stops turning before the screen changes; the answer says nothing that a screen could show."""
    async with world(mode) as here:
        person = await here.started()
        await here.pressed(person, "I found a picture", "How old")
        assert here.api.order("answerCallbackQuery", "editMessageText") == ["answerCallbackQuery", "editMessageText"]
        assert here.api.named("answerCallbackQuery")[0].given.keys() == {"callback_query_id"}


@BOTH
async def test_a_double_press_gives_one_edit(mode: str) -> None:
    """Two taps are both answered and change the card once."""
    async with world(mode) as here:
        person = await here.started()
        data = person.button("I found a picture")["callback_data"]
        await asyncio.gather(person.presses_data(data), person.presses_data(data))
        await here.api.until(
            lambda: len(here.api.named("answerCallbackQuery")) == 2 and "How old" in person.card["text"]
        )
        await here.ended()
        assert len(here.api.named("editMessageText")) == 1


async def test_start_sends_silently_in_the_persons_language_and_replaces_the_card() -> None:
    """A second command leaves one card, in the language of the person's Telegram."""
    async with world() as here:
        person = await here.started(language="ko-KR")
        first = person.card["message_id"]
        sent = here.api.named("sendMessage")[0].given
        assert sent["disable_notification"] is True
        assert not sent.get("protect_content")
        assert "English" in person.labels
        await person.writes("/help anything")
        await here.api.until(lambda: len(person.messages) == 1 and first not in person.messages)


async def test_every_card_says_how_long_it_stays_and_lets_the_person_stay_longer() -> None:
    """Where there is a number, also that it can be noted before; the last sentence of the card."""
    async with world() as here:
        person = await here.started()
        assert person.card["text"].endswith("\n\nCloses after 30 minutes.")
        await here.pressed(person, "I need help now", "You are not alone with this.")
        assert person.card["text"].endswith("\n\nCloses after 30 minutes. Note it before.")
        assert "Stay longer" in person.labels


async def test_staying_longer_keeps_the_card_though_nothing_on_it_changes() -> None:
    """Within an epoch the tokens are the same, so no edit is needed; the idle clock begins anew."""
    async with world(idle=6.0) as here:
        person = await here.started()
        await here.pressed(person, "I found a picture", "How old")
        for _ in range(3):
            edits = len(here.api.named("editMessageText"))
            answers = len(here.api.named("answerCallbackQuery"))
            await person.presses("Stay longer")
            await here.api.until(lambda many=answers: len(here.api.named("answerCallbackQuery")) > many)
            await here.quiet()
            assert len(here.api.named("editMessageText")) == edits
            card = here.telegram._answering._cards.of(7)
            assert card is not None and card.used == here.clock.now
            await here.passes(0.3)  # an epoch is a second long: all of this is within one
            assert "How old" in person.card["text"]


async def test_staying_longer_in_a_later_epoch_seals_every_button_anew() -> None:
    """Pressed at two thirds of the idle limit again and again, a card outlives many keys."""
    async with world() as here:
        person = await here.started()
        await here.pressed(person, "I found a picture", "How old")
        for _ in range(5):
            before = person.button("Under 18")["callback_data"]
            await here.passes(1200)
            await person.presses("Stay longer")
            await here.api.until(lambda before=before: person.button("Under 18")["callback_data"] != before)
        await here.pressed(person, "Under 18", "Where do you live?")


async def test_every_press_renews_the_idle_clock(nothing_leaks: None) -> None:
    """A card is taken away an idle limit after the last press."""
    async with world(idle=1.5) as here:
        person = await here.started()
        for _ in range(4):
            before = person.button("Stay longer")["callback_data"]
            await here.passes(1.0)
            await person.presses("Stay longer")
            await here.api.until(lambda before=before: person.button("Stay longer")["callback_data"] != before)
        assert person.messages
        await here.passes(1.6)
        await here.api.until(lambda: not person.messages)


async def test_garbage_shows_the_kind_closed_screen_in_the_same_card() -> None:
    """A forged button never ends in an error."""
    async with world() as here:
        person = await here.started()
        card = person.card["message_id"]
        for data in ["x" * 64, "0", "", "leave ", "é" * 32, "A" * 64, "\x00" * 64, "close" + "e" * 59]:
            await person.presses_data(data)
            await here.api.until(lambda: "Closed text" in person.card["text"])
            assert person.card["message_id"] == card
            await here.pressed(person, "Start again", "What is closest?")


async def test_an_expired_button_shows_the_closed_screen() -> None:
    """After the idle limit the keys are dead."""
    async with world() as here:
        person = await here.started()
        await here.passes(3 * 1800)
        await person.presses("I found a picture")
        await here.api.until(lambda: "Closed text" in person.card["text"])


@pytest.mark.parametrize("date", [0, None])
async def test_a_press_on_an_unreachable_message_gets_a_new_card(date: int | None) -> None:
    """The person sees the screen they asked for, in one card."""
    async with world() as here:
        person = await here.started()
        old = person.card["message_id"]
        data = person.button("I found")["callback_data"]
        if date is None:
            query = {"id": "1", "from": person.sender, "chat_instance": "1", "data": data}
            await here.api.arrives({"callback_query": query})
        else:
            await person.presses_data(data, {"message_id": old, "date": date, "chat": person.chat})
        await here.api.until(lambda: old not in person.messages and "How old" in person.card["text"])
        assert len(person.messages) == 1


async def test_a_press_on_a_card_deleted_meanwhile_gets_a_new_card() -> None:
    """ "message to edit not found" means a new card."""
    async with world() as here:
        person = await here.started()
        data, old = person.button("I found")["callback_data"], person.card["message_id"]
        del person.messages[old]
        await person.presses_data(data, person.reference(old))
        await here.api.until(lambda: person.messages and "How old" in person.card["text"])


async def test_a_card_from_before_a_crash_closes_in_place_and_takes_itself_away() -> None:
    """Its keys died with the process: the kind screen stands in that very message, until the idle limit."""
    async with world(idle=1.5) as here:
        person = here.api.person()
        old = person.had("A screen of before", "leave", "B" * 64)
        await person.presses_data("B" * 64, person.reference(old))
        await here.api.until(lambda: "Closed text" in person.card["text"])
        assert list(person.messages) == [old]
        await here.passes(1.6)
        await here.api.until(lambda: not person.messages)


async def test_a_card_from_before_a_crash_gives_way_to_the_pressed_one() -> None:
    """Somebody who began anew and then presses the old card has one card again."""
    async with world() as here:
        person = here.api.person()
        old = person.had("A screen of before", "leave", "B" * 64)
        await person.writes("/start")
        await here.api.until(lambda: "What is closest?" in person.card["text"])
        await person.presses_data("B" * 64, person.reference(old))
        await here.api.until(lambda: list(person.messages) == [old])
        await here.pressed(person, "Start again", "What is closest?")


@pytest.mark.parametrize("deletable", [True, False])
async def test_an_old_card_that_cannot_be_edited_is_deleted_and_a_new_one_sent(deletable: bool) -> None:
    """Where deleting fails as well, the new one stands below it."""
    async with world() as here:
        person = here.api.person()
        old = person.had("A screen of before", "leave", "B" * 64)
        if deletable:
            here.api.planned["editMessageText"] = [Refusal(400, "Bad Request: message can't be edited")]
        else:
            here.api.too_old.add(old)
        await person.presses_data("B" * 64, person.reference(old))
        await here.api.until(lambda: any("Closed text" in text for text in person.texts))
        await here.quiet()
        assert (old in person.messages) is not deletable
        assert len(person.messages) == 1 + (not deletable)


async def test_an_old_card_can_be_left() -> None:
    """After a crash the leave button still empties the chat."""
    async with world() as here:
        person = here.api.person()
        old = person.had("A screen of before", "leave")
        await person.presses_data("leave", person.reference(old))
        await here.api.until(lambda: not person.messages)


async def test_a_card_too_old_to_delete_is_emptied() -> None:
    """Leaving shows the left screen where deleting is refused, and says nothing of closing by itself."""
    async with world() as here:
        person = await here.started()
        here.api.too_old.add(person.card["message_id"])
        here.api.always["deleteMessage"] = TOO_OLD
        here.api.too_old.clear()
        await person.presses("Leave")
        await here.api.until(lambda: "Left text" in person.card["text"])
        assert "Closes after" not in person.card["text"]


async def test_leaving_takes_everything_away() -> None:
    """Card, note, commands, and whatever the person sent; the bot itself keeps nothing about them."""
    async with world() as here:
        person = await here.started()
        for content in ({"text": "words"}, {"photo": [{}]}, {"text": DESPAIR}):
            await here.noted(person, **content)
        await person.writes("/settings")
        await here.quiet()
        await here.noted(person, text="words")
        await person.presses("Leave")
        await here.api.until(lambda: not person.messages)
        await here.quiet()
        assert here.telegram._answering._cards.of(7) is None


async def test_words_that_come_together_with_leaving_bring_nothing_back() -> None:
    """Whoever leaves wants to see nothing more, in whatever order Telegram tells it."""
    async with world() as here:
        person = await here.started()
        query = {
            "id": here.api.next_query(), "from": person.sender, "chat_instance": "1", "data": "leave",
            "message": person.reference(person.card["message_id"]),
        }  # fmt: skip
        words = {"message_id": 900, "date": 1, "chat": person.chat, "from": person.sender, "text": "words"}
        person.messages[900] = words
        await here.api.arrives({"message": words}, {"callback_query": query}, {"message": {**words, "text": DESPAIR}})
        await here.api.until(lambda: not person.messages)
        await here.quiet()
        assert not person.messages


async def test_what_telegram_does_not_delete_now_is_deleted_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The note says that the words are still there; they go as soon as Telegram is back, without a press."""
    monkeypatch.setattr("bot.channels.telegram.sending.TRIES", 1)
    async with world(idle=3.0) as here:
        person = await here.started()
        here.api.planned["deleteMessage"] = ["<html>502</html>"]
        sent = await here.noted(person, text="words")
        assert "Your words are still here" in person.note["text"]
        await here.api.until(lambda: sent not in person.messages)


async def test_leaving_while_telegram_is_away_is_finished_when_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The card does not stay because one call failed."""
    monkeypatch.setattr("bot.channels.telegram.sending.TRIES", 1)
    async with world(idle=3.0) as here:
        person = await here.started()
        here.api.planned["deleteMessage"] = ["<html>502</html>"]
        await person.presses("Leave")
        await here.api.until(lambda: here.api.named("deleteMessage"))
        await here.api.until(lambda: not person.messages)
        assert not here.telegram._answering.clearing._waiting


async def test_what_can_never_be_deleted_is_given_up_after_an_idle_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """No chat stays in memory for longer, and Telegram is not asked for ever."""
    monkeypatch.setattr("bot.channels.telegram.sending.TRIES", 1)
    async with world(idle=1.5) as here:
        person = await here.started()
        here.api.always["deleteMessage"] = Refusal(500, "Internal Server Error")
        monkeypatch.setattr("bot.channels.telegram.sending._FIRST_PAUSE", 0.0)
        await person.presses("Leave")
        await here.api.until(lambda: len(here.api.named("deleteMessage")) >= 5)
        await here.passes(1.6)
        await asyncio.sleep(0.3)
        asked = len(here.api.named("deleteMessage"))
        await asyncio.sleep(0.3)
        assert len(here.api.named("deleteMessage")) == asked
        assert not here.telegram._answering.clearing._waiting


async def test_an_idle_card_takes_itself_and_its_note_away() -> None:
    """After the idle limit the chat is empty."""
    async with world(idle=1.5) as here:
        person = await here.started()
        await here.noted(person, text="words")
        await here.passes(1.4)
        await asyncio.sleep(0.2)
        assert len(person.messages) == 2
        await here.passes(0.2)
        await here.api.until(lambda: not person.messages)


@BOTH
async def test_a_stop_finishes_what_was_fetched_and_takes_the_cards_away(mode: str) -> None:
    """A press in hand is served, the offset is confirmed, then the cards go with their notes, newest first."""
    async with world(mode) as here:
        person, other = await here.started(7), await here.started(8)
        await here.noted(other, text="words")
        here.api.delays["answerCallbackQuery"] = 0.3
        await person.presses("I found")
        await here.api.until(lambda: here.api.named("answerCallbackQuery"))
        await here.ended()
        assert len(here.api.named("editMessageText")) == 1
        assert not person.messages
        assert not other.messages
        deleted = [call.given["chat_id"] for call in here.api.named("deleteMessage", "deleteMessages")]
        assert deleted[-2:] == [7, 8]  # the one used last goes first
        if mode == "polling":
            assert not here.api.waiting or here.api.named("getUpdates")[-1].given["offset"] > 1002


async def test_a_person_who_blocked_the_bot_is_not_written_to_again() -> None:
    """403 forgets the card."""
    async with world() as here:
        person = await here.started()
        here.api.always["editMessageText"] = Refusal(403, "Forbidden: bot was blocked by the user")
        await person.presses("I found")
        await here.api.until(lambda: here.api.named("editMessageText"))
        await here.ended()
        assert len(here.api.named("sendMessage", "editMessageText")) == 2


async def test_being_blocked_forgets_the_person() -> None:
    """Telegram says so by itself; after coming back the person begins anew."""
    async with world() as here:
        person = await here.started()
        change = {"chat": person.chat, "from": person.sender, "date": 1, "new_chat_member": {"status": "kicked"}}
        await here.api.arrives({"my_chat_member": change})
        await here.api.until(lambda: here.telegram._answering._cards.of(7) is None)
        await person.writes("/start")
        await here.api.until(lambda: len(person.messages) == 2)


async def test_the_neutral_line_comes_first_in_every_card_and_note() -> None:
    """What the chat list and a notification show tells nobody what this is."""
    async with world() as here:
        person = await here.started()
        await here.pressed(person, "I found a picture", "How old")
        for content in ({"text": "words"}, {"text": "a fake picture"}, {"text": DESPAIR}, {"photo": [{}]}):
            await here.noted(person, **content)
        await person.presses_data("A" * 64)
        await here.api.until(lambda: any("Closed text" in text for text in person.texts))
        shown = [call.given for call in here.api.named("sendMessage", "editMessageText")]
        assert len(shown) >= 7
        for given in shown:
            assert given["text"].startswith("Neutral line\n\n")
            assert given["link_preview_options"] == {"is_disabled": True}
        assert all(call.given["disable_notification"] for call in here.api.named("sendMessage"))


def test_nothing_personal_stands_in_a_repr() -> None:
    """What a debugger or a traceback prints names nobody."""
    settings = Settings(bot_token=TOKEN)
    assert "TEST-token" not in repr(Telegram(settings, Pressing(Sealing(spoken_guide(), 1800))))
