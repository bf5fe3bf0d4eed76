"""The exit: first, always in view, blank at once, and nothing personal behind it."""

import asyncio
import contextlib
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, Error, Page

from bot.core.guide import Guide
from tests.browser.conftest import NewPage
from tests.browser.elsewhere import Elsewhere
from tests.browser.walking import CHOICES, to_plan, to_plan_without_javascript
from tests.channels.webserver import Chat

# What nobody may find: words of the first screen, of the plan and of the lines, and every number.
PERSONAL = ("피해를", "네 탓이", "사진", "1366", "tel:", "도움")


async def by_button(page: Page) -> None:
    """A press on the button."""
    await page.locator("#exit").click(no_wait_after=True)


async def by_enter(page: Page) -> None:
    """The keyboard on the same link."""
    await page.locator("#exit").focus()
    await page.keyboard.press("Enter")


async def by_shift(page: Page) -> None:
    """Shift three times."""
    for _ in range(3):
        await page.keyboard.press("Shift")


WAYS = pytest.mark.parametrize("leave", [by_button, by_enter, by_shift])


async def history(page: Page) -> list[dict[str, Any]]:
    """The entries of this tab: what Back, a duplicated and a reopened tab are made from."""
    session = await page.context.new_cdp_session(page)
    found = await session.send("Page.getNavigationHistory")
    await session.detach()
    entries: list[dict[str, Any]] = found["entries"]
    return entries


class Eye:
    """What can be seen of a tab. While another page is on its way the browser lets no script look, only pixels."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session

    async def sees(self) -> str:
        """The tab's pixels."""
        picture: str = (await self.session.send("Page.captureScreenshot"))["data"]
        return picture

    async def reads(self) -> str:
        """The tab's title."""
        found = await self.session.send("Page.getNavigationHistory")
        title: str = found["entries"][found["currentIndex"]]["title"]
        return title


async def eye_on(page: Page) -> Eye:
    """An eye on this tab."""
    return Eye(await page.context.new_cdp_session(page))


async def nothing(page: Page, chat: Chat) -> str:
    """What a tab of the same size looks like in which nothing is shown."""
    empty = await page.context.new_page()
    await empty.goto(chat.url)
    await empty.evaluate("document.documentElement.hidden = true")
    seen = await (await eye_on(empty)).sees()
    await empty.close()
    return seen


async def assert_tells_nothing(page: Page) -> None:
    """Neither the page nor its title nor its address tells what was read here."""
    shown = await page.content() + await page.title() + page.url
    assert not [word for word in PERSONAL if word in shown]


@WAYS
async def test_after_the_exit_no_way_back_shows_anything(
    new_page: NewPage, chat: Chat, elsewhere: Elsewhere, leave: Any
) -> None:
    """Back three times, Forward, reload, and what a reopened or duplicated tab would show: the chat is not there."""
    page = await new_page()
    await to_plan(page)
    async with page.expect_navigation(url=elsewhere.url + "weather"):
        await leave(page)
    assert [entry["url"] for entry in await history(page)] == ["about:blank", elsewhere.url + "weather"]
    for _ in range(3):
        await page.go_back(wait_until="commit")
        await assert_tells_nothing(page)
    await page.go_forward(wait_until="commit")
    await assert_tells_nothing(page)
    assert page.url == elsewhere.url + "weather"
    await page.reload()
    await assert_tells_nothing(page)
    assert all(chat.url not in str(entry) for entry in await history(page))


async def test_a_page_left_by_the_address_bar_comes_back_without_answers(
    new_page: NewPage, elsewhere: Elsewhere
) -> None:
    """The browser brings pages of others back from its back/forward cache here, and ours only as new."""
    page = await new_page()
    ways: list[str] = []
    session = await page.context.new_cdp_session(page)
    await session.send("Page.enable")
    session.on("Page.frameNavigated", lambda event: ways.append(event["type"]))
    await to_plan(page)
    for path in ("a", "b"):
        await page.goto(elsewhere.url + path)
    await page.go_back(wait_until="commit")
    await page.wait_for_function("location.pathname === '/a'")
    await page.go_back(wait_until="commit")
    await page.wait_for_selector(CHOICES)
    assert ways == ["Navigation", "Navigation", "BackForwardCacheRestore", "Navigation"]
    assert "1366" not in await page.content()
    assert await page.locator("html:not([hidden])").count() == 1


