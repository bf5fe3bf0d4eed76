"""The command line: the only place that wires the parts together. Channels are imported when they are used."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.guide import Guide

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False,
    help="A scripted, confidential help guide: web chat, Telegram bot, terminal, and tools for its authors.",
)  # fmt: skip

FlowsOption = Annotated[Path | None, typer.Option("--flows", help="Folder of the flow files.", show_default=False)]
LangOption = Annotated[str | None, typer.Option("--lang", help="Language, like ko.", show_default=False)]


class CheckFormat(StrEnum):
    text = "text"
    json = "json"
    github = "github"


class BookFormat(StrEnum):
    html = "html"
    jsonl = "jsonl"


def main() -> None:
    """Run the command line of this process."""
    app()


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Without a command: serve the web chat, and Telegram when BOT_TOKEN is set."""
    if context.invoked_subcommand is None:
        serve()


@app.command()
def serve() -> None:
    """Serve the web chat, and Telegram when BOT_TOKEN is set."""
    from bot.cli.serving import serve as run

    run(_settings())


@app.command()
def chat(lang: LangOption = None, flows: FlowsOption = None) -> None:
    """Try the guide in the terminal: numbered choices, also from a pipe."""
    from datetime import UTC, datetime

    from bot.channels import terminal

    guide = _guide(flows)
    language = _language(guide.languages, lang or guide.default_language)
    terminal.run(guide, language, sys.stdin, sys.stdout, lambda: datetime.now(UTC))


@app.command()
def check(
    flows: FlowsOption = None,
    format: Annotated[CheckFormat, typer.Option(help="How to print the problems.")] = CheckFormat.text,
) -> None:
    """List every problem of the flow files; exit code 1 when there is an error."""
    from bot.cli.checking import check as run

    raise typer.Exit(run(_folder(flows), format.value))


@app.command()
def book(
    lang: LangOption = None,
    flows: FlowsOption = None,
    format: Annotated[BookFormat, typer.Option(help="One page, or one JSON object a screen.")] = BookFormat.html,
    step: Annotated[str, typer.Option(help="Only this flow or page, like kr/money/fund.")] = "",
    every_answer: Annotated[bool, typer.Option(help="Also screens that differ in nothing but the answer.")] = False,
) -> None:
    """Print every distinct screen, for review by lawyers, counsellors and translators."""
    from bot.cli.booking import book as run

    guide = _guide(flows)
    run(
        guide,
        _language(guide.languages, lang or guide.default_language),
        format.value,
        sys.stdout,
        step=step,
        every_answer=every_answer,
    )


@app.command()
def figures(flows: FlowsOption = None) -> None:
    """Print how many taps the help is away, and how hard the texts are to read."""
    from bot.cli.measuring import figures as run

    run(_guide(flows), sys.stdout)


@app.command()
def listen(lang: LangOption = None, flows: FlowsOption = None) -> None:
    """Say what typed words would be taken for: crisis, topic:<id> or unknown, one line for each of stdin."""
    from bot.cli.hearing import listen as run

    raise typer.Exit(run(_guide(flows), lang, sys.stdin.buffer, sys.stdout, sys.stderr))


@app.command()
def settings() -> None:
    """Print every setting, its default and its meaning."""
    from bot.cli.explaining import explain

    explain(sys.stdout)


def _settings() -> Settings:
    """The settings, or their problems on stderr and exit code 2."""
    from pydantic import ValidationError

    from bot.cli.explaining import mistakes

    try:
        return Settings()
    except ValidationError as wrong:
        sys.stderr.write(mistakes(wrong))
        raise typer.Exit(2) from None


def _folder(flows: Path | None) -> Path:
    folder = flows or _settings().flows
    if not folder.is_dir():
        sys.stderr.write("The folder of the flow files does not exist. Give one with --flows or FLOWS.\n")
        raise typer.Exit(2)
    return folder


def _guide(flows: Path | None) -> "Guide":
    """The guide of a folder, or its problems on stderr and exit code 1."""
    from bot.cli.checking import guide_or_problems

    guide = guide_or_problems(_folder(flows), sys.stderr)
    if guide is None:
        raise typer.Exit(1)
    return guide


def _language(languages: "Iterable[str]", wanted: str) -> str:
    if wanted not in languages:
        sys.stderr.write("--lang is one of: " + ", ".join(languages) + "\n")
        raise typer.Exit(2)
    return wanted
