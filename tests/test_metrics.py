"""Metrics: counts of a closed list, on an address of their own, with nothing of anybody in them."""

import re
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.channels.web import application
from bot.channels.web.drawing import Drawing
from bot.cli.metering import AddressTaken, counted, counting, timed, timing
from bot.core.session import Session
from bot.metrics import BOUNDS, CHANNELS, CONTENT_TYPE, OUTCOMES, Metrics
from bot.pressing import Pressing
from bot.sealing import Sealing
from bot.settings import Settings
from tests.botapi import TOKEN, BotApi
from tests.cli.folders import written
from tests.cli.test_serving import a_free_port, running
from tests.small import NOON, guide
from tests.test_settings import said_of

CANARY = "canary7f3a"
LINE = re.compile(
    r"# (?:HELP|TYPE) guide_[a-z_]+ [A-Za-z,:. ]+"
    r'|guide_screens_total\{channel="(?:web|telegram)",outcome="(?:first|shown|closed|left|note)"\} \d+'
    r'|guide_update_seconds_bucket\{channel="(?:web|telegram)",le="(?:[\d.]+|\+Inf)"\} \d+'
    r'|guide_update_seconds_(?:sum|count)\{channel="(?:web|telegram)"\} [\d.]+'
)


def value(text: str, series: str) -> float:
    """The value of a series."""
    return float(next(line for line in text.splitlines() if line.startswith(series + " ")).rpartition(" ")[2])


