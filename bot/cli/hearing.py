"""`listen`: what typed words would be taken for, so that authors can try their lists."""

from collections.abc import Iterable
from typing import TextIO

from bot.core.guide import Guide
from bot.core.listening import heard


def listen(guide: Guide, language: str | None, lines: Iterable[bytes], out: TextIO, wrong: TextIO) -> int:
    """One line for each line: `crisis`, `topic:<id>` or `unknown`, and nothing of the text. The exit code.

    All languages count; `language` decides between topics that are equally likely.
    """
    if guide.ears is None:
        wrong.write("This guide has no listening.yaml, so that every typed text is unknown.\n")
        return 1
    if language is not None and language not in guide.ears.languages:
        wrong.write("--lang is one of: " + ", ".join(guide.ears.languages) + "\n")
        return 2
    for line in lines:
        found = heard(guide.ears, line.decode("utf-8", "replace"), language)
        out.write((f"topic:{found.topics[0]}" if found.topics else found.kind) + "\n")
        out.flush()
    return 0
