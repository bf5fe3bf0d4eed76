"""Sessions travel in buttons, sealed: a token is 64 characters that only this process can open, for a while.

AES-SIV (RFC 5297) over always 32 plain bytes, bound to a chat, under the key of the current epoch. A key
dies one idle limit after its epoch ends, and with it every token sealed under it. Time is a parameter:
seconds of any clock that never goes back. The only importer of `cryptography`.
"""

import base64
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from bot.core.guide import Guide
from bot.core.session import Codec, ForeignSession, Session, carry_over

KEY_BYTES = 64  # two AES-256 keys, as AES-SIV wants
TOKEN_LENGTH = 64  # what a Telegram button carries: 16 bytes of SIV and 32 of session, as base64url
EPOCHS = 6  # an idle limit has this many
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")


class Closed(Exception):
    """The token is expired, foreign or damaged; which of them is not told apart. Carries no data."""


@dataclass(slots=True)
class _Key:
    cipher: AESSIV = field(repr=False)
    dies: float


@dataclass(slots=True)
class _Version:
    """A guide that tokens may still name, until `dies` (None: the current one)."""

    codec: Codec
    guide: Guide
    dies: float | None = None


class Sealing:
    """Seals and opens sessions of the current guide.

    `idle` is the idle limit in seconds; `random(n)` returns n unpredictable bytes.
    """

    def __init__(self, guide: Guide, idle: float, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self.idle = idle
        self._random = random
        self._keys: dict[int, _Key] = {}
        self._current = _Version(Codec(guide), guide)
        self._versions = {self._current.codec.fingerprint: self._current}

    def __repr__(self) -> str:
        return f"Sealing({len(self._keys)} keys)"

    @property
    def guide(self) -> Guide:
        """The guide that new screens are made from."""
        return self._current.guide

    def reload(self, guide: Guide, now: float) -> None:
        """Make another guide the current one; tokens of the old one open until their keys are dead."""
        self._current.dies = now + self._epoch + self.idle
        self._current = _Version(Codec(guide), guide)
        self._versions[self._current.codec.fingerprint] = self._current

    def seal(self, session: Session, bound_to: bytes, now: float) -> str:
        """Return the token of a session, of 64 characters, for the chat `bound_to`.

        Raises:
            SessionTooLong: from the codec; `check` proves that it cannot happen.
        """
        plain = self._current.codec.pack(session)
        sealed = self._key(now).cipher.encrypt(plain, [bound_to])
        return base64.urlsafe_b64encode(sealed).decode("ascii")

    def open(self, token: str, bound_to: bytes, now: float) -> Session:
        """Return the session of a token that was sealed here for the same chat.

        Raises:
            Closed: for every other token, whatever is wrong with it.
        """
        self.forget(now)
        plain = self._decrypt(_sealed_bytes(token), bound_to)
        version = self._versions.get(plain[:4])
        if version is None:
            raise Closed
        try:
            session = version.codec.unpack(plain)
        except ForeignSession:
            raise Closed from None
        return session if version is self._current else carry_over(session, self.guide)

    def forget(self, now: float) -> None:
        """Destroy the keys whose time has come, and the old guides that only they could name."""
        for epoch in [epoch for epoch, key in self._keys.items() if key.dies <= now]:
            del self._keys[epoch]
        for mark in [mark for mark, v in self._versions.items() if v.dies is not None and v.dies <= now]:
            del self._versions[mark]

    def next_death(self) -> float | None:
        """When the next key dies; None while there is none."""
        return min((key.dies for key in self._keys.values()), default=None)

    @property
    def _epoch(self) -> float:
        return self.idle / EPOCHS

    def _key(self, now: float) -> _Key:
        epoch = int(now // self._epoch)
        key = self._keys.get(epoch)
        if key is None:
            self.forget(now)
            key = _Key(AESSIV(self._random(KEY_BYTES)), (epoch + 1) * self._epoch + self.idle)
            self._keys[epoch] = key
        return key

    def _decrypt(self, sealed: bytes, bound_to: bytes) -> bytes:
        for key in reversed(self._keys.values()):
            try:
                return key.cipher.decrypt(sealed, [bound_to])
            except InvalidTag:
                continue
        raise Closed


def _sealed_bytes(token: str) -> bytes:
    if not _TOKEN.fullmatch(token):  # base64 itself also reads + / = here, and then two tokens would be one
        raise Closed
    return base64.urlsafe_b64decode(token)
