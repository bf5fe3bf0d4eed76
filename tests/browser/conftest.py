"""A real Chromium and the served web chat, for tests of what a person sees."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright

from bot.channels.web import application
from bot.channels.web.drawing import Drawing
from bot.core.guide import Guide
from bot.flowfiles.reading import read_folder
from bot.pressing import Pressing
from bot.sealing import Sealing
from bot.settings import FLOWS
from tests.small import NOON

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NewPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
def shipped() -> Guide:
    """The guide of flows/."""
    reading = read_folder(FLOWS)
    assert reading.guide is not None
    return reading.guide


@pytest.fixture
async def address(shipped: Guide) -> AsyncIterator[str]:
    """The address of the web chat with the shipped guide; the exit leads to a page of its own."""
    pressing = Pressing(Sealing(shipped, 1800), wall=lambda: NOON)
    drawing = Drawing(lambda: shipped, "/healthz")
    server = TestServer(application(pressing, drawing))
    await server.start_server()
    yield str(server.make_url("/"))
    await server.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium with its back/forward cache on, as people have it; drivers switch it off."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed: apt-get install chromium")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield started
        await started.close()


@pytest.fixture
async def new_page(browser: Browser, address: str) -> AsyncIterator[NewPage]:
    """Opens the chat in a fresh context; whatever the page logs or fails to load is a failure."""
    complaints: list[str] = []
    contexts = []

    async def open_page(width: int = 360, lang: str = "ko", javascript: bool = True, scheme: str = "light") -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": 780},
            locale=lang,
            java_script_enabled=javascript,
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(address)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert complaints == []
