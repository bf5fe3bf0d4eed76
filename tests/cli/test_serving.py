"""The running program: starts, serves, takes over sound edits, and stops when it is told to."""

import asyncio
import contextlib
import gzip
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.folders import written
from tests.small import START

ROOT = Path(__file__).resolve().parents[2]


def a_free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """A running `python -m bot` and the address of its web chat."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.address = f"http://127.0.0.1:{port}/"

    def page(self, seconds: float = 2) -> str:
        """The first screen; empty while nobody answers."""
        try:
            request = urllib.request.Request(self.address, headers={"Accept-Language": "en"})
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def until(self, words: str, seconds: float = 20) -> str:
        """The first screen once it holds these words."""
        latest = time.monotonic() + seconds
        while time.monotonic() < latest:
            page = self.page()
            if words in page:
                return page
            time.sleep(0.1)
        raise AssertionError(f"never saw {words!r}")

    def stopped(self) -> tuple[int, str]:
        """Exit code and stderr after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextmanager
def running(folder: Path, **env: str) -> Iterator[Program]:
    """The program over a folder, killed at the end if it still runs."""
    port = a_free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot"],
        cwd=ROOT,
        env={**os.environ, "FLOWS": str(folder), "WEB_PORT": str(port), **env},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Program(process, port)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def test_it_serves_without_any_configuration_and_stops_at_sigterm(tmp_path: Path) -> None:
    """The web chat answers; SIGTERM ends it in order with 0."""
    with running(written(tmp_path)) as program:
        program.until("What is closest?")
        code, said = program.stopped()
    assert code == 0
    assert program.address.rstrip("/") in said
    assert "Traceback" not in said


def test_a_sound_edit_is_taken_over_and_a_broken_one_never(tmp_path: Path) -> None:
    """The broken file is named in no answer to a person: they keep the last good guide."""
    with running(written(tmp_path)) as program:
        program.until("What is closest?")
        (tmp_path / "start.yaml").write_text(START.replace("What is closest?", "What fits?"), "utf-8")
        program.until("What fits?")
        (tmp_path / "start.yaml").write_text(START.replace("go: found", "go: nowhere"), "utf-8")
        time.sleep(3)
        assert "What fits?" in program.page()
        (tmp_path / "start.yaml").write_text(START, "utf-8")
        program.until("What is closest?")
        assert program.stopped()[0] == 0


def test_telegram_that_cannot_be_reached_does_not_touch_the_web(tmp_path: Path) -> None:
    """With a token and a dead Bot API server the web chat serves all the same."""
    dead = f"http://127.0.0.1:{a_free_port()}"
    with running(written(tmp_path), BOT_TOKEN="42:canarytoken", BOT_API_URL=dead) as program:
        program.until("What is closest?")
        time.sleep(2)
        assert "What is closest?" in program.page()
        code, said = program.stopped()
    assert code == 0
    assert "canarytoken" not in said


def test_a_broken_guide_is_not_served(tmp_path: Path) -> None:
    """All its problems, exit code 1."""
    folder = written(tmp_path)
    (folder / "start.yaml").write_text(START.replace("go: found", "go: nowhere"), "utf-8")
    with running(folder) as program:
        _, said = program.process.communicate(timeout=30)
    assert program.process.returncode == 1
    assert "start.yaml" in said and "F11" in said


def test_a_port_that_is_taken_is_said_with_an_example(tmp_path: Path) -> None:
    """Exit code 1 and a line that says what to change."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with running(written(tmp_path), WEB_PORT=port) as program:
            _, said = program.process.communicate(timeout=30)
    assert program.process.returncode == 1
    assert f"WEB_PORT {port}" in said
    assert "Traceback" not in said


def test_a_bad_setting_is_named_without_its_value(tmp_path: Path) -> None:
    """Its name, what is wrong, an example; exit code 2; a secret is never repeated."""
    with running(written(tmp_path), BOT_TOKEN="canarysecret", IDLE_MINUTES="-1") as program:
        _, said = program.process.communicate(timeout=30)
    assert program.process.returncode == 2
    assert "BOT_TOKEN" in said and "IDLE_MINUTES" in said and "Example: IDLE_MINUTES=30" in said
    assert "canarysecret" not in said


def test_the_default_language_stands_in_for_languages_that_are_not_offered(tmp_path: Path) -> None:
    """Somebody whose browser speaks only French gets the operator's choice; a wrong choice is refused."""
    with running(written(tmp_path), DEFAULT_LANGUAGE="ko") as program:
        program.until("What is closest?")
        request = urllib.request.Request(program.address, headers={"Accept-Language": "fr"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            assert '<html lang="ko">' in answer.read().decode()
        program.stopped()
    with running(tmp_path, DEFAULT_LANGUAGE="xx") as program:
        _, said = program.process.communicate(timeout=30)
    assert program.process.returncode == 2
    assert "DEFAULT_LANGUAGE" in said


def test_an_exit_that_is_no_page_is_refused(tmp_path: Path) -> None:
    """A script in EXIT_URL would run on our own pages; proxies are addresses. Exit code 2, no value repeated."""
    with running(written(tmp_path), EXIT_URL="javascript:canary()", TRUSTED_PROXIES="canary.example") as program:
        _, said = program.process.communicate(timeout=30)
    assert program.process.returncode == 2
    assert "EXIT_URL: must begin with https://" in said
    assert "TRUSTED_PROXIES: must be addresses or networks, with commas. Example: TRUSTED_PROXIES=127.0.0.1" in said
    assert "canary" not in said


SLOW = (
    "",
    "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x" * 8000,
    "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 50,
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Encoding: gzip\r\nContent-Length: 10000000\r\n\r\n",
)


async def holding(port: int, begun: bytes) -> None:
    """A connection that is begun and then moves by a byte a second; when it is ended, the next one."""
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(begun)
                while not reader.at_eof():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(1)
            finally:
                writer.close()
        await asyncio.sleep(0.5)


def test_two_thousand_connections_that_only_hold_on_keep_nobody_out(tmp_path: Path) -> None:
    """Half heads, half bodies, bombs and pipelines: a person is served all the while, in a bounded number of files."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    many = 2000 if before[1] == resource.RLIM_INFINITY else min(2000, before[1] - 200)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before[0], many + 200), before[1]))
    bomb = gzip.compress(b"0" * 1_000_000)

    async def attack(program: Program) -> list[str]:
        port = int(program.address.rsplit(":", 1)[1].strip("/"))
        begun = [text.encode() + (bomb if "gzip" in text else b"") for text in SLOW]
        held = [asyncio.create_task(holding(port, begun[n % len(begun)])) for n in range(many)]
        pages = []
        for _ in range(30):
            await asyncio.sleep(0.2)
            pages.append(await asyncio.to_thread(program.page, 10))
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        return pages

    try:
        with running(written(tmp_path)) as program:
            program.until("What is closest?")
            pages = asyncio.run(attack(program))
            status = Path(f"/proc/{program.process.pid}/status").read_text("ascii")
            code, said = program.stopped()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert all("What is closest?" in page for page in pages)
    grown = re.search(r"FDSize:\s+(\d+)", status)
    assert grown and int(grown[1]) <= 1024  # what the table of open files has ever grown to
    assert code == 0
    assert "failed" not in said and "127.0.0.1" not in said.replace(program.address.rstrip("/"), "")


def test_a_second_signal_ends_at_once() -> None:
    """Whoever sends it does not want to wait for what is in hand."""
    code = "import asyncio; from bot.cli.serving import _stop; stop = asyncio.Event(); _stop(stop);"
    code += "print('in order', flush=True); _stop(stop); print('late')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "in order\n")
