"""The exit: first, always in view, blank at once, and nothing personal behind it."""

import asyncio
import contextlib
from typing import Any

import pytest
from playwright.async_api import Error, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.elsewhere import Elsewhere
from tests.browser.walking import CHOICES, press, to_plan, to_plan_without_javascript
from tests.channels.webserver import Chat

# What nobody may find: words of the first screen, of the plan and of the lines, and every number.
PERSONAL = ("피해를", "네 탓이", "사진", "1366", "tel:", "도움")
BLANK = "document.documentElement.hidden && document.body.childElementCount === 0"


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
    assert ways == ["Navigation", "Navigation", "BackForwardCacheRestore"]
    await page.go_back(wait_until="commit")
    await page.wait_for_selector(CHOICES)
    assert ways[3:] == ["Navigation"]
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
    """The other page takes its time: meanwhile there is nothing to see, to read out or to find in the title."""
    page = await new_page(clock=True)
    await to_plan(page)
    await page.wait_for_load_state("networkidle")
    elsewhere.is_awake.clear()
    await leave(page)
    assert await page.evaluate(BLANK)
    assert await page.title() == "\u200b"
    await page.clock.fast_forward("40:00")  # neither the warning nor the end brings anything back
    assert await page.evaluate(BLANK)
    elsewhere.is_awake.set()
    await page.wait_for_url("**/weather")


async def test_an_answer_on_its_way_brings_nothing_back(new_page: NewPage, elsewhere: Elsewhere) -> None:
    """Somebody presses a choice and leaves before its screen has come."""
    page = await new_page()
    await page.wait_for_load_state("networkidle")
    answered = asyncio.Event()
    release = asyncio.Event()

    async def held(route: Any) -> None:
        await release.wait()
        await route.continue_()

    page.on("requestfinished", lambda _: answered.set())
    page.on("requestfailed", lambda _: answered.set())
    await page.route("**/", held)
    await page.locator(CHOICES).first.click()
    elsewhere.is_awake.clear()
    await by_button(page)
    assert await page.evaluate(BLANK)
    release.set()
    await asyncio.wait_for(answered.wait(), 20)
    await page.wait_for_timeout(200)
    assert await page.evaluate(BLANK)
    elsewhere.is_awake.set()
    await page.wait_for_url("**/weather")


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


async def test_presses_on_shift_are_counted_aloud(new_page: NewPage) -> None:
    """Who cannot see the screen hears how many are left, in the language of the page."""
    page = await new_page(clock=True)
    status = page.get_by_role("status")
    await page.keyboard.press("Shift")
    await expect(status).to_have_text("Shift를 두 번 더 누르면 나가요.")
    await page.keyboard.press("Shift")
    await expect(status).to_have_text("Shift를 한 번 더 누르면 나가요.")
    await page.clock.run_for(5100)
    await expect(status).to_have_text("")
    for _ in range(2):
        await page.keyboard.press("Shift")
        await page.clock.run_for(4900)  # each press opens five seconds for the next
    await expect(status).to_have_text("Shift를 한 번 더 누르면 나가요.")
    await page.keyboard.press("a")
    await expect(status).to_have_text("")
    for _ in range(2):
        await page.keyboard.press("Shift")
    await page.wait_for_timeout(300)
    assert await page.locator("#exit").is_visible()


@pytest.mark.parametrize("keys", ["Shift+A", "Control+Shift", "Alt+Shift", "Meta+Shift", "Shift+Tab"])
async def test_shift_together_with_another_key_does_not_leave(new_page: NewPage, chat: Chat, keys: str) -> None:
    """Capitals, shortcuts and a change of the keyboard keep the page."""
    page = await new_page()
    for _ in range(4):
        await page.keyboard.press(keys)
    await page.wait_for_timeout(300)
    assert page.url == chat.url
    assert await page.locator("#exit").is_visible()


async def test_a_slow_hand_leaves_as_well(new_page: NewPage, elsewhere: Elsewhere) -> None:
    """A key that is held for long repeats itself: that is one press."""
    page = await new_page()
    for _ in range(3):
        for _ in range(5):
            await page.keyboard.down("Shift")
        await page.keyboard.up("Shift")
    await page.wait_for_url(elsewhere.url + "weather")


@pytest.mark.parametrize(
    ("width", "height", "text"),
    [(320, 640, "100%"), (320, 256, "100%"), (640, 512, "100%"), (320, 640, "200%"), (360, 300, "200%")],
    ids=["phone", "zoom 400 %", "zoom 200 %", "text 200 %", "small and text 200 %"],
)
@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_the_exit_stays_in_view(new_page: NewPage, width: int, height: int, text: str, lang: str) -> None:
    """At the top, in the middle and at the end of a long page nothing covers it, and nothing scrolls sideways."""
    page = await new_page(width=width, height=height, lang=lang, clock=True)
    await to_plan(page)
    await page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text)
    for place in (0, 0.5, 1):
        await page.evaluate("(place) => scrollTo(0, place * document.documentElement.scrollHeight)", place)
        assert await page.evaluate(
            """() => {
              const box = document.getElementById("exit").getBoundingClientRect();
              const corners = [[box.left + 4, box.top + 4], [box.right - 4, box.bottom - 4]];
              return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth
                && corners.every(([x, y]) => document.elementFromPoint(x, y)?.id === "exit");
            }"""
        )
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_the_exit_comes_first_on_every_kind_of_page(new_page: NewPage) -> None:
    """First in reading and first in tab order: screens, help now, the closed and the left page."""
    page = await new_page(clock=True)

    async def comes_first() -> bool:
        first = "document.querySelector('a[href], button, [tabindex=\"0\"]').id"
        return bool(await page.evaluate(first) == "exit" and await page.locator("[tabindex]:not(h1)").count() == 0)

    assert await comes_first()
    await to_plan(page)
    assert await comes_first()
    await press(page, "header button")
    assert await comes_first()
    await page.clock.fast_forward("31:00")
    await page.wait_for_selector("body:not([data-idle])")
    assert await comes_first()
    await press(page, CHOICES)
    await press(page, "footer button[name=leave]")
    assert await comes_first()


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
