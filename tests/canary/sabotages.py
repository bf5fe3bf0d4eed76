"""The filters, taken out one at a time: with each of them gone the proof has to find something.

A sabotage changes lines of the program's source while it is loaded, in one process, and says where the canary
must then come out. A line that is not there any more fails loudly: the sabotage has to follow the program.
"""

from typing import NamedTuple

Change = tuple[str, str, str]  # module, what stands there once, what is put instead

_SHOW = '__import__("traceback").print_exc()'
_LOGS = "bot.logs"
_NO_LOGS = "    logging.disable(sys.maxsize)\n"


class Sabotage(NamedTuple):
    """`sink`: where something is found then; `ends`: the whole program is made to fail."""

    name: str
    sink: str
    changes: tuple[Change, ...]
    ends: bool = False


NONE = Sabotage("nothing is taken out", "", ())


def _of_logs(name: str, *changes: tuple[str, str], ends: bool = False) -> Sabotage:
    return Sabotage(name, "stderr", tuple((_LOGS, old, new) for old, new in changes), ends)


def _of(name: str, sink: str, module: str, old: str, new: str) -> Sabotage:
    return Sabotage(name, sink, ((f"bot.channels.{module}", old, new),))


LOGS = (
    _of_logs("libraries do not log", (_NO_LOGS, "")),
    _of_logs(
        "asyncio does not log",
        (_NO_LOGS, f"{_NO_LOGS}    logging.getLogger('asyncio').manager = logging.Manager(logging.root)\n"),
    ),
    _of_logs("warnings are not shown", ("    _without_warnings()\n", "")),
    _of_logs(
        "a filter of a library shows no warnings", ("warnings.showwarning = _silent", "warnings.simplefilter('always')")
    ),
    _of_logs(
        "a crash shows no traceback", ("sys.excepthook = _crashed", "sys.excepthook = sys.__excepthook__"), ends=True
    ),
    _of_logs("what cannot be raised is not shown", ("sys.unraisablehook = unseen", "pass")),
    _of_logs("a thread does not show its failure", ("threading.excepthook = unseen", "pass")),
    _of_logs(
        "a line that cannot be written is not explained",
        ("logging.raiseExceptions = False", "pass"),
        ("%(levelname)s %(message)s", "%(nothing)s"),
    ),
    Sabotage(
        "the access log is off",
        "stderr",
        (
            (_LOGS, _NO_LOGS, "    logging.basicConfig(level=logging.INFO)\n"),
            ("bot.channels.web.connections", "access_log=None", 'access_log=__import__("logging").getLogger("access")'),
        ),
    ),
)

CHANNELS = (
    _of("a failure of the web chat is not named", "stderr", "web.guarding", 'logs.event("web_failed", ', f"{_SHOW}, ("),
    _of("what is no HTTP is not sent back", "web answers", "web.connections", "def handle_error(", "def _unused("),
    _of("libraries forget addresses", "live objects", "web.connections", "cached.cache_clear()", "pass"),
    _of("no encoding is asked for", "live objects", "web.app", 'if more not in ("", "charset=utf-8")', "if False"),
    _of(
        "a failure in a turn is not named",
        "stderr",
        "telegram.turns",
        "            self._failed()",
        f"            {_SHOW}",
    ),
    _of(
        "a failed call is not named",
        "stderr",
        "telegram.calling",
        "Exception:  # no connection",
        f"Exception:\n            {_SHOW}  #",
    ),
    Sabotage(
        "an unreadable update is not named",
        "stderr",
        tuple(
            ("bot.channels.telegram.reading", old, new)
            for old, new in (
                ("hide_input_in_errors=True", "hide_input_in_errors=False"),
                (
                    "except (ValidationError, RecursionError):\n",
                    f"except (ValidationError, RecursionError):\n        {_SHOW}\n",
                ),
            )
        ),
    ),
    _of(
        "a turn is not kept",
        "live objects",
        "telegram.turns",
        "[chat] = turn\n",
        "[chat] = turn\n                globals().setdefault('kept', []).append(turn)\n",
    ),
    _of("the last updates are let go", "live objects", "telegram.receiving", "            del answer", "            #"),
    _of("cards are forgotten", "live objects", "telegram.cards", "now - card.used >= self.idle]", "False]"),
    _of("a long pause is forgotten", "live objects", "telegram.sending", "self._idle)", "1e9)"),
    _of(
        "no file is written",
        "files",
        "telegram.receiving",
        "arrived = read(raw",
        "open('trace', 'w').write(str(raw)); arrived = read(raw",
    ),
    _of(
        "words are not sent on",
        "requests to Telegram",
        "telegram.answering",
        "number = await self._sending.send(turn.chat, drawn, turn.newer)",
        "number = await self._sending.send(turn.chat, drawn._replace(text=turn.language), turn.newer)",
    ),
)

ALL = (*LOGS, *CHANNELS)
