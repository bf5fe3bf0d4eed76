"""A real Chromium, the served web chat and a site of somebody else, for tests of what a person meets."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from bot.core.guide import Guide
from bot.flowfiles.reading import read_folder
from bot.settings import FLOWS
from tests.browser.elsewhere import Elsewhere
from tests.channels.webserver import Chat

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
  console.error("policy " + event.violatedDirective + " " + event.blockedURI);
});"""
NewPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
def shipped() -> Guide:
    """The guide of flows/."""
    reading = read_folder(FLOWS)
    assert reading.guide is not None
    return reading.guide


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    """The site that the exit leads to; also the one that attacks."""
    async with Elsewhere() as site:
        yield site


@pytest.fixture
async def chat(shipped: Guide, elsewhere: Elsewhere) -> AsyncIterator[Chat]:
    """The web chat with the shipped guide; the exit leads elsewhere."""
    async with Chat(lambda: shipped, elsewhere.url + "weather", hosts=("127.0.0.1",)) as served:
        yield served


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
async def new_page(browser: Browser, chat: Chat) -> AsyncIterator[NewPage]:
    """Opens the chat in a fresh context; whatever the page logs or fails to load is a failure."""
    complaints: list[str] = []
    contexts = []

    def complain(text: str) -> None:
        if "ERR_INTERNET_DISCONNECTED" not in text:  # a test has cut the network
            complaints.append(text)

    async def open_page(
        width: int = 360, height: int = 780, lang: str = "ko", javascript: bool = True, scheme: Any = "light",
        clock: bool = False,
    ) -> Page:  # fmt: skip
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            locale=lang,
            java_script_enabled=javascript,
            color_scheme=scheme,
        )
        contexts.append(context)
        await context.add_init_script(VIOLATIONS)
        page = await context.new_page()
        page.on("console", lambda message: complain(message.text))
        page.on("pageerror", lambda error: complain(str(error)))
        if clock:
            await page.clock.install()
        await page.goto(chat.url)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert complaints == []
