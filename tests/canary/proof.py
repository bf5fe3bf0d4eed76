"""The runs that are searched: by polling and by webhook, in development mode without Telegram, on a terminal."""

import asyncio
import contextlib
import json
import random
import secrets
import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from tests.botapi import SECRET, TOKEN
from tests.canary.faults import THE_PROGRAM
from tests.canary.needles import Canary
from tests.canary.running import SECONDS, Run, Warm
from tests.canary.server import Failing
from tests.canary.telegram_inputs import CRISIS, PEOPLE, Updates
from tests.canary.web_inputs import HOOK, Visit, Visits

IDLE_SECONDS = 3.0
PUBLIC = f"https://bot.example.org{HOOK}"
WEB_SERVED = "the web chat is being served"
TELEGRAM_SERVED = "the Telegram bot is being served"
NO_ANSWER = 0.5  # seconds after which a request counts as not answered
_PORTS = count(random.randrange(20_000, 30_000))
HANGING = 6.0  # seconds that an answer of the Bot API takes, longer than the program waits for it


@dataclass
class World:
    """A run, the Bot API it talks to, and its web port; `secret` where it is called by webhook."""

    run: Run
    api: Failing
    port: int
    secret: str | None = None
    idle: float = IDLE_SECONDS

    taken: int = 0  # updates that were pushed before the end

    def __post_init__(self) -> None:
        self.updates = Updates(self.run.canary)

    def settings(self, **more: str) -> dict[str, str]:
        hook = {"WEBHOOK_URL": PUBLIC, "WEBHOOK_SECRET": self.secret} if self.secret else {}
        ours = {"BOT_TOKEN": TOKEN, "BOT_API_URL": self.api.url, "WEB_PORT": str(self.port)}
        return {**ours, **hook, "IDLE_MINUTES": str(self.idle / 60), **more}

    def found(self) -> dict[str, list[str]]:
        """Every place where something of the canary, or of our secrets, came out."""
        canary, run = self.run.canary, self.run
        secrets_ = [TOKEN, self.secret] if self.secret else [TOKEN]
        said = {name: canary.found_in(data) + _named(data, secrets_) for name, data in run.said.items()}
        files = [f"{name}: {data[:200]!r}" for name, data in run.left_behind.items()]
        return {
            **said,
            "files": files + run.written,
            "web answers": canary.found_in(b"\n".join(run.answers)),
            "requests to Telegram": canary.typed_in(b"\n".join(self.api.heard)),
            "live objects": run.inside.found if run.inside else [],
        }

    async def visited(self) -> None:
        """Everything that can come in over the web, a few at a time."""
        few = asyncio.Semaphore(8)

        async def one(its: Visit) -> None:
            async with few:
                await visit(self.run, self.port, its)

        await asyncio.gather(*(one(its) for its in Visits(self.run.canary, self.secret).all()))

    async def written_to(self) -> None:
        """Everything that can come in from Telegram."""
        for _, update in self.updates.all():
            await self.arrives(update)

    async def arrives(self, update: dict[str, Any]) -> None:
        self.run.pushed += 1
        numbered = self.api.numbered(update)
        if self.secret is None:
            self.api.gives(numbered)
        else:
            await self.pushes(json.dumps(numbered).encode())

    async def pushes(self, body: bytes) -> None:
        headers = {SECRET: self.secret or "", "Content-Type": "application/json"}
        address = f"http://127.0.0.1:{self.port}{HOOK}"
        async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as answer:
            self.api.pushed.append(answer.status)

    async def starts(self, nth: int) -> None:
        message = self.updates.message({"text": f"/start {self.run.canary.word}"}, nth)
        await self.arrives({"message": message})

    async def pressed(self, nth: int) -> None:
        """A real button of the card that somebody has; it is put there first."""
        person = self.api.person(self.run.canary.number("person", nth))
        await self.starts(nth)
        await self.api.until(lambda: any(message.get("keyboard") for message in person.messages.values()), SECONDS)
        card, data = person.card, person.card["keyboard"][0][0]["callback_data"]
        message = {"message_id": card["message_id"], "date": 1, "chat": self.updates.chat(nth)}
        await self.arrives(self.updates.press(data, message, nth))
        await self.api.until(lambda: self.api.named("editMessageText"), SECONDS)

    async def failed(self) -> None:
        """Every way in which the Bot API can fail, one call each; and one that does not answer in time."""
        self.api.failures.extend(self.api.ways_to_fail())
        for nth in (*PEOPLE, *PEOPLE):
            await self.starts(nth)
        await self.api.until(lambda: not self.api.failures, SECONDS)

    async def until_idle(self, seconds: float) -> None:
        """All was taken, and nobody has been served for so long."""
        await self.api.until(lambda: not self.api.failures and self.api.has_given_all, SECONDS)
        async with asyncio.timeout(SECONDS):
            while self.api.quiet_for < seconds:  # noqa: ASYNC110 - silence is no event
                await asyncio.sleep(0.1)

    async def exercised(self) -> None:
        """Everything once, then nothing for an idle limit, then a look inside."""
        await self.run.until_said(WEB_SERVED)
        await self.visited()
        await self.run.until_said(TELEGRAM_SERVED)
        self.api.delays["answerCallbackQuery"] = HANGING
        await self.failed()
        await self.pressed(0)
        await self.written_to()
        await self.until_idle(self.idle + 1)
        await self.run.until_let_go()
        await self.run.look_inside(explained=5)
        await self.run.ask_what_was_written()

    async def stopped_in_the_middle(self, number: signal.Signals) -> None:
        """A signal while people are being served."""
        self.api.delays["sendMessage"] = 0.3
        self.taken = len(self.api.pushed)
        before = len(self.api.calls)
        for nth in PEOPLE:
            await self.starts(nth)
        await self.api.until(lambda: len(self.api.calls) >= before + len(PEOPLE), SECONDS)
        await self.run.end(number)


