"""The small guide in a folder, for what reads folders."""

from pathlib import Path

from tests.small import FILES


def written(folder: Path, **changed: str) -> Path:
    """Write the small guide below `folder`; `plan=...` changes plan.yaml."""
    files = {**FILES, **{name.replace("__", "/") + ".yaml": text for name, text in changed.items()}}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
