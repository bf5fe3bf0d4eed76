"""What the commands share: where the flows are, which language, and a clear refusal."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.core.guide import Guide

FlowsOption = Annotated[Path | None, typer.Option("--flows", help="Folder of the flow files.", show_default=False)]
LangOption = Annotated[str | None, typer.Option("--lang", help="Language, like ko.", show_default=False)]


def the_settings() -> Settings:
    """The settings, or their problems on stderr and exit code 2."""
    from pydantic import ValidationError

    from bot.cli.explaining import mistakes

    try:
        return Settings()
    except ValidationError as wrong:
        sys.stderr.write(mistakes(wrong))
        raise typer.Exit(2) from None


def the_folder(flows: Path | None) -> Path:
    folder = flows or the_settings().flows
    if not folder.is_dir():
        sys.stderr.write("The folder of the flow files does not exist. Give one with --flows or FLOWS.\n")
        raise typer.Exit(2)
    return folder


def the_guide(flows: Path | None) -> "Guide":
    """The guide of a folder, or its problems on stderr and exit code 1."""
    from bot.cli.checking import guide_or_problems

    guide = guide_or_problems(the_folder(flows), sys.stderr)
    if guide is None:
        raise typer.Exit(1)
    return guide


def the_language(languages: Iterable[str], wanted: str) -> str:
    if wanted not in languages:
        sys.stderr.write("--lang is one of: " + ", ".join(languages) + "\n")
        raise typer.Exit(2)
    return wanted


def refuse(words: str) -> NoReturn:
    sys.stderr.write(words.strip() + "\n")
    raise typer.Exit(2)
