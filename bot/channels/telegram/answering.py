"""What to do about each turn: one card in a chat, one note below it, nothing of the person left there."""

import asyncio

from bot.channels.telegram.cards import Card, Cards, Note
from bot.channels.telegram.clearing import Clearing
from bot.channels.telegram.drawing import Message, message, note
from bot.channels.telegram.keyboard import CLOSE, LEAVE
from bot.channels.telegram.reading import Elsewhere, Gone, Press, Sent, Start
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.turns import Turn
from bot.core.shown import Screen
from bot.pressing import Pressing

ANSWERED_WITHIN = 2.0  # seconds that an edit waits for the answer of its press


class Answering:
    """Serves turns; knows the cards of this process and nothing else about anybody."""

    def __init__(self, pressing: Pressing, sending: Sending, web_url: str) -> None:
        self._pressing = pressing
        self._sending = sending
        self._web_url = web_url
        self._cards = Cards(pressing.sealing.idle)
        self.clearing = Clearing(sending, self._cards, self._emptied, pressing.clock)

    async def serve(self, turn: Turn) -> None:
        """Do everything that a turn asks for, the deleting first."""
        left = await self.clearing.delete(turn.chat, turn.deletes) if turn.deletes else {}
        self._cards.use(turn.chat, self._pressing.clock())
        match turn.step:
            case Elsewhere():
                await self._sending.leave(turn.chat)
            case Gone():
                self._cards.take(turn.chat)
            case Start():
                await self._start(turn)
            case Press() as press:
                await self._press(turn, press)
        left_now = isinstance(turn.step, Press) and turn.step.data == LEAVE
        if turn.note and not left_now:  # whoever leaves wants to see nothing more
            await self._note(turn, turn.note, stays=any(turn.deletes.get(number) for number in left))

    async def _start(self, turn: Turn) -> None:
        language = self._pressing.language([turn.language])
        await self._new_card(turn, self._pressing.first(language))

    async def _press(self, turn: Turn, press: Press) -> None:
        if turn.answered:
            await asyncio.wait({turn.answered}, timeout=ANSWERED_WITHIN)
        if turn.newer.is_set():
            return
        language = self._pressing.language([press.language])
        card = self._cards.of(turn.chat)
        if press.data == LEAVE:
            await self._leave(turn.chat, press.message, language)
        elif press.data == CLOSE:
            await self._close(turn.chat, press.message, language)
        elif card and card.note and card.note.message == press.message:
            await self._press_in_note(turn, press, card)
        else:
            await self._show(turn, press, self._pressing.pressed(press.data, _bound(turn.chat), language))

    async def _press_in_note(self, turn: Turn, press: Press, card: Card) -> None:
        """The note changes in place; where a press leads into the guide it becomes the card."""
        screen, is_note = self._pressing.pressed_in_note(press.data, _bound(turn.chat), card.language)
        if not is_note:
            await self._show(turn, press, screen)
            return
        drawn = self._note_drawn(turn.chat, screen)
        if card.note is None or card.note.drawn == _mark(drawn):
            return
        match await self._sending.edit(turn.chat, card.note.message, drawn, turn.newer):
            case "done":
                card.note.drawn = _mark(drawn)
            case "new card":
                await self._new_note(turn.chat, card, drawn)
            case "gone":
                self._cards.take(turn.chat)

    async def _show(self, turn: Turn, press: Press, screen: Screen) -> None:
        """Put a screen into the pressed message; into a new one where that cannot be reached."""
        card, drawn = self._cards.of(turn.chat), self._drawn(turn.chat, screen)
        if press.message is None or not press.reachable:
            await self._new_card(turn, screen, press.message)
            return
        if card and card.message == press.message and card.drawn == _mark(drawn):
            return  # a second tap, or one that only says: I am still here
        match await self._sending.edit(turn.chat, press.message, drawn, turn.newer):
            case "done":
                await self._keep(turn.chat, Card(press.message, screen.language, 0.0, _mark(drawn)))
            case "new card":
                await self._new_card(turn, screen, press.message)
            case "gone":
                self._cards.take(turn.chat)

    async def _new_card(self, turn: Turn, screen: Screen, instead_of: int | None = None) -> None:
        drawn = self._drawn(turn.chat, screen)
        number = await self._sending.send(turn.chat, drawn, turn.newer)
        if number is not None:
            await self._keep(turn.chat, Card(number, screen.language, 0.0, _mark(drawn)), instead_of)

    async def _keep(self, chat: int, card: Card, instead_of: int | None = None) -> None:
        """Remember the card just used. Another one of this chat goes, with its note."""
        known, card.used = self._cards.of(chat), self._pressing.clock()
        others = [] if instead_of is None else [instead_of]
        if known:
            card.answered = known.answered
            if known.message == card.message:
                card.note = known.note
            else:
                others += known.messages
        self._cards.put(chat, card)
        others = [number for number in others if number != card.message]
        if others:
            await self.clearing.delete(chat, others)

    async def _leave(self, chat: int, number: int | None, language: str) -> None:
        """Nothing stays in the chat: the pressed message, and whatever else of ours is known there."""
        known = self._cards.take(chat)
        if known:
            await self.clearing.clear(chat, known)
        if number is not None and (known is None or number not in known.messages):
            await self.clearing.clear(chat, Card(number, language, 0.0))

    async def _close(self, chat: int, number: int | None, language: str) -> None:
        """The note goes, the card stays; of a note that nobody knows any more, only itself."""
        card = self._cards.of(chat)
        if card and card.message == number:  # no card has such a button
            self._cards.take(chat)
        if card and card.note and card.note.message == number:
            card.note = None
        if number is not None:
            await self.clearing.clear(chat, Card(number, language, 0.0))

    async def _note(self, turn: Turn, sent: Sent, *, stays: bool) -> None:
        """One small note below the card, and one for an album; a person without a card gets one first."""
        if self._cards.of(turn.chat) is None:
            await self._start(turn)
        card = self._cards.of(turn.chat)
        matters = 2 * sent.rank + stays
        if card is None or (sent.album == card.answered[0] != 0 and matters <= card.answered[1]):
            return
        if sent.about is None:
            screen = self._pressing.media_note(card.language, stays=stays)
        else:
            screen = self._pressing.typed_note(card.language, sent.about, stays=stays)
        if await self._new_note(turn.chat, card, self._note_drawn(turn.chat, screen)):
            card.answered = sent.album, matters

    async def _new_note(self, chat: int, card: Card, drawn: Message) -> bool:
        number = await self._sending.send(chat, drawn)
        if number is None:
            return False
        before, card.note = card.note, Note(number, _mark(drawn))
        if before:
            await self.clearing.delete(chat, [before.message])
        return True

    def _drawn(self, chat: int, screen: Screen) -> Message:
        bound, guide = _bound(chat), self._pressing.sealing.guide
        minutes = self._pressing.minutes
        return message(screen, lambda session: self._pressing.token(session, bound), guide, self._web_url, minutes)

    def _note_drawn(self, chat: int, screen: Screen) -> Message:
        bound = _bound(chat)
        return note(screen, lambda session: self._pressing.token(session, bound), self._pressing.sealing.guide)

    def _emptied(self, chat: int, language: str) -> Message:
        return self._drawn(chat, self._pressing.left(language))


def _bound(chat: int) -> bytes:
    return str(chat).encode()


def _mark(drawn: Message) -> int:
    """Tells one drawing from another, and nobody what was on it."""
    return hash(repr(drawn))
