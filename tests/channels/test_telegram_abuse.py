"""Floods, forgeries and random updates: others are served as always, and nothing gets out of order."""

import asyncio
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.answering import _mark
from bot.channels.telegram.drawing import Message
from bot.channels.telegram.reading import Unreadable, number, read
from bot.pressing import Pressing
from bot.sealing import Sealing
from tests.botapi import TOKEN, BotApi, Person, Refusal, too_many
from tests.channels.telegram_updates import Shapes, tokens_of
from tests.channels.telegram_world import BOTH, CHANGED, DESPAIR, World, nothing_leaks, spoken_guide, world
from tests.cli.folders import written
from tests.small import NOON

__all__ = ["nothing_leaks"]
ROOT = Path(__file__).resolve().parents[2]


def commands(people: list[Person]) -> list[dict[str, Any]]:
    """A command of each."""
    body = {"message_id": 1, "date": 1, "text": "/start"}
    return [{"message": {**body, "chat": person.chat, "from": person.sender}} for person in people]


async def test_a_flood_from_one_chat_moves_nobody_else() -> None:
    """Two thousand messages of one person are all deleted, with few notes; another person's press is served at once."""
    async with world() as here:
        flooding, other = await here.started(7), await here.started(8)
        numbers = [here.api.next_message() for _ in range(2000)]
        flooding.messages.update({n: {"message_id": n, "text": "flood"} for n in numbers})
        body = {"date": 1, "chat": flooding.chat, "from": flooding.sender, "text": "flood"}
        here.api.delays["deleteMessages"] = here.api.delays["sendMessage"] = 0.05
        await here.api.arrives(*({"message": {"message_id": n, **body}} for n in numbers))
        await asyncio.wait_for(here.pressed(other, "I found", "How old"), 3)
        await here.api.until(lambda: not flooding.messages.keys() & set(numbers))
        await here.quiet()
        assert len(flooding.notes) == 1
        assert len(here.api.named("sendMessage")) < 40
        assert len(here.api.named("deleteMessages", "deleteMessage")) < 120


@BOTH
async def test_a_hundred_taps_of_one_person_give_the_last_screen(mode: str) -> None:
    """All of them are answered; the card is edited far less often."""
    async with world(mode) as here:
        person, other = await here.started(7), await here.started(8)
        choices = [person.button(label)["callback_data"] for label in ("I found", "Somebody told", "I need help")]
        here.api.delays["editMessageText"] = 0.02
        reference = person.reference(person.card["message_id"])
        await asyncio.gather(*(person.presses_data(choices[n % 3], reference) for n in range(99)))
        await asyncio.wait_for(here.pressed(other, "I found", "How old"), 3)
        await here.api.until(lambda: "not alone with this" in person.card["text"])
        await here.quiet()
        assert "not alone with this" in person.card["text"]
        assert len(here.api.named("answerCallbackQuery")) == 100
        assert len(here.api.named("editMessageText")) < 90


async def test_the_last_press_wins_however_slow_the_answers_are() -> None:
    """No older screen ever comes after a newer one."""
    chance = random.Random(5)
    async with world() as here:
        person = await here.started()
        first = [person.button(label)["callback_data"] for label in ("I found", "Somebody told", "I need help")]
        reference = person.reference(person.card["message_id"])
        words = {first[0]: "Somebody else did this", first[1]: "You need not look", first[2]: "not alone with this"}
        for _ in range(12):
            for _ in range(chance.randrange(1, 6)):
                here.api.delays["editMessageText"] = chance.choice((0, 0, 0.01, 0.05))
                last = chance.choice(first)
                await person.presses_data(last, reference)
                await asyncio.sleep(chance.choice((0, 0.005, 0.02)))
            await here.quiet()
            assert words[last] in person.card["text"]


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


async def test_many_people_at_once_are_all_served() -> None:
    """Three hundred begin in one moment, from one school or from anywhere."""
    async with world() as here:
        people = [here.api.person(n) for n in range(1, 301)]
        await here.api.arrives(*commands(people))
        await here.api.until(lambda: all(person.messages for person in people), 20)
        assert {len(person.messages) for person in people} == {1}


@pytest.mark.parametrize(
    "words",
    ["😀" * 4096, "x" * 500_000, DESPAIR + " " + "y" * 100_000, "\ud800" * 50, "\x00"],
    ids=["faces", "half a megabyte", "despair", "halves of pairs", "a zero"],
)
@BOTH
async def test_giant_and_odd_words_are_words(mode: str, words: str, nothing_leaks: None) -> None:
    """They are deleted and answered, and despair is heard at their beginning."""
    async with world(mode) as here:
        person = await here.started()
        sent = await here.noted(person, text=words)
        assert sent not in person.messages
        assert ("You are not alone with this." in person.note["text"]) == words.startswith(DESPAIR)
        assert not here.telegram.counts.get("telegram_failed")


