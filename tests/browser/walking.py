"""What a person does in a page of the web chat."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from bot.core.session import Session
from tests.channels.webserver import Chat

CHOICES = "nav.choices button"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def press(page: Page, selector: str, nth: int = 0) -> None:
    """Press a button and wait until the answer stands there."""
    await page.locator(selector).nth(nth).click()
    await page.wait_for_selector("body:not([aria-busy])")


async def to_plan(page: Page) -> None:
    """From the first screen to the Korean plan: found, 14 to 17, Korea."""
    for nth in (0, 1, 0):
        await press(page, CHOICES, nth)


async def to_plan_without_javascript(page: Page) -> None:
    """The same by plain forms."""
    for nth in (0, 1, 0):
        await page.locator(CHOICES).nth(nth).click()
        await page.wait_for_load_state()


async def to_session(page: Page, chat: Chat, session: Session) -> None:
    """The screen of any session, by a press on a button that leads there."""
    token = chat.pressing.token(session, b"web")
    await page.locator(CHOICES).first.evaluate("(button, token) => { button.value = token; }", token)
    await press(page, CHOICES)


async def violations(page: Page) -> list[tuple[str, list[object]]]:
    """The ids of what axe holds against the page, with the elements."""
    results = await Axe().run(page, options=RULES)
    return [(found["id"], [node["target"] for node in found["nodes"]]) for found in results.response["violations"]]
