"""A word and a number go in everywhere, by every input and into every failure, and come out nowhere."""

import platform
import re
import signal

import pytest

from bot.logs import EVENTS
from tests.canary.conftest import Proof
from tests.canary.sabotages import ALL, NONE, Sabotage

RUNS = ("polling", "webhook", "development", "crash", "chat", "listen")
SERVING = ("polling", "webhook", "development", "crash")
CODES = {
    "polling": 0, "webhook": -signal.SIGKILL, "development": -signal.SIGABRT, "crash": 1, "chat": 0, "listen": 0,
}  # fmt: skip


@pytest.mark.parametrize("run", RUNS)
def test_nothing_comes_out_of_a_run(proof: Proof, run: str) -> None:
    """Not in logs, stdout or stderr, files, web answers, requests to Telegram; nor is it alive after the idle limit."""
    assert {sink: found for sink, found in proof.run(run).found().items() if found} == {}


@pytest.mark.parametrize("run", SERVING)
def test_every_line_is_an_event_of_the_closed_list(proof: Proof, run: str) -> None:
    """Whatever fails, and with every switch of development on."""
    said, _, fatal = proof.run(run).run.stderr.partition("Fatal Python error: Aborted\n")  # `-X dev` tells where it was
    words = "|".join(map(re.escape, EVENTS.values()))
    line = re.compile(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d{{3}} [A-Z]+ (?:{words})|http://127\.0\.0\.1:\d+")
    assert [one for one in said.splitlines() if one and not line.fullmatch(one)] == []
    assert bool(fatal) == (run == "development")
    assert proof.run(run).run.said["stdout"] == b""


@pytest.mark.parametrize("run", RUNS)
def test_a_run_ends_as_it_was_told(proof: Proof, run: str) -> None:
    """With 0 after SIGTERM in the middle of serving, by the signal after the others, with 1 after a failure."""
    assert proof.run(run).run.code == CODES[run]


def test_a_crash_is_one_line_without_a_traceback(proof: Proof) -> None:
    """The last that the program says."""
    assert proof.run("crash").run.stderr.rstrip().endswith(f"CRITICAL {EVENTS['crashed']}")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only this C library writes over what is freed")
def test_nothing_stands_in_the_memory_where_what_is_freed_is_written_over(proof: Proof) -> None:
    """Neither in an object nor in a buffer of a library or on a stack, an idle limit after the last press.

    Without that, freed memory keeps what stood in it: the same search finds it there.
    """
    wiped, plain = proof.run("polling").run.inside, proof.run("webhook").run.inside
    assert wiped is not None and wiped.anywhere == 0
    assert plain is not None and plain.anywhere


@pytest.mark.parametrize("run", ["polling", "webhook"])
def test_everything_was_taken_and_every_failure_happened(proof: Proof, run: str) -> None:
    """Else nothing would be proven: what was pushed has arrived, and the memory was searched."""
    here = proof.run(run)
    assert set(here.api.pushed[: here.taken]) == ({200} if run == "webhook" else set())
    assert not here.api.failures and not here.api.asked
    assert here.run.inside is not None and here.run.inside.objects > 200_000
    assert {call.method for call in here.api.calls} >= {"sendMessage", "editMessageText", "deleteMessage", "leaveChat"}


@pytest.mark.parametrize("run", ["polling", "webhook", "development"])
def test_no_request_is_answered_by_a_failure_but_the_one_that_is_made_to_fail(proof: Proof, run: str) -> None:
    """Whatever is wrong with a request, it is a request that is refused, and not a program that fails."""
    failed = {name for name, status in proof.run(run).run.statuses.items() if status >= 500}
    assert failed == (set() if run == "development" else {"a failure in the handler"})


@pytest.mark.parametrize("run", ["polling", "webhook", "development"])
def test_no_file_is_ever_asked_for(proof: Proof, run: str) -> None:
    """Nothing that a person sends is fetched."""
    assert "getFile" not in {call.method for call in proof.run(run).api.calls}


def test_the_short_run_holds_too_when_nothing_is_taken_out(proof: Proof) -> None:
    """So what the sabotages let out is let out by them."""
    here = proof.sabotage(NONE.name)
    assert {sink: found for sink, found in here.found().items() if found} == {}
    assert here.run.inside is not None


@pytest.mark.parametrize("sabotage", ALL, ids=lambda sabotage: sabotage.name)
def test_the_proof_finds_it_when_a_filter_is_gone(proof: Proof, sabotage: Sabotage) -> None:
    """Each rule that keeps something in is needed, and its absence is noticed."""
    assert proof.caught(sabotage)
