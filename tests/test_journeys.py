"""People of the support worker's notes walk through all three channels and see the same."""

import io
import re
from functools import cache
from html import unescape
from itertools import pairwise

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.channels import terminal
from bot.channels.telegram import Telegram
from bot.channels.terminal.drawing import numbered
from bot.channels.web import application
from bot.channels.web.drawing import Drawing
from bot.core.guide import Guide
from bot.core.plainly import plain_screen
from bot.core.shown import Screen
from bot.flowfiles.meeting import met
from bot.flowfiles.people import Journey
from bot.flowfiles.reading import read_folder
from bot.pressing import Pressing
from bot.sealing import Sealing
from bot.settings import FLOWS, Settings
from tests.botapi import TOKEN, BotApi
from tests.journeys import journeys, walked
from tests.small import NIGHT

EACH = pytest.mark.parametrize("journey", journeys(), ids=lambda journey: journey.name)


@cache
def shipped() -> Guide:
    """The guide of flows/."""
    guide = read_folder(FLOWS).guide
    assert guide is not None
    return guide


def pressing() -> Pressing:
    """Presses on the shipped guide at three in the morning in Seoul."""
    return Pressing(Sealing(shipped(), 1800), wall=lambda: NIGHT)


@EACH
def test_a_journey_ends_where_it_should_and_shows_the_right_help(journey: Journey) -> None:
    """The core alone: the last stop, the facts on the way, and those that must never appear."""
    walks, failures = met(shipped(), [journey], NIGHT)
    assert [(failure.expected, failure.seen) for failure in failures] == []
    assert len(walks) == len(journey.languages)


@EACH
def test_the_terminal_shows_the_same(journey: Journey) -> None:
    """Numbers from a pipe lead through the same screens, word for word."""
    steps = list(walked(shipped(), journey, NIGHT))
    numbers = [
        next(n for n, button in enumerate(numbered(before), 1) if pressed is not None and button == pressed)
        for (_, before), (pressed, _) in pairwise(steps)
    ]
    out = io.StringIO()
    typed = io.StringIO("".join(f"{number}\n" for number in numbers))
    terminal.run(shipped(), journey.languages[0], typed, out, lambda: NIGHT)
    for _, screen in steps:
        assert plain_screen(screen) in out.getvalue()


@EACH
async def test_the_web_shows_the_same(journey: Journey) -> None:
    """The same buttons, pressed as a browser without JavaScript does, give the same words."""
    here = pressing()
    server = TestServer(application(here, Drawing(shipped, "https://example.org/")))
    await server.start_server()
    async with ClientSession(headers={"Accept-Language": journey.languages[0]}) as client:
        page = await (await client.get(server.make_url("/"))).text()
        for pressed, screen in list(walked(shipped(), journey, NIGHT))[1:]:
            assert pressed is not None
            found = re.search(r'name="t" value="([^"]+)"[^>]*>' + re.escape(pressed.label), unescape(page))
            assert found, pressed.label
            page = await (await client.post(server.make_url("/"), data={"t": found[1]})).text()
            assert_shows(unescape(re.sub(r"<[^>]+>", "", page)), screen)
    await server.close()


@EACH
async def test_telegram_shows_the_same(journey: Journey) -> None:
    """One card, edited from screen to screen, with the same words and choices."""
    import asyncio

    async with BotApi() as api:
        stop = asyncio.Event()
        telegram = Telegram(Settings(bot_token=TOKEN, bot_api_url=api.url), pressing())
        running = asyncio.create_task(telegram.run(stop))
        person = api.person(language=journey.languages[0])
        await person.writes("/start")
        await api.until(lambda: any("keyboard" in message for message in person.messages.values()))
        for pressed, screen in list(walked(shipped(), journey, NIGHT))[1:]:
            assert pressed is not None
            before = person.card["text"]
            await person.presses(pressed.label)
            await api.until(lambda before=before: person.card["text"] != before)
            assert_shows(unescape(re.sub(r"<[^>]+>", "", person.card["text"])), screen)
            assert {button.label for button in screen.buttons} <= set(person.labels)
        stop.set()
        await asyncio.wait_for(running, 15)


def assert_shows(text: str, screen: Screen) -> None:
    """The text holds the title, the names of the facts and their lines."""
    squeezed = re.sub(r"\s+", " ", text)
    for words in (screen.title, *(fact.name for fact in screen.facts)):
        assert words in squeezed
    for fact in screen.facts:
        for contact in fact.contacts:
            assert contact.label in squeezed
