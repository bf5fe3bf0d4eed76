"""What the operator is told: events of the closed list, each at most once a minute."""

import logging
from collections.abc import Callable

from bot import logs

PAUSE = 60.0


class Reporting:
    """Keeps a storm of equal troubles from filling the log; `counts` counts every one of them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._said: dict[str, float] = {}
        self.counts: dict[str, int] = {}

    def trouble(self, event: str) -> None:
        """Count an event, and write it down unless that was done within the last minute."""
        self.counts[event] = self.counts.get(event, 0) + 1
        now = self.clock()
        if event not in self._said or now - self._said[event] >= PAUSE:
            self._said[event] = now
            logs.event(event, logging.WARNING)
