"""Settings: safe defaults, values checked at the start, mistakes told in words and never with the value."""

import io
from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.cli.explaining import explain, mistakes
from bot.settings import FLOWS, Settings

TOKEN = "123456:canary-secret"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests counts."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)


def said_of(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    """What is said about these values of the environment."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as wrong:
        Settings()
    return mistakes(wrong.value)


def test_without_any_setting_the_web_is_served_on_this_machine_only() -> None:
    """`python -m bot` is safe to try out."""
    settings = Settings()
    assert (settings.web, settings.web_host, settings.web_port) == (True, "127.0.0.1", 8080)
    assert (settings.bot_token, settings.webhook_url, settings.web_hosts) == (None, None, ())
    assert settings.idle_seconds == 1800.0
    assert settings.flows == FLOWS == Path(__file__).resolve().parent.parent / "flows"


def test_every_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spelled in capitals, with commas between several values."""
    values = {
        "BOT_TOKEN": TOKEN, "BOT_API_URL": "http://127.0.0.1:8081/", "WEBHOOK_URL": "https://example.org/t",
        "WEB_HOSTS": " Help.Example.org, example.net ,", "WEB_URL": "https://help.example.org", "WEB_PORT": "0",
        "IDLE_MINUTES": "0.5", "LOG_LEVEL": "WARNING", "DEFAULT_LANGUAGE": "ko", "FLOWS": "/tmp/flows",
        "TRUSTED_PROXIES": " 127.0.0.1, 10.0.0.0/8",
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.web_hosts == ("help.example.org", "example.net")
    assert (settings.web_port, settings.idle_seconds, settings.log_level) == (0, 30.0, "warning")
    assert (settings.default_language, settings.flows) == ("ko", Path("/tmp/flows"))
    assert settings.trusted_proxies == (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"))


def test_the_web_is_switched_off_by_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a bot is served instead."""
    monkeypatch.setenv("WEB", "off")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    assert Settings().web is False


def test_an_empty_value_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files pass empty variables on."""
    monkeypatch.setenv("BOT_TOKEN", "")
    monkeypatch.setenv("WEB_PORT", "")
    assert (Settings().bot_token, Settings().web_port) == (None, 8080)


def test_values_given_in_code_are_taken_as_they_are() -> None:
    """Tests and embedders need no environment."""
    assert Settings(web_hosts=("a", "b")).web_hosts == ("a", "b")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"WEB_PORT": "65536"}, "WEB_PORT: Input should be less than or equal to 65535. Example: WEB_PORT=8080\n"),
        ({"WEB_PORT": "http"}, "WEB_PORT: Input should be a valid integer"),
        ({"IDLE_MINUTES": "0"}, "IDLE_MINUTES: Input should be greater than 0. Example: IDLE_MINUTES=30\n"),
        ({"IDLE_MINUTES": "nan"}, "IDLE_MINUTES: Input should be "),
        ({"IDLE_MINUTES": "1000"}, "IDLE_MINUTES: Input should be less than or equal to 720"),
        ({"WEB": "perhaps"}, "WEB: Input should be a valid boolean"),
        ({"EXIT_URL": "http://example.org"}, "EXIT_URL: must begin with https://. Example: EXIT_URL=https://www."),
        ({"WEBHOOK_URL": "example.org"}, "WEBHOOK_URL: must begin with https://."),
        ({"WEB_URL": "javascript:alert(1)"}, "WEB_URL: must begin with https://."),
        ({"BOT_API_URL": "ftp://example.org"}, "BOT_API_URL: must begin with https:// or http://."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: must be debug, info, warning or error. Example: LOG_LEVEL=info\n"),
        ({"BOT_TOKEN": "canary"}, "BOT_TOKEN: must be the token that BotFather gave: digits, a colon, letters.\n"),
        ({"BOT_TOKEN": "123456:"}, "BOT_TOKEN: must be the token that BotFather gave"),
        ({"WEB": "off"}, "WEB=off and no BOT_TOKEN: there is nothing to serve\n"),
        (
            {"WEB": "off", "BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://example.org/t"},
            "WEBHOOK_URL needs the web server: leave WEB on\n",
        ),
    ],
)
def test_a_bad_value_is_told_by_its_name_with_an_example(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], said: str
) -> None:
    """One line each, at the start and not at the first person."""
    assert said_of(monkeypatch, **values).startswith(said)


def test_all_bad_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody should have to start three times."""
    said = said_of(monkeypatch, WEB_PORT="x", LOG_LEVEL="x", IDLE_MINUTES="x")
    assert [line.partition(":")[0] for line in said.splitlines()] == ["WEB_PORT", "IDLE_MINUTES", "LOG_LEVEL"]


@pytest.mark.parametrize("name", ["BOT_TOKEN", "WEB_PORT", "WEB", "EXIT_URL", "LOG_LEVEL", "IDLE_MINUTES"])
def test_a_bad_value_itself_is_never_written(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A secret may stand in the wrong variable, and start-up messages end in logs."""
    assert "canary" not in said_of(monkeypatch, **{name: "canary-secret"})


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are printed when somebody looks for a mistake."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_SECRET", "canary-secret")
    assert "canary" not in repr(Settings()) + str(Settings()) + str(Settings().model_dump())


def test_settings_cannot_be_changed_while_running() -> None:
    """What was checked at the start stays true."""
    with pytest.raises(ValidationError, match="frozen"):
        Settings().web_port = 1


def test_every_setting_is_explained_with_its_default_and_an_example() -> None:
    """`python -m bot settings` is the reference."""
    out = io.StringIO()
    explain(out)
    entries = out.getvalue().strip().split("\n\n")
    assert len(entries) == len(Settings.model_fields)
    assert [entry.split()[0] for entry in entries] == [name.upper() for name in Settings.model_fields]
    assert all(len(entry.splitlines()[1].strip()) > 10 for entry in entries)
    assert entries[0] == "BOT_TOKEN\n    Token of the Telegram bot. Without it only the web is served."
    assert "WEB  (default: on)\n    off: do not serve the web chat.\n    Example: WEB=off" in entries
    assert any(entry.startswith("IDLE_MINUTES  (default: 30)\n") for entry in entries)
    assert "WEB_HOSTS\n" in out.getvalue()
