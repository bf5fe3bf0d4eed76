"""A running bot with the Bot API server it talks to, and people who use it."""

import asyncio
import contextlib
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
from tests.botapi import TOKEN, BotApi, Person
from tests.small import LISTENS, NOON, guide

KOREAN = """
crisis:
  explicit: [죽고 싶]
  indirect: [끝내고 싶]
  danger: [집 앞에]
topics:
  found: [합성]
  law: [법]
  place: [사이트]
"""
CHANGED = {"listening__ko": KOREAN, **LISTENS}  # the small guide with topics and a quiet interrupt
PUBLIC = "https://bot.example.org/telegram"
SPOKEN = {
    "telegram-note": "Telegram can read this chat.",
    "telegram-note-web": "The same help is at {web}",
    "closes-after": "Closes after {minutes} minutes.",
    "note-before": "Note it before.",
    "media-note": "We deleted it. You did nothing wrong.",
    "media-stays": "We did not look. You can delete it by hand.",
    "typed-note": "Your words are deleted.",
    "typed-stays": "Your words are still here. You can delete them by hand.",
}
BOTH = pytest.mark.parametrize("mode", ["polling", "webhook"])
DESPAIR = "I want to die"


def spoken_guide() -> Guide:
    """The small guide with the words of this channel."""
    small = guide(**CHANGED)
    spoken = {key: Text("en", {"en": (Part((Paragraph((Words(words),)),)),)}) for key, words in SPOKEN.items()}
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

    async def noted(self, person: Person, **content: object) -> int:
        """The person sends something and sees a new note; the number of what was sent."""
        before = {note["message_id"] for note in person.notes}
        sent = await person.sends(**content)
        await self.api.until(lambda: {note["message_id"] for note in person.notes} - before and len(person.notes) == 1)
        return sent

    async def quiet(self) -> None:
        """Until everything that has arrived is done."""
        turns = self.telegram._turns
        await self.api.until(lambda: not self.api.waiting and not turns._tasks and not turns._answers)

    async def passes(self, seconds: float) -> None:
        """Time goes by, once everything that has arrived is done."""
        await self.quiet()
        self.clock.now += seconds

    async def ended(self) -> None:
        self.stop.set()
        await asyncio.wait_for(self.running, 15)


@contextlib.asynccontextmanager
async def world(
    mode: str = "polling", api: BotApi | None = None, idle: float = 1800, its: Guide | None = None
) -> AsyncIterator[World]:
    """A running bot and its server; with `api`, a server that the test has prepared."""
    api = api or BotApi()
    if not api.port:
        await api.up()
    webhook = {"webhook_url": PUBLIC, "webhook_secret": "secret-of-the-hook"} if mode == "webhook" else {}
    settings = Settings(bot_token=TOKEN, bot_api_url=api.url, web_url="https://help.example.org", **webhook)
    clock = Clock()
    sealing = Sealing(spoken_guide() if its is None else its, idle)
    telegram = Telegram(settings, Pressing(sealing, clock=clock, wall=lambda: NOON))
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
def nothing_leaks(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """What the operator reads holds, at the end of the test, no canary and no traceback."""
    logs.set_up("debug")
    yield
    said = capsys.readouterr()
    assert "CANARY" not in said.out + said.err
    assert "Traceback" not in said.err
