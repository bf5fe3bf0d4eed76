"""What the bot says about itself: name, descriptions and the one command, in every language of the guide.

All of it is neutral, because it stands in the chat list. Each text is asked for first and set only where it
differs: the server allows few changes. Nothing here may stop the bot.
"""

import asyncio
from collections.abc import Iterator
from typing import Any

from aiogram.methods import (
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.types import BotCommand

from bot.channels.telegram.calling import Answer, Calling
from bot.channels.telegram.drawing import words
from bot.channels.telegram.pausing import FIRST, MOST
from bot.channels.telegram.reporting import Reporting
from bot.core.guide import Guide

CALL_SECONDS = 10
MOST_NAME, MOST_SHORT, MOST_DESCRIPTION, MOST_COMMAND = 64, 120, 512, 256


Wanted = tuple[TelegramMethod[Any], Any, TelegramMethod[Any]]  # ask, the answer that is wanted, set


async def set_up(calling: Calling, guide: Guide, reporting: Reporting) -> None:
    """Set whatever differs. A server that refuses or does not know a method is left alone."""
    for ask, wanted, change in wishes(guide):
        answer = await _insist(calling, ask)
        if answer.outcome == "done" and answer.value == wanted:
            continue
        answer = await _insist(calling, change)
        if answer.outcome != "done":
            reporting.trouble("telegram_setup_refused")


def wishes(guide: Guide) -> Iterator[Wanted]:
    """What is wanted: for everybody in the default language, then for each language."""
    for code, language in [("", guide.default_language), *((code, code) for code in guide.languages)]:
        name = words(guide, "neutral-title", language)
        line = words(guide, "neutral-line", language)
        about = words(guide, "telegram-about", language) or line
        begin = words(guide, "telegram-command", language) or words(guide, "start-again", language)
        yield from _wishes(code, name, about, line, begin)


def _wishes(code: str, name: str, about: str, line: str, begin: str) -> Iterator[Wanted]:
    if 0 < len(name) <= MOST_NAME:
        yield GetMyName(language_code=code), {"name": name}, SetMyName(name=name, language_code=code)
    if 0 < len(about) <= MOST_DESCRIPTION:
        change = SetMyDescription(description=about, language_code=code)
        yield GetMyDescription(language_code=code), {"description": about}, change
    if 0 < len(line) <= MOST_SHORT:
        short = SetMyShortDescription(short_description=line, language_code=code)
        yield GetMyShortDescription(language_code=code), {"short_description": line}, short
    if 0 < len(begin) <= MOST_COMMAND:
        commands = SetMyCommands(commands=[BotCommand(command="start", description=begin)], language_code=code)
        yield GetMyCommands(language_code=code), [{"command": "start", "description": begin}], commands


async def _insist(calling: Calling, method: TelegramMethod[Any]) -> Answer:
    """Call until the server answers; an ordered pause of more than a minute counts as a refusal."""
    pause = FIRST
    while True:
        answer = await calling.once(method, CALL_SECONDS)
        if answer.outcome != "wait" or answer.wait > MOST:
            return answer
        await asyncio.sleep(answer.wait or pause)
        pause = min(MOST, pause * 2)
