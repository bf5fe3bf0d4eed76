"""Every answer of the web chat bears the same headers, by exact value, and repeats nothing of the request."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.web import Limits
from tests.channels.webserver import FORM, Answer, Chat, is_closed, read_answer

CANARY = "canary7f3a"
ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), captured-surface-control=(), "
        "clipboard-read=(), compute-pressure=(), deferred-fetch=(), digital-credentials-create=(), "
        "digital-credentials-get=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), "
        "geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), "
        "interest-cohort=(), keyboard-map=(), language-detector=(), local-fonts=(), local-network-access=(), "
        "magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), "
        "private-state-token-issuance=(), private-state-token-redemption=(), publickey-credentials-create=(), "
        "publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), summarizer=(), "
        "translator=(), usb=(), window-management=(), xr-spatial-tracking=(), clipboard-write=(self)"
    ),
    "X-Robots-Tag": "noindex, nofollow",
    "Server": "web",
}
PLAIN = "text/plain; charset=utf-8"
ROUTES = {
    "/": ("GET,HEAD,POST", "text/html; charset=utf-8"),
    "/style.css": ("GET,HEAD", "text/css; charset=utf-8"),
    "/script.js": ("GET,HEAD", "text/javascript; charset=utf-8"),
    "/healthz": ("GET,HEAD", PLAIN),
    f"/{CANARY}": ("", PLAIN),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "MADEUP")


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    """A served chat over the small guide."""
    async with Chat() as served:
        yield served


def expected(status: int, kind: str, allowed: str = "", *, last: bool = False) -> dict[str, str]:
    """All headers of an answer but its length and its date."""
    headers = {**ALWAYS, "Content-Type": kind}
    if status == 405:
        headers["Allow"] = allowed
    if last:
        headers["Connection"] = "close"
    return headers


def told(answer: Answer) -> dict[str, str]:
    """The headers of an answer; its length is right, its date is there."""
    headers = dict(answer.headers)
    assert headers.pop("Date")
    length = int(headers.pop("Content-Length"))
    assert not answer.body or length == len(answer.body.encode())
    assert CANARY not in str(answer)
    return headers


def outcome(method: str, path: str) -> int:
    """The status that a bare request to a route has."""
    allowed, _ = ROUTES[path]
    if method == "MADEUP":
        return 400
    if not allowed or method == "CONNECT":  # whoever connects names a host and no path
        return 404
    if (method, path) == ("POST", "/"):
        return 415
    return 200 if method in allowed.split(",") else 405


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("method", METHODS)
async def test_every_route_answers_every_method_with_exactly_these_headers(chat: Chat, method: str, path: str) -> None:
    """Nothing more, nothing less, and no cookie."""
    allowed, kind = ROUTES[path]
    status = outcome(method, path)
    answer = await chat.answer(chat.asked(method, path, headers=f"X-{CANARY}: {CANARY}\r\nCookie: a={CANARY}\r\n"))
    assert answer.status == status
    assert told(answer) == expected(status, kind if status == 200 else PLAIN, allowed)


POST = "POST / HTTP/1.1\r\nHost: {host}\r\n" + FORM
BROKEN = {
    "no token": (400, POST + "Content-Length: 12\r\n\r\ncanary7f3a=1"),
    "no text": (400, POST.encode() + b"Content-Length: 4\r\n\r\nt=\xff\xfe"),
    "no encoding": (
        400,
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=canary7f3a\r\n\r\nt=x",
    ),
    "broken chunks": (
        400,
        POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\ncanary7f3a\r\n",
    ),
    "two lengths": (
        400,
        POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ),
    "no request": (400, "canary7f3a nothing\r\nHost: canary7f3a\r\n\r\n"),
    "no version": (400, "GET /canary7f3a HTTP/9.9\r\ncanary7f3a\r\n\r\n"),
    "no host": (400, "GET /canary7f3a HTTP/1.1\r\n\r\n"),
    "encrypted": (400, "\x16\x03\x01canary7f3a\r\n\r\n"),
    "too long a body": (413, POST + "Content-Length: 2052\r\n\r\nt=" + "x" * 2050),
    "too long a path": (414, "GET /" + "canary7f3a" * 300 + " HTTP/1.1\r\nHost: {host}\r\n\r\n"),
    "another kind": (
        415, "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
    ),
    "an upload": (
        415,
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=canary7f3a\r\n"
        "Content-Length: 3\r\n\r\nabc",
    ),
    "compressed": (
        415, POST + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nt=x",
    ),
    "an expectation": (417, "POST / HTTP/1.1\r\nHost: {host}\r\nExpect: canary7f3a\r\nContent-Length: 0\r\n\r\n"),
    "another host": (421, "GET / HTTP/1.1\r\nHost: canary7f3a.example\r\n\r\n"),
    "a host with more": (421, "GET / HTTP/1.1\r\nHost: {host}.canary7f3a.example\r\n\r\n"),
    "too long a header": (431, "GET / HTTP/1.1\r\nHost: {host}\r\nX-Long: " + "canary7f3a" * 2000 + "\r\n\r\n"),
    "too many headers": (431, "GET / HTTP/1.1\r\nHost: {host}\r\n" + ("X-Long: " + "canary7f3a" * 400 + "\r\n") * 6),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
async def test_every_refusal_has_exactly_these_headers_and_its_number(
    chat: Chat, case: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is broken, too long or not for us gets a bare number: no echo in the answer, none in a log."""
    status, sent = BROKEN[case]
    host = f"127.0.0.1:{chat.port}"
    raw = sent.replace(b"{host}", host.encode()) if isinstance(sent, bytes) else sent.format(host=host)
    answer = await chat.answer(raw)
    assert (answer.status, answer.body) == (status, f"{status}\n")
    assert told(answer) == expected(status, PLAIN)
    assert capfd.readouterr() == ("", "")


