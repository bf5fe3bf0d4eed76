"""Edited flow files come into use while the bot runs; a guide with problems never does."""

import asyncio
import logging
from pathlib import Path

from bot import logs
from bot.cli.checking import message_length
from bot.flowfiles.check import check_reading
from bot.flowfiles.reading import read_folder
from bot.flowfiles.stamps import stamps
from bot.pressing import Pressing

PAUSE = 2.0  # seconds between two looks at the files


async def reload_on_change(folder: Path, pressing: Pressing, stop: asyncio.Event, pause: float = PAUSE) -> None:
    """Look at the files until `stop`; when they have changed and are free of errors, use them."""
    seen = await asyncio.to_thread(stamps, folder)
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            now = await asyncio.to_thread(stamps, folder)
            if now != seen:
                seen = now
                await _reload(folder, pressing)


async def _reload(folder: Path, pressing: Pressing) -> None:
    try:
        reading = await asyncio.to_thread(read_folder, folder)
        await asyncio.to_thread(check_reading, reading, message_length)
    except (OSError, UnicodeDecodeError):  # a file that vanished or is half written
        logs.event("guide_kept", logging.WARNING)
        return
    if reading.guide is None or reading.problems.errors:
        logs.event("guide_kept", logging.WARNING)
        return
    pressing.sealing.reload(reading.guide, pressing.clock())
    logs.event("guide_reloaded")
