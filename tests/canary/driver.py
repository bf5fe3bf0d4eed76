"""Runs the program as `python -m bot` does, takes orders meanwhile, and answers what the process holds.

It imports the libraries first, which takes most of a start; then it takes one plan a line from its input and
becomes the program in a child for each. Only this driver knows orders, faults and sabotages; the program that
it runs has no such thing in it.
"""

import contextlib
import ctypes
import gc
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import runpy
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tests.canary import faults, walking

MISFIT = "a sabotage does not fit the program any more"
_LIBRARIES = ("aiogram", "aiohttp.web", "cryptography.hazmat.primitives.ciphers.aead", "jinja2", "pydantic_settings",
              "rapidfuzz", "rich", "typer", "yaml")  # fmt: skip
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4  # prctl(2)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


class Orders:
    """Answers orders over a socket, in the signal handler, so that the program stands still meanwhile."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(address)
        self._written: list[str] = []
        sys.addaudithook(self._watch)
        signal.signal(signal.SIGUSR1, self._obey)
        self._say(pid=os.getpid())

    def _watch(self, event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(given[2], int) and given[2] & _WRITES and given[0] != os.devnull:
            self._written.append(f"opened for writing: {given[0]!r}")
        elif event in ("os.mkdir", "os.rename", "os.link", "os.symlink", "subprocess.Popen", "syslog.syslog"):
            self._written.append(f"{event}: {given[:2]!r}")

    def _obey(self, *_: object) -> None:
        try:
            order = self._heard()["order"]
            if order == "written":
                self._say(written=self._written)
            else:
                self._walk()
        except Exception:  # the program writes no tracebacks, and would end
            self._say(broken=traceback.format_exc())

    def _walk(self) -> None:
        """First stand still, then collect, and learn last what to look for: so it is not itself found."""
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)  # else nobody but root could read the memory
        gc.unfreeze()
        gc.collect()
        self._say(still=True)
        self._heard()
        living = walking.living()
        self._say(objects=living.objects)
        wanted = self._heard()
        found = walking.found_among(living, wanted["word"], wanted["digits"])
        first, rest = found[: wanted["explained"]], found[wanted["explained"] :]
        self._say(found=[*map(walking.path, first), *("…" for _ in rest)])

    def _heard(self) -> dict[str, Any]:
        line = bytearray()
        while not line.endswith(b"\n"):
            line += self._socket.recv(1)
        heard: dict[str, Any] = json.loads(line)
        return heard

    def _say(self, **said: object) -> None:
        self._socket.sendall(json.dumps(said).encode() + b"\n")


class Changing(importlib.abc.MetaPathFinder):
    """Loads modules of the program with faults put in and, for a sabotage, with lines of theirs changed."""

    def __init__(self, changes: Sequence[Sequence[str]]) -> None:
        self._changes = changes

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith("bot."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and spec.origin:
            changes = [(old, new) for module, old, new in self._changes if module == fullname]
            spec.loader = _Loader(fullname, spec.origin, changes)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, changes: list[tuple[str, str]]) -> None:
        super().__init__(name, path)
        self._changes = changes

    def get_code(self, fullname: str) -> CodeType | None:
        if not self._changes:
            return super().get_code(fullname)
        source = Path(self.path).read_text("utf-8")
        for old, new in self._changes:
            if source.count(old) != 1:
                sys.stderr.write(f"{MISFIT}: {fullname} has no single {old!r}\n")
                os._exit(3)
            source = source.replace(old, new)
        return compile(source, self.path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        faults.install(module)


def run(plan: dict[str, Any]) -> None:
    """Become the program; but for orders, faults and the changes of the plan nothing differs."""
    sys.meta_path.insert(0, Changing(plan["changes"]))
    orders = Orders(plan["socket"])
    sys.argv = ["bot"]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
    del orders


def warm() -> dict[str, Any]:
    """Import what all runs share, then fork for each plan that comes in. Returns in the children only."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # the children collect only what is theirs, until they are searched
    signal.signal(signal.SIGCHLD, _told)
    for line in sys.stdin:
        if os.fork() == 0:
            return _settled(json.loads(line))
    sys.exit()


def _told(*_: object) -> None:
    """Say with which code children have ended."""
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            code = os.waitstatus_to_exitcode(ended[1])
            os.write(1, json.dumps({"pid": ended[0], "code": code}).encode() + b"\n")


def _settled(plan: dict[str, Any]) -> dict[str, Any]:
    """Make this child as if it had been started for its plan."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # nothing of a test outlives it
    os.chdir(plan["cwd"])
    os.environ.clear()
    os.environ.update(plan["env"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(plan[name], os.O_WRONLY | os.O_CREAT, 0o600), number)
    return plan


if __name__ == "__main__":
    run(warm())
