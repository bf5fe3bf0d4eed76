"""A screen as a page. Template, style and script are read once."""

from collections import defaultdict
from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from bot.core.guide import Guide
from bot.core.parting import CLOSED, LEFT
from bot.core.shown import Button, Screen, ShownFact, ShownLetter
from bot.core.text import Bullets, Paragraph, plain
from bot.core.wording import interface
from bot.pressing import Pressing

BOUND_TO = b"web"


class Drawing:
    """Draws screens for one guide; `exit_url` is where the exit button leads."""

    def __init__(self, guide: Callable[[], Guide], exit_url: str) -> None:
        here = files(__package__)
        environment = Environment(
            autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, auto_reload=False
        )
        environment.tests["fact"] = lambda part: isinstance(part, ShownFact)
        environment.tests["letter"] = lambda part: isinstance(part, ShownLetter)
        environment.tests["bullets"] = lambda part: isinstance(part, Bullets)
        self._template = environment.from_string((here / "page.html").read_text("utf-8"))
        self._guide = guide
        self._exit_url = exit_url
        self.style = (here / "style.css").read_bytes()
        self.script = _bare((here / "script.js").read_text("utf-8")).encode()

    def page(self, screen: Screen, pressing: Pressing) -> str:
        """The whole page; `pressing` seals the session of each button and knows how long it lives."""

        def value(button: Button) -> str:
            assert button.session is not None
            return pressing.token(button.session, BOUND_TO)

        def word(key: str, **blanks: str) -> str:
            return interface(self._guide(), key, screen.language, **blanks)

        by_kind: defaultdict[str, list[Button]] = defaultdict(list)
        for button in screen.buttons:
            by_kind[button.kind].append(button)
        return self._template.render(
            screen=screen,
            is_outside=screen.step in (CLOSED, LEFT),
            asked=_asked(screen),
            by_kind=by_kind,
            value=value,
            word=word,
            idle=pressing.sealing.idle,
            minutes=str(pressing.minutes),
            exit_url=self._exit_url,
        )


def _bare(script: str) -> str:
    """A script without the lines and the space that only its readers need: it is sent at every visit."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _asked(screen: Screen) -> int:
    """Which part of a question's screen is the question: the last with a question mark; -1 on other screens."""
    if not screen.is_question:
        return -1
    marked = [n for n, part in enumerate(screen.body) if isinstance(part, Paragraph) and "?" in plain((part,))]
    return marked[-1] if marked else len(screen.body) - 1
