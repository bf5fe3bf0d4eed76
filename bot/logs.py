"""What may be written down: events from a closed list, and counts. Never anything about a person.

Libraries log what we must not: aiogram whole updates, aiohttp addresses, asyncio exception texts. Warnings
quote what arrived, and the traceback of a failure ends with its text. So all of that is switched off, for
every library there is or will be; our own events are the only lines.
"""

import logging
import sys
import threading
import warnings
from types import MappingProxyType

EVENTS = MappingProxyType(
    {
        "starting": "starting",
        "dumpable": "this system cannot forbid other processes to read the memory of this one",
        "swap_on": "this machine swaps memory to a disk, where keys could stay; switch swap off (swapoff -a)",
        "web_serving": "the web chat is being served",
        "web_failed": "a web request failed",
        "telegram_serving": "the Telegram bot is being served",
        "telegram_unreachable": "Telegram cannot be reached; trying again",
        "telegram_refused": "Telegram refuses the token or another copy of the bot is running",
        "telegram_failed": "handling an update failed",
        "telegram_unreadable": "an update could not be read and was left out",
        "telegram_setup_refused": "the server does not know a set-up method; going on without it",
        "guide_reloaded": "the edited guide is in use",
        "guide_kept": "the edited guide has problems; the last good one stays in use",
        "failed_unseen": "something failed that nothing waited for; going on",
        "crashed": "the program failed and ends with exit code 1",
        "stopped": "stopped",
    }
)  # fmt: skip

# In a tree of its own: no library can find it, and switching off all other logging leaves it on.
_log = logging.Manager(logging.root).getLogger("guide")
_log.propagate = False


def set_up(level: str) -> None:
    """Write our own events to stderr and nothing of anybody else's: no log line, no warning, no traceback."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.handlers[:] = [stream]
    _log.setLevel(level.upper())
    logging.raiseExceptions = False  # a line that cannot be written would print the failure it is about
    logging.disable(sys.maxsize)
    _without_warnings()
    _without_tracebacks()


def event(name: str, level: int = logging.INFO) -> None:
    """Write down that an event of the closed list happened.

    Raises:
        KeyError: an event that is not on the list.
    """
    _log.log(level, EVENTS[name])


def unseen(*_: object) -> None:
    """Write down that something failed which nothing waited for, and not a word of what it was."""
    event("failed_unseen", logging.WARNING)


def _without_warnings() -> None:
    warnings.simplefilter("ignore")
    warnings.showwarning = _silent  # a library that is imported later may put its own filter before ours


def _without_tracebacks() -> None:
    """Only where the interpreter itself would print one: a test runner keeps what it has put there."""
    sys.excepthook = _crashed
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = unseen
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = unseen


def _silent(*_: object, **__: object) -> None:
    """A warning is not shown."""


def _crashed(*_: object) -> None:
    event("crashed", logging.CRITICAL)
