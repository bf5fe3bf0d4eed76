"""Short runs of the program with one filter taken out, or none: a little of everything goes in."""

import signal
from pathlib import Path

from tests.canary.driver import MISFIT
from tests.canary.faults import CHATS, THE_PROGRAM
from tests.canary.proof import World, visit, world
from tests.canary.running import SECONDS, Warm
from tests.canary.sabotages import Sabotage
from tests.canary.web_inputs import Visits

IDLE_SECONDS = 1.2
QUIET_SECONDS = 0.5  # after which all that will be said has been said
VISITS = frozenset({"query", "Cookie", "whole address", "charset that is none", "one word", "a failure in the handler"})
UPDATES = frozenset({"message: crisis", "message: photo", "press: word", "message number that is none"})
FAILURES = frozenset({"answers no HTTP", "orders a pause of an hour"})


async def sabotaged(folder: Path, flows: Path, its: Warm, sabotage: Sabotage) -> World:
    """Push a little of everything, and look where the sabotage should let it out."""
    async with world(folder, idle=IDLE_SECONDS) as here, here.run.orders() as address:
        here.api.failures.extend(way for way in here.api.ways_to_fail() if way[0] in FAILURES)
        await here.run.become(its, address, here.settings(FLOWS=str(flows)), sabotage.changes)
        await here.api.until(lambda: here.api.named("getUpdates") or MISFIT in here.run.stderr, SECONDS)
        assert MISFIT not in here.run.stderr, here.run.stderr
        for one in Visits(here.run.canary, None).all():
            if one.name in VISITS:
                await visit(here.run, here.port, one)
        for nth in (0, 1, *CHATS.values()):
            await here.starts(nth)
        for name, update in here.updates.all():
            if name in UPDATES:
                await here.arrives(update)
        await _looked(here, sabotage)
    return here


async def _looked(here: World, sabotage: Sabotage) -> None:
    if sabotage.ends:
        await here.starts(THE_PROGRAM)
        await here.run.end()
        return
    inside = sabotage.sink in ("", "live objects")
    await here.until_idle(here.idle + 1 if inside else QUIET_SECONDS)
    await here.run.ask_what_was_written()
    if inside:
        await here.run.look_inside()
    await here.run.end(signal.SIGKILL)
