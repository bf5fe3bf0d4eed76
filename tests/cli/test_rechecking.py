"""`facts`: what to check again, recording that it was, and links that lead nowhere."""

import io
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from bot.cli.rechecking import NoFact, due, find_links, record
from bot.flowfiles.reading import read_folder
from tests.cli.folders import written
from tests.small import KR, guide

SMALL = guide()
CHECKED = date(2026, 11, 22)  # and again after 90 days: on 2027-02-20


def told(today: date, days: int = 14) -> str:
    out = io.StringIO()
    due(SMALL, today, days, Path("flows"), out)
    return out.getvalue()


def test_facts_are_due_when_their_days_are_over() -> None:
    """Not a day before the days that were asked for."""
    assert told(date(2027, 2, 5)) == "0 of 7 facts within 14 days\n"
    assert told(date(2027, 2, 6)).endswith("7 of 7 facts within 14 days\n")


def test_a_due_fact_stands_with_its_place_its_ways_in_and_its_sources() -> None:
    """Everything that whoever checks it has to look at."""
    words = told(date(2027, 2, 21), 0)
    line = KR[: KR.index("kind: crisis")].count("\n") + 1
    assert (
        f"kr-night: overdue since 2027-02-20, checked 2026-11-22 by a test\n    flows/facts/kr.yaml:{line}\n" in words
    )
    assert "    call 109\n" in words
    assert "    source 기관 https://example.org/a 2026-01-01\n" in words


def test_a_check_is_written_where_it_belongs_and_nothing_else_changes(tmp_path: Path) -> None:
    """Also a second time, by somebody else."""
    folder = written(tmp_path)
    record(SMALL, "kr-centre", date(2027, 1, 2), "a call", folder)
    once = (folder / "facts/kr.yaml").read_text("utf-8")
    head, tail = KR[: KR.index("kr-centre:")], KR[KR.index("kr-centre:") :]
    assert once == head + tail.replace("checked: 2026-11-22", "checked: 2027-01-02\n    checked-by: a call")
    again = read_folder(folder).guide
    assert again is not None
    record(again, "kr-centre", date(2027, 1, 3), "another call", folder)
    assert (folder / "facts/kr.yaml").read_text("utf-8") == once.replace("01-02", "01-03").replace(
        "a call", "another call"
    )


def test_without_a_name_who_checked_it_before_is_not_claimed_again(tmp_path: Path) -> None:
    """The head of the file speaks for it then."""
    folder = written(
        tmp_path, facts__kr=KR.replace("checked: 2026-11-22", "checked: 2026-11-22\n    checked-by: a call", 1)
    )
    its = read_folder(folder).guide
    assert its is not None and its.facts["kr-night"].checked_by == "a call"
    record(its, "kr-night", date(2027, 1, 2), "", folder)
    after = read_folder(folder).guide
    assert after is not None and after.facts["kr-night"].checked_by == "a test"


def test_an_unknown_fact_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """The command suggests the nearest name."""
    folder = written(tmp_path)
    with pytest.raises(NoFact):
        record(SMALL, "kr-nigth", date(2027, 1, 2), "", folder)
    assert (folder / "facts/kr.yaml").read_text("utf-8") == KR


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A site with a good page, a missing one and one that moved."""

    async def good(request: web.Request) -> web.Response:
        return web.Response(text="good")

    async def moved(request: web.Request) -> web.Response:
        raise web.HTTPFound("/good")

    app = web.Application()
    app.router.add_get("/good", good)
    app.router.add_get("/moved", moved)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_dead_and_moved_links_are_found_and_good_ones_are_not_named(site: str) -> None:
    """A link that nobody answers is dead too."""
    nobody = "http://127.0.0.1:1/"
    found = await find_links([f"{site}/good", f"{site}/gone", f"{site}/moved", nobody])
    assert found == {
        f"{site}/gone": "answers 404",
        f"{site}/moved": f"leads to {site}/good",
        nobody: "no answer (ClientConnectorError)",
    }
