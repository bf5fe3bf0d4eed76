"""The Telegram channel: one card in a private chat, edited in place. The only package that imports aiogram.

`Telegram` is looked up late, so that `drawing` can be used without aiogram, whose import takes seconds.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.channels.telegram.serving import Telegram

__all__ = ["Telegram"]


def __getattr__(name: str) -> Any:
    if name == "Telegram":
        from bot.channels.telegram.serving import Telegram

        return Telegram
    raise AttributeError(name)
