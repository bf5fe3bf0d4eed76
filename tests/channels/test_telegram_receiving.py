"""How updates come in: by polling and by webhook, from a server that is down, strange, hostile or full."""

import asyncio
import json
from typing import Any

import pytest

from bot import logs
from bot.channels.telegram import Telegram
from bot.channels.telegram.seen import DAY, Seen
from bot.channels.telegram.unpacking import Unread, unpacked
from bot.pressing import Pressing
from bot.sealing import Sealing
from bot.settings import Settings
from tests.botapi import TOKEN, BotApi, Person, Refusal, too_many
from tests.channels.telegram_world import BOTH, PUBLIC, Clock, World, nothing_leaks, spoken_guide, world

__all__ = ["nothing_leaks"]
BAD = [
    {"message": {"message_id": 5, "date": 1, "text": "CANARY without a chat"}},
    {"message": {"message_id": "CANARY", "chat": {"id": 7, "type": "private"}, "text": "x"}},
    {"callback_query": {"id": 1, "data": "CANARY"}},
    {"my_chat_member": []},
    {"something_new": {"text": "CANARY"}},
]


@BOTH
async def test_unreadable_updates_between_two_good_ones_harm_neither(mode: str, nothing_leaks: None) -> None:
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


async def test_refused_setup_methods_do_not_stop_the_bot(nothing_leaks: None) -> None:
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
async def test_a_server_that_is_down_at_boot_is_joined_when_it_comes(mode: str, nothing_leaks: None) -> None:
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


async def test_words_that_waited_while_telegram_was_away_give_one_card() -> None:
    """The server goes down under the poll; seven words later it is back: nothing was lost, nothing comes twice."""
    async with world() as here:
        await here.api.until(lambda: here.api.named("getUpdates"))
        await here.api.down()
        person = here.api.person()
        body = {"date": 1, "chat": person.chat, "from": person.sender, "text": "words"}
        await here.api.arrives(*({"message": {"message_id": n, **body}} for n in range(1, 8)))
        await asyncio.sleep(0.3)
        await here.api.up()
        await here.api.until(lambda: len(person.messages) == 2)
        await here.quiet()
        assert len(here.api.named("sendMessage")) == 2


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


def text_update(person: Person, text: str = '"/start"', **more: str) -> str:
    """An update as it is written, with a value for the text that no program would write."""
    rest = "".join(f',"{key}":{value}' for key, value in {"text": text, **more}.items())
    message = {"message_id": 5, "date": 1, "chat": person.chat, "from": person.sender}
    return f'{{"update_id":NUMBER,"message":{json.dumps(message)[:-1]}{rest}}}}}'


POISON = {
    "a thousand levels": '{"a":' * 1_000 + "1" + "}" * 1_000,
    "a hundred thousand levels": "[" * 100_000 + "]" * 100_000,
    "a number without end": "1" * 5_000,
    "brackets in words": '"}]}[{ \\"update_id\\": 7 \\\\"',
    "no JSON": "{CANARY: nothing}",
    "not a number": "NaN",
    "beyond all numbers": "[Infinity,-Infinity,1e999]",
    "half a pair": '"\\ud83d and \\ude00"',
    "a zero": '"\\u0000"',
    "a megabyte": '"' + "CANARY" * 80_000 + '"',
}


@BOTH
@pytest.mark.parametrize("poison", POISON)
async def test_a_poisoned_update_harms_no_neighbour_and_does_not_come_again(
    mode: str, poison: str, nothing_leaks: None
) -> None:
    """Between two good ones in one answer: both are served, it is acknowledged, and not a letter of it is written."""
    async with world(mode) as here:
        first, bad, second = here.api.person(7), here.api.person(8), here.api.person(9)
        written = text_update(bad, POISON[poison] if poison == "half a pair" else '"x"', entities=POISON[poison])
        last = await here.api.arrives_as(text_update(first), written, text_update(second))
        await here.api.until(lambda: first.messages and second.messages)
        await here.quiet()
        assert "What is closest?" in first.card["text"] and "What is closest?" in second.card["text"]
        if mode == "polling":
            await here.api.until(lambda: here.api.named("getUpdates")[-1].given.get("offset") == last + 1)
        else:
            assert set(here.api.pushed) <= ({200, 400} if poison == "no JSON" else {200})
        asked = len(here.api.named("getUpdates"))
        await asyncio.sleep(0.05)
        assert len(here.api.named("getUpdates")) <= asked + 1


async def test_an_answer_that_is_no_unicode_is_read_all_the_same() -> None:
    """A byte that belongs to no letter costs that letter, not the day."""
    async with world("webhook") as here:
        person = here.api.person()
        body = text_update(person).replace("NUMBER", "77").replace("/start", "/start \udcff")
        assert await here.api.push(body.encode("utf-8", "surrogateescape")) == 200
        await here.api.until(lambda: person.messages)


