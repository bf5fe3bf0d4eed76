"""What is looked for: a random word and a random number, in every form in which they could be written down."""

import base64
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROLES = {  # what a number stands for, by its last two digits
    "person": 10,  # and the chats of persons, up to 29
    "group": 30,
    "message": 40,
    "query": 41,
    "card": 42,
    "file": 50,
    "phone": 51,
    "album": 52,
    "other": 53,
}
ECHOED = frozenset({*range(10, 31), 40, 41, 42})  # what Telegram gives us to give back


@dataclass(frozen=True)
class Canary:
    """`word` stands for whatever a person writes or is called, `digits` begin every number of theirs.

    `header` is for names of headers, which programs choose and not people.
    """

    word: str
    digits: str

    @classmethod
    def hatched(cls) -> "Canary":
        """A new one. No letter twice, so that no folding of doubled letters hides the word."""
        letters, digits = random.sample("bcdfghjklmnpqrstvwxz", 14), random.sample("123456789", 9)
        return cls("".join(letters), "".join(digits))

    @property
    def header(self) -> str:
        return self.word[::-1]

    def number(self, role: str, nth: int = 0, serial: int = 0) -> int:
        """A number of this canary; a higher `serial` makes a higher number."""
        return int(f"{serial or ''}{self.digits}{ROLES[role] + nth}")

    def in_memory(self, piece: bytes) -> int:
        """How often the word or a number stands in a piece of memory, as text of any width."""
        forms = [self.word.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")]
        return sum(piece.count(form) for form in (*forms, self.digits.encode()))

    def found_in(self, data: bytes) -> list[str]:
        """Excerpts around every place of the word or of a number."""
        return [_excerpt(data, place) for place in self._pattern().finditer(data)]

    def typed_in(self, data: bytes) -> list[str]:
        """Like `found_in`, but leaves out the numbers that Telegram gives us to give back."""
        echoed = (re.compile(rb"%d" % (int(self.digits) * 100 + role)) for role in sorted(ECHOED))
        for number in echoed:
            data = number.sub(b"(echoed)", data)
        return self.found_in(data)

    def _pattern(self) -> re.Pattern[bytes]:
        return re.compile(b"|".join(re.escape(form) for form in sorted(set(self._forms()))), re.IGNORECASE)

    def _forms(self) -> Iterator[bytes]:
        word = self.word.encode()
        yield from (word, self.header.encode(), self.digits.encode())
        yield from (self.word.encode("utf-16-le"), self.word.encode("utf-32-le"))
        yield word.hex().encode()
        for shift in range(3):  # as base64, wherever in the encoded bytes it begins
            yield base64.b64encode(b"\0" * shift + word)[4 if shift else 0 : -4]


def _excerpt(data: bytes, place: re.Match[bytes]) -> str:
    return data[max(0, place.start() - 80) : place.end() + 80].decode("utf-8", "backslashreplace")


def written_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
