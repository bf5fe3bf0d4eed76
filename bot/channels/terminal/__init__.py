"""The terminal: a numbered menu for testers, for scripts through a pipe, and over SSH."""

from bot.channels.terminal.chat import run

__all__ = ["run"]
