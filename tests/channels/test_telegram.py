"""The Telegram channel against a real HTTP server, by polling and by webhook."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace

import pytest
from aiohttp import web

from bot import logs
from bot.channels.telegram import Telegram
from bot.core.guide import Guide
from bot.core.text import Paragraph, Part, Text, Words
from bot.pressing import Pressing
from bot.sealing import Sealing
from bot.settings import Settings
from tests.botapi import TOKEN, BotApi, Person, Refusal, too_many
from tests.flowfiles.test_ears import LISTENING
from tests.small import NOON, guide

PUBLIC = "https://bot.example.org/telegram"
NOTES = {
    "telegram-note": "Telegram can read this chat.",
    "telegram-note-web": "The same help is at {web}",
    "media-note": "We deleted it. You did nothing wrong.",
    "typed-note": "We cannot read words.",
}
BOTH = pytest.mark.parametrize("mode", ["polling", "webhook"])


def spoken_guide() -> Guide:
    """The small guide with the words of this channel."""
    small = guide(listening=LISTENING)
    spoken = {key: Text("en", {"en": (Part((Paragraph((Words(words),)),)),)}) for key, words in NOTES.items()}
    return replace(small, texts={**small.texts, **spoken})


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class World:
    api: BotApi
    telegram: Telegram
    stop: asyncio.Event
    running: asyncio.Task[None]
    clock: Clock

    async def started(self, number: int = 7, language: str = "en") -> Person:
        """A person who sees the first screen."""
        person = self.api.person(number, language)
        await person.writes("/start")
        await self.api.until(lambda: any("keyboard" in message for message in person.messages.values()))
        return person

    async def pressed(self, person: Person, label: str, shows: str) -> None:
        await person.presses(label)
        await self.api.until(lambda: shows in person.card["text"])

    async def ended(self) -> None:
        self.stop.set()
        await asyncio.wait_for(self.running, 15)


@contextlib.asynccontextmanager
async def world(mode: str = "polling", api: BotApi | None = None, idle: float = 1800) -> AsyncIterator[World]:
    """A running bot and its server; with `api`, a server that the test has prepared."""
    api = api or BotApi()
    if not api.port:
        await api.up()
    webhook = {"webhook_url": PUBLIC, "webhook_secret": "secret-of-the-hook"} if mode == "webhook" else {}
    settings = Settings(bot_token=TOKEN, bot_api_url=api.url, web_url="https://help.example.org", **webhook)
    clock = Clock()
    telegram = Telegram(settings, Pressing(Sealing(spoken_guide(), idle), clock=clock, wall=lambda: NOON))
    app = web.Application(client_max_size=2048)
    telegram.receive_on(app.router)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api.pushes_to = f"http://127.0.0.1:{runner.addresses[0][1]}"
    stop = asyncio.Event()
    running = asyncio.create_task(telegram.run(stop))
    here = World(api, telegram, stop, running, clock)
    try:
        if mode == "webhook":
            await api.until(lambda: api.webhook)
        yield here
        await here.ended()
    finally:
        running.cancel()
        await asyncio.wait({running})
        await runner.cleanup()
        await api.down()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[list[str]]:
    """What the operator reads, complete once the test calls it done by looking."""
    logs.set_up("debug")
    found: list[str] = []
    yield found
    said = capsys.readouterr()
    assert "CANARY" not in said.out + said.err
    assert "Traceback" not in said.err


@BOTH
async def test_a_person_walks_from_start_to_leave(mode: str, lines: list[str]) -> None:
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
        assert {call.method for call in here.api.calls}.isdisjoint({"getFile"})


@BOTH
async def test_a_press_is_answered_before_its_single_edit(mode: str) -> None:
    """The button stops turning before the screen changes."""
    async with world(mode) as here:
        person = await here.started()
        await here.pressed(person, "I found a picture", "How old")
        assert here.api.order("answerCallbackQuery", "editMessageText") == ["answerCallbackQuery", "editMessageText"]


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


async def test_garbage_shows_the_kind_closed_screen_in_the_same_card() -> None:
    """A forged button never ends in an error."""
    async with world() as here:
        person = await here.started()
        card = person.card["message_id"]
        for data in ["x" * 64, "0", "", "leave ", "é" * 32, "A" * 64]:
            await person.presses_data(data)
            await here.api.until(lambda: "Closed text" in person.card["text"])
            assert person.card["message_id"] == card
            await here.pressed(person, "Start again", "What is closest?")


async def test_the_token_of_another_chat_opens_nothing() -> None:
    """What one person answered cannot be opened by another."""
    async with world() as here:
        person, other = await here.started(7), await here.started(8)
        await other.presses_data(person.button("I found")["callback_data"])
        await here.api.until(lambda: "Closed text" in other.card["text"])


async def test_an_expired_button_shows_the_closed_screen() -> None:
    """After the idle limit the keys are dead."""
    async with world() as here:
        person = await here.started()
        here.clock.now += 3 * 1800
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
        await person.presses_data(data, {"message_id": old, "date": 1, "chat": person.chat})
        await here.api.until(lambda: person.messages and "How old" in person.card["text"])


@BOTH
async def test_a_group_is_left_in_silence(mode: str) -> None:
    """Nothing is ever said where others read."""
    async with world(mode) as here:
        group = here.api.person(-100500)
        await group.writes("/start")
        await here.api.until(lambda: here.api.left == [-100500])
        member = {"chat": group.chat, "from": group.sender, "date": 1, "new_chat_member": {"status": "member"}}
        await here.api.arrives({"my_chat_member": member})
        await here.api.until(lambda: here.api.left == [-100500] * 2)
        member["new_chat_member"] = {"status": "left"}
        await here.api.arrives({"my_chat_member": member})
        await here.ended()
        assert here.api.left == [-100500] * 2
        assert not here.api.named("sendMessage")


MEDIA = [
    {"photo": [{"file_id": "CANARYFILE", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "CANARY"},
    {"video": {"file_id": "CANARYFILE"}},
    {"story": {"id": 1}},
    {"paid_media": {}},
    {"something_of_next_year": {"text": 3}},
    {"document": {"file_id": "CANARYFILE"}},
    {"voice": {}},
    {"sticker": {}},
]


@BOTH
async def test_media_of_every_kind_is_deleted_and_never_fetched(mode: str, lines: list[str]) -> None:
    """The chat keeps the card and one note, whatever was sent."""
    async with world(mode) as here:
        person = await here.started()
        before = dict(person.card)
        sent = [await person.sends(**content) for content in MEDIA]
        await here.api.until(lambda: not set(sent) & person.messages.keys() and len(person.messages) == 2)
        assert "did nothing wrong" in person.texts[-1]
        assert person.texts[-1].startswith("Neutral line")
        assert person.card == before
        assert not here.api.named("getFile")


async def test_an_album_gets_one_note() -> None:
    """Ten pictures of one album, in two deliveries, are answered once."""
    async with world() as here:
        person = await here.started()
        for _ in range(2):
            sent = [await person.sends(photo=[], media_group_id="9") for _ in range(5)]
            await here.api.until(lambda sent=sent: not set(sent) & person.messages.keys() and len(person.messages) == 2)
        await asyncio.sleep(0.05)
        assert len(here.api.named("sendMessage")) == 2


@BOTH
@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_typed_text_is_deleted_and_a_new_note_replaces_the_old(mode: str, kind: str, lines: list[str]) -> None:
    """Words leave the chat at once; the card stays as it is."""
    async with world(mode) as here:
        person = await here.started()
        before = dict(person.card)
        await person.sends(kind, text="CANARY my name")
        await here.api.until(lambda: len(person.messages) == 2 and "cannot read" in person.texts[-1])
        first = max(person.messages)
        await person.sends(kind, text="CANARY again")
        await here.api.until(lambda: len(person.messages) == 2 and first not in person.messages)
        assert person.card == before
        await person.presses("Leave")
        await here.api.until(lambda: not person.messages)


@BOTH
async def test_words_of_despair_are_answered_by_who_answers_now(mode: str, lines: list[str]) -> None:
    """The note holds the lines and their numbers to copy; the card keeps its place; the words go nowhere."""
    async with world(mode) as here:
        person = await here.started()
        before = dict(person.card)
        sent = await person.sends(text="CANARY 죽고 싶어요")
        await here.api.until(lambda: sent not in person.messages and len(person.messages) == 2)
        note = person.messages[max(person.messages)]
        assert "You are not alone with this." in note["text"] and "World help" in note["text"]
        assert all("callback_data" not in button for row in note["keyboard"] for button in row)
        assert person.messages[before["message_id"]] == before
        assert "CANARY" not in "".join(str(call.given) for call in here.api.calls)


async def test_words_of_a_person_without_a_card_bring_the_first_screen() -> None:
    """Seven queued words give one card and one note."""
    async with world() as here:
        person = here.api.person()
        messages = [{"message_id": n, "date": 1, "chat": person.chat, "text": "hi"} for n in range(1, 8)]
        await here.api.arrives(*({"message": message} for message in messages))
        await here.api.until(lambda: len(person.messages) == 2)
        await here.ended()
        assert len(here.api.named("sendMessage")) == 2


BAD = [
    {"message": {"message_id": 5, "date": 1, "text": "CANARY without a chat"}},
    {"message": {"message_id": "CANARY", "chat": {"id": 7, "type": "private"}, "text": "x"}},
    {"callback_query": {"id": 1, "data": "CANARY"}},
    {"my_chat_member": []},
    {"something_new": {"text": "CANARY"}},
]


@BOTH
async def test_unreadable_updates_between_two_good_ones_harm_neither(mode: str, lines: list[str]) -> None:
    """The neighbours are served, the bad ones are acknowledged and counted."""
    async with world(mode) as here:
        first, second = here.api.person(7), here.api.person(8)
        command = {"message_id": 1, "date": 1, "text": "/start"}
        before, after = ({"message": {**command, "chat": person.chat}} for person in (first, second))
        await here.api.arrives(before, *BAD, after)
        await here.api.until(lambda: first.messages and second.messages)
        assert set(here.api.pushed) <= {200}
        assert here.telegram.counts["telegram_unreadable"] == len(BAD) - 1  # a new kind is no mistake
    if mode == "polling":
        assert here.api.named("getUpdates")[-1].given["offset"] == 1001 + len(BAD) + 2


async def test_a_deeply_nested_update_does_not_stop_the_others() -> None:
    """Content that is never looked at may be of any depth."""
    nested: dict[str, object] = {}
    for _ in range(300):
        nested = {"blocks": [nested]}
    async with world() as here:
        person = await here.started()
        sent = await person.sends(rich_message=nested)
        await here.api.until(lambda: sent not in person.messages)


async def test_refused_setup_methods_do_not_stop_the_bot(lines: list[str]) -> None:
    """An old or strict server is served without the extras."""
    api = BotApi()
    for method in (
        "SetMyName",
        "SetMyDescription",
        "SetMyShortDescription",
        "SetMyCommands",
        "GetMyName",
        "DeleteWebhook",
    ):
        api.always[method[0].lower() + method[1:]] = Refusal(404, "Not Found: method not found")
    api.always["setMyName"] = too_many(80000)
    async with world(api=api) as here:
        await here.started()
        await api.until(lambda: here.telegram.counts.get("telegram_setup_refused", 0) == 12)


async def test_setup_says_neutral_things_in_every_language() -> None:
    """Name, descriptions and one command: for everybody, and for each language of the guide."""
    async with world() as here:
        await here.api.until(lambda: len(here.api.named("setMyCommands")) == 3)
        names = here.api.named("setMyName")
        assert [call.given.get("language_code", "") for call in names] == ["", "ko", "en"]
        assert {call.given["name"] for call in names} == {"Neutral title"}
        assert here.api.named("setMyCommands")[0].given["commands"][0]["command"] == "start"


async def test_only_four_kinds_of_updates_are_asked_for() -> None:
    """Every other door stays shut."""
    wanted = ["message", "edited_message", "callback_query", "my_chat_member"]
    async with world() as here:
        await here.api.until(lambda: here.api.named("getUpdates"))
        assert here.api.named("getUpdates")[0].given["allowed_updates"] == wanted
    async with world("webhook") as here:
        assert here.api.webhook is not None
        assert here.api.webhook["allowed_updates"] == wanted
        assert here.api.webhook["secret_token"] == "secret-of-the-hook"


@BOTH
async def test_a_server_that_is_down_at_boot_is_joined_when_it_comes(mode: str, lines: list[str]) -> None:
    """Nothing is raised, and no restart is needed."""
    api = BotApi()
    await api.up()
    await api.down()
    bring = asyncio.create_task(_later(api))
    async with world(mode, api=api) as here:
        await bring
        await here.started()
        assert here.telegram.counts["telegram_unreachable"] >= 1


async def _later(api: BotApi) -> None:
    await asyncio.sleep(0.3)
    await api.up()


async def test_a_server_that_goes_away_is_found_again() -> None:
    """An HTML page, half an answer and an ordered pause are all waited out."""
    async with world() as here:
        person = await here.started()
        here.api.planned["getUpdates"] = ["<html>502 CANARY</html>", too_many(1)]
        await here.pressed(person, "I found", "How old")
        here.api.planned["getUpdates"] = ['{"ok": true, "resu']
        await here.pressed(person, "Back", "closest")


async def test_a_polling_pause_that_telegram_orders_is_obeyed() -> None:
    """retry_after of getUpdates is not shortened."""
    api = BotApi()
    api.planned["getUpdates"] = [too_many(2)]
    async with world(api=api):
        await api.until(lambda: len(api.named("getUpdates")) == 1)
        await asyncio.sleep(1.5)
        assert len(api.named("getUpdates")) == 1
        await api.until(lambda: len(api.named("getUpdates")) == 2)


@pytest.mark.parametrize(
    ("status", "words"), [(401, "Unauthorized"), (409, "Conflict: terminated by setWebhook request")]
)
async def test_a_refused_token_is_not_asked_about_again_and_again(
    status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for the operator, no fast loop, and a stop still ends at once."""
    logs.set_up("info")
    api = BotApi()
    api.always["getUpdates"] = Refusal(status, words)
    async with world(api=api) as here:
        await api.until(lambda: here.telegram.counts.get("telegram_refused"))
        await asyncio.sleep(0.3)
        assert len(api.named("getUpdates")) == 1
    assert capsys.readouterr().err.count("refuses the token") == 1


