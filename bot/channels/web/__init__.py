"""The web chat: plain pages that work without JavaScript, cookies or an account."""

from bot.channels.web.app import application
from bot.channels.web.connections import Limits
from bot.channels.web.serving import run

__all__ = ["Limits", "application", "run"]
