"""Every text, every run of bytes and every number that this process can still reach."""

import gc
import io
import sys
from collections.abc import Callable, Iterator
from types import CellType, FrameType, GetSetDescriptorType, MemberDescriptorType, ModuleType
from typing import Any, NamedTuple

MOST_SHOWN = 7
_COMPILED = ("aiohttp", "multidict", "yarl", "frozenlist", "propcache")  # hide texts from the collector
_LEAVES = frozenset({str, bytes, int})
_Hiding = Callable[[Any], list[Any]] | None


class Living(NamedTuple):
    """`leaves`: what can hold a needle, each value once; `objects`: how many there are with all others."""

    leaves: set[Any]
    objects: int


def living() -> Living:
    """Walk from everything that the collector tracks, and from every frame, module and thread.

    What it tracks is looked at first, all of it; so of what that leads to only the rest has to be followed.
    """
    gc.disable()
    now: list[Any] = [*gc.get_objects(), *sys.modules.values(), *_frames()]
    leaves: set[Any] = set()
    hiding: dict[type, _Hiding] = {}
    tracked = len(now)
    while now:
        within = gc.get_referents(*now)
        for one in now:
            kind = type(one)
            if kind not in hiding:
                hiding[kind] = _hiding(kind)
            if hidden := hiding[kind]:
                within += hidden(one)
        now = []
        for one in within:
            if type(one) in _LEAVES:
                leaves.add(one)
            elif not gc.is_tracked(one):
                now.append(one)
    gc.enable()
    return Living(leaves, tracked + len(leaves))


def _frames() -> list[FrameType]:
    frames = []
    for frame in sys._current_frames().values():
        below: FrameType | None = frame
        while below is not None:
            frames.append(below)
            below = below.f_back
    return frames


def _hiding(kind: type) -> _Hiding:
    """How to get at what objects of a kind are or hold without telling the collector."""
    if kind not in _LEAVES and issubclass(kind, str | bytes | bytearray | int):
        plain = str.__str__ if issubclass(kind, str) else int.__int__ if issubclass(kind, int) else bytes
        return lambda found: [plain(found)]
    if issubclass(kind, dict):
        return lambda found: list(dict.keys(found))
    if issubclass(kind, io.BytesIO | io.StringIO):
        return lambda found: [] if found.closed else [found.getvalue()]
    if issubclass(kind, memoryview):
        return lambda found: [found.obj]
    if not str(kind.__module__).startswith(_COMPILED) or issubclass(kind, type | ModuleType):
        return None
    slots = (GetSetDescriptorType, MemberDescriptorType)
    names = [name for name in dir(kind) if isinstance(getattr(kind, name, None), slots)]
    return (lambda found: [one for name in names for one in _value(found, name)]) if names else None


def _value(found: Any, name: str) -> list[Any]:
    try:
        return [getattr(found, name)]
    except Exception:  # not set yet
        return []


def found_among(living: Living, word: str, digits: str) -> list[Any]:
    """The texts, bytes and numbers that hold the word or the digits."""
    forms = (word.encode(), word.encode("utf-16-le"), word.encode("utf-32-le"), digits.encode())
    return [leaf for leaf in living.leaves if _holds(leaf, word, digits, forms)]


def _holds(leaf: Any, word: str, digits: str, forms: tuple[bytes, ...]) -> bool:
    if isinstance(leaf, str):
        return word in leaf.lower() or digits in leaf
    if isinstance(leaf, int):
        return abs(leaf) > 99_999_999 and leaf.bit_length() < 4000 and digits in str(leaf)
    return any(form in leaf.lower() for form in forms)


def path(leaf: Any) -> str:
    """The kinds of objects that lead to this one, nearest first; nothing of what it says."""
    chain, here, seen = [_kind(leaf)], leaf, set[int]()
    while len(chain) < MOST_SHOWN:
        holder = _holder(here)
        if holder is None or id(holder) in seen:
            break
        seen.add(id(holder))
        chain.append(_kind(holder))
        here = holder
    return " < ".join(chain)


def _holder(here: Any) -> Any:
    """Something that leads to an object and is no part of this search."""
    for one in gc.get_referrers(here):
        ours = isinstance(one, FrameType) and one.f_code.co_filename == __file__
        if not ours and not isinstance(one, list | set | CellType | Living):
            return one
    return next((one for one in _untracked() if any(here is part for part in (*one, *one.values()))), None)


def _untracked() -> Iterator[dict[Any, Any]]:
    """Dictionaries of plain values only; the collector does not know them, but those that hold them."""
    for one in gc.get_objects():
        yield from (part for part in gc.get_referents(one) if type(part) is dict and not gc.is_tracked(part))


def _kind(one: Any) -> str:
    name = one.f_code.co_qualname if isinstance(one, FrameType) else getattr(one, "__qualname__", "")
    name = one.__name__ if isinstance(one, ModuleType) else name
    kind = f"{type(one).__module__}.{type(one).__qualname__}".removeprefix("builtins.")
    return f"{kind} {name}" if isinstance(name, str) and name else kind
