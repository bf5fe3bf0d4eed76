"""What the process does so that its memory does not end up on a disk: no core dumps, a word about swap."""

import ctypes
import logging
import resource
from pathlib import Path

from bot import logs

_PR_SET_DUMPABLE = 4  # prctl(2): also keeps other processes of the same user from reading our memory
SWAPS = Path("/proc/swaps")


def guard_memory(swaps: Path = SWAPS) -> None:
    """Forbid core dumps and reading from outside, and warn when memory could be swapped to a disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not _undumpable():
        logs.event("dumpable", logging.WARNING)
    if swaps_to_disk(swaps):
        logs.event("swap_on", logging.WARNING)


def swaps_to_disk(swaps: Path) -> bool:
    """Whether the machine has swap that is not in memory itself (zram)."""
    try:
        lines = swaps.read_text("ascii", "replace").splitlines()[1:]
    except OSError:
        return False
    return any(line and "zram" not in line.split()[0] for line in lines)


def _undumpable() -> bool:
    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    except (OSError, AttributeError):  # no Linux
        return False
