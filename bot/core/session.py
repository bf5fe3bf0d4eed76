"""A session: the answers given so far and what lies open on top of them. Nothing else is kept anywhere.

It travels inside the buttons as 32 bytes; the codec below is the only place that knows them.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.guide import AGAIN, CONTINUE, TYPED, Guide, Page
from bot.core.text import SKIP

Pair = tuple[str, str]  # (stop, answer): a question id or a page's flow/step, and the answer's id

MOST_PAIRS = 12  # what 24 of the 32 bytes hold
PLAIN_BYTES = 32
_HEAD = struct.Struct(">4sBBH")  # fingerprint, language, interrupt + pairs aside, fact
_LAYOUT = struct.Struct(_HEAD.format + "12H")  # and the pairs
_NIBBLE = 15


@dataclass(frozen=True, slots=True)
class Session:
    """Layers from the bottom: `path` in the guide; `interrupt` with `aside`, its own path; `fact`."""

    language: str
    path: tuple[Pair, ...] = ()
    interrupt: str | None = None
    aside: tuple[Pair, ...] = ()
    fact: str | None = None


class SessionTooLong(ValueError):
    """A path has more pairs than a button holds; `check` proves that no reachable one has."""


class ForeignSession(ValueError):
    """The bytes belong to another guide, or to none."""


class Codec:
    """Sessions of one guide to and from 32 bytes.

    `fingerprint` covers ids and their order, not texts: a corrected sentence keeps old buttons alive.
    """

    def __init__(self, guide: Guide) -> None:
        self._languages = tuple(guide.languages)
        self._interrupts = tuple(guide.interrupts)
        self._facts = tuple(guide.facts)
        self._pairs = tuple(possible_pairs(guide))
        if len(self._pairs) > 0xFFFE or len(self._facts) > 0xFFFE or len(self._interrupts) >= _NIBBLE:
            raise SessionTooLong("the guide has more ids than two bytes can name")
        self._language_at = {code: n for n, code in enumerate(self._languages)}
        self._interrupt_at = {name: n for n, name in enumerate(self._interrupts, 1)}
        self._fact_at = {name: n for n, name in enumerate(self._facts, 1)}
        self._pair_at = {pair: n.to_bytes(2, "big") for n, pair in enumerate(self._pairs, 1)}
        self.fingerprint = self._fingerprint()

    def _fingerprint(self) -> bytes:
        ids: list[Iterable[str]] = [self._languages, self._interrupts, self._facts]
        ids.extend(self._pairs)
        named = "\n".join("\t".join(group) for group in ids)
        return hashlib.sha256(named.encode()).digest()[:4]

    def pack(self, session: Session) -> bytes:
        """Return the 32 bytes of a session.

        Raises:
            SessionTooLong: more pairs than fit, in the path and aside together.
            KeyError: an id that this guide does not have.
        """
        pairs = session.path + session.aside
        if len(pairs) > MOST_PAIRS:
            raise SessionTooLong(f"{len(pairs)} pairs; {MOST_PAIRS} fit")
        interrupt = self._interrupt_at[session.interrupt] if session.interrupt else 0
        head = _HEAD.pack(
            self.fingerprint,
            self._language_at[session.language],
            interrupt << 4 | len(session.aside),
            self._fact_at[session.fact] if session.fact else 0,
        )
        at = self._pair_at
        return b"".join([head, *[at[pair] for pair in pairs]]).ljust(PLAIN_BYTES, b"\0")

    def unpack(self, plain: bytes) -> Session:
        """Return the session of 32 bytes that `pack` wrote for a guide with this fingerprint.

        Raises:
            ForeignSession: another fingerprint, or numbers that name nothing here.
        """
        try:
            fingerprint, language, layers, fact, *numbers = _LAYOUT.unpack(plain)
            if fingerprint != self.fingerprint:
                raise ForeignSession("another guide")
            pairs = tuple(self._pairs[number - 1] for number in numbers if number)
            aside = layers & _NIBBLE
            cut = len(pairs) - aside
            if cut < 0 or any(numbers[len(pairs) :]):
                raise ForeignSession("no session has this shape")
            interrupt = layers >> 4
            return Session(
                self._languages[language],
                pairs[:cut],
                self._interrupts[interrupt - 1] if interrupt else None,
                pairs[cut:],
                self._facts[fact - 1] if fact else None,
            )
        except (struct.error, IndexError) as wrong:
            raise ForeignSession("no session has this shape") from wrong


def possible_pairs(guide: Guide) -> Iterator[Pair]:
    """Every (stop, answer) that a session of this guide can hold, in the guide's order."""
    for question in guide.questions.values():
        for answer in question.answers:
            yield question.id, answer.id
        yield question.id, SKIP
    for step in guide.steps.values():
        if isinstance(step, Page):
            for entry in step.more:
                yield step.step, entry.answer
            if step.then:
                yield step.step, CONTINUE
    yield from ((TYPED, topic.id) for topic in guide.topics.values() if topic.go)


def asks_again(answer: str) -> str | None:
    """The question that a page's `again:` answer opens once more; None for any other answer."""
    return answer.removeprefix(AGAIN) if answer.startswith(AGAIN) else None


def carry_over(session: Session, guide: Guide) -> Session:
    """The session in a reloaded guide: what that guide no longer knows is left out."""
    known = set(possible_pairs(guide))
    interrupt = session.interrupt if session.interrupt in guide.interrupts else None
    return Session(
        session.language if session.language in guide.languages else guide.default_language,
        tuple(pair for pair in session.path if pair in known),
        interrupt,
        tuple(pair for pair in session.aside if pair in known) if interrupt else (),
        session.fact if session.fact in guide.facts else None,
    )