async def test_a_page_that_a_browser_brings_back_all_the_same_is_blank_and_begins_anew(
    new_page: NewPage, chat: Chat
) -> None:
    """It was hidden when it went, so nothing flashes up, and it is replaced by the first screen."""
    page = await new_page()
    await to_plan(page)
    assert await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide')) && document.documentElement.hidden")
    assert not await page.locator("h1").is_visible()
    async with page.expect_navigation(url=chat.url):
        await page.evaluate("void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    await page.wait_for_selector(CHOICES)
    assert "1366" not in await page.content()


async def test_a_reloaded_and_a_duplicated_tab_show_the_first_screen(new_page: NewPage, chat: Chat) -> None:
    """The address says nothing of where somebody was."""
    page = await new_page()
    await to_plan(page)
    second = await page.context.new_page()
    await second.goto(page.url)
    await page.reload()
    for tab in (page, second):
        assert tab.url == chat.url
        assert "1366" not in await tab.content()


@WAYS
async def test_the_page_is_blank_before_the_network_answers(
    new_page: NewPage, chat: Chat, elsewhere: Elsewhere, leave: Any
) -> None:
    """The other page takes its time: meanwhile there is nothing to see and nothing to read in the title."""
    page = await new_page()
    await to_plan(page)
    blank, eye = await nothing(page, chat), await eye_on(page)
    assert await eye.sees() != blank
    elsewhere.is_awake.clear()
    await leave(page)
    assert await eye.sees() == blank
    assert await eye.reads() == "\u200b"
    elsewhere.is_awake.set()
    await page.wait_for_url("**/weather")


async def test_nothing_comes_back_to_a_blank_page(browser: Browser, shipped: Guide, elsewhere: Elsewhere) -> None:
    """The exit leads to nowhere: neither an answer on its way nor the end of the page's life fills it again."""
    async with Chat(lambda: shipped, elsewhere.url + "nothing", idle=3) as chat:
        page = await (await browser.new_context(locale="ko")).new_page()
        await page.goto(chat.url)
        await page.wait_for_load_state("networkidle")
        release, answered = asyncio.Event(), asyncio.Event()

        async def held(route: Any) -> None:
            await release.wait()
            await route.continue_()

        page.on("requestfinished", lambda request: answered.set() if request.method == "POST" else None)
        await page.route("**/", held)
        await page.locator(CHOICES).first.click()
        await by_button(page)
        release.set()
        await asyncio.wait_for(answered.wait(), 20)
        await page.wait_for_timeout(4000)
        assert await page.evaluate("document.documentElement.hidden && document.body.childElementCount === 0")
        assert page.url == chat.url
        assert [request.path for request in elsewhere.asked] == ["/nothing"]
        await page.context.close()


@WAYS
async def test_leaving_is_told_to_nobody(
    new_page: NewPage, chat: Chat, elsewhere: Elsewhere, leave: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    """No request to this server, no line in a log, and the other page does not learn where somebody came from."""
    page = await new_page()
    await to_plan(page)
    await page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    async with page.expect_navigation(url=elsewhere.url + "weather"):
        await leave(page)
    assert [url for url in asked if not url.startswith(elsewhere.url)] == []
    (request,) = [request for request in elsewhere.asked if request.path == "/weather"]
    assert "Referer" not in request.headers and "Origin" not in request.headers
    assert request.headers["Sec-Fetch-Site"] == "cross-site"
    assert capfd.readouterr() == ("", "")


async def test_without_javascript_the_exit_leads_away_and_back_asks_before_it_shows_anything(
    new_page: NewPage, elsewhere: Elsewhere
) -> None:
    """Screens are answers to a POST: the browser asks whether to send again, and shows nothing by itself."""
    page = await new_page(javascript=False)
    await to_plan_without_javascript(page)
    await page.locator("#exit").click()
    await page.wait_for_url(elsewhere.url + "weather")
    for _ in range(3):
        with contextlib.suppress(Error):  # the browser's own page about sending again
            await page.go_back(wait_until="commit")
        await page.wait_for_timeout(300)
        assert not [word for word in PERSONAL if word in await page.locator("body").inner_text()]
    assert [entry["url"] for entry in await history(page)][-1] == elsewhere.url + "weather"