async def test_a_press_by_another_person_does_nothing_to_a_card() -> None:
    """In a private chat nobody else can press; who says so is not believed."""
    async with world() as here:
        person, other = await here.started(7), await here.started(8)
        before = dict(person.card)
        query = {
            "id": here.api.next_query(),
            "from": other.sender,
            "chat_instance": "1",
            "data": person.button("I found")["callback_data"],
            "message": person.reference(person.card["message_id"]),
        }
        await here.api.arrives({"callback_query": query}, {"callback_query": {**query, "data": "leave"}})
        await here.api.until(lambda: here.telegram.counts.get("telegram_unreadable") == 2)
        await here.quiet()
        assert person.card == before


async def test_the_token_of_another_chat_opens_nothing() -> None:
    """What one person answered cannot be opened by another."""
    async with world() as here:
        person, other = await here.started(7), await here.started(8)
        await other.presses_data(person.button("I found")["callback_data"])
        await here.api.until(lambda: "Closed text" in other.card["text"])


def test_every_changed_token_shows_one_and_the_same_screen() -> None:
    """A letter changed, a piece cut, another chat, epoch or instance: nothing tells them apart."""
    now = [0.0]
    pressing = Pressing(Sealing(spoken_guide(), 1800), clock=lambda: now[0], wall=lambda: NOON)
    token = pressing.token(next(b.session for b in pressing.first("en").buttons if b.session), b"7")
    other = Pressing(Sealing(spoken_guide(), 1800), clock=lambda: now[0])
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    changed = {token[:n] + letter + token[n + 1 :] for n in range(64) for letter in letters} - {token}
    assert len(changed) == 64 * 63
    changed |= {token[:n] for n in range(64)} | {token + "A", token.swapcase(), token[::-1], "а" + token[1:]}
    changed |= {other.token(button.session, b"7") for button in other.first("en").buttons if button.session}
    closed = pressing.closed("en")
    assert pressing.pressed(token, b"7", "en") != closed
    assert all(pressing.pressed(one, b"7", "en") == closed for one in changed)
    assert pressing.pressed(token, b"70", "en") == pressing.pressed(token, b"", "en") == closed
    now[0] = 1800 * 7 / 6
    assert pressing.pressed(token, b"7", "en") == closed


@BOTH
@pytest.mark.parametrize("kind", ["group", "supergroup", "channel", "a kind of next year"])
async def test_groups_and_channels_are_left_in_silence(mode: str, kind: str, nothing_leaks: None) -> None:
    """Nothing is ever said, deleted or edited where others read; a press there only stops turning."""
    async with world(mode) as here:
        group = here.api.person(-100500)
        chat = {**group.chat, "type": kind, "title": "CANARY"}
        body = {"message_id": 5, "date": 1, "chat": chat, "from": group.sender}
        member = {"chat": chat, "from": group.sender, "date": 1, "new_chat_member": {"status": "member"}}
        query = {"id": "77", "from": group.sender, "chat_instance": "1", "data": "leave", "message": body}
        arrived: list[dict[str, Any]] = [
            {"message": {**body, "text": "/start"}}, {"message": {**body, "photo": [{}]}}, {"my_chat_member": member},
            {"edited_message": {**body, "text": DESPAIR}}, {"callback_query": query},
        ]  # fmt: skip
        for n, update in enumerate(arrived, 1):
            await here.api.arrives(update)
            await here.api.until(lambda n=n: here.api.left == [-100500] * n)
        await here.api.arrives({"my_chat_member": {**member, "new_chat_member": {"status": "left"}}})
        await here.quiet()
        assert here.api.left == [-100500] * len(arrived)
        assert [call.given["callback_query_id"] for call in here.api.named("answerCallbackQuery")] == [77]
        assert not here.api.named("sendMessage", "editMessageText", "deleteMessage", "deleteMessages")


async def test_a_person_who_blocked_the_bot_costs_three_calls_and_no_more() -> None:
    """403 to everything: nothing is retried, nothing is kept."""
    async with world() as here:
        person = here.api.person()
        for method in ("sendMessage", "editMessageText", "deleteMessage", "deleteMessages"):
            here.api.always[method] = Refusal(403, "Forbidden: bot was blocked by the user")
        await person.writes("words")
        await here.api.until(lambda: here.api.named("sendMessage"))
        await here.quiet()
        assert len(here.api.named("sendMessage", "deleteMessage", "editMessageText")) <= 3
        assert here.telegram._answering._cards.of(7) is None


