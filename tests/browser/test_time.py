"""How long a page lives: a warning in time, one press to stay, and an end that leaves only the help lines."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from bot.core.guide import Guide
from tests.browser.conftest import NewPage
from tests.browser.walking import press, to_plan
from tests.channels.webserver import Chat

MINUTE = 60.0
LEFT_OF_PLAN = "네 탓이 아니에요"  # words of the plan for somebody under 19
WARNED = """
window.warned = 0;
new MutationObserver((changes) => {
  for (const change of changes) if (change.target.id === "soon" && !change.target.hidden) window.warned += 1;
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
"""


async def pass_time(page: Page, chat: Chat, minutes: float) -> None:
    """Minutes go by, here and on the server, while nothing is pressed."""
    chat.now += minutes * MINUTE
    await page.clock.run_for(int(minutes * MINUTE * 1000))


async def sleep_for(page: Page, chat: Chat, minutes: float) -> None:
    """The lid is closed, and opened after so many minutes."""
    chat.now += minutes * MINUTE
    await page.clock.fast_forward(int(minutes * MINUTE * 1000))


async def assert_closed(page: Page) -> None:
    """The kind screen: help lines, nothing of the plan, the heading in focus."""
    await page.wait_for_selector("body:not([data-idle])")
    assert await page.locator("h1").inner_text() == "화면이 닫혔어요"
    assert await page.locator('a[href="tel:109"]').is_visible()
    content = await page.content()
    assert LEFT_OF_PLAN not in content
    assert await page.evaluate("document.activeElement.id") == "top"


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_every_page_says_how_long_it_lives(new_page: NewPage, lang: str) -> None:
    """With the minutes, and where there is something to note also that it can be noted; never before the help."""
    page = await new_page(lang=lang)
    first = await page.locator("#life").inner_text()
    assert "30" in first
    await to_plan(page)
    assert len(await page.locator("#life").inner_text()) > len(first)
    assert await page.locator("footer #life").count() == 1
    assert await page.locator("footer .stay").is_visible()
    assert not await page.locator("#soon").is_visible()


async def test_the_warning_comes_two_minutes_before_the_end_and_once(new_page: NewPage, chat: Chat) -> None:
    """An alert with one button; it is told once, and moves neither the page nor the focus."""
    page = await new_page(clock=True)
    await to_plan(page)
    await page.evaluate(WARNED)
    await page.locator(".fact .quiet").first.focus()
    before = await page.evaluate("[scrollY, document.activeElement.value]")
    await pass_time(page, chat, 27.9)
    await expect(page.get_by_role("alert")).to_have_count(0)
    await pass_time(page, chat, 0.2)
    await expect(page.get_by_role("alert")).to_be_visible()
    assert "더 머무르기" in await page.get_by_role("alert").inner_text()
    await pass_time(page, chat, 1.8)
    assert await page.evaluate("warned") == 1
    assert await page.evaluate("[scrollY, document.activeElement.value]") == before


@pytest.mark.parametrize(
    ("minutes", "button", "place"), [(28.5, "#soon .stay", "SECTION"), (20, "footer .stay", "FOOTER")]
)
async def test_one_press_stays_in_place(new_page: NewPage, chat: Chat, minutes: float, button: str, place: str) -> None:
    """The same words at the same place, buttons that live for another half hour, and one sentence that says so."""
    page = await new_page(clock=True)
    await to_plan(page)
    await page.locator(".fact .quiet").nth(1).focus()
    await pass_time(page, chat, minutes)
    await page.locator(button).focus()
    before = await page.evaluate("[scrollY, document.querySelector('main').textContent]")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("body:not([aria-busy])")
    await expect(page.locator("#soon")).to_be_hidden()
    assert await page.evaluate("[scrollY, document.querySelector('main').textContent]") == before
    assert await page.evaluate("document.activeElement.closest('section, footer').tagName") == place
    assert await page.locator("#status").inner_text() == await page.locator("#life").inner_text()
    await pass_time(page, chat, 27)
    await press(page, ".fact .quiet")
    assert await page.locator("#life").count() == 1
    await pass_time(page, chat, 28.5)
    await expect(page.get_by_role("alert")).to_be_visible()
    await pass_time(page, chat, 1.6)
    await assert_closed(page)


async def test_at_the_end_the_page_closes_itself(new_page: NewPage, chat: Chat) -> None:
    """Half an hour without a press: the help lines stay, the plan goes, and starting again works hours later."""
    page = await new_page(clock=True)
    await to_plan(page)
    await pass_time(page, chat, 30.1)
    await assert_closed(page)
    chat.now += 600 * MINUTE
    await press(page, "nav.choices button")
    assert await page.locator("nav.choices button").count() > 3
    assert await page.locator("html").get_attribute("lang") == "ko"


async def test_details_on_the_closed_page_can_be_pressed(new_page: NewPage, chat: Chat) -> None:
    """What was fetched half an hour before gets buttons that live as soon as it is shown."""
    page = await new_page(clock=True)
    await to_plan(page)
    await pass_time(page, chat, 30.1)
    await assert_closed(page)
    await page.wait_for_load_state("networkidle")
    chat.now += 10 * MINUTE
    await press(page, ".fact .quiet")
    assert await page.locator("h1").inner_text() != "화면이 닫혔어요"


@pytest.mark.parametrize("woken_by", ["visibilitychange", "focus", "pageshow"])
async def test_a_device_that_slept_closes_the_page_when_it_wakes(new_page: NewPage, chat: Chat, woken_by: str) -> None:
    """Timers stand still in a sleeping device: the clock on the wall is asked as soon as somebody looks."""
    page = await new_page(clock=True)
    await to_plan(page)
    await page.wait_for_load_state("networkidle")
    await page.clock.pause_at(await page.evaluate("Date.now() / 1000 + 1"))
    ended = await page.evaluate(
        """(name) => {
          const now = Date.now;
          Date.now = () => now() + 31 * 60000;
          (name === "visibilitychange" ? document : window).dispatchEvent(new Event(name, { bubbles: true }));
          return !document.body.dataset.idle;
        }""",
        woken_by,
    )
    assert ended
    await assert_closed(page)


async def test_without_a_network_the_end_leaves_the_help_lines_and_nothing_else(new_page: NewPage, chat: Chat) -> None:
    """A laptop that wakes in a train: the numbers can be read, the plan is gone, no page of the browser instead."""
    page = await new_page(clock=True)
    await to_plan(page)
    await page.wait_for_load_state("networkidle")
    await page.context.set_offline(True)
    await sleep_for(page, chat, 90)
    await assert_closed(page)
    assert await page.locator('a[href="tel:1366"]').is_visible()
    await page.context.set_offline(False)


async def test_without_a_network_a_press_keeps_the_page(new_page: NewPage) -> None:
    """The numbers stay readable; when the network is back the same button works."""
    page = await new_page()
    await to_plan(page)
    await page.wait_for_load_state("networkidle")
    await page.context.set_offline(True)
    await press(page, ".fact .quiet")
    assert LEFT_OF_PLAN in await page.content()
    await page.context.set_offline(False)
    await press(page, ".fact .quiet")
    assert LEFT_OF_PLAN not in await page.content()


async def test_words_that_changed_meanwhile_are_shown_when_somebody_stays(new_page: NewPage, chat: Chat) -> None:
    """A line that closed in the last half hour is not open any more; the place on the page stays."""
    page = await new_page(clock=True)
    await to_plan(page)
    await page.evaluate("document.querySelector('main .now').textContent = 'x'; scrollTo(0, 200)")
    await press(page, "footer .stay")
    assert await page.locator("main .now").first.inner_text() != "x"
    assert await page.evaluate("scrollY") > 0


async def test_without_javascript_a_press_on_stay_longer_shows_the_same_screen(new_page: NewPage) -> None:
    """A plain form, as every button."""
    page = await new_page(javascript=False)
    await page.locator("nav.choices button").first.click()
    await page.wait_for_load_state()
    words = await page.locator("main").inner_text()
    await page.locator("footer .stay").click()
    await page.wait_for_load_state()
    assert await page.locator("main").inner_text() == words


@pytest.fixture
async def short_page(browser: Browser, shipped: Guide) -> AsyncIterator[tuple[Page, Chat]]:
    """A page of an operator who chose one minute."""
    async with Chat(lambda: shipped, idle=60) as chat:
        page = await browser.new_page(locale="ko")
        await page.clock.install()
        await page.goto(chat.url)
        yield page, chat
        await page.close()


async def test_a_short_life_is_warned_of_twenty_seconds_before(short_page: tuple[Page, Chat]) -> None:
    """However short the idle limit is, there are twenty seconds to press (WCAG 2.2.1)."""
    page, chat = short_page
    await pass_time(page, chat, 39 / 60)
    await expect(page.get_by_role("alert")).to_have_count(0)
    await pass_time(page, chat, 2 / 60)
    await expect(page.get_by_role("alert")).to_be_visible()
    await press(page, "#soon .stay")
    await pass_time(page, chat, 0.6)
    assert await page.evaluate("document.body.dataset.idle") == "60"
