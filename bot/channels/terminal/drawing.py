"""A screen as lines of text with numbered choices."""

from collections.abc import Sequence

from bot.core.plainly import plain_screen
from bot.core.shown import Button, Screen


def numbered(shown: Screen) -> list[Button]:
    """The buttons that can be chosen by number, in reading order; addresses and numbers stand in the text."""
    return [
        button
        for button in shown.all_buttons()
        if (button.session is not None or button.kind == "leave") and button.kind != "stay"  # nothing expires here
    ]


def written(shown: Screen) -> str:
    """The whole screen with its numbered choices, ending in a line break."""
    return f"\n{plain_screen(shown)}\n\n{listed(numbered(shown))}\n"


def listed(buttons: Sequence[Button]) -> str:
    """Choices with their numbers, one a line."""
    return "\n".join(
        f"{number:3} {button.label}{': ' + button.about if button.about else ''}"
        for number, button in enumerate(buttons, 1)
    )
