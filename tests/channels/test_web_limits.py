"""How long, how much and how often a connection of the web chat may ask, over real sockets."""

import asyncio
import contextlib
import gc
import socket
from ipaddress import ip_network

import pytest

from bot.channels.web import Limits
from tests.channels.webserver import FORM, Chat, is_closed, read_answer

SOON = Limits(patience=0.4)


async def trickle(writer: asyncio.StreamWriter, byte: bytes = b"x") -> None:
    """One byte after another, for as long as the other side takes them."""
    with contextlib.suppress(ConnectionError):
        while True:
            writer.write(byte)
            await writer.drain()
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "begun",
    [
        "",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + FORM + "Content-Length: 1000\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\n3e7\r\n",
    ],
    ids=["nothing", "head", "body", "chunk"],
)
async def test_what_comes_byte_by_byte_is_cut_off(begun: str) -> None:
    """A head and a body have their time, however busy the sender looks."""
    async with Chat(limits=SOON) as chat, chat.connected() as (reader, writer):
        writer.write(begun.encode())
        sending = asyncio.create_task(trickle(writer))
        assert await is_closed(reader)
        await chat.until(lambda: chat.open == 0)
        sending.cancel()


async def test_a_silent_connection_is_closed_after_its_answer() -> None:
    """Kept open for the next press, and not for ever."""
    async with Chat(limits=SOON) as chat, chat.connected() as (reader, writer):
        for _ in range(2):
            writer.write(chat.asked(path="/healthz").encode())
            assert (await read_answer(reader)).status == 200
        assert await is_closed(reader)


@pytest.mark.parametrize(("screens", "last"), [(10, ""), (10, "Connection: close\r\n"), (4000, "")])
async def test_somebody_who_never_takes_an_answer_is_let_go(screens: int, last: str) -> None:
    """Few answers that wait to be taken or many, before the end or after it: they are thrown away."""
    async with Chat(limits=Limits(patience=0.4, most_a_second=10_000)) as chat:
        for listening in chat.listening.sockets:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2048)
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            deaf.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_connect(deaf, ("127.0.0.1", chat.port))
            asked = chat.asked() * screens + chat.asked(headers=last)
            sending = asyncio.create_task(loop.sock_sendall(deaf, asked.encode()))
            await chat.until(lambda: chat.open == 1)
            await chat.until(lambda: chat.open == 0)
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)


async def test_a_head_without_end_is_refused() -> None:
    """Ten megabytes of headers: the bound is told, the rest is not read."""
    async with Chat() as chat, chat.connected() as (reader, writer):
        writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{chat.port}\r\n".encode())
        with contextlib.suppress(ConnectionError):
            for n in range(2500):
                writer.write(f"X-{n}: ".encode() + b"x" * 4000 + b"\r\n")
                await writer.drain()
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            assert (await read_answer(reader)).status == 431
        assert await is_closed(reader)
        await chat.until(lambda: chat.open == 0)


async def test_requests_in_one_go_are_answered_up_to_the_bound() -> None:
    """Pipelining is answered in order, within the same bound as all else."""
    async with Chat(limits=Limits(most_a_second=40)) as chat, chat.connected() as (reader, writer):
        writer.write(chat.asked(path="/healthz").encode() * 40)
        assert [(await read_answer(reader)).status for _ in range(40)] == [200] * 40


async def test_a_proxy_may_ask_as_often_as_its_people_press() -> None:
    """One of its connections carries many people: no bound for one person holds for it."""
    limits = Limits(patience=0.2, most_a_second=1, most_open=1, proxies=(ip_network("127.0.0.0/8"),))
    async with Chat(limits=limits) as chat, chat.connected() as (reader, writer), chat.connected():
        writer.write(chat.asked(path="/healthz").encode() * 100)
        assert [(await read_answer(reader)).status for _ in range(100)] == [200] * 100
        await asyncio.sleep(0.5)  # longer than one person's silence may be
        writer.write(chat.asked(path="/healthz").encode())
        assert (await read_answer(reader)).status == 200


def test_a_proxy_is_known_by_its_address_in_either_family() -> None:
    """A server that listens on both families sees old addresses in new ones."""

    class From(asyncio.BaseTransport):
        def __init__(self, *peer: object) -> None:
            super().__init__({"peername": peer})

    limits = Limits(proxies=(ip_network("10.0.0.0/8"), ip_network("fe80::/10")))
    assert limits.is_proxy(From("10.1.2.3", 4))
    assert limits.is_proxy(From("::ffff:10.1.2.3", 4, 0, 0))
    assert limits.is_proxy(From("fe80::1%eth0", 4, 0, 2))
    assert not limits.is_proxy(From("11.1.2.3", 4))
    assert not limits.is_proxy(asyncio.BaseTransport({"peername": ""}))  # a socket of this machine


async def test_at_the_bound_the_connection_that_is_longest_without_an_answer_goes() -> None:
    """Whoever only holds connections loses them first; somebody who was answered just now stays."""
    async with Chat(limits=Limits(patience=600, most_open=20)) as chat, contextlib.AsyncExitStack() as all_of_them:
        idle, _ = await all_of_them.enter_async_context(chat.connected())
        await chat.until(lambda: chat.open == 1)
        reader, writer = await all_of_them.enter_async_context(chat.connected())
        for _ in range(10):
            for _ in range(10):
                await all_of_them.enter_async_context(chat.connected())
            writer.write(chat.asked(path="/healthz").encode())
            assert (await read_answer(reader)).status == 200
        assert await is_closed(idle)
        await chat.until(lambda: chat.open <= 20)


async def test_who_connected_is_remembered_nowhere() -> None:
    """After the last answer no object of the program holds the address that asked."""
    async with Chat() as chat:
        asked = chat.asked().encode() + chat.asked(headers="Connection: close\r\n").encode()
        address = ".".join(map(str, (127, 31, 73, 19)))
        reader, writer = await asyncio.open_connection("127.0.0.1", chat.port, local_addr=(address, 0))
        peer = writer.get_extra_info("sockname")
        assert _holders(peer)
        writer.write(asked)
        assert await is_closed(reader)
        writer.close()
        await chat.until(lambda: chat.open == 0)
        port = peer[1]
        del reader, writer, peer
        await chat.until(lambda: not _holders((".".join(map(str, (127, 31, 73, 19))), port)))


def _holders(peer: tuple[str, int]) -> int:
    """How many containers of the program hold this address, whole or with its port."""
    gc.collect()
    found = 0
    for held in gc.get_objects():
        if isinstance(held, dict):
            found += any(value == peer for value in list(held.values()) if type(value) is tuple)
        elif type(held) in (tuple, list, set) and held is not peer:
            found += any(type(part) is str and part == peer[0] for part in list(held))
    return found
