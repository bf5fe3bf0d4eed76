"""What the environment says. `python -m bot settings` prints all of it with its meaning."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

FLOWS = Path(__file__).resolve().parent.parent / "flows"


class Settings(BaseSettings):
    """Every setting has a default that is safe to start with.

    Raises:
        pydantic.ValidationError: a value that cannot be used, by the name of its variable.
    """

    model_config = SettingsConfigDict(env_prefix="", extra="ignore", env_ignore_empty=True, frozen=True)

    bot_token: SecretStr | None = Field(
        None, description="Token of the Telegram bot. Without it only the web is served."
    )
    bot_api_url: str = Field(
        "https://api.telegram.org", description="Bot API server.", examples=["http://127.0.0.1:8081"]
    )
    webhook_url: str | None = Field(
        None, description="Public https address that Telegram calls. Without it the bot asks (long polling).",
        examples=["https://help.example.org/telegram"],
    )  # fmt: skip
    webhook_secret: SecretStr | None = Field(
        None, description="Secret that Telegram sends along: 1 to 256 letters, digits, _ and -. Made up when absent."
    )
    web: bool = Field(True, description="off: do not serve the web chat.", examples=["off"])
    web_host: str = Field("127.0.0.1", description="Address that the web chat listens on.")
    web_port: int = Field(8080, ge=0, le=65535, description="Port that the web chat listens on.")
    web_url: str | None = Field(
        None,
        description="Public address of the web chat, for texts in Telegram.",
        examples=["https://help.example.org"],
    )
    web_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Host names the web chat answers to, with commas. Empty: any.", examples=["help.example.org"]
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (),
        description="Addresses of proxies before the web chat, with commas: one of their connections carries many "
        "people, so no limit for one person holds for it.",
        examples=["127.0.0.1, 10.0.0.0/8"],
    )
    exit_url: str = Field(
        "https://www.google.com/search?q=weather", description="Where the exit button leads: a page that tells nothing."
    )
    idle_minutes: float = Field(30, gt=0, le=720, description="After so many idle minutes everything is forgotten.")
    metrics: str | None = Field(
        None,
        description="Address of its own on which counts are shown at /metrics, for Prometheus; nothing in them is "
        "about a person. Without it nothing is counted.",
        examples=["127.0.0.1:9100"],
    )
    flows: Path = Field(FLOWS, description="Folder of the flow files.")
    default_language: str | None = Field(
        None, description="Language for people whose own is not offered.", examples=["ko"]
    )
    log_level: str = Field("info", description="debug, info, warning or error.", examples=["info"])

    @field_validator("web_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(host.strip().lower() for host in value.split(",") if host.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(network.strip()) for network in value.split(",") if network.strip())
        except ValueError:
            raise ValueError("must be addresses or networks, with commas") from None

    @field_validator("exit_url", "webhook_url", "web_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError("must begin with https://")
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("must begin with https:// or http://")
        return value.rstrip("/")

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.lower() not in ("debug", "info", "warning", "error"):
            raise ValueError("must be debug, info, warning or error")
        return value.lower()

    @field_validator("bot_token", mode="before")
    @classmethod
    def _token(cls, value: object) -> object:
        text = value.strip() if isinstance(value, str) else value  # secret files end in a line break
        if isinstance(text, str) and not re.fullmatch(r"\d+:[\w-]+", text, re.ASCII):
            raise ValueError("must be the token that BotFather gave: digits, a colon, letters")
        return text

    @field_validator("webhook_secret", mode="before")
    @classmethod
    def _secret(cls, value: object) -> object:
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and not re.fullmatch(r"[\w-]{1,256}", text, re.ASCII):
            raise ValueError("must be 1 to 256 letters, digits, _ and -")
        return text

    @field_validator("metrics")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None:
            _split_address(value)
        return value

    @field_validator("webhook_url")
    @classmethod
    def _own_path(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).path in ("", "/", "/healthz"):
            raise ValueError("must have a path of its own")
        return value

    @model_validator(mode="after")
    def _something_to_serve(self) -> "Settings":
        if not self.web and self.bot_token is None:
            raise ValueError("WEB=off and no BOT_TOKEN: there is nothing to serve")
        if self.webhook_url and not self.web:
            raise ValueError("WEBHOOK_URL needs the web server: leave WEB on")
        return self

    @property
    def idle_seconds(self) -> float:
        return self.idle_minutes * 60

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Host and port of METRICS."""
        return None if self.metrics is None else _split_address(self.metrics)


def _split_address(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    try:
        address, number = str(ip_address(re.sub(r"^\[(.*:.*)\]$", r"\1", host))), int(port)
    except ValueError:
        raise ValueError("must be an IP address, a colon and a port") from None
    if not 0 < number <= 65535:
        raise ValueError("must have a port from 1 to 65535")
    return address, number
