"""How many random updates the bot survives: `python -m tests.bench.updates --count 100000`.

Real shapes of every kind and changed ones come by polling over real HTTP, a hundred at a time. In between
people who do nothing odd begin, press and write, and have to be served. Exits with 1 when one of them is not,
or when anything failed.
"""

import argparse
import asyncio
import random
import sys
import time

from tests.botapi import BotApi, Person
from tests.channels.telegram_updates import Shapes, tokens_of
from tests.channels.telegram_world import DESPAIR, World, world

ODD_PEOPLE = [*range(1000, 1040), *range(-100_010, -100_000), 2**52, 5_000_000_000]
BATCH = 100
FAILURES = {"telegram_failed", "telegram_unreachable", "telegram_refused"}  # the server here does neither
EVERY = 1000  # updates between two people of whom it is known what they must see


class Run:
    """Counts what happens."""

    def __init__(self, here: World, shapes: Shapes) -> None:
        self.here = here
        self.shapes = shapes
        self.given = 0
        self.served = 0
        self.unserved = 0
        self.slowest = 0.0
        self.unseen: list[str] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: self.unseen.append(context["message"]))

    async def go(self, count: int) -> None:
        """Give `count` updates, and look in between whether somebody is served."""
        while self.given < count:
            some = min(BATCH, count - self.given)
            await self.here.api.arrives_as(*self.shapes.texts(some))
            self.given += some
            await self.here.api.until(lambda: len(self.here.api.waiting) < 5 * BATCH, 120)
            self.here.api.calls.clear()
            if self.given % EVERY < BATCH:
                await self.someone()
        await self.here.api.until(lambda: not self.here.api.waiting, 120)
        await self.someone()

    async def someone(self) -> None:
        """A new person begins, presses, writes words of despair, and leaves."""
        person = self.here.api.person(10_000 + self.given)
        began = time.perf_counter()
        try:
            await self._walk(person)
            self.served += 1
        except (TimeoutError, AssertionError, IndexError):
            self.unserved += 1
        self.slowest = max(self.slowest, time.perf_counter() - began)
        del self.here.api.people[person.id]

    async def _walk(self, person: Person) -> None:
        until = self.here.api.until
        await person.writes("/start")
        await until(lambda: any("keyboard" in message for message in person.messages.values()), 30)
        await person.presses("I found a picture")
        await until(lambda: "How old" in person.card["text"], 30)
        await person.writes(DESPAIR)
        await until(lambda: person.notes and "not alone with this" in person.note["text"], 30)
        await person.presses("Leave")
        await until(lambda: not person.messages, 30)

    def told(self, seconds: float) -> str:
        counts = self.here.telegram.counts
        failed = sum(many for name, many in counts.items() if name in FAILURES) + len(self.unseen)
        return (
            f"{self.given} updates in {seconds:.0f} s: survived {self.given - failed}, failed {failed}, "
            f"left out as unreadable {counts.get('telegram_unreadable', 0)}; "
            f"people in between: served {self.served}, not served {self.unserved}, "
            f"slowest whole visit {self.slowest:.2f} s; file methods called {len(self.here.api.strays)}"
        )

    @property
    def is_sound(self) -> bool:
        failed = FAILURES & self.here.telegram.counts.keys()
        return not (failed or self.unseen or self.unserved or self.here.api.strays)


async def run(count: int, seed: int) -> int:
    """One whole run; the exit code."""
    api = BotApi()
    async with world(api=api) as here:
        people = [api.person(number) for number in ODD_PEOPLE]
        here.running.add_done_callback(lambda _: None)
        run = Run(here, Shapes(random.Random(seed), [person.id for person in people], lambda: tokens_of(people[:40])))
        began = time.perf_counter()
        await run.go(count)
        is_serving = not here.running.done()
        print(run.told(time.perf_counter() - began), f"(seed {seed}); still serving: {is_serving}")
    return 0 if run.is_sound and is_serving else 1


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    return asyncio.run(run(given.count, given.seed))


if __name__ == "__main__":
    sys.exit(main())
