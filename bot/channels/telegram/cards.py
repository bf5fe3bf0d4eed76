"""The cards that this process knows: so that there is one in a chat, and so that it can be taken away.

In memory only, and only until the idle limit. It says where a card is, never what is on it.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Note:
    """The small message below a card. `drawn` is the mark of what it shows."""

    message: int = field(repr=False)
    drawn: int = field(repr=False)


@dataclass(slots=True)
class Card:
    """A card and the note below it.

    `drawn` is the mark of what it shows: what would change nothing is not sent. `answered` says which album
    the last note was about, and how much it mattered.
    """

    message: int = field(repr=False)
    language: str = field(repr=False)
    used: float = field(repr=False)
    drawn: int = field(default=0, repr=False)
    note: Note | None = field(default=None, repr=False)
    answered: tuple[int, int] = field(default=(0, 0), repr=False)

    @property
    def messages(self) -> list[int]:
        """Everything of ours in the chat."""
        return [self.message] if self.note is None else [self.message, self.note.message]


class Cards:
    """Chat -> card, the longest unused first. `idle` is the idle limit in seconds."""

    def __init__(self, idle: float) -> None:
        self.idle = idle
        self._cards: dict[int, Card] = {}

    def __repr__(self) -> str:
        return f"Cards({len(self._cards)})"

    def of(self, chat: int) -> Card | None:
        """The card of a chat, if it is known."""
        return self._cards.get(chat)

    def put(self, chat: int, card: Card) -> None:
        """Remember a card as the one used last."""
        self._cards.pop(chat, None)
        self._cards[chat] = card

    def use(self, chat: int, now: float) -> None:
        """The person did something: their card stays for another idle limit."""
        card = self._cards.get(chat)
        if card is not None:
            card.used = now
            self.put(chat, card)

    def take(self, chat: int) -> Card | None:
        """Forget the card of a chat and return it."""
        return self._cards.pop(chat, None)

    def take_idle(self, now: float) -> list[tuple[int, Card]]:
        """Forget every card that nobody used for an idle limit, and return them."""
        chats = [chat for chat, card in self._cards.items() if now - card.used >= self.idle]
        return [(chat, self._cards.pop(chat)) for chat in chats]

    def take_all(self) -> list[tuple[int, Card]]:
        """Forget every card and return them, the one used last first."""
        cards = list(reversed(self._cards.items()))
        self._cards.clear()
        return cards
