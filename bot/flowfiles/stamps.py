"""Whether a flow file was saved."""

from pathlib import Path


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Time of change and size of each flow file, to see whether one was saved."""
    found = {}
    for path in folder.rglob("*.yaml"):
        try:
            state = path.stat()
        except OSError:  # it went just now
            continue
        found[str(path)] = (state.st_mtime_ns, state.st_size)
    return found
