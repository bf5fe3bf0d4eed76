"""What may be written down: events from a closed list, and counts. Never anything about a person.

Libraries log what we must not: aiogram whole updates, aiohttp addresses, asyncio exception texts. Their
loggers are cut off here, and warnings with them.
"""

import logging
import sys
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
        "stopped": "stopped",
    }
)  # fmt: skip
_FOREIGN = ("aiogram", "aiohttp", "asyncio", "concurrent", "py.warnings")

_log = logging.getLogger("guide")


def set_up(level: str) -> None:
    """Write our own events to stderr and nothing of anybody else's."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.handlers[:] = [stream]
    _log.setLevel(level.upper())
    _log.propagate = False
    logging.raiseExceptions = False
    for name in _FOREIGN:
        foreign = logging.getLogger(name)
        foreign.handlers[:] = [logging.NullHandler()]
        foreign.propagate = False
        foreign.setLevel(logging.CRITICAL + 1)
    warnings.simplefilter("ignore")


def event(name: str, level: int = logging.INFO) -> None:
    """Write down that an event of the closed list happened.

    Raises:
        KeyError: an event that is not on the list.
    """
    _log.log(level, EVENTS[name])
