"""The web chat over real HTTP: screens only by POST, the same headers everywhere, no echo of bad input."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.channels.web import application, run
from bot.channels.web.app import accepted
from bot.channels.web.drawing import Drawing
from bot.core.session import Session
from bot.pressing import Pressing
from bot.sealing import Sealing
from tests.small import NOON, guide

IDLE = 1800.0
CANARY = "canary7f3a"


class Chat:
    """The web chat on a port, with a clock that tests move, and a client without cookies."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pressing = Pressing(Sealing(guide(), IDLE), lambda: self.now, lambda: NOON)
        drawing = Drawing(lambda: self.pressing.sealing.guide, "https://example.org/weather")
        self.server = TestServer(application(self.pressing, drawing, ["127.0.0.1"]))
        self.client = ClientSession()

    async def get(self, path: str = "/", **headers: str) -> str:
        async with self.client.get(self.server.make_url(path), headers=headers) as answer:
            assert answer.status == 200
            return await answer.text()

    async def press(self, page: str, label: str) -> str:
        """Press the button with this label, as a browser without JavaScript does."""
        found = re.search(r'name="(t|leave)" value="([^"]+)"[^>]*>' + re.escape(label), page)
        assert found, label
        async with self.client.post(self.server.make_url("/"), data={found[1]: found[2]}) as answer:
            assert answer.status == 200
            return await answer.text()

    async def status(self, method: str, path: str = "/", **kwargs: object) -> tuple[int, str]:
        async with self.client.request(method, self.server.make_url(path), **kwargs) as answer:  # type: ignore[arg-type]
            return answer.status, await answer.text()


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    """A served chat over the small guide."""
    served = Chat()
    await served.server.start_server()
    yield served
    await served.client.close()
    await served.server.close()


async def test_a_person_without_javascript_reaches_the_plan_in_three_presses(chat: Chat) -> None:
    """Every press is a plain form POST and answers with the next screen."""
    page = await chat.get()
    for label in ("I found a picture", "18 or older", "United States"):
        page = await chat.press(page, label)
    assert "You do not have to do this alone." in page
    assert "https://example.org/adult" in page


async def test_the_token_stands_in_no_address(chat: Chat) -> None:
    """No link and no form action carries a token: histories and logs of others never see one."""
    page = await chat.get()
    token = chat.pressing.token(Session("en"), b"web")
    assert len(token) == 64
    assert not re.search(r'(href|action|src)="[^"]*[A-Za-z0-9_-]{64}', page)
    assert 'method="post" action="/"' in page


async def test_the_language_follows_the_browser_and_can_be_changed(chat: Chat) -> None:
    """Accept-Language decides first; the button changes it and keeps the place."""
    page = await chat.get(**{"Accept-Language": "fr, ko-KR;q=0.9, en;q=0.1"})
    assert '<html lang="ko">' in page
    page = await chat.press(page, "English")
    assert '<html lang="en">' in page


async def test_numbers_can_be_dialled_and_forms_open_without_telling_where_from(chat: Chat) -> None:
    """Phone numbers are tel: links; pages of others open with noreferrer."""
    page = await chat.get()
    for label in ("I found a picture", "18 or older", "대한민국", "Details"):
        page = await chat.press(page, label)
    assert 'href="tel:021234567"' in page
    assert re.search(r'href="https://example.org/form" rel="noreferrer noopener nofollow"', page)


async def test_the_exit_comes_first_and_leads_away(chat: Chat) -> None:
    """The first thing in reading order is a real link to the neutral page."""
    page = await chat.get()
    first = re.search(r"<(a|button)[^>]*>", page[page.index("<body") :])
    assert first and 'id="exit"' in first[0] and 'href="https://example.org/weather"' in first[0]


async def test_an_expired_token_gives_the_kind_screen_with_start_again(chat: Chat) -> None:
    """After the idle limit a button tells that the page closed itself, and shows the lines."""
    page = await chat.get()
    chat.now += 2 * IDLE
    page = await chat.press(page, "I found a picture")
    assert "Closed text" in page
    assert "World help" in page
    assert "Start again" in page


