"""Settings in words: what there is, and what is wrong with one."""

from collections.abc import Iterator
from typing import TextIO

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from bot.settings import Settings


def explain(out: TextIO) -> None:
    """Write every setting with its default, meaning and an example."""
    for name, field in Settings.model_fields.items():
        out.write("\n".join(_lines(name, field)) + "\n\n")


def mistakes(wrong: ValidationError) -> str:
    """One line for each bad setting: its name, what is wrong, an example. Never the value itself."""
    return "".join(line + "\n" for line in _mistakes(wrong))


def _mistakes(wrong: ValidationError) -> Iterator[str]:
    for problem in wrong.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        message = problem["msg"].removeprefix("Value error, ")
        if not name:
            yield message
            continue
        example = _example(Settings.model_fields[name])
        yield f"{name.upper()}: {message}." + (f" Example: {name.upper()}={example}" if example else "")


def _lines(name: str, field: FieldInfo) -> Iterator[str]:
    default = field.get_default()
    yield f"{name.upper()}" + ("" if default in (None, ()) else f"  (default: {_plain(default)})")
    yield f"    {field.description}"
    example = _example(field)
    if example and example != _plain(default):
        yield f"    Example: {name.upper()}={example}"


def _example(field: FieldInfo) -> str:
    if field.examples:
        return str(field.examples[0])
    default = field.get_default()
    return "" if default in (None, ()) else _plain(default)


def _plain(value: object) -> str:
    if value is True:
        return "on"
    return f"{value:g}" if isinstance(value, float) else str(value)
