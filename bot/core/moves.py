"""What a press does: from a session and where it stands to the session that a button holds.

Layers from the top: fact detail, interrupt, guide. A move acts on the topmost one and leaves those
below as they are. Nothing here changes anything: each function returns a new session.
"""

from bot.core.guide import AGAIN, Guide
from bot.core.replay import Stop
from bot.core.session import Pair, Session


def settled(session: Session, stop: Stop) -> Session:
    """The session with only the pairs that count; what a screen's buttons start from."""
    if session.interrupt:
        return Session(session.language, session.path, session.interrupt, stop.path, session.fact)
    return Session(session.language, stop.path, fact=session.fact)


def answered(session: Session, stop: Stop, at: str, answer: str) -> Session:
    """The settled session after `answer` at the question or page `at`.

    A question answered before keeps its place; where a page asked it once more, the page is back.
    """
    path = session.aside if session.interrupt else session.path
    if stop.again:
        path = tuple(pair for pair in path if pair != (stop.again, AGAIN + at))
    given_before = stop.again is not None or at in dict(path)
    path = _put(path, (at, answer)) if given_before else (*path, (at, answer))
    if session.interrupt:
        return Session(session.language, session.path, session.interrupt, path)
    return Session(session.language, path)


def back(session: Session, stop: Stop) -> Session | None:
    """The settled session one step back on its topmost layer; None on the first screen."""
    if session.fact:
        return Session(session.language, session.path, session.interrupt, session.aside)
    if session.interrupt:
        if session.aside:
            return Session(session.language, session.path, session.interrupt, session.aside[:-1])
        return Session(session.language, session.path)
    if len(session.path) > stop.learnt:
        return Session(session.language, session.path[:-1])
    return None


def detailed(session: Session, fact: str) -> Session:
    """The session with the detail of a fact on top."""
    return Session(session.language, session.path, session.interrupt, session.aside, fact)


def spoken_in(session: Session, language: str) -> Session:
    """The same place in another language."""
    return Session(language, session.path, session.interrupt, session.aside, session.fact)


def opened(session: Session, interrupt: str) -> Session:
    """The interrupt on top of the session; inside it already, its first screen once more."""
    known = tuple(pair for pair in session.aside if "/" not in pair[0])  # questions; a page's id has a "/"
    return Session(session.language, session.path, interrupt, known if session.interrupt == interrupt else ())


def closed(session: Session, guide: Guide) -> Session:
    """The session without its interrupt. Answers learnt there stay, as learnt ones or in the old one's place."""
    path = session.path
    for pair in session.aside:
        if pair[0] in guide.questions:
            path = _put(path, pair)
    return Session(session.language, path)


def _put(path: tuple[Pair, ...], pair: Pair) -> tuple[Pair, ...]:
    """The path with the pair in the place of its stop's old answer, else at the front, as learnt."""
    if any(stop == pair[0] for stop, _ in path):
        return tuple(pair if old[0] == pair[0] else old for old in path)
    return (pair, *path)