async def test_an_ordered_pause_of_one_chat_delays_no_other() -> None:
    """While one edit waits, another person is served."""
    async with world() as here:
        one, other = await here.started(7), await here.started(8)
        here.api.planned["editMessageText"] = [too_many(2)]
        await one.presses("I found")
        await here.api.until(lambda: here.api.named("editMessageText"))
        await asyncio.wait_for(here.pressed(other, "I found", "How old"), 1)
        assert "closest" in one.card["text"]
        await here.api.until(lambda: "How old" in one.card["text"])


async def test_a_newer_press_takes_the_place_of_a_waiting_edit() -> None:
    """The last press wins, and the older screen never appears."""
    async with world() as here:
        person = await here.started()
        found, heard = person.button("I found")["callback_data"], person.button("I need help")["callback_data"]
        here.api.planned["editMessageText"] = [too_many(1)]
        await person.presses_data(found)
        await here.api.until(lambda: here.api.named("editMessageText"))
        await person.presses_data(heard)
        await here.api.until(lambda: "not alone with this" in person.card["text"])
        await here.ended()
        assert len(here.api.named("editMessageText")) == 2


async def test_a_person_who_blocked_the_bot_is_not_written_to_again() -> None:
    """403 forgets the card."""
    async with world() as here:
        person = await here.started()
        here.api.always["editMessageText"] = Refusal(403, "Forbidden: bot was blocked by the user")
        await person.presses("I found")
        await here.api.until(lambda: here.api.named("editMessageText"))
        await here.ended()
        assert len(here.api.named("sendMessage", "editMessageText")) == 2


