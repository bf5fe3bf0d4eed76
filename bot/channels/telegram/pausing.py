"""Pauses between attempts: growing ones while Telegram is away, ordered ones, long ones after a refusal."""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot import logs
from bot.channels.telegram.calling import Answer
from bot.channels.telegram.reporting import Reporting

FIRST = 1.0
MOST = 60.0
REFUSED = 30.0  # after a wrong token or while another copy runs

Result = TypeVar("Result")


class Pausing:
    """How long to wait after an answer. Says when Telegram is lost, and when it is back."""

    def __init__(self, reporting: Reporting, stop: asyncio.Event) -> None:
        self._reporting = reporting
        self._stop = stop
        self._next = FIRST
        self._well = False

    async def after(self, answer: Answer) -> None:
        """Wait as the answer asks for, or until the stop. Does not wait after a success."""
        if answer.outcome == "done":
            self._next = FIRST
            if not self._well:
                logs.event("telegram_serving", logging.INFO)
            self._well = True
            return
        self._well = False
        refused = answer.outcome != "wait"
        self._reporting.trouble("telegram_refused" if refused else "telegram_unreachable")
        seconds = max(answer.wait, REFUSED if refused else 0.0) or self._grown()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    def _grown(self) -> float:
        seconds, self._next = self._next, min(MOST, self._next * 2)
        return seconds


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """What comes of some work; None when the stop comes first, and the work is given up."""
    task = asyncio.create_task(work)
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        task.cancel()
        stopped.cancel()
        await asyncio.wait({task, stopped})
