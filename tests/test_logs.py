"""Logs hold events of a closed list and nothing of anybody: what libraries would write is cut off."""

import logging
import re
import warnings
from collections.abc import Iterator

import pytest

from bot.logs import EVENTS, event, set_up

CANARY = "canary7f3a"
FOREIGN = ("aiogram", "aiohttp", "asyncio", "concurrent", "py.warnings")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Loggers and warnings are put back: other tests write their own way."""
    loggers = [logging.getLogger(name) for name in ("guide", *FOREIGN)]
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    raised = logging.raiseExceptions
    with warnings.catch_warnings():
        yield
    logging.raiseExceptions = raised
    for logger, handlers, level, propagate in before:
        logger.handlers[:], logger.propagate = handlers, propagate
        logger.setLevel(level)


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


@pytest.mark.parametrize("name", [*FOREIGN, "aiogram.event", "aiohttp.access", "aiohttp.server", "concurrent.futures"])
def test_nothing_of_a_library_is_written(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """They log whole updates, addresses and exception texts, even as critical."""
    seen: list[logging.LogRecord] = []
    spy = logging.Handler()
    spy.emit = seen.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(spy)
    try:
        set_up("debug")
        try:
            raise ValueError(CANARY)
        except ValueError:
            logging.getLogger(name).exception("update %s", CANARY)
        logging.getLogger(name).critical(CANARY)
    finally:
        logging.getLogger().removeHandler(spy)
    assert not [record for record in seen if record.name == name]
    assert CANARY not in "".join(capsys.readouterr())


def test_our_own_events_do_not_travel_to_the_root() -> None:
    """Whoever configures the root logger gets nothing twice."""
    set_up("info")
    assert logging.getLogger("guide").propagate is False


def test_warnings_are_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Their texts may quote what arrived."""
    set_up("info")
    warnings.warn(CANARY, ResourceWarning, stacklevel=1)
    assert CANARY not in "".join(capsys.readouterr())


def test_a_broken_stream_is_not_followed_by_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """Logging prints the record's traceback when it cannot write, unless told not to."""
    set_up("info")
    logging.getLogger("guide").handlers[0].stream = None  # type: ignore[attr-defined]
    event("stopped")
    assert capsys.readouterr().err == ""