def _port() -> int:
    """A port that nobody uses and that no system gives to anybody by itself, each once."""
    while True:
        port = next(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _named(data: bytes, secrets_: list[str]) -> list[str]:
    return [f"a secret of ours: {secret}" for secret in secrets_ if secret.encode() in data]


@contextlib.asynccontextmanager
async def world(folder: Path, *, webhook: bool = False, idle: float = IDLE_SECONDS) -> AsyncIterator[World]:
    """A Bot API that knows the people, and a program that is not started yet; it does not outlive the test."""
    canary = Canary.hatched()
    run = Run(folder, canary)
    api = Failing(canary)
    async with api:
        for nth in range(20):
            api.person(canary.number("person", nth))
        try:
            yield World(run, api, _port(), secrets.token_urlsafe(24) if webhook else None, idle)
        finally:
            await run.ended()


async def polling(folder: Path, its: Warm) -> World:
    """Telegram asked, web beside it; searched inside when idle; ended by SIGTERM with updates in hand."""
    async with world(folder) as here, here.run.orders() as address:
        here.api.asked.extend(here.api.ways_to_fail_an_asking())
        await here.run.become(its, address, here.settings())
        await here.exercised()
        await here.stopped_in_the_middle(signal.SIGTERM)
    return here


async def webhook(folder: Path, its: Warm) -> World:
    """Telegram pushes; searched inside when idle; ended by SIGKILL with updates in hand."""
    async with world(folder, webhook=True) as here, here.run.orders() as address:
        await here.run.become(its, address, here.settings())
        await here.exercised()
        await here.stopped_in_the_middle(signal.SIGKILL)
    return here


async def development(folder: Path) -> World:
    """`python -X dev -W error -m bot`, nothing of ours around it, no name server knows the Bot API; SIGABRT."""
    async with world(folder, webhook=True) as here:
        settings = here.settings(BOT_API_URL="http://bot-api.invalid", LOG_LEVEL="debug", PYTHONASYNCIODEBUG="1")
        await here.run.start("-X", "dev", "-W", "error", "-m", "bot", settings=settings)
        await here.run.until_said(WEB_SERVED)
        await here.visited()
        await here.written_to()
        await here.run.until_said("Telegram cannot be reached")
        await here.run.end(signal.SIGABRT)
    return here


async def crash(folder: Path, its: Warm) -> World:
    """A task fails that the whole program hangs on, with somebody in hand."""
    async with world(folder) as here, here.run.orders() as address:
        await here.run.become(its, address, here.settings())
        await here.run.until_said(TELEGRAM_SERVED)
        await here.starts(0)
        await here.starts(THE_PROGRAM)
        await here.run.end()
    return here


async def terminal(folder: Path, *command: str) -> World:
    """A command that reads what is typed, until the end of input."""
    async with world(folder) as here:
        word, number = here.run.canary.word, here.run.canary.number("other")
        typed = [
            "1",
            word,
            f"1 {word}",
            f"{number}",
            f"{CRISIS} {word}",
            word * 9000,
            f"\0{word}",
            f"\udcff{word}",
            "2",
        ]
        process = await here.run.start("-m", "bot", *command, settings={})
        assert process.stdin is not None
        process.stdin.write("\n".join([*typed, word, ""]).encode("utf-8", "surrogateescape"))
        here.run.pushed += len(typed) + 1
        process.stdin.close()
        await here.run.end()
    return here


async def visit(run: Run, port: int, its: Visit) -> None:
    """Send one request and keep what comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    run.pushed += 1
    with contextlib.suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        writer.write(its.sent)
        await writer.drain()
        if its.then == "cut":
            await asyncio.sleep(0.01)
            writer.transport.abort()
            return
        if its.then == "kept":
            run.kept.append((reader, writer))
            return
        async with asyncio.timeout(NO_ANSWER):
            head = await reader.readuntil(b"\r\n\r\n")
            run.answers.append(head)
            run.statuses[its.name] = int(head.split(b" ", 2)[1])
            length = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")), 0)
            run.answers.append(await reader.readexactly(length))
    writer.close()
