"""The program in a process of its own, with empty folders of its own, and everything that comes out of it."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.canary.needles import Canary, written_below
from tests.canary.sabotages import Change

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120  # for whatever has to happen, on a busy machine
FOLDERS = ("cwd", "tmp", "home")  # all of them must stay empty


@dataclass
class Inside:
    """What the driver found in the process."""

    objects: int
    found: list[str]
    anywhere: int | None  # needles in the whole memory of the process, freed or not; None: not allowed to look


@dataclass
class Run:
    """One process: `said` is its stdout and stderr, `answers` what its web server sent."""

    folder: Path
    canary: Canary
    pid: int = 0
    code: int | None = None
    pushed: int = 0
    answers: list[bytes] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)  # of the answers, by the name of the request
    written: list[str] = field(default_factory=list)
    inside: Inside | None = None
    kept: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)
    _ends: "asyncio.Future[int] | None" = None
    _connected: asyncio.Event = field(default_factory=asyncio.Event)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    def __post_init__(self) -> None:
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True)

    @property
    def said(self) -> dict[str, bytes]:
        paths = [self.folder / name for name in ("stdout", "stderr")]
        return {path.name: path.read_bytes() for path in paths if path.exists()}

    @property
    def stderr(self) -> str:
        return self.said.get("stderr", b"").decode("utf-8", "replace")

    @property
    def left_behind(self) -> dict[str, bytes]:
        """Every file in the folders that were empty."""
        return {f"{name}/{path}": data for name in FOLDERS for path, data in written_below(self.folder / name).items()}

    def environment(self, settings: dict[str, str]) -> dict[str, str]:
        """Next to nothing: what Python needs, and `settings`."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        folders = {"TMPDIR": str(self.folder / "tmp"), "HOME": str(self.folder / "home")}
        python = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        return {**kept, **folders, **python, **settings}

    async def start(self, *command: str, settings: dict[str, str]) -> Process:
        """Start a command with nothing of ours in its environment but `settings`."""
        with (self.folder / "stdout").open("wb") as out, (self.folder / "stderr").open("wb") as err:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *command, cwd=self.folder / "cwd", env=self.environment(settings),
                stdin=asyncio.subprocess.PIPE, stdout=out, stderr=err,
            )  # fmt: skip
        self.pid, self._ends = process.pid, asyncio.ensure_future(process.wait())
        return process

    async def become(
        self, warm: "Warm", address: str, settings: dict[str, str], changes: Sequence[Change] = ()
    ) -> None:
        """Start the program in a fork of the driver."""
        plan = {"socket": address, "changes": changes, "env": self.environment(settings)}
        places = {name: str(self.folder / name) for name in ("cwd", "stdout", "stderr")}
        warm.fork({**plan, **places})
        async with asyncio.timeout(SECONDS):
            await self._connected.wait()
        self._ends = warm.end_of(self.pid)

    @contextlib.asynccontextmanager
    async def orders(self) -> AsyncIterator[str]:
        """The address where the driver asks for orders, while the run lasts."""

        async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._reader, self._writer = reader, writer
            self.pid = (await self._heard())["pid"]
            self._connected.set()

        address = str(self.folder / "orders")
        server = await asyncio.start_unix_server(connect, address)
        try:
            yield address
        finally:
            if self._writer:
                self._writer.close()
            server.close()
            await server.wait_closed()

    async def look_inside(self, explained: int = 0) -> None:
        """Search the process, which stands still meanwhile. It learns last what is looked for.

        What holds the first things found is `explained`; that takes seconds for each.
        """
        await self._order("walk")
        await self._heard()
        anywhere = await asyncio.to_thread(in_memory, self.pid, self.canary)
        self._say()
        objects = (await self._heard())["objects"]
        self._say(word=self.canary.word, digits=self.canary.digits, explained=explained)
        self.inside = Inside(objects, (await self._heard())["found"], anywhere)

    async def ask_what_was_written(self) -> None:
        await self._order("written")
        self.written = (await self._heard())["written"]

    async def _order(self, order: str) -> None:
        self._say(order=order)
        os.kill(self.pid, signal.SIGUSR1)

    def _say(self, **said: object) -> None:
        assert self._writer is not None
        self._writer.write(json.dumps(said).encode() + b"\n")

    async def _heard(self) -> dict[str, Any]:
        assert self._reader is not None
        async with asyncio.timeout(SECONDS):
            heard: dict[str, Any] = json.loads(await self._reader.readline() or b"{}")
        assert "broken" not in heard, heard["broken"]
        return heard

    async def until_said(self, words: str, seconds: float = SECONDS) -> None:
        """Wait until a line of the log holds these words."""
        async with asyncio.timeout(seconds):
            while words not in self.stderr:  # noqa: ASYNC110 - a file has no event
                await asyncio.sleep(0.02)

    async def end(self, number: signal.Signals | None = None) -> None:
        """Send a signal, or only wait; then close what was kept open."""
        assert self._ends is not None
        if number is not None:
            os.kill(self.pid, number)
        async with asyncio.timeout(SECONDS):
            self.code = await asyncio.shield(self._ends)
        self.let_go()

    async def ended(self) -> None:
        """Kill what still runs."""
        self.let_go()
        if self._ends is not None and not self._ends.done():
            await self.end(signal.SIGKILL)

    async def until_let_go(self) -> None:
        """The program closes by itself the connections that were left open."""
        async with asyncio.timeout(SECONDS):
            for reader, _ in self.kept:
                self.answers.append(await reader.read())

    def let_go(self) -> None:
        while self.kept:
            _, writer = self.kept.pop()
            writer.close()


class Warm:
    """A driver that waits for plans; `end_of` a fork is its exit code."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._ends: defaultdict[int, asyncio.Future[int]] = defaultdict(asyncio.get_running_loop().create_future)

    def fork(self, plan: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(plan).encode() + b"\n")

    def end_of(self, pid: int) -> "asyncio.Future[int]":
        return self._ends[pid]

    async def listen(self) -> None:
        """Hear of the ends, until the driver's own."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told = json.loads(line)
            self._ends[told["pid"]].set_result(told["code"])


# With these, the C library writes over whatever is freed, and Python frees all of its memory through it.
WIPING = {"PYTHONMALLOC": "malloc", "MALLOC_PERTURB_": "165", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}


@contextlib.asynccontextmanager
async def warm(**environment: str) -> AsyncIterator[Warm]:
    """A driver for many runs; what it is told about memory holds for all of them."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "tests.canary.driver")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**os.environ, **environment}, stdin=pipe, stdout=pipe
    )
    its = Warm(process)
    listening = asyncio.create_task(its.listen())
    try:
        yield its
    finally:
        process.kill()
        await process.wait()
        await listening


def in_memory(pid: int, canary: Canary) -> int | None:
    """How often the word or the number stands in the memory of a process that it can write to."""
    count = 0
    try:
        maps = Path(f"/proc/{pid}/maps").read_text("ascii", "replace").splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in maps:
                span, rights, *_ = line.split()
                if rights.startswith("rw"):
                    start, end = (int(place, 16) for place in span.split("-"))
                    count += canary.in_memory(_read(memory.fileno(), start, end - start))
    except (OSError, ValueError):
        return None
    return count


def _read(memory: int, start: int, size: int) -> bytes:
    try:
        return os.pread(memory, size, start)
    except (OSError, OverflowError):  # a part that cannot be read
        return b""
