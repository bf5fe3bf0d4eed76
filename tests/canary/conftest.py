"""One proof for all tests of this folder, and its figures below the results."""

import asyncio
import compileall
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from tests.canary import proof as runs
from tests.canary.faults import CHATS
from tests.canary.proof import World
from tests.canary.running import ROOT, WIPING, Warm, warm
from tests.canary.sabotages import ALL, NONE, Sabotage
from tests.canary.sabotaging import sabotaged
from tests.cli.folders import written

AT_ONCE = 4  # sabotages; most of the time of each is waiting
_FIGURES = pytest.StashKey[str]()


@dataclass(frozen=True)
class Proof:
    """What came of the runs and of the sabotages, by their names; an exception where one could not be made."""

    runs: dict[str, World | BaseException]
    sabotages: dict[str, World | BaseException]
    seconds: float

    def run(self, name: str) -> World:
        return _sound(self.runs[name])

    def sabotage(self, name: str) -> World:
        return _sound(self.sabotages[name])

    def caught(self, sabotage: Sabotage) -> list[str]:
        """What a sabotage let out where it was expected."""
        return self.sabotage(sabotage.name).found()[sabotage.sink]

    def figures(self) -> str:
        """How much was pushed, searched and found."""
        done = [world for world in self.runs.values() if isinstance(world, World)]
        found = sum(len(hits) for world in done for hits in world.found().values())
        inside = {name: world.run.inside for name, world in self.runs.items() if isinstance(world, World)}
        objects = " and ".join(str(one.objects) for one in inside.values() if one)
        wiped, freed = (one.anywhere if (one := inside.get(name)) else None for name in ("polling", "webhook"))
        caught = sum(isinstance(self.sabotages[one.name], World) and bool(self.caught(one)) for one in ALL)
        return (
            f"pushed: {sum(world.run.pushed for world in done)} inputs in {len(done)} runs, "
            f"{sum(world.api.failed for world in done)} failures of the Bot API, {len(CHATS) + 2} of our own\n"
            f"searched: {objects} live objects; found in all places: {found}\n"
            f"in the whole memory: {wiped} where freed memory is written over, {freed} where it is not (not asserted)\n"
            f"sabotages caught: {caught} of {len(ALL)}; {self.seconds:.0f} seconds"
        )


def _sound(world: World | BaseException) -> World:
    if isinstance(world, BaseException):
        raise world
    return world


@pytest.fixture(scope="session")
def proof(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Proof:
    """Every run, once, all beside each other."""
    compileall.compile_dir(ROOT / "bot", quiet=2)  # each process would do it for itself
    made = asyncio.run(_proved(tmp_path_factory.mktemp))
    request.config.stash[_FIGURES] = made.figures()
    return made


async def _proved(folder: Callable[[str], Path]) -> Proof:
    began = monotonic()
    flows = written(folder("flows"))
    few = asyncio.Semaphore(AT_ONCE)

    async def one(its: Warm, sabotage: Sabotage) -> World:
        async with few:
            return await sabotaged(folder("sabotage"), flows, its, sabotage)

    async with warm() as its, warm(**WIPING) as wiping:
        whole: dict[str, Coroutine[Any, Any, World]] = {
            "polling": runs.polling(folder("polling"), wiping),
            "webhook": runs.webhook(folder("webhook"), its),
            "development": runs.development(folder("development")),
            "crash": runs.crash(folder("crash"), its),
            "chat": runs.terminal(folder("chat"), "chat", "--lang", "en"),
            "listen": runs.terminal(folder("listen"), "listen"),
        }
        short = {sabotage.name: one(its, sabotage) for sabotage in (NONE, *ALL)}
        done = await asyncio.gather(*whole.values(), *short.values(), return_exceptions=True)
    return Proof(
        dict(zip(whole, done[: len(whole)], strict=True)),
        dict(zip(short, done[len(whole) :], strict=True)),
        monotonic() - began,
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The figures of the proof, whether it holds or not."""
    if _FIGURES in config.stash:
        terminalreporter.section("canary")
        terminalreporter.write_line(config.stash[_FIGURES])