async def test_a_failure_of_ours_has_exactly_these_headers_and_its_number(chat: Chat) -> None:
    """500, and not a word of what went wrong."""

    def broken() -> None:
        raise RuntimeError(CANARY)

    chat.pressing.wall = broken  # type: ignore[assignment]
    answer = await chat.answer(chat.asked())
    assert (answer.status, answer.body) == (500, "500\n")
    assert told(answer) == expected(500, PLAIN)


async def test_a_refusal_of_haste_has_exactly_these_headers_and_ends_the_connection() -> None:
    """429 after the last request that was allowed, then the connection is closed."""
    async with Chat(limits=Limits(most_a_second=3)) as chat, chat.connected() as (reader, writer):
        writer.write(chat.asked(path="/healthz").encode() * 500)
        answers = [await read_answer(reader)]
        while answers[-1].status == 200:
            answers.append(await read_answer(reader))
        assert (answers[-1].status, answers[-1].body) == (429, "429\n")
        assert told(answers[-1]) == expected(429, PLAIN, last=True)
        assert len(answers) >= 4
        assert await is_closed(reader)


async def test_the_question_whether_it_is_well_is_answered_under_any_name(chat: Chat) -> None:
    """Whoever watches over a machine knows it by its address."""
    answer = await chat.answer("GET /healthz HTTP/1.1\r\nHost: 10.1.2.3\r\n\r\n")
    assert (answer.status, answer.body) == (200, "ok\n")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080", "Help.Example.ORG"])
async def test_a_host_name_is_known_with_or_without_a_port(host: str) -> None:
    """In any case of letters."""
    async with Chat(hosts=("127.0.0.1", "[::1]", "help.example.org")) as chat:
        assert (await chat.answer(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).status == 200


async def test_a_body_that_breaks_off_is_no_failure(chat: Chat, capfd: pytest.CaptureFixture[str]) -> None:
    """Phones lose their network in the middle of a press: nothing is written down."""
    async with chat.connected() as (_, writer):
        writer.write((chat.asked("POST", headers=FORM + "Content-Length: 100\r\n")).encode() + CANARY.encode())
        await writer.drain()
        await chat.until(lambda: chat.open == 1)
    await chat.until(lambda: chat.open == 0)
    await asyncio.sleep(0)
    assert capfd.readouterr() == ("", "")
