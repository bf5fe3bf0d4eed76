"""The web chat as a person meets it: a phone, a keyboard, with and without JavaScript."""

import asyncio
import contextlib
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Error, Page

from tests.browser.conftest import NewPage

TO_PLAN = ("found", "14-17", "KR")
CHOICES = "nav.choices button"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def press(page: Page, selector: str, nth: int = 0) -> None:
    """Press a button and wait for the screen that answers."""
    async with page.expect_response(lambda response: response.request.method == "POST"):
        await page.locator(selector).nth(nth).click()
    await page.wait_for_selector("body:not([aria-busy])")


async def to_plan(page: Page) -> None:
    """From the first screen to the Korean plan: found, 14 to 17, Korea."""
    for nth in (0, 1, 0):
        await press(page, CHOICES, nth)


@pytest.mark.parametrize("javascript", [True, False])
async def test_the_plan_is_three_presses_away_on_a_phone(new_page: NewPage, javascript: bool) -> None:
    """A girl of 15 who found a picture sees the centre's number on the fourth screen."""
    page = await new_page(javascript=javascript)
    if javascript:
        await to_plan(page)
    else:
        for nth in (0, 1, 0):
            await page.locator(CHOICES).nth(nth).click()
            await page.wait_for_load_state()
    assert await page.locator('a[href="tel:1366"]').count() >= 1
    assert await page.locator(".fact").count() >= 2


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_main_screens_have_no_accessibility_violations(new_page: NewPage, lang: str, scheme: str) -> None:
    """axe finds nothing on the first screen, the plan, a detail and the crisis lines."""
    page = await new_page(lang=lang, scheme=scheme)
    found = [await violations(page)]
    await to_plan(page)
    found.append(await violations(page))
    await press(page, ".fact button")
    found.append(await violations(page))
    await press(page, "header button")
    found.append(await violations(page))
    assert found == [[], [], [], []]


async def violations(page: Page) -> list[Any]:
    """The ids of what axe holds against the page, with the elements."""
    results = await Axe().run(page, options=RULES)
    return [(found["id"], [node["target"] for node in found["nodes"]]) for found in results.response["violations"]]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
async def test_nothing_scrolls_sideways_and_everything_can_be_hit(new_page: NewPage, width: int) -> None:
    """At every width the page fits, text has at least 19 px and every target 44 px."""
    page = await new_page(width=width)
    await to_plan(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = "[...document.querySelectorAll('main p')].map(p => parseFloat(getComputedStyle(p).fontSize))"
    assert min(await page.evaluate(sizes)) >= 19
    heights = (
        "[...document.querySelectorAll('button, a')].map(e => e.getBoundingClientRect())"
        ".map(r => Math.min(r.height, r.width))"
    )
    assert min(await page.evaluate(heights)) >= 44


async def test_one_screen_is_small_and_asks_nobody_else(new_page: NewPage, address: str) -> None:
    """At most 25 KB with its style, at most 3 KB of script, one or two requests, all to this server."""
    page = await new_page()
    asked: list[tuple[str, int]] = []

    async def note(response: Any) -> None:
        asked.append((response.url, len(await response.body())))

    page.on("response", note)
    await page.reload()
    await page.wait_for_load_state("networkidle")
    assert 1 <= len(asked) <= 2
    assert all(url.startswith(address) for url, _ in asked)
    assert max(size for url, size in asked if not url.endswith(".js")) <= 25_000
    assert max((size for url, size in asked if url.endswith(".js")), default=0) <= 3_000
    asked.clear()
    await to_plan(page)
    assert all(size <= 25_000 for _, size in asked)
    assert len(asked) == 3


async def test_screens_leave_no_entries_in_the_history_and_nothing_in_storage(new_page: NewPage) -> None:
    """Three presses later the history is as long as before; no cookie, no storage."""
    page = await new_page()
    before = await page.evaluate("history.length")
    await to_plan(page)
    assert await page.evaluate("history.length") == before
    assert await page.context.cookies() == []
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.url.endswith("/")


async def test_the_title_tells_nothing_and_never_changes(new_page: NewPage) -> None:
    """The tab says the same neutral word on every screen."""
    page = await new_page()
    first = await page.title()
    await to_plan(page)
    assert await page.title() == first == "안내"


async def test_the_keyboard_alone_reaches_the_plan(new_page: NewPage) -> None:
    """The exit is the first tab stop; Enter on a choice shows the next screen with its heading in focus."""
    page = await new_page(width=1280)
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.id") == "exit"
    await page.locator(CHOICES).first.focus()
    async with page.expect_response(lambda response: response.request.method == "POST"):
        await page.keyboard.press("Enter")
    await page.wait_for_selector("#top:focus", state="attached")


async def test_the_language_button_keeps_the_place(new_page: NewPage) -> None:
    """English and back: the same plan, the page's language follows."""
    page = await new_page()
    await to_plan(page)
    await press(page, 'footer button[lang="en"]')
    assert await page.locator("html").get_attribute("lang") == "en"
    assert await page.locator('a[href="tel:1366"]').count() >= 1


@pytest.mark.parametrize("way", ["button", "shift"])
async def test_the_exit_replaces_the_page_and_back_shows_nothing(new_page: NewPage, way: str) -> None:
    """After leaving by button or by Shift three times, Back never shows a screen of the chat's plan."""
    page = await new_page()
    await to_plan(page)
    async with page.expect_navigation(url="**/healthz"):
        if way == "button":
            await page.locator("#exit").click()
        else:
            for _ in range(3):
                await page.keyboard.press("Shift")
    await page.go_back()
    assert "1366" not in await page.content()


async def test_a_late_answer_never_covers_a_newer_screen(new_page: NewPage) -> None:
    """Somebody who presses for help now keeps the lines, however slow the answer to the press before was."""
    page = await new_page()
    slow = True

    async def delayed(route: Any) -> None:
        nonlocal slow
        late, slow = slow, False
        if late:
            await asyncio.sleep(1.5)
        await route.continue_()

    await page.route("**/", delayed)
    await page.locator(CHOICES).first.click()
    await page.locator("header button").click()
    await page.wait_for_selector('a[href="tel:109"]')
    await page.wait_for_timeout(2000)
    assert await page.locator('a[href="tel:109"]').count() >= 1


async def test_without_javascript_the_exit_leads_away_and_back_asks_before_it_shows_anything(new_page: NewPage) -> None:
    """Screens are answers to a POST: the browser asks whether to send again, and shows nothing by itself."""
    page = await new_page(javascript=False)
    for nth in (0, 1, 0):
        await page.locator(CHOICES).nth(nth).click()
        await page.wait_for_load_state()
    await page.locator("#exit").click()
    await page.wait_for_url("**/healthz")
    with contextlib.suppress(Error):  # the browser's own page about sending again
        await page.go_back()
    await page.wait_for_timeout(500)
    assert "1366" not in await page.locator("body").inner_text()


async def test_shift_held_with_another_key_does_not_leave(new_page: NewPage) -> None:
    """Typing capitals three times keeps the page."""
    page = await new_page()
    for _ in range(4):
        await page.keyboard.press("Shift+A")
    await page.wait_for_timeout(200)
    assert not page.url.endswith("/healthz")
