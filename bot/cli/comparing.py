"""`diff`: who is affected by what changed in the flow files since a revision of the repository."""

import io
import json
import subprocess
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.core.guide import Guide
from bot.flowfiles.differing import Change, differences
from bot.flowfiles.reading import read_files

GIT_SECONDS = 30


class NoRevision(Exception):
    """The folder is in no repository, or this revision of it cannot be read as a guide."""


def compare(old: Guide, new: Guide, format: str) -> str:
    """The differences as `text`, `markdown` for a pull request, or `json`, one object a line."""
    return _FORMATS[format](differences(old, new))


def guide_at(revision: str, folder: Path) -> Guide:
    """The guide of a folder as it was at a revision.

    Raises:
        NoRevision: with a sentence that says what to do.
    """
    tree = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}").decode().strip()
    if not tree:
        raise NoRevision(f'There is no revision "{revision}" of this folder. `git log --oneline` lists them.')
    archived = _git(folder, "archive", "--format=tar", tree, "--", ".")
    with tarfile.open(fileobj=io.BytesIO(archived)) as archive:
        files = {
            member.name.removeprefix("./"): found.read().decode("utf-8", "surrogateescape")
            for member in archive
            if member.name.endswith(".yaml") and (found := archive.extractfile(member))
        }
    guide = read_files(files).guide
    if guide is None:
        raise NoRevision(f'The flow files at "{revision}" have errors, so that nothing can be compared with them.')
    return guide


def _git(folder: Path, *words: str) -> bytes:
    """What git says; nothing when it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, timeout=GIT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise NoRevision("git is needed to look at an earlier revision, and it did not answer.") from None
    return b"" if done.returncode else done.stdout


def _text(changes: Sequence[Change]) -> str:
    if not changes:
        return "Nothing that a person sees has changed.\n"
    out = []
    for change in changes:
        out.append(f"{change.kind} {change.name}: {change.how}" + "".join(f", {what}" for what in change.what))
        out += [f"    for {people}" for people in change.people]
        out += [f"    moved: {moved}" for moved in change.moved]
    return "\n".join(out) + f"\n{_counted(changes)}\n"


def _markdown(changes: Sequence[Change]) -> str:
    if not changes:
        return "Nothing that a person sees has changed.\n"
    out = [f"**{_counted(changes)}**", "", "| what | change | for whom |", "|---|---|---|"]
    for change in changes:
        what = "<br>".join((change.how, *change.what))
        whom = "<br>".join((*change.people, *(f"**moved** {moved}" for moved in change.moved)))
        out.append(f"| {change.kind} `{change.name}` | {_cell(what)} | {_cell(whom)} |")
    return "\n".join(out) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def _json(changes: Sequence[Change]) -> str:
    return "".join(json.dumps(asdict(change), ensure_ascii=False) + "\n" for change in changes)


def _counted(changes: Sequence[Change]) -> str:
    counts = {kind: sum(change.kind == kind for change in changes) for kind in ("step", "fact", "letter")}
    said = [f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in counts.items() if number]
    return "Changed: " + ", ".join(said)


_FORMATS: dict[str, Callable[[Sequence[Change]], str]] = {"text": _text, "markdown": _markdown, "json": _json}
