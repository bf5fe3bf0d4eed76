"""Pictures and everything else that is no words: deleted at once, never fetched, answered once."""

import asyncio
import json
from typing import Any

import pytest
from aiogram.enums import ContentType, UpdateType
from aiogram.types import Message, Update

from bot.channels.telegram.calling import METHODS
from bot.channels.telegram.reading import KINDS
from tests.botapi import Person
from tests.channels.telegram_contents import BESIDE, CANARY, CONTENTS, content, names
from tests.channels.telegram_world import BOTH, DESPAIR, World, nothing_leaks, world

__all__ = ["nothing_leaks"]
NOTED = {"photo": [{"file_id": CANARY}]}
WITHOUT_A_NOTE = {
    "message_auto_delete_timer_changed", "pinned_message", "chat_background_set", "write_access_allowed",
}  # fmt: skip


def test_every_field_of_a_message_is_walked_or_known_to_be_harmless() -> None:
    """When the Bot API grows, somebody has to look at what is new."""
    known = names(Message)
    assert known - CONTENTS - BESIDE == set()
    assert (CONTENTS | BESIDE) - known == set()
    assert {kind.value for kind in ContentType} - CONTENTS == {"unknown", "any"}


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_what_is_walked_is_what_telegram_sends(kind: str) -> None:
    """Each sample is a whole message of its kind to aiogram."""
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, **content(kind)}
    assert Message.model_validate(message).content_type == kind


def shapes(kind: str) -> list[dict[str, Any]]:
    """A kind as it is, with a caption, forwarded, hidden by a spoiler, sent through another bot."""
    origin = {"type": "hidden_user", "sender_user_name": CANARY, "date": 1}
    beside: list[dict[str, Any]] = [
        {}, {"caption": CANARY}, {"forward_origin": origin}, {"has_media_spoiler": True, "effect_id": CANARY},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": CANARY}, "has_protected_content": True},
    ]  # fmt: skip
    return [{**content(kind), **more} for more in beside]


async def sent(here: World, person: Person, contents: list[dict[str, Any]], edited: bool = False) -> list[int]:
    """The person sends all of it at once; its numbers."""
    numbers = [here.api.next_message() for _ in contents]
    messages = [
        {"message_id": number, "date": 1, "chat": person.chat, "from": person.sender, **one}
        for number, one in zip(numbers, contents, strict=True)
    ]
    person.messages.update({message["message_id"]: message for message in messages})
    kind = "edited_message" if edited else "message"
    await here.api.arrives(*({kind: message} for message in messages))
    return numbers


def deleted(here: World) -> set[int]:
    """Every message that the bot asked to delete."""
    singles = {call.given["message_id"] for call in here.api.named("deleteMessage")}
    return singles.union(*(call.given["message_ids"] for call in here.api.named("deleteMessages")))


@BOTH
async def test_every_kind_of_content_is_deleted_and_nothing_of_it_is_ever_used(mode: str, nothing_leaks: None) -> None:
    """No file is asked for, no call holds a file's number, a caption or a name; at most one note at a time."""
    async with world(mode) as here:
        person = await here.started()
        before = dict(person.card)
        for kind in sorted(CONTENTS):
            notes = len(here.api.named("sendMessage"))
            numbers = await sent(here, person, shapes(kind)) + await sent(here, person, [content(kind)], edited=True)
            await here.api.until(lambda numbers=numbers: deleted(here) >= set(numbers))
            await here.quiet()
            assert bool(person.messages.keys() & set(numbers)) == (kind == "dice")
            assert len(person.notes) <= 1
            assert (len(here.api.named("sendMessage")) > notes) == (kind not in WITHOUT_A_NOTE), kind
            assert person.card == before
        called = {call.method for call in here.api.calls}
        assert called <= METHODS
        assert not any("file" in method.lower() for method in called)
        assert not here.api.strays
        assert CANARY not in json.dumps([call.given for call in here.api.calls])
        assert not {name for name in here.telegram.counts if name != "telegram_setup_refused"}


