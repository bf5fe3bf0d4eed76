"""Counts for an operator: how many updates, how they ended, how long they took. Nothing of anybody.

The names and values of every label stand in this file, so that none can come from what arrived. Pure: who
counts measures the time.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

Channel = Literal["web", "telegram"]
Outcome = Literal["first", "shown", "closed", "left", "note"]

CHANNELS: tuple[Channel, ...] = ("web", "telegram")
OUTCOMES: tuple[Outcome, ...] = ("first", "shown", "closed", "left", "note")  # closed: expired, foreign or forged
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds

CONTENT_TYPE = "text/plain; version=0.0.4"


class Metrics:
    """Counters since the start, as text for Prometheus."""

    def __init__(self) -> None:
        self._ended = {(channel, outcome): 0 for channel in CHANNELS for outcome in OUTCOMES}
        self._took = {channel: [0] * (len(BOUNDS) + 1) for channel in CHANNELS}
        self._seconds = dict.fromkeys(CHANNELS, 0.0)

    def ended(self, channel: Channel, outcome: Outcome) -> None:
        """Count a screen or note by how it came to be.

        Raises:
            KeyError: a channel or an outcome that is not on the list.
        """
        if (channel, outcome) not in self._ended:
            raise KeyError("not on the list")  # without what it was
        self._ended[channel, outcome] += 1

    def took(self, channel: Channel, seconds: float) -> None:
        """Count an update by how long it took from being taken up to its answer.

        Raises:
            KeyError: a channel that is not on the list.
        """
        if channel not in self._took:
            raise KeyError("not on the list")
        self._took[channel][bisect_left(BOUNDS, seconds)] += 1
        self._seconds[channel] += seconds

    def text(self) -> str:
        """Everything in Prometheus' text format."""
        return "".join(line + "\n" for line in (*self._counters(), *self._histograms()))

    def _counters(self) -> Iterator[str]:
        yield "# HELP guide_screens_total Screens and notes, by channel and by how they came to be."
        yield "# TYPE guide_screens_total counter"
        for (channel, outcome), count in self._ended.items():
            yield f'guide_screens_total{{channel="{channel}",outcome="{outcome}"}} {count}'

    def _histograms(self) -> Iterator[str]:
        yield "# HELP guide_update_seconds From taking up an update to its answer, by channel."
        yield "# TYPE guide_update_seconds histogram"
        for channel, counts in self._took.items():
            total = 0
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                total += count
                yield f'guide_update_seconds_bucket{{channel="{channel}",le="{bound}"}} {total}'
            yield f'guide_update_seconds_sum{{channel="{channel}"}} {self._seconds[channel]:.6f}'
            yield f'guide_update_seconds_count{{channel="{channel}"}} {total}'
