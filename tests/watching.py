"""The real program with a watch on it: every file that it writes and every connection that it makes, on record.

An audit hook of the interpreter keeps the record, so nothing in the program can go around it.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AWAKE = f"open {os.devnull!r}"  # stands first in every record

_PROGRAM = """
import os, sys

record = int(os.environ["RECORD"])
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
OTHERS = ("os.mkdir", "os.rename", "os.link", "os.symlink", "sqlite3.connect", "shutil.", "subprocess.", "os.system")

def watch(event, given):
    if (event == "open" and given[2] & WRITES) or event.startswith(OTHERS):
        os.write(record, f"wrote {event} {given[0]!r}\\n".encode())
    elif event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        whom = given[1] if event != "socket.getaddrinfo" else given[:2]
        os.write(record, f"called {whom!r}\\n".encode())

sys.addaudithook(watch)
open(os.devnull, "w").close()  # the watch is awake
from bot.cli import main
main()
"""


@dataclass
class Watched:
    """What the program did; complete once it has ended."""

    wrote: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    said: str = ""
    code: int | None = None


@asynccontextmanager
async def watched(**env: str) -> AsyncIterator[Watched]:
    """The program with these settings, stopped by SIGTERM at the end of the block."""
    reading, writing = os.pipe()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM,
        cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "RECORD": str(writing), **env},
        pass_fds=(writing,), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    os.close(writing)
    found = Watched()
    try:
        yield found
        process.send_signal(signal.SIGTERM)
        said, _ = await asyncio.wait_for(process.communicate(), 30)
        found.said, found.code = said.decode(), process.returncode
        _read(reading, found)
    finally:
        os.close(reading)
        if process.returncode is None:
            process.kill()
            await process.wait()


def _read(record: int, found: Watched) -> None:
    with open(record, encoding="utf-8", closefd=False) as lines:
        for line in lines:
            what, _, how = line.rstrip("\n").partition(" ")
            found.wrote += [how] if what == "wrote" else []
            found.called |= {how} if what == "called" else set()