async def give(here: World, shapes: Shapes, many: int) -> None:
    """Random updates, and then a person who must be served."""
    await here.api.arrives_as(*shapes.texts(many))
    await here.quiet()
    person = await here.started(9_999)
    await here.pressed(person, "I found a picture", "How old")
    await person.presses("Leave")
    await here.api.until(lambda: not person.messages)
    await here.quiet()
    assert set(here.telegram.counts) <= {"telegram_unreadable"}
    assert not here.api.strays


MODES = ("polling", "webhook")
PEOPLE = [*range(1, 20), -100_500, -5, 2**40]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False), many=st.integers(10, 120), mode=st.sampled_from(MODES))
def test_random_updates_stop_nobody(chance: random.Random, many: int, mode: str) -> None:
    """Sound and broken ones of every kind; afterwards the next person is served. See bench/updates.py."""

    async def run() -> None:
        async with world(mode) as here:
            people = [here.api.person(number) for number in PEOPLE]
            await give(here, Shapes(chance, PEOPLE, lambda: tokens_of(people)), many)

    asyncio.run(run())


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["private", "/start", "x" * 64]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("message_id", "chat", "from", "date", "text", "caption", "photo", "media_group_id", "rich_message")
CHATS = st.fixed_dictionaries({"id": st.integers() | ODD, "type": st.sampled_from(["private", "group"]) | ODD}) | ODD
BODIES = st.fixed_dictionaries(
    {"message_id": st.integers() | ODD, "chat": CHATS}, optional=dict.fromkeys(FIELDS[2:], ODD)
)
UPDATES = st.fixed_dictionaries(
    {"update_id": st.integers() | ODD},
    optional={
        "message": BODIES | ODD,
        "edited_message": BODIES | ODD,
        "callback_query": st.fixed_dictionaries(
            {"id": st.text() | ODD, "from": CHATS}, optional={"message": BODIES | ODD, "data": ODD}
        )
        | ODD,
        "my_chat_member": st.fixed_dictionaries({"chat": CHATS}, optional={"new_chat_member": ODD}) | ODD,
    },
)


@settings(max_examples=400, deadline=None)
@given(update=UPDATES | ODD)
def test_whatever_an_update_is_made_of_it_is_read_or_left_out(update: Any) -> None:
    """Nothing but `Unreadable` is ever raised, and what is read names a chat that can be written to."""
    found = number(update)
    assert found is None or 0 <= found < 2**31
    try:
        arrived = read(update)
    except Unreadable:
        return
    if arrived is not None:
        assert type(arrived.chat) is int and abs(arrived.chat) < 2**63
        assert type(getattr(arrived, "message", 1) or 1) is int


async def program(api: BotApi, folder: Path) -> asyncio.subprocess.Process:
    """The real program over a folder, told to use a server of ours, with every warning made a failure."""
    env = {**os.environ, "FLOWS": str(folder), "WEB": "off", "BOT_TOKEN": TOKEN, "BOT_API_URL": api.url}
    command = [sys.executable, "-W", "error", "-X", "dev", "-m", "bot"]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stdout=pipe, stderr=pipe)


async def test_a_signal_in_the_middle_of_a_press_finishes_it_and_empties_every_chat(tmp_path: Path) -> None:
    """The real program: what was fetched is served, then cards and notes go, and it exits with 0 in time.

    Before that it was given random updates, and nothing of them, nor any warning, is ever written.
    """
    async with BotApi() as api:
        process = await program(api, written(tmp_path, **CHANGED))
        await api.arrives_as(*Shapes(random.Random(8), [901, 902, -900]).texts(400))
        await api.until(lambda: not api.waiting, 30)
        people = [api.person(n) for n in range(1, 81)]
        await api.arrives(*commands(people))
        await api.until(lambda: all(person.messages for person in people), 30)
        tokens = [person.button("I found")["callback_data"] for person in people]
        api.delays["answerCallbackQuery"] = 0.2
        api.calls.clear()
        for person, token in zip(people, tokens, strict=True):
            await person.presses_data(token)  # the query of the nth person has the number n
        await api.until(lambda: len(api.named("answerCallbackQuery")) >= 40)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(process.communicate(), 20)
        assert process.returncode == 0
        assert time.monotonic() - began < 15
        answered = {call.given["callback_query_id"] for call in api.named("answerCallbackQuery")}
        edited = {call.given["chat_id"] for call in api.named("editMessageText") if "How old" in call.given["text"]}
        assert edited == answered
        assert not any(person.messages for person in people)
        assert not [word for word in (b"Traceback", b"Warning", b"CANARY", b"901") if word in said]


def test_a_mark_of_a_drawing_is_no_drawing() -> None:
    """What the cards remember of a screen is a number."""
    assert isinstance(_mark(Message("words", [])), int)
    assert _mark(Message("words", [])) != _mark(Message("words", [[{"text": "x", "callback_data": "t"}]]))