async def test_a_card_too_old_to_delete_is_emptied() -> None:
    """Leaving shows the left screen where deleting is refused."""
    async with world() as here:
        person = await here.started()
        here.api.always["deleteMessage"] = Refusal(400, "Bad Request: message can't be deleted for everyone")
        await person.presses("Leave")
        await here.api.until(lambda: "Left text" in person.card["text"])


async def test_an_idle_card_takes_itself_away() -> None:
    """After the idle limit the chat is empty."""
    async with world(idle=1.5) as here:
        person = await here.started()

        def gone_after_more_time() -> bool:
            here.clock.now += 0.1
            return not person.messages

        await here.api.until(gone_after_more_time)


@BOTH
async def test_a_stop_finishes_what_was_fetched_and_takes_the_cards_away(mode: str) -> None:
    """A press in hand is served, the offset is confirmed, then the cards go."""
    async with world(mode) as here:
        person, other = await here.started(7), await here.started(8)
        here.api.delays["answerCallbackQuery"] = 0.3
        await person.presses("I found")
        await here.api.until(lambda: here.api.named("answerCallbackQuery"))
        await here.ended()
        assert len(here.api.named("editMessageText")) == 1
        assert not person.messages
        assert not other.messages
        deleted = [call.given["chat_id"] for call in here.api.named("deleteMessage")]
        assert deleted[-2:] == [7, 8]  # the one used last goes first
        if mode == "polling":
            assert not here.api.waiting or here.api.named("getUpdates")[-1].given["offset"] > 1002


