"""What is taken out of chats: cards with their notes, and whatever a person sent. It is tried until it is gone."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from itertools import chain

from bot.channels.telegram.cards import Card, Cards
from bot.channels.telegram.drawing import Message
from bot.channels.telegram.sending import Left, Sending

AT_ONCE = 20


class Clearing:
    """Deletes. `emptied` draws what a card that is too old to be deleted shows instead, in a language.

    What Telegram does not delete now is tried again, for one idle limit at most.
    """

    def __init__(
        self, sending: Sending, cards: Cards, emptied: Callable[[int, str], Message], clock: Callable[[], float]
    ) -> None:
        self._sending = sending
        self._cards = cards
        self._emptied = emptied
        self._clock = clock
        self._waiting: dict[int, dict[int, float]] = {}  # chat -> message -> until when it is tried again

    async def delete(self, chat: int, messages: Iterable[int]) -> Left:
        """Delete messages of a chat, and those that are still waiting there; what is left, and why."""
        waiting = self._waiting.pop(chat, {})
        left = await self._sending.delete(chat, dict.fromkeys([*messages, *waiting]))
        now = self._clock()
        again = {number: waiting.get(number, now + self._cards.idle) for number in left if left[number] == "wait"}
        again = {number: until for number, until in again.items() if until > now}
        if again:
            self._waiting.setdefault(chat, {}).update(again)
        return left

    async def clear(self, chat: int, card: Card) -> None:
        """Take a card and its note away; a card too old to be deleted is emptied instead."""
        left = await self.delete(chat, card.messages)
        if left.get(card.message, "wait") != "wait":
            await self._sending.edit(chat, card.message, self._emptied(chat, card.language), asyncio.Event())

    async def clear_idle(self) -> None:
        """Take away the cards that nobody used for an idle limit, and what could not be deleted before."""
        idle = (self.clear(chat, card) for chat, card in self._cards.take_idle(self._clock()))
        await _shared(chain(idle, self._again()))
        self._sending.forget()

    async def clear_all(self, seconds: float) -> None:
        """Take away all that is known, the cards used last first, as much as the time allows."""
        cards = (self.delete(chat, card.messages) for chat, card in self._cards.take_all())
        await _shared(chain(cards, self._again()), seconds)

    def _again(self) -> Iterator[Awaitable[object]]:
        for chat in list(self._waiting):
            yield self.delete(chat, ())


async def _shared(works: Iterator[Awaitable[object]], seconds: float | None = None) -> None:
    """Do works in their order, some at once, for so long. A work is made only when its turn has come."""

    async def work() -> None:
        for awaitable in works:
            await awaitable

    _, late = await asyncio.wait([asyncio.create_task(work()) for _ in range(AT_ONCE)], timeout=seconds)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)
