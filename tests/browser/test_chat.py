"""The web chat as a person meets it: a phone, a keyboard, with and without JavaScript."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Response

from bot.core.guide import Guide
from bot.flowfiles.reach import visits
from tests.browser.conftest import NewPage
from tests.browser.walking import CHOICES, press, to_plan, to_plan_without_javascript, to_session, violations
from tests.channels.webserver import Chat


@pytest.mark.parametrize("javascript", [True, False])
async def test_the_plan_is_three_presses_away_on_a_phone(new_page: NewPage, javascript: bool) -> None:
    """A girl of 15 who found a picture sees the centre's number on the fourth screen."""
    page = await new_page(javascript=javascript)
    await (to_plan if javascript else to_plan_without_javascript)(page)
    assert await page.locator('a[href="tel:1366"]').count() >= 1
    assert await page.locator(".fact").count() >= 2


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_kind_of_page_has_an_accessibility_violation(
    new_page: NewPage, chat: Chat, shipped: Guide, lang: str, scheme: str
) -> None:
    """axe finds nothing on any kind of page, on a phone of 320 px, in both languages, light and dark."""
    page = await new_page(width=320, height=640, lang=lang, scheme=scheme, clock=True)
    letter = next(visit.session for visit in visits(shipped, lang) if visit.screen.letter)
    found = {"first": await violations(page)}
    await press(page, CHOICES)
    found["question"] = await violations(page)
    await to_session(page, chat, letter)
    assert await page.locator("#letter").count() == 1
    found["letter"] = await violations(page)
    await page.reload()
    await to_plan(page)
    found["plan"] = await violations(page)
    await press(page, ".fact button")
    found["detail"] = await violations(page)
    await press(page, "header button")
    found["crisis"] = await violations(page)
    await page.clock.fast_forward("28:30")
    await page.wait_for_selector("#soon:not([hidden])")
    found["warning"] = await violations(page)
    await page.clock.fast_forward("01:40")
    await page.wait_for_selector("body:not([data-idle])")
    found["closed"] = await violations(page)
    await page.reload()
    await press(page, "footer button[name=leave]")
    found["left"] = await violations(page)
    assert [kind for kind, violated in found.items() if violated] == [], found
    assert len(found) == 9


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
async def test_nothing_scrolls_sideways_and_everything_can_be_hit(new_page: NewPage, width: int) -> None:
    """At every width the page fits, text has at least 19 px and every target 44 px."""
    page = await new_page(width=width)
    await to_plan(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = "[...document.querySelectorAll('main p')].map(p => parseFloat(getComputedStyle(p).fontSize))"
    assert min(await page.evaluate(sizes)) >= 19
    heights = (
        "[...document.querySelectorAll('button, a')].filter(e => e.checkVisibility())"
        ".map(e => e.getBoundingClientRect()).map(r => Math.min(r.height, r.width))"
    )
    assert min(await page.evaluate(heights)) >= 44


async def test_a_visit_is_small_and_asks_nobody_else(new_page: NewPage, chat: Chat) -> None:
    """Page, style, script and the screen for the end once; then one request a press, all of them to this server."""
    page = await new_page()
    await page.wait_for_load_state("networkidle")
    asked: list[tuple[str, str, int]] = []

    def note(response: Response) -> None:
        asked.append((response.request.method, response.url, int(response.headers["content-length"])))

    page.on("response", note)
    await page.reload()
    await page.wait_for_load_state("networkidle")
    whole = {(method, url.removeprefix(chat.url)): size for method, url, size in asked}
    assert sorted(whole) == [("GET", ""), ("GET", "script.js"), ("GET", "style.css"), ("POST", "")]
    assert whole["GET", "script.js"] <= 4_500 and whole["GET", "style.css"] <= 6_000
    assert whole["GET", ""] <= 25_000 and whole["POST", ""] <= 25_000
    asked.clear()
    await to_plan(page)
    await page.wait_for_load_state("networkidle")
    assert [(method, url) for method, url, _ in asked] == [("POST", chat.url)] * 3
    assert max(size for _, _, size in asked) <= 25_000


async def test_a_whole_walk_asks_only_this_server(new_page: NewPage, chat: Chat) -> None:
    """First screen, plan, detail, letter choices, help now, the other language, the end: no third party, ever."""
    page = await new_page(clock=True)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    await page.reload()
    await to_plan(page)
    await press(page, ".fact button")
    await press(page, "footer button")
    for nth in range(3):
        await press(page, CHOICES, nth)
        await press(page, "footer button")
    await press(page, "header button")
    await press(page, 'footer button[lang="en"]')
    await page.clock.fast_forward("31:00")
    await page.wait_for_selector("body:not([data-idle])")
    await page.wait_for_load_state("networkidle")
    assert len(asked) > 15
    assert {url.removeprefix(chat.url) for url in asked} == {"", "style.css", "script.js"}


async def test_what_a_script_must_never_do_is_forbidden_in_the_browser(new_page: NewPage) -> None:
    """Neither camera nor place nor payment nor anything else that sees, hears or tells who somebody is."""
    page = await new_page()
    allowed = set(await page.evaluate("document.featurePolicy.allowedFeatures()"))
    known = set(await page.evaluate("document.featurePolicy.features()"))
    never = {
        "camera", "microphone", "geolocation", "payment", "usb", "serial", "hid", "midi", "display-capture",
        "browsing-topics", "idle-detection", "local-fonts", "clipboard-read", "storage-access", "fullscreen",
    }  # fmt: skip
    assert never <= known
    assert not never & allowed
    assert "clipboard-write" in allowed  # a letter can be copied
    assert await page.evaluate("isSecureContext && crossOriginIsolated")


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


async def test_a_late_answer_never_covers_a_newer_screen(new_page: NewPage) -> None:
    """Somebody who presses for help now keeps the lines, however slow the answer to the press before was."""
    page = await new_page()
    await page.wait_for_load_state("networkidle")
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