async def test_the_webhook_lets_only_telegram_in() -> None:
    """Wrong secret 401, no JSON 400, too long 413, content that cannot be read 200."""
    async with world("webhook") as here:
        good = json.dumps({"update_id": 1}).encode()
        assert await here.api.push(good) == 200
        assert await here.api.push(good, "wrong") == 401
        assert await here.api.push(good, "") == 401
        assert await here.api.push(good, "sécret") == 401
        assert await here.api.push(b"{no json") == 400
        assert await here.api.push(b"[" * 100_000) == 200
        assert await here.api.push(b"[]") == 200
        assert await here.api.push(b" " * (1024 * 1024 + 1)) == 413
        assert await here.api.push(b'{"update_id": 2, "x": "' + b"y" * 500_000 + b'"}') == 200


async def test_a_full_webhook_asks_telegram_to_come_back() -> None:
    """A hundred chats in hand: 503, and all of them are served in the end."""
    async with world("webhook") as here:
        here.api.delays["sendMessage"] = 0.5
        people = [here.api.person(number) for number in range(1, 121)]
        await asyncio.gather(*(person.writes("/start") for person in people))
        assert here.api.pushed.count(503) == 20
        await here.api.until(
            lambda: sum(len(person.messages) == 1 and person.texts[0] != "/start" for person in people) == 100
        )