async def test_somebody_whose_language_is_not_offered_gets_the_one_meant_for_others(chat: Chat) -> None:
    """French only: English in this guide; nothing named at all: the default language."""
    assert '<html lang="en">' in await chat.get(**{"Accept-Language": "fr-FR"})


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "ü" * 10, "A" * 500])
async def test_a_forged_token_gives_the_same_kind_screen_without_an_echo(chat: Chat, token: str) -> None:
    """Whatever was sent instead of a token, the answer is the same and repeats nothing of it."""
    status, text = await chat.status("POST", data={"t": CANARY + token})
    assert status == 200
    assert "Start again" in text
    assert CANARY not in text


async def test_leaving_shows_a_screen_that_tells_nothing(chat: Chat) -> None:
    """The screen after leaving has no facts and one way to begin again."""
    page = await chat.press(await chat.get(), "Leave")
    assert "Left text" in page
    assert "World help" not in page


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "/", {"data": {"other": CANARY}}, 400),
        ("POST", "/", {"data": CANARY.encode(), "headers": {"Content-Type": "application/json"}}, 415),
        ("POST", "/", {"data": {"t": CANARY * 1000}}, 413),
        ("PUT", "/", {"data": {"t": CANARY}}, 405),
        ("GET", "/" + CANARY, {}, 404),
        ("GET", "/", {"headers": {"Host": CANARY}}, 421),
        ("GET", "/?" + CANARY, {}, 200),
    ],
)
async def test_bad_requests_are_refused_without_an_echo(
    chat: Chat, method: str, path: str, sent: dict[str, object], status: int
) -> None:
    """Malformed, oversized and foreign requests get their status and nothing of what they said."""
    got, text = await chat.status(method, path, **sent)
    assert got == status
    assert CANARY not in text


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("POST", "/"), ("GET", "/nothing"), ("DELETE", "/")])
async def test_every_answer_has_the_same_headers(chat: Chat, method: str, path: str) -> None:
    """Pages, refusals and unknown paths forbid storing, framing, referring and foreign content alike."""
    async with chat.client.request(method, chat.server.make_url(path)) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        assert "Python" not in answer.headers["Server"]


async def test_a_press_from_another_site_shows_only_the_first_screen(chat: Chat) -> None:
    """A page elsewhere that posts a token does not see or move anything."""
    token = chat.pressing.token(Session("en", (("situation", "found"),)), b"web")
    headers = {"Sec-Fetch-Site": "cross-site", "Accept-Language": "en"}
    status, text = await chat.status("POST", data={"t": token}, headers=headers)
    assert status == 200
    assert "What is closest?" in text


async def test_a_failure_is_a_short_page_and_the_chat_goes_on(chat: Chat) -> None:
    """An unexpected exception shows a bare status, and the next person is served."""

    def broken() -> datetime:
        raise RuntimeError(CANARY)

    chat.pressing.wall = broken
    assert await chat.status("GET") == (500, "500\n")
    chat.pressing.wall = lambda: NOON
    assert "What is closest?" in await chat.get(**{"Accept-Language": "en"})


@pytest.mark.parametrize(
    "sent",
    [
        f"{CANARY} nothing\r\nHost: {CANARY}\r\n\r\n",
        f"GET /{CANARY} HTTP/9.9\r\n{CANARY}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\nX-Long: {CANARY * 2000}\r\n\r\n",
        f"\x16\x03\x01{CANARY}\r\n\r\n",
    ],
)
async def test_what_is_no_http_gets_a_bare_refusal(sent: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The library's own answer would repeat the bytes; ours has the status, the headers and nothing else."""
    chat = Chat()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    stop = asyncio.Event()
    serving = asyncio.create_task(run(chat.server.app, "127.0.0.1", port, stop))
    for _ in range(50):
        await asyncio.sleep(0.05)
        with contextlib.suppress(ConnectionRefusedError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            break
    writer.write(sent.encode())
    answer = (await reader.read()).decode()
    writer.close()
    stop.set()
    await serving
    await chat.client.close()
    assert answer.startswith("HTTP/1.0 400") or answer.startswith("HTTP/1.1 400")
    assert answer.endswith("400\n") and "Cache-Control: no-store" in answer
    assert CANARY not in answer
    assert CANARY not in "".join(capfd.readouterr())


def test_accepted_languages_come_in_the_order_of_their_weights() -> None:
    """Weights count, position breaks ties, zero and nonsense are left out."""
    assert accepted("en;q=0.5, ko, fr;q=0, de;q=x") == ["ko", "en"]
    assert accepted("") == []