@pytest.mark.parametrize("result", ["{}", '"CANARY"', "7", "true", "null", '[{"no_number": 1}]', '[5, "x", null]'])
async def test_an_answer_that_brings_nothing_further_is_not_asked_for_in_a_loop(result: str) -> None:
    """Updates without a number, or no list at all: asked again after a pause that grows."""
    async with world() as here:
        await here.api.until(lambda: here.api.named("getUpdates"))
        here.api.always_as["getUpdates"] = f'{{"ok":true,"result":{result}}}'
        person = here.api.person()
        await person.writes("/start")
        await here.api.until(lambda: len(here.api.named("getUpdates")) >= 2)
        asked = len(here.api.named("getUpdates"))
        await asyncio.sleep(0.5)
        assert len(here.api.named("getUpdates")) <= asked + 1
        del here.api.always_as["getUpdates"]
        await here.api.until(lambda: person.messages)


def nested(levels: int) -> str:
    """An update whose content is nested."""
    return '{"update_id":2,"message":' + "[" * levels + "]" * levels + "}"


@pytest.mark.parametrize("levels", [900, 1_000, 5_000, 100_000])
def test_updates_are_read_one_by_one_where_all_at_once_cannot_be(levels: int) -> None:
    """The good ones whole, of the others at least the number."""
    good = [{"update_id": 1, "message": {"text": '"]}[{'}}, {"update_id": 3}]
    answer = f'{{"ok":true,"result":[{json.dumps(good[0])},{nested(levels)} , {json.dumps(good[1])}]}}'
    found = unpacked(answer)
    assert found is not None
    assert [found[0], found[2]] == good
    assert found[1] == Unread(2) or levels == 900


@pytest.mark.parametrize(
    "cut", ["", "{", '{"ok":true,"result":[', '{"ok":true,"result":[{"update_id":1}', "<html>[]{}</html>"]
)
def test_half_an_answer_is_no_answer(cut: str) -> None:
    """What is not there yet must not be taken for read."""
    assert unpacked(cut) is None or unpacked(cut) == []


@pytest.mark.parametrize("number", ["12345678901", "x", "-5", ""])
def test_an_update_whose_number_cannot_be_read_has_none(number: str) -> None:
    """Telegram has none that is longer than ten digits."""
    assert unpacked(f'{{"result":[{{"update_id":{number},"x":}}]}}') == [Unread(None)]


@BOTH
async def test_the_same_update_twice_is_served_once(mode: str) -> None:
    """Telegram sends it again when it is not sure that it came; a command must not make a second card."""
    async with world(mode) as here:
        person = here.api.person()
        message = {"message_id": 5, "date": 1, "chat": person.chat, "from": person.sender, "text": "/start"}
        update = {"update_id": 500, "message": message}
        for _ in range(3):
            if mode == "webhook":
                assert await here.api.push(json.dumps(update).encode()) == 200
            else:
                here.telegram._polling._receiving.take(update)
            await here.quiet()
        await here.api.until(lambda: person.messages)
        await here.quiet()
        assert len(here.api.named("sendMessage")) == 1


async def test_numbers_that_begin_anew_after_a_quiet_week_are_served() -> None:
    """A low number is no old one."""
    async with world() as here:
        first = await here.started(7)
        assert first.messages
        here.api._numbers["update"] = 3
        second = await here.started(8)
        await here.pressed(second, "I found a picture", "How old")
        here.api._numbers["update"] = 2_000_000_000
        await here.pressed(first, "I found a picture", "How old")


def test_numbers_are_remembered_for_a_day_and_no_more_than_there_is_room_for() -> None:
    """They are kept as marks, which differ from process to process."""
    clock = Clock()
    seen = Seen(clock, most=1000)
    assert not seen.again(5)
    assert seen.again(5)
    clock.now += DAY - 1
    assert seen.again(5)
    clock.now += 1
    assert not seen.again(6)
    assert not seen.again(5)
    for number in range(10_000):
        seen.again(number)
    assert len(seen) == 1000
    assert seen.again(9_999) and not seen.again(8_000)
    other = Seen(clock)
    other.again(9_999)
    assert not other._at.keys() & seen._at.keys()


def test_nothing_of_an_update_stands_in_the_repr_of_what_is_remembered() -> None:
    """Not even its number."""
    assert repr(Unread(5)) == "Unread()"


async def shuffled(here: World, person: Person, order: list[str]) -> None:
    """A press and words of one person, in an order that Telegram may choose."""
    query = {
        "id": here.api.next_query(),
        "from": person.sender,
        "chat_instance": "1",
        "data": person.button("I found")["callback_data"],
        "message": person.reference(person.card["message_id"]),
    }
    words = {"message_id": here.api.next_message(), "date": 1, "chat": person.chat, "from": person.sender, "text": "hi"}
    updates: dict[str, dict[str, Any]] = {"press": {"callback_query": query}, "words": {"message": words}}
    await here.api.arrives(*(updates[name] for name in order))


@BOTH
@pytest.mark.parametrize("order", [["press", "words"], ["words", "press"], ["words", "press", "press"]])
async def test_a_press_and_words_in_any_order_end_alike(mode: str, order: list[str]) -> None:
    """A press may overtake words: one card on the pressed screen, one note below it."""
    async with world(mode) as here:
        person = await here.started()
        await shuffled(here, person, order)
        await here.api.until(lambda: "How old" in person.card["text"] and person.notes)
        await here.quiet()
        assert len(person.messages) == 2
