"""One chat after the other in its own order, many chats at once, and never too many.

What arrives for a chat that is being served waits and is joined: all messages to delete, only the newest
press or command, one note. So a person who taps wildly, or whose pause Telegram ordered, holds nobody else.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.channels.telegram.reading import Arrived, Elsewhere, Gone, Press, Sent, Start

MOST = 100  # chats and unanswered presses in hand


@dataclass(slots=True)
class Turn:
    """What is to be done for a chat. `newer` is set as soon as a newer press or command has come.

    `deletes` holds the messages to delete, and whether a note speaks about them. `note` is what the note is
    about: of what was sent together, what matters most.
    """

    chat: int = field(repr=False)
    language: str = field(default="", repr=False)
    deletes: dict[int, bool] = field(default_factory=dict, repr=False)
    step: Start | Press | Elsewhere | Gone | None = field(default=None, repr=False)
    answered: asyncio.Task[None] | None = field(default=None, repr=False)
    note: Sent | None = field(default=None, repr=False)
    newer: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def join(self, arrived: Arrived, answered: asyncio.Task[None] | None) -> None:
        """Add what arrived while this turn waited."""
        if isinstance(arrived, Sent):
            self.deletes[arrived.message] = arrived.rank > 0
            if arrived.rank >= (self.note.rank if self.note else 1):
                self.note = arrived
            self.language = arrived.language
            return
        self.step, self.answered = arrived, answered
        if isinstance(arrived, Start):
            self.deletes[arrived.message] = False
        if isinstance(arrived, Start | Press):
            self.language = arrived.language


class Turns:
    """Runs turns as tasks. `do` serves a turn, `answer` answers a press before any waiting."""

    def __init__(
        self,
        do: Callable[[Turn], Awaitable[None]],
        answer: Callable[[str], Awaitable[None]],
        failed: Callable[[], None],
    ) -> None:
        self._do = do
        self._answer = answer
        self._failed = failed
        self._waiting: dict[int, Turn] = {}
        self._served: dict[int, Turn] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._answers: set[asyncio.Task[None]] = set()
        self._freed = asyncio.Event()

    @property
    def room(self) -> int:
        """How many updates may be taken now."""
        return max(0, MOST - len(self._tasks) - len(self._answers))

    async def until_room(self) -> None:
        """Wait until at least one update may be taken."""
        while not self.room:
            self._freed.clear()
            await self._freed.wait()

    def take(self, arrived: Arrived) -> None:
        """Hold an update in a task until it is done."""
        chat = arrived.chat
        answered = self._answering(getattr(arrived, "query", ""))
        served = self._served.get(chat)
        if served and not isinstance(arrived, Sent):
            served.newer.set()
        self._waiting.setdefault(chat, Turn(chat)).join(arrived, answered)
        if chat not in self._tasks:
            self._tasks[chat] = asyncio.create_task(self._work(chat))

    async def finish(self, seconds: float) -> None:
        """Let what is in hand be done; what takes longer is given up."""
        latest = asyncio.get_running_loop().time() + seconds
        while tasks := {*self._tasks.values(), *self._answers}:
            left = latest - asyncio.get_running_loop().time()
            if left <= 0:
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks)
                return
            await asyncio.wait(tasks, timeout=left)

    def _answering(self, query: str) -> asyncio.Task[None] | None:
        if not query:
            return None
        task = asyncio.create_task(self._guarded(self._answer(query)))
        self._answers.add(task)
        task.add_done_callback(self._answer_done)
        return task

    def _answer_done(self, task: asyncio.Task[None]) -> None:
        self._answers.discard(task)
        self._freed.set()

    async def _work(self, chat: int) -> None:
        try:
            while turn := self._waiting.pop(chat, None):
                self._served[chat] = turn
                await self._guarded(self._do(turn))
        finally:
            self._waiting.pop(chat, None)
            self._served.pop(chat, None)
            self._tasks.pop(chat, None)
            self._freed.set()

    async def _guarded(self, work: Awaitable[None]) -> None:
        """A failure ends one turn, not the bot; what it was is not written down, it could name a person."""
        try:
            await work
        except Exception:
            self._failed()
