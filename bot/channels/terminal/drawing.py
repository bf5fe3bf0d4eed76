"""A screen as lines of text with numbered choices."""

from bot.core.plainly import plain_screen
from bot.core.shown import Button, Screen


def numbered(shown: Screen) -> list[Button]:
    """The buttons that can be chosen by number, in reading order; addresses and numbers stand in the text."""
    return [button for button in shown.all_buttons() if button.session is not None or button.kind == "leave"]


def written(shown: Screen) -> str:
    """The whole screen with its numbered choices, ending in a line break."""
    lines = ["", plain_screen(shown), ""]
    for number, button in enumerate(numbered(shown), 1):
        about = f": {button.about}" if button.about else ""
        lines.append(f"{number:3} {button.label}{about}")
    return "\n".join(lines) + "\n"