def deep(levels: int) -> dict[str, Any]:
    """Blocks in blocks."""
    nested: dict[str, Any] = {}
    for _ in range(levels):
        nested = {"blocks": [nested]}
    return nested


@BOTH
async def test_kinds_that_nobody_knows_yet_are_deleted_too(mode: str, nothing_leaks: None) -> None:
    """A message of next year is still a message to delete."""
    strange: list[dict[str, Any]] = [
        {"something_of_next_year": {"text": 3, "file_id": CANARY}}, {}, {"photo": None}, {"text": {"of": CANARY}},
        {"text": 5, "caption": [CANARY]}, {"media_group_id": 7, "photo": CANARY}, {"date": CANARY, "from": CANARY},
        {"from": {"language_code": 9}}, {"rich_message": {"blocks": [[[[CANARY]]], {"text": {"text": None}}]}},
        {"rich_message": deep(300)}, {"rich_message": [CANARY]}, {"rich_message": CANARY},
    ]  # fmt: skip
    async with world(mode) as here:
        person = await here.started()
        for one in strange:
            numbers = await sent(here, person, [one])
            await here.api.until(lambda numbers=numbers: not person.messages.keys() & set(numbers))
        await here.api.until(lambda: person.notes)
        assert "did nothing wrong" in person.note["text"]


@BOTH
async def test_an_album_gets_one_note_however_it_arrives(mode: str) -> None:
    """Ten pictures, in one delivery, in two, or one by one, are answered once; another album is another note."""
    async with world(mode) as here:
        person = await here.started()
        for album, deliveries in enumerate(([10], [5, 5], [1] * 10), 1):
            sends = len(here.api.named("sendMessage"))
            for many in deliveries:
                pictures = [{**NOTED, "media_group_id": f"{CANARY}{album}"} for _ in range(many)]
                numbers = await sent(here, person, pictures)
                await here.api.until(lambda numbers=numbers: not person.messages.keys() & set(numbers))
                await here.quiet()
            assert len(here.api.named("sendMessage")) == sends + 1
            assert len(person.notes) == 1
        assert CANARY not in json.dumps([call.given for call in here.api.calls])


async def test_an_album_gets_one_note_though_the_person_goes_on_meanwhile() -> None:
    """A press between two deliveries does not make the second one news."""
    async with world() as here:
        person = await here.started()
        await here.noted(person, media_group_id="9", **NOTED)
        note = person.note["message_id"]
        await here.pressed(person, "I found a picture", "How old")
        numbers = await sent(here, person, [{**NOTED, "media_group_id": "9"}] * 3)
        await here.api.until(lambda: not person.messages.keys() & set(numbers))
        await here.quiet()
        assert [one["message_id"] for one in person.notes] == [note]


async def test_an_album_of_somebody_without_a_card_gets_one_note() -> None:
    """The first screen, and below it the note."""
    async with world() as here:
        person = here.api.person()
        for _ in range(2):
            await sent(here, person, [{**NOTED, "media_group_id": "9"} for _ in range(5)])
            await here.quiet()
        await here.api.until(lambda: len(person.messages) == 2)
        assert len(here.api.named("sendMessage")) == 2


async def test_despair_in_a_later_picture_of_an_album_is_answered() -> None:
    """Who answers now matters more than that there is a note already."""
    async with world() as here:
        person = await here.started()
        for caption in ("", DESPAIR, ""):
            await sent(here, person, [{**NOTED, "media_group_id": "9", "caption": caption}])
            await here.quiet()
        assert "You are not alone with this." in person.note["text"]
        assert len(person.notes) == 1


