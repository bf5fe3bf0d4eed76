"""Which updates came already: Telegram sends one again when it is not sure that it arrived."""

import secrets
from collections.abc import Callable
from hashlib import blake2b

DAY = 86400.0  # for so long Telegram keeps an update
MOST = 20_000


class Seen:
    """Remembers the numbers of updates for a day, and no more of them than `most`.

    Numbers begin anywhere after a quiet week, so an update is not old because its number is low. They are
    kept as keyed marks: nobody can look up in here whether an update of theirs came.
    """

    def __init__(self, clock: Callable[[], float], most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._key = secrets.token_bytes(16)
        self._at: dict[bytes, float] = {}  # the oldest first

    def __len__(self) -> int:
        return len(self._at)

    def again(self, number: int) -> bool:
        """Whether the update of this number came before; from now on it did."""
        now = self._clock()
        mark = blake2b(number.to_bytes(8, "big"), key=self._key, digest_size=8).digest()
        known = mark in self._at
        if not known:
            self._at[mark] = now
        while len(self._at) > self._most or now - next(iter(self._at.values())) >= DAY:
            del self._at[next(iter(self._at))]
        return known