async def test_polling_asks_for_no_more_than_it_can_hold() -> None:
    """A backlog waits at the server, and is served to its end."""
    async with world() as here:
        here.api.delays["sendMessage"] = 0.1
        people = [here.api.person(number) for number in range(1, 251)]
        messages = ({"message_id": 1, "date": 1, "chat": person.chat, "text": "/start"} for person in people)
        await here.api.arrives(*({"message": message} for message in messages))
        await here.api.until(lambda: all(person.messages for person in people))
        assert all(call.given["limit"] <= 100 for call in here.api.named("getUpdates"))


async def test_a_stop_while_full_does_not_wait_for_room() -> None:
    """What is in hand has ten seconds, and no more is fetched meanwhile."""
    async with world() as here:
        here.api.delays["sendMessage"] = 0.3
        people = [here.api.person(number) for number in range(1, 151)]
        messages = ({"message_id": 1, "date": 1, "chat": person.chat, "text": "/start"} for person in people)
        await here.api.arrives(*({"message": message} for message in messages))
        await here.api.until(lambda: len(here.api.named("sendMessage")) >= 90)
        await here.ended()
        assert not any(person.messages for person in people)
        assert len(here.api.waiting) >= 40  # left for the next copy, not lost


async def test_a_made_up_secret_is_used_where_none_is_set() -> None:
    """A webhook without a secret setting is not open to everybody."""
    async with BotApi() as api:
        settings = Settings(bot_token=TOKEN, bot_api_url=api.url, webhook_url=PUBLIC)
        telegram = Telegram(settings, Pressing(Sealing(spoken_guide(), 1800)))
        stop = asyncio.Event()
        running = asyncio.create_task(telegram.run(stop))
        await api.until(lambda: api.webhook)
        assert api.webhook is not None
        assert len(api.webhook["secret_token"]) >= 32
        stop.set()
        await asyncio.wait_for(running, 5)


def test_nothing_personal_stands_in_a_repr() -> None:
    """What a debugger or a traceback prints names nobody."""
    settings = Settings(bot_token=TOKEN)
    assert "TEST-token" not in repr(Telegram(settings, Pressing(Sealing(spoken_guide(), 1800))))
