"""Pages of somebody else against the web chat: two origins in a real browser."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from bot.core.session import Session
from tests.browser.elsewhere import Elsewhere
from tests.browser.walking import CHOICES, press
from tests.channels.webserver import Chat

FIRST = "피해를 입은"  # words of the first screen
FURTHER = "사진이나 영상 속 사람"  # words of the question after it


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A tab of somebody who speaks Korean and is lured to another site."""
    opened = await browser.new_page(locale="ko")
    yield opened
    await opened.close()


def form(chat: Chat, fields: dict[str, str]) -> str:
    """A page that sends a form to the chat as soon as it is opened."""
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    return f'<form method="post" action="{chat.url}">{inputs}</form><script>document.forms[0].submit()</script>'


@pytest.fixture
async def stolen(browser: Browser, chat: Chat) -> AsyncIterator[tuple[str, Page]]:
    """A token that a person holds at this moment, and their page."""
    person = await browser.new_page(locale="ko")
    await person.goto(chat.url)
    await press(person, CHOICES)
    token = await person.locator(CHOICES).first.get_attribute("value")
    assert token
    yield token, person
    await person.close()


@pytest.mark.parametrize("kind", ["none", "made up", "stolen", "leave", "start", "closed"])
async def test_a_form_of_another_site_shows_the_first_screen_and_changes_nothing(
    chat: Chat, elsewhere: Elsewhere, page: Page, stolen: tuple[str, Page], kind: str
) -> None:
    """Whatever it sends, a stolen token too; and the person whose token it was goes on undisturbed."""
    token, person = stolen
    fields = {"none": {}, "made up": {"t": "A" * 64}, "stolen": {"t": token}}.get(kind, {kind: "ko"})
    elsewhere.pages["/"] = form(chat, fields)
    await page.goto(elsewhere.url)
    await page.wait_for_url(chat.url)
    assert FIRST in await page.locator("main").inner_text()
    before = await person.locator("main").inner_text()
    await press(person, CHOICES)
    assert await person.locator("main").inner_text() != before
    assert "화면이 닫혔어요" not in await person.locator("main").inner_text()


@pytest.mark.parametrize(
    "attack", ["<iframe src='{url}'></iframe>", "<object data='{url}'></object>", "<embed src='{url}'>"]
)
async def test_the_chat_cannot_be_framed(chat: Chat, elsewhere: Elsewhere, page: Page, attack: str) -> None:
    """Nobody lays a transparent page of ours under their own buttons."""
    elsewhere.pages["/"] = attack.format(url=chat.url)
    await page.goto(elsewhere.url)
    await page.wait_for_load_state("networkidle")
    for frame in page.frames[1:]:
        assert FIRST not in await frame.content()
        assert await frame.locator("#exit").count() == 0


async def test_a_window_that_was_opened_by_another_site_knows_nothing_of_it(
    chat: Chat, elsewhere: Elsewhere, page: Page
) -> None:
    """Neither holds a handle on the other."""
    elsewhere.pages["/"] = f"<button onclick=\"other = window.open('{chat.url}')\">x</button>"
    await page.goto(elsewhere.url)
    async with page.context.expect_page() as opened:
        await page.locator("button").click()
    popup = await opened.value
    await popup.wait_for_selector(CHOICES)
    assert await popup.evaluate("opener === null && parent === window && name === ''")
    assert await page.evaluate("other.closed")


async def test_a_script_of_another_site_reads_nothing(chat: Chat, elsewhere: Elsewhere, page: Page) -> None:
    """No answer of the chat can be read or used from elsewhere, not even its style and its script."""
    await page.goto(elsewhere.url)
    for path in ("", "script.js", "style.css", "healthz", "nothing"):
        for mode in ("cors", "no-cors"):
            read = await page.evaluate(
                "([url, mode]) => fetch(url, { mode }).then((answer) => answer.type, () => 'refused')",
                [chat.url + path, mode],
            )
            assert read == "refused"
    loads = "(url) => new Promise((done) => { const s = document.createElement('script'); s.src = url;" \
        "s.onload = () => done('loaded'); s.onerror = () => done('refused'); document.head.append(s); })"  # fmt: skip
    assert await page.evaluate(loads, chat.url + "script.js") == "refused"


async def test_the_server_under_another_name_shows_nothing(chat: Chat, page: Page) -> None:
    """A name of somebody else that suddenly leads to our address (DNS rebinding) gets a bare refusal."""
    answer = await page.goto(chat.url.replace("127.0.0.1", "localhost"))
    assert answer and answer.status == 421
    assert (await page.locator("body").inner_text()).strip() == "421"


async def test_a_session_of_somebody_else_cannot_be_put_into_an_address(chat: Chat, page: Page) -> None:
    """A link with a token in it opens the first screen."""
    token = chat.pressing.token(Session("ko", (("situation", "found"),)), b"web")
    await page.goto(f"{chat.url}?t={token}#t={token}")
    assert FIRST in await page.locator("main").inner_text()
    assert FURTHER not in await page.locator("main").inner_text()
