"""Logs hold events of a closed list and nothing of anybody: whatever else would be written is switched off."""

import ast
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.logs import EVENTS, event, set_up, unseen

CANARY = "canary7f3a"
BOT = Path(logs.__file__).parent
SOURCES = {str(path.relative_to(BOT)): ast.parse(path.read_text("utf-8")) for path in sorted(BOT.rglob("*.py"))}
LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
TALKATIVE = {"faulthandler", "logging", "pprint", "syslog", "traceback", "warnings"}
HOOKS = ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"))


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logging, warnings and hooks are put back: other tests write their own way."""
    handlers, level = logs._log.handlers[:], logs._log.level
    disabled, raised = logging.root.manager.disable, logging.raiseExceptions
    hooks = [getattr(module, name) for module, name in HOOKS]
    with warnings.catch_warnings():
        yield
    logs._log.handlers[:] = handlers
    logs._log.setLevel(level)
    logging.disable(disabled)
    logging.raiseExceptions = raised
    for (module, name), hook in zip(HOOKS, hooks, strict=True):
        setattr(module, name, hook)


def test_an_event_is_one_line_with_time_level_and_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr, where a supervisor collects it."""
    set_up("info")
    event("starting")
    written = capsys.readouterr()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO starting\n", written.err)
    assert written.out == ""


def test_an_event_that_is_not_on_the_list_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    """So no text of a person can become one."""
    set_up("debug")
    with pytest.raises(KeyError):
        event(CANARY)
    assert capsys.readouterr().err == ""


def test_the_list_of_events_is_closed() -> None:
    """It cannot be added to while running."""
    with pytest.raises(TypeError):
        EVENTS["new"] = "new"  # type: ignore[index]


def test_no_event_has_a_blank_to_fill_in() -> None:
    """A place for a value would be a place for a person's words."""
    assert not [words for words in EVENTS.values() if "%" in words or "{" in words]


@pytest.mark.parametrize(("level", "written"), [("info", True), ("warning", True), ("error", False)])
def test_the_level_that_was_set_is_kept(capsys: pytest.CaptureFixture[str], level: str, written: bool) -> None:
    """Less is written where less is wanted."""
    set_up(level)
    event("guide_kept", logging.WARNING)
    assert ("WARNING the edited guide" in capsys.readouterr().err) is written


def test_setting_up_twice_writes_each_event_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A reload or a test may do so."""
    set_up("info")
    set_up("info")
    event("stopped")
    assert capsys.readouterr().err.count("stopped") == 1


@pytest.mark.parametrize(
    "name", ["", "aiogram.event", "aiohttp.access", "asyncio", "py.warnings", "of.a.library.of.tomorrow"]
)
def test_nothing_of_a_library_is_written(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """They log whole updates, addresses and exception texts, even as critical, and also with handlers of their own."""
    seen: list[logging.LogRecord] = []
    spy = logging.Handler()
    spy.emit = seen.append  # type: ignore[method-assign]
    logging.getLogger(name).addHandler(spy)
    try:
        set_up("debug")
        try:
            raise ValueError(CANARY)
        except ValueError:
            logging.getLogger(name).exception("update %s", CANARY)
        logging.getLogger(name).log(1000, CANARY)
    finally:
        logging.getLogger(name).removeHandler(spy)
    assert not seen
    assert CANARY not in "".join(capsys.readouterr())


def test_our_own_events_do_not_travel_to_the_root() -> None:
    """Whoever configures the root logger gets nothing twice, and no library can find ours."""
    assert logs._log.propagate is False
    assert "guide" not in logging.root.manager.loggerDict


@pytest.mark.parametrize("filtered", ["ignore", "always"])
def test_warnings_are_not_written(capsys: pytest.CaptureFixture[str], filtered: str) -> None:
    """Their texts may quote what arrived; a library that puts its own filter in changes nothing."""
    set_up("info")
    warnings.simplefilter(filtered)  # type: ignore[arg-type]
    warnings.warn(CANARY, ResourceWarning, stacklevel=1)
    assert CANARY not in "".join(capsys.readouterr())


def test_a_warning_that_is_to_be_an_error_is_none() -> None:
    """`python -W error` must not end somebody's press."""
    warnings.simplefilter("error")
    set_up("info")
    warnings.warn(CANARY, RuntimeWarning, stacklevel=1)


def test_a_broken_stream_is_not_followed_by_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """Logging prints the record's traceback when it cannot write, unless told not to."""
    set_up("info")
    logs._log.handlers[0].stream = None  # type: ignore[attr-defined]
    event("stopped")
    assert capsys.readouterr().err == ""


def test_a_failure_of_the_program_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Without its traceback, which ends with a text that may name somebody."""
    set_up("error")
    try:
        raise ValueError(CANARY)
    except ValueError:
        sys.excepthook(*sys.exc_info())
    assert re.fullmatch(rf"\S+ \S+ CRITICAL {re.escape(EVENTS['crashed'])}\n", capsys.readouterr().err)


def test_failures_that_nothing_waits_for_are_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    """In a thread, or where nothing can be raised; where the interpreter would print, and only there."""
    sys.unraisablehook, threading.excepthook = sys.__unraisablehook__, threading.__excepthook__
    set_up("info")
    assert (sys.unraisablehook, threading.excepthook) == (unseen, unseen)
    thread = threading.Thread(target=lambda: 1 / 0, name=CANARY)
    thread.start()
    thread.join()
    assert capsys.readouterr().err.endswith(f"WARNING {EVENTS['failed_unseen']}\n")


def test_a_hook_that_somebody_put_there_stays() -> None:
    """A test runner has to hear of such failures, and set-up runs within tests."""

    def own(*_: object) -> None:
        pass

    sys.unraisablehook = threading.excepthook = own
    set_up("info")
    assert (sys.unraisablehook, threading.excepthook) == (own, own)


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Every call of something with this last name in the program."""
    found = []
    for place, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    found.append((place, node))
    return found


def test_nothing_but_the_closed_list_writes_to_a_log() -> None:
    """No module prints, warns, logs or shows a traceback; of `logging` only the names of levels are used."""
    wrong = []
    for place, tree in SOURCES.items():
        for node in ast.walk(tree):
            if place == "logs.py":
                continue
            if isinstance(node, ast.Import):
                wrong += [(place, name.name) for name in node.names if name.name in TALKATIVE - {"logging"}]
            elif isinstance(node, ast.ImportFrom) and node.module in TALKATIVE:
                wrong.append((place, node.module))
            elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "logging":
                wrong += [(place, node.attr)] if node.attr not in LEVELS else []
    assert wrong + [(place, "print") for place, _ in calls("print")] == []


def test_only_the_command_line_writes_to_the_terminal() -> None:
    """Where nobody's words are in hand; channels get what they write to as a parameter."""
    streams = {
        place
        for place, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr", "__stdout__", "__stderr__")
    }
    assert {place for place in streams if not place.startswith("cli/")} == {"logs.py"}


def test_an_event_is_always_named_by_a_word_of_the_list() -> None:
    """And every word of the list is used."""
    named: set[str] = set()
    for place, call in [*calls("event"), *calls("trouble")]:
        if place == "channels/telegram/reporting.py":
            continue  # hands on the word that `trouble` was called with
        words = {node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)}
        assert words and words <= EVENTS.keys(), (place, call.lineno)
        named |= words
    assert named == EVENTS.keys()