def test_every_series_is_there_from_the_start() -> None:
    """A series that appears with its first event would tell more than its count."""
    text = Metrics().text()
    assert all(LINE.fullmatch(line) for line in text.splitlines())
    series = [line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")]
    assert len(series) == len(set(series)) == len(CHANNELS) * (len(OUTCOMES) + len(BOUNDS) + 1 + 2)


def test_what_is_counted_is_shown() -> None:
    """Each update in its bucket and in all above; sums and counts of each channel."""
    metrics = Metrics()
    metrics.ended("web", "shown")
    metrics.ended("web", "shown")
    for seconds in (0.001, 0.002, 99.0):
        metrics.took("telegram", seconds)
    text = metrics.text()
    assert value(text, 'guide_screens_total{channel="web",outcome="shown"}') == 2
    assert value(text, 'guide_screens_total{channel="telegram",outcome="shown"}') == 0
    for bound, count in (("0.001", 1), ("0.0025", 2), ("30.0", 2), ("+Inf", 3)):
        assert value(text, f'guide_update_seconds_bucket{{channel="telegram",le="{bound}"}}') == count
    assert value(text, 'guide_update_seconds_count{channel="telegram"}') == 3
    assert value(text, 'guide_update_seconds_sum{channel="telegram"}') == pytest.approx(99.003)


def test_what_is_not_on_the_lists_cannot_be_counted() -> None:
    """So nothing that arrived can become a label, and the refusal does not repeat it."""
    metrics = Metrics()
    for count in (
        lambda: metrics.ended(CANARY, "shown"),  # type: ignore[arg-type]
        lambda: metrics.ended("web", CANARY),  # type: ignore[arg-type]
        lambda: metrics.took(CANARY, 1.0),  # type: ignore[arg-type]
    ):
        with pytest.raises(KeyError) as refused:
            count()
        assert CANARY not in repr(refused.value)
    assert metrics.text() == Metrics().text()


def test_a_press_is_counted_by_what_came_of_it() -> None:
    """In its channel; the other channel shares the keys and not the counts."""
    metrics = Metrics()
    plain = Pressing(Sealing(guide(), 1800), lambda: 0.0, lambda: NOON)
    assert counted(plain, None, "telegram") is plain
    pressing = counted(plain, metrics, "telegram")
    token = plain.token(Session("en"), b"7")
    assert pressing.first("en") == plain.first("en")
    assert pressing.pressed(token, b"7", "en") == plain.pressed(token, b"7", "en")
    pressing.pressed(token, b"8", "en")
    assert pressing.pressed_in_note(CANARY, b"7", "en") == plain.pressed_in_note(CANARY, b"7", "en")
    pressing.left("en")
    pressing.media_note("en")
    pressing.typed_note("en", plain.hear(CANARY))
    for outcome, count in (("first", 1), ("shown", 1), ("closed", 2), ("left", 1), ("note", 2)):
        assert value(metrics.text(), f'guide_screens_total{{channel="telegram",outcome="{outcome}"}}') == count
        assert value(metrics.text(), f'guide_screens_total{{channel="web",outcome="{outcome}"}}') == 0


async def test_a_telegram_update_is_timed_and_a_failed_one_is_not() -> None:
    """The failure goes on to whoever reports it."""
    metrics = Metrics()

    async def serve(chat: int) -> None:
        if chat < 0:
            raise ValueError

    assert timed(None)(serve) is serve
    await timed(metrics)(serve)(7)
    with pytest.raises(ValueError):
        await timed(metrics)(serve)(-7)
    assert value(metrics.text(), 'guide_update_seconds_count{channel="telegram"}') == 1


async def test_the_counts_have_a_listener_of_their_own() -> None:
    """One path, as Prometheus wants it; the address is free again afterwards."""
    port = a_free_port()
    for _ in range(2):
        async with counting(("127.0.0.1", port)), ClientSession() as client:
            async with client.get(f"http://127.0.0.1:{port}/metrics") as answer:
                assert answer.headers["Content-Type"] == CONTENT_TYPE
                assert await answer.text() == Metrics().text()
            async with client.get(f"http://127.0.0.1:{port}/") as answer:
                assert answer.status == 404


async def test_an_address_that_is_taken_is_said_so() -> None:
    """Nothing is left half open."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(AddressTaken):
            async with counting(("127.0.0.1", taken.getsockname()[1])):
                pass


async def test_no_number_says_anything_of_a_person() -> None:
    """A canary in every part of requests: no line of the counts is of another form, and no figure repeats."""
    metrics = Metrics()
    pressing = counted(Pressing(Sealing(guide(), 1800), lambda: 0.0, lambda: NOON), metrics, "web")
    app = application(pressing, Drawing(lambda: pressing.sealing.guide, "https://example.org/"))
    app.middlewares.append(timing(metrics))
    server = TestServer(app)
    await server.start_server()
    headers = dict.fromkeys(("User-Agent", "Accept-Language", "Referer", "X-Forwarded-For", "Cookie", CANARY), CANARY)
    async with ClientSession(headers=headers) as client:
        for asked in (
            client.get(server.make_url("/"), params={CANARY: CANARY}),
            client.get(server.make_url(f"/{CANARY}")),
            client.post(server.make_url("/"), data={"t": CANARY, CANARY: CANARY}),
            client.post(server.make_url("/"), data={"leave": CANARY}),
            client.post(server.make_url("/"), data={CANARY: CANARY}),
            client.request(CANARY.upper(), server.make_url("/")),
        ):
            async with asked as answer:
                await answer.read()
    await server.close()
    text = metrics.text()
    assert CANARY not in text
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert value(text, 'guide_screens_total{channel="web",outcome="closed"}') == 1
    assert value(text, 'guide_update_seconds_count{channel="web"}') >= 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("9100", "must be an IP address, a colon and a port"),
        ("localhost:9100", "must be an IP address, a colon and a port"),
        ("127.0.0.1", "must be an IP address, a colon and a port"),
        ("http://127.0.0.1:9100", "must be an IP address, a colon and a port"),
        ("127.0.0.1:0", "must have a port from 1 to 65535"),
        ("127.0.0.1:65536", "must have a port from 1 to 65535"),
    ],
)
def test_what_is_no_address_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch, given: str, said: str) -> None:
    """By its name, with an example, without the value."""
    assert said_of(monkeypatch, METRICS=given) == f"METRICS: {said}. Example: METRICS=127.0.0.1:9100\n"


def test_an_address_may_be_of_either_family_and_absent() -> None:
    """Off unless it is set."""
    assert Settings().metrics_address is None
    assert Settings(metrics="127.0.0.1:9100").metrics_address == ("127.0.0.1", 9100)
    assert Settings(metrics="[::1]:9100").metrics_address == ("::1", 9100)


def fetched(address: str) -> str:
    """What is at an address; empty when nothing is."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except urllib.error.URLError:
        return ""


def test_without_the_setting_nothing_is_counted_and_the_web_never_shows_it(tmp_path: Path) -> None:
    """The public address knows no such page, switched on or off."""
    port = a_free_port()
    for env in ({}, {"METRICS": f"127.0.0.1:{port}"}):
        with running(written(tmp_path), **env) as program:
            program.until("What is closest?")
            assert fetched(program.address + "metrics") == ""
            counts = fetched(f"http://127.0.0.1:{port}/metrics")
            assert ('outcome="first"} ' in counts) is bool(env)
            assert program.stopped()[0] == 0


async def test_both_channels_of_the_running_program_are_counted(tmp_path: Path) -> None:
    """A first screen on the web and one in Telegram, each in its own series; what a person wrote is in none."""
    port = a_free_port()
    async with BotApi() as api:
        env = {"BOT_TOKEN": TOKEN, "BOT_API_URL": api.url, "METRICS": f"127.0.0.1:{port}"}
        with running(written(tmp_path), **env) as program:
            person = api.person()
            await person.writes("/start")
            await api.until(lambda: any("keyboard" in message for message in person.messages.values()), 30)
            await person.writes(CANARY)
            await api.until(lambda: not any(CANARY in str(message.get("text")) for message in person.messages.values()))
            async with ClientSession() as client:
                await client.get(program.address)
                text = await (await client.get(f"http://127.0.0.1:{port}/metrics")).text()
    for channel in CHANNELS:
        assert value(text, f'guide_screens_total{{channel="{channel}",outcome="first"}}') == 1
    assert value(text, 'guide_update_seconds_count{channel="web"}') == 1
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []


def test_an_address_in_use_ends_the_start_with_one_clear_line(tmp_path: Path) -> None:
    """Exit code 2: the setting has to be another one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with running(written(tmp_path), METRICS=address) as program:
            _, said = program.process.communicate(timeout=30)
    assert program.process.returncode == 2
    assert said.splitlines()[-1].startswith(f"METRICS: {address} cannot be used") and "Traceback" not in said
