"""Settings in words: what there is, and what is wrong with one, without its value."""

import io

import pytest
from pydantic import ValidationError

from bot.cli.explaining import explain, mistakes
from bot.settings import Settings

CANARY = "canary7f3a"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def mistakes_with(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    """What is said about these environment variables."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as wrong:
        Settings()
    return mistakes(wrong.value)


def test_every_setting_is_named_with_its_meaning() -> None:
    out = io.StringIO()
    explain(out)
    parts = {part.split()[0]: part for part in out.getvalue().strip().split("\n\n")}
    assert list(parts) == [name.upper() for name in Settings.model_fields]
    for name, field in Settings.model_fields.items():
        assert field.description and field.description in parts[name.upper()]


def test_defaults_and_examples_are_written_as_they_are_set() -> None:
    out = io.StringIO()
    explain(out)
    text = out.getvalue()
    assert "WEB_PORT  (default: 8080)" in text
    assert "WEB  (default: on)" in text and "Example: WEB=off" in text
    assert "IDLE_MINUTES  (default: 30)" in text
    assert "None" not in text and "()" not in text


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BOT_TOKEN", CANARY, "the token that BotFather gave"),
        ("WEB_PORT", CANARY, "WEB_PORT: "),
        ("WEB_PORT", "99999", "Example: WEB_PORT=8080"),
        ("IDLE_MINUTES", "0", "IDLE_MINUTES: "),
        ("LOG_LEVEL", CANARY, "must be debug, info, warning or error"),
        ("EXIT_URL", f"http://{CANARY}", "must begin with https://"),
        ("WEBHOOK_URL", f"http://{CANARY}", "Example: WEBHOOK_URL=https://"),
        ("BOT_API_URL", CANARY, "must begin with https:// or http://"),
    ],
)
def test_a_bad_setting_is_one_line_with_its_name_and_never_its_value(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = mistakes_with(monkeypatch, **{name: value})
    assert said.startswith(f"{name}: ") and said.count("\n") == 1
    assert says in said
    assert CANARY not in said


def test_all_bad_settings_are_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = mistakes_with(monkeypatch, WEB_PORT="x", LOG_LEVEL="loud", IDLE_MINUTES="-1")
    assert [line.partition(":")[0] for line in said.splitlines()] == ["WEB_PORT", "IDLE_MINUTES", "LOG_LEVEL"]


def test_settings_that_do_not_go_together_are_said_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mistakes_with(monkeypatch, WEB="off") == "WEB=off and no BOT_TOKEN: there is nothing to serve\n"