async def test_the_rest_of_an_album_does_not_take_the_place_of_what_a_person_opened() -> None:
    """Who opens the help in the note keeps it, while late pictures are deleted."""
    async with world() as here:
        person = await here.started()
        await here.noted(person, media_group_id="9", **NOTED)
        await person.presses_in_note("I need help now")
        await here.api.until(lambda: "not alone with this" in person.note["text"])
        numbers = await sent(here, person, [{**NOTED, "media_group_id": "9"}] * 3)
        await here.api.until(lambda: not person.messages.keys() & set(numbers))
        await here.quiet()
        assert "not alone with this" in person.note["text"]


@BOTH
async def test_what_telegram_lets_nobody_delete_is_said_and_how_to_delete_it_by_hand(mode: str) -> None:
    """A die, or what is older than two days: the note never claims that it is gone."""
    async with world(mode) as here:
        person = await here.started()
        die = await here.noted(person, dice={"emoji": "x", "value": 3})
        assert die in person.messages
        assert "You can delete it by hand." in person.note["text"]
        assert "deleted it" not in person.note["text"]
        here.api.too_old.add(here.api._numbers["message"] + 1)
        old = await here.noted(person, text="words")
        assert old in person.messages
        assert "Your words are still here." in person.note["text"]
        await here.noted(person, photo=[{}])
        assert "We deleted it." in person.note["text"]


async def test_one_that_cannot_be_deleted_keeps_no_other() -> None:
    """Of what came together the rest goes, and the note speaks about what stays."""
    async with world() as here:
        person = await here.started()
        numbers = await sent(here, person, [*[NOTED] * 40, {"dice": {"emoji": "x", "value": 3}}, *[NOTED] * 9])
        await here.api.until(lambda: person.notes)
        await here.quiet()
        assert person.messages.keys() & set(numbers) == {numbers[40]}
        assert "You can delete it by hand." in person.note["text"]
        assert len(here.api.named("deleteMessage", "deleteMessages")) <= 16


async def test_an_album_of_which_something_stays_is_corrected() -> None:
    """A note that says that all is gone does not stand when the next delivery cannot be deleted."""
    async with world() as here:
        person = await here.started()
        await here.noted(person, media_group_id="9", **NOTED)
        assert "We deleted it." in person.note["text"]
        here.api.too_old.add(here.api._numbers["message"] + 1)
        await here.noted(person, media_group_id="9", **NOTED)
        assert "You can delete it by hand." in person.note["text"]


@BOTH
async def test_other_kinds_of_updates_are_no_door(mode: str, nothing_leaks: None) -> None:
    """They are not asked for; when a server sends them all the same, nothing is done about them."""
    assert {kind.value for kind in UpdateType} == names(Update) - {"update_id"}
    async with world(mode) as here:
        person = await here.started()
        await here.quiet()
        calls = len(here.api.calls) - len(here.api.named("getUpdates"))
        message = {"message_id": 5, "date": 1, "chat": person.chat, "from": person.sender, "text": CANARY, **NOTED}
        others = sorted({kind.value for kind in UpdateType} - set(KINDS))
        await here.api.arrives(*({kind: message} for kind in others), {"kind_of_next_year": message})
        await here.quiet()
        await asyncio.sleep(0.05)
        made = [call for call in here.api.calls if call.method != "getUpdates"][calls:]
        assert {call.method for call in made} <= METHODS - {"sendMessage", "deleteMessage", "editMessageText"}
        assert not here.telegram.counts


async def test_links_are_never_followed() -> None:
    """An address that somebody pastes goes nowhere: no preview, no request, not a letter of it in a call."""
    async with world() as here:
        person = await here.started()
        address = f"{here.api.url}/{CANARY}"
        entity = {"type": "text_link", "url": address, "offset": 0, "length": 3}
        preview = {"link_preview_options": {"url": address, "prefer_large_media": True}}
        for one in ({"text": address}, {"text": "see here", "entities": [entity], **preview}, {"caption": address}):
            await here.noted(person, **one)
        assert not here.api.strays
        assert CANARY not in json.dumps([call.given for call in here.api.calls])
        for call in here.api.named("sendMessage", "editMessageText"):
            assert call.given["link_preview_options"] == {"is_disabled": True}
