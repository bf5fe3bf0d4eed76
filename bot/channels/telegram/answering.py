"""What to do about each turn: one card in a chat, one note below it, nothing of the person left there."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.channels.telegram.cards import Card, Cards
from bot.channels.telegram.drawing import Message, message, words
from bot.channels.telegram.keyboard import LEAVE
from bot.channels.telegram.reading import CRISIS, Elsewhere, Gone, Press, Start
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.turns import Turn
from bot.core.shown import Screen
from bot.pressing import Pressing

ANSWERED_WITHIN = 2.0  # seconds that an edit waits for the answer of its press
CLEARED_AT_ONCE = 20

_Clear = Callable[[int, Card], Awaitable[None]]


class Answering:
    """Serves turns; knows the cards of this process and nothing else about anybody."""

    def __init__(self, pressing: Pressing, sending: Sending, web_url: str) -> None:
        self._pressing = pressing
        self._sending = sending
        self._web_url = web_url
        self._cards = Cards(pressing.sealing.idle)

    async def serve(self, turn: Turn) -> None:
        """Do everything that a turn asks for, the deleting first."""
        if turn.deletes:
            await self._sending.delete(turn.chat, turn.deletes)
        match turn.step:
            case Elsewhere():
                await self._sending.leave(turn.chat)
            case Gone():
                self._cards.take(turn.chat)
            case Start():
                await self._start(turn)
            case Press() as press:
                await self._press(turn, press)
        if turn.note:
            await self._note(turn)

    async def clear_idle(self) -> None:
        """Take away the cards that nobody has pressed for an idle limit."""
        await asyncio.wait(self._clearing(self._cards.take_idle(self._pressing.clock()), self._clear))
        self._sending.forget()

    async def clear_all(self, seconds: float) -> None:
        """Take away the known cards, the one used last first, as many as the time allows."""
        _, late = await asyncio.wait(self._clearing(self._cards.take_all(), self._delete), timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    def _clearing(self, cards: list[tuple[int, Card]], clear: _Clear) -> list[asyncio.Task[None]]:
        """Tasks that share the cards, in their order."""
        queue = iter(cards)

        async def work() -> None:
            for chat, card in queue:
                await clear(chat, card)

        return [asyncio.create_task(work()) for _ in range(CLEARED_AT_ONCE)]

    async def _delete(self, chat: int, card: Card) -> None:
        await self._sending.delete(chat, card.messages)

    async def _start(self, turn: Turn) -> None:
        language = self._pressing.language([turn.language])
        drawn = self._drawn(turn.chat, self._pressing.first(language))
        await self._new_card(turn, language, drawn)

    async def _press(self, turn: Turn, press: Press) -> None:
        if turn.answered:
            await asyncio.wait({turn.answered}, timeout=ANSWERED_WITHIN)
        if turn.newer.is_set():
            return
        language = self._pressing.language([press.language])
        if press.data == LEAVE:
            await self._leave(turn.chat, press.card, language)
        elif not self._is_second_tap(press):
            screen = self._pressing.pressed(press.data, _bound(turn.chat), language)
            await self._show(turn, press, screen)

    def _is_second_tap(self, press: Press) -> bool:
        card = self._cards.of(press.chat)
        return card is not None and card.message == press.card and card.shown == hash(press.data)

    async def _show(self, turn: Turn, press: Press, screen: Screen) -> None:
        """Put a screen into the pressed card; into a new one where that card cannot be reached."""
        drawn = self._drawn(turn.chat, screen)
        if press.card is None:
            await self._new_card(turn, screen.language, drawn)
            return
        match await self._sending.edit(turn.chat, press.card, drawn, turn.newer):
            case "done":
                await self._keep(turn.chat, press.card, screen.language, hash(press.data))
            case "new card":
                await self._new_card(turn, screen.language, drawn)
            case "gone":
                self._cards.take(turn.chat)

    async def _new_card(self, turn: Turn, language: str, drawn: Message) -> None:
        number = await self._sending.send(turn.chat, drawn, turn.newer)
        if number is not None:
            await self._keep(turn.chat, number, language, None)

    async def _keep(self, chat: int, number: int, language: str, shown: int | None) -> None:
        """Remember the card just used; another card of this chat goes, with its note."""
        known = self._cards.of(chat)
        card = Card(number, language, self._pressing.clock(), shown=shown)
        if known and known.message == number:
            card.note, card.album = known.note, known.album
        self._cards.put(chat, card)
        if known and known.message != number:
            await self._sending.delete(chat, known.messages)

    async def _leave(self, chat: int, number: int | None, language: str) -> None:
        """Nothing stays in the chat: the pressed card, and whatever else of ours is known there."""
        known = self._cards.take(chat)
        if known and known.message != number:
            await self._clear(chat, known)
        if number is not None:
            note = known.note if known and known.message == number else None
            await self._clear(chat, Card(number, language, 0.0, note))

    async def _clear(self, chat: int, card: Card) -> None:
        """Delete a card and its note; a card too old to be deleted is emptied instead."""
        if card.note is not None:
            await self._sending.delete(chat, [card.note])
        if not await self._sending.delete(chat, [card.message]):
            left = self._drawn(chat, self._pressing.left(card.language))
            await self._sending.edit(chat, card.message, left, asyncio.Event())

    async def _note(self, turn: Turn) -> None:
        """One small note below the card; a person without a card gets one first."""
        language = self._pressing.language([turn.language])
        if self._cards.of(turn.chat) is None:
            await self._start(turn)
        card = self._cards.of(turn.chat)
        text = self._crisis_note(language) if turn.note == CRISIS else self._note_text(turn.note, language)
        if card is None or not text or (turn.album and turn.album == card.album):
            return
        number = await self._sending.send(turn.chat, text)
        if number is not None:
            before, card.note, card.album = card.note, number, turn.album
            if before is not None:
                await self._sending.delete(turn.chat, [before])

    def _crisis_note(self, language: str) -> Message | None:
        """Who answers now, with numbers to copy. What leads elsewhere is left to the card above."""
        screen = self._pressing.urgent(language)
        if screen is None:
            return None
        drawn = message(screen, lambda session: "", self._pressing.sealing.guide)
        rows = ([button for button in row if "callback_data" not in button] for row in drawn.keyboard)
        return Message(drawn.text, [row for row in rows if row])

    def _note_text(self, key: str, language: str) -> Message | None:
        """The chat list shows how a note begins, so it begins as neutrally as a card."""
        guide = self._pressing.sealing.guide
        note = words(guide, key, language)
        return Message.plain(words(guide, "neutral-line", language), note) if note else None

    def _drawn(self, chat: int, screen: Screen) -> Message:
        bound = _bound(chat)
        guide = self._pressing.sealing.guide
        return message(screen, lambda session: self._pressing.token(session, bound), guide, self._web_url)


def _bound(chat: int) -> bytes:
    return str(chat).encode()
