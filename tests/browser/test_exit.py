"""The exit button and its key: first, always in view, told aloud, and never pressed by chance."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPage
from tests.browser.elsewhere import Elsewhere
from tests.browser.walking import CHOICES, press, to_plan
from tests.channels.webserver import Chat


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


async def test_shift_while_another_key_is_held_does_not_leave(new_page: NewPage, chat: Chat) -> None:
    """Who goes through the keyboards of a computer holds Alt and presses Shift, again and again."""
    page = await new_page()
    await page.keyboard.down("Alt")
    for _ in range(3):
        await page.keyboard.press("Shift")
    await page.keyboard.up("Alt")
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
              const x = box.left + box.width / 2, y = box.top + box.height / 2;
              const edges = [[box.left + 4, y], [box.right - 4, y], [x, box.top + 4], [x, box.bottom - 4]];
              return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth
                && edges.every(([x, y]) => document.elementFromPoint(x, y)?.id === "exit");
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
