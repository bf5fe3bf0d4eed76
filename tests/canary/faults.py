"""Failures put into the program from outside, where a person's data is in hand. The product has no such switch.

Each fault waits for a certain chat or header, so that everything else goes on as always, and says in its text
what it was about, as real exceptions do.
"""

import asyncio
import functools
import gc
import logging
import threading
import warnings
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

CHATS = {  # the people in whose chats something fails, as the last number of Canary.number("person", n)
    "exception": 11,
    "an exception with another inside": 12,
    "what nothing waits for": 13,
}
THE_PROGRAM = 14  # in whose chat the whole program fails
_ROLE_OF_THE_FIRST = 10  # needles.ROLES["person"]; not imported: the program must not hold a test's tables


class Broken(Exception):
    """A mistake of ours, with what it was about in its text."""


def install(module: ModuleType) -> None:
    """Put the faults into a module of the program that has just been loaded."""
    for name, path, fault in _FAULTS:
        if module.__name__ == name:
            owner: Any = module
            *outer, last = path.split(".")
            for part in outer:
                owner = getattr(owner, part)
            setattr(owner, last, fault(getattr(owner, last)))


def _of(turn: Any) -> str:
    """Which fault is wanted for the chat of a turn."""
    nth = turn.chat % 100 - _ROLE_OF_THE_FIRST
    return next((name for name, wanted in CHATS.items() if wanted == nth), "")


def _serving(serve: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @functools.wraps(serve)
    async def failing(self: Any, turn: Any) -> None:
        if _crash is not None and turn.chat % 100 == _ROLE_OF_THE_FIRST + THE_PROGRAM:
            _crash.set_exception(Broken(f"chat {turn.chat} speaks {turn.language}"))
        match _of(turn):
            case "exception":
                raise Broken(f"chat {turn.chat} speaks {turn.language}")
            case "an exception with another inside":
                try:
                    raise KeyError(turn.language)
                except KeyError as first:
                    first.add_note(turn.language)
                    raise ExceptionGroup(turn.language, [Broken(turn.chat), ValueError(turn.language)]) from first
            case "what nothing waits for":
                await _fail_unseen(f"chat {turn.chat} speaks {turn.language}")
        await serve(self, turn)

    return failing


def _language(language: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(language)
    def failing(self: Any, request: Any, *given: Any) -> str:
        if "X-Fault" in request.headers:
            raise Broken(f"{request.headers['X-Fault']} of {request.remote} at {request.path_qs}")
        return language(self, request, *given)

    return failing


_crash: "asyncio.Future[None] | None" = None


def _forgetting(forget: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The task that forgets on time: when it fails, the program does."""

    @functools.wraps(forget)
    async def failing(*given: Any) -> None:
        global _crash
        _crash = asyncio.get_running_loop().create_future()
        sound = asyncio.ensure_future(forget(*given))
        await asyncio.wait({sound, _crash}, return_when=asyncio.FIRST_COMPLETED)
        if _crash.done():
            sound.cancel()
            _crash.result()

    return failing


async def _fail_unseen(about: str) -> None:
    """Everything that the interpreter and asyncio would print by themselves."""
    loop = asyncio.get_running_loop()

    async def work(what: str) -> None:
        raise Broken(what)

    class Dying:
        def __del__(self) -> None:
            raise Broken(about)

    def in_a_thread() -> None:
        raise Broken(about)

    work(about)  # never awaited
    loop.create_task(work(about), name=about)  # noqa: RUF006 - its failure is never asked for
    loop.call_soon(in_a_thread)
    loop.call_exception_handler({"message": about, "exception": Broken(about)})
    Dying()
    thread = threading.Thread(target=in_a_thread, name=about)
    thread.start()
    thread.join()
    for kind in (UserWarning, ResourceWarning, RuntimeWarning, DeprecationWarning):
        warnings.warn(about, kind, stacklevel=1)
    warnings.warn_explicit(about, BytesWarning, about, 1)
    for name in ("", "asyncio", "aiohttp.server", "aiogram.event", "pydantic", "library.of.tomorrow"):
        logging.getLogger(name).critical("%s", about)
        logging.getLogger(name).error("failed", exc_info=Broken(about))
    await asyncio.sleep(0)
    gc.collect()


_FAULTS = (
    ("bot.channels.telegram.answering", "Answering.serve", _serving),
    ("bot.channels.web.app", "_Chat.language", _language),
    ("bot.cli.serving", "_forget_on_time", _forgetting),
)
