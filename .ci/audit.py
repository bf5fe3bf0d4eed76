"""Audits what the image is built from: the lock, and the environment that was installed from it.

    python .ci/audit.py ENVIRONMENT

Always: every requirement has hashes, exactly those versions are installed, each is reached from the list in
pyproject.toml, and `pip check` finds nothing. Where a source of advisories can be reached, pip-audit asks it
about every requirement too. The last line says which of the two was done. Exits with 1 on any finding; a
source that cannot be reached is no finding.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
import urllib.error
import urllib.request
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / ".ci" / "image.lock.txt"
TOOL = "pip-audit==2.10.1"
OLD = ("jinja2", "2.4.1")  # has known holes: a source that knows none of them is no source
OSV = "https://api.osv.dev/v1/query"
SHIPPED_WITH_AN_ENVIRONMENT = {"pip", "setuptools"}
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)((?:\s*\\\s+--hash=sha256:[0-9a-f]{64})*)\s*$", re.M)


def main(environment: Path, lock: Path = LOCK, osv: str = OSV) -> int:
    """Print every finding and what was done; the exit code."""
    locked, findings = read(lock.read_text("utf-8"))
    findings += compared(locked, installed(environment), declared())
    findings += checked(environment)
    asked_there = reachable(osv)
    if asked_there:
        findings += advised(lock, osv)
    for finding in findings:
        print(f"audit: {finding}")
    asked = "advisories asked of osv" if asked_there else "no source of advisories in reach, so none were asked"
    print(f"audit: {len(locked)} requirements; hashes, versions and origins checked; {asked}; {len(findings)} findings")
    return 1 if findings else 0


def read(lock: str) -> tuple[dict[str, str], list[str]]:
    """The versions by name, and what is wrong with the lines."""
    found = {canonicalize_name(name): (version, hashes) for name, version, hashes in _PINNED.findall(lock)}
    findings = [f"{name} has no hash in the lock" for name, (_, hashes) in found.items() if not hashes]
    lines = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    findings += [] if len(lines) == len(found) else ["the lock has a line that is no pinned requirement"]
    return {name: version for name, (version, _) in found.items()}, findings


def installed(environment: Path) -> dict[str, Distribution]:
    """What is installed in an environment."""
    places = [str(path) for path in environment.glob("lib/python3.*/site-packages")]
    return {canonicalize_name(found.name): found for found in distributions(path=places)}


def declared() -> list[Requirement]:
    """The dependencies of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def compared(locked: dict[str, str], there: dict[str, Distribution], wanted: list[Requirement]) -> list[str]:
    """Where the lock, the environment and the declared dependencies differ."""
    versions = {name: found.version for name, found in there.items() if name not in SHIPPED_WITH_AN_ENVIRONMENT}
    findings = [
        f"{name} is {versions.get(name, 'absent')} in the image and {locked.get(name, 'absent')} in the lock"
        for name in sorted(versions | locked)
        if versions.get(name) != locked.get(name)
    ]
    reached: set[str] = set()
    queue = list(wanted)
    while queue:
        one = queue.pop()
        name = canonicalize_name(one.name)
        key = f"{name}[{','.join(sorted(one.extras))}]"
        if key in reached or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        reached |= {key, name}
        if name not in there:
            findings.append(f"{name} is needed and not installed")
            continue
        for line in there[name].requires or ():
            needed = Requirement(line)
            if not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *one.extras)):
                needed.marker = None
                queue.append(needed)
    return findings + [f"{name} is locked and nothing needs it" for name in sorted(set(locked) - reached)]


def checked(environment: Path) -> list[str]:
    """What `pip check` says."""
    done = subprocess.run([environment / "bin" / "python", "-m", "pip", "check"], capture_output=True, text=True)
    return done.stdout.splitlines() if done.returncode else []


def reachable(osv: str) -> bool:
    """Whether the source of advisories answers, and knows what everybody knows."""
    query = {"version": OLD[1], "package": {"name": OLD[0], "ecosystem": "PyPI"}}
    asked = urllib.request.Request(osv, json.dumps(query).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=15) as answer:
            return bool(json.load(answer).get("vulns"))
    except (OSError, ValueError, AttributeError):
        return False


def advised(lock: Path, osv: str) -> list[str]:
    """What pip-audit, from an environment of its own, finds about the lock."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        tool, report = Path(folder) / "bin" / "pip-audit", Path(folder) / "report.json"
        subprocess.run([Path(folder) / "bin" / "pip", "install", "-qq", TOOL], check=True)
        done = subprocess.run(
            [tool, "-r", lock, "--require-hashes", "--disable-pip", "--strict", "--progress-spinner", "off",
             "-s", "osv", "--osv-url", osv, "-f", "json", "-o", report],
            capture_output=True, text=True,
        )  # fmt: skip
        told = json.loads(report.read_text("utf-8"))["dependencies"] if report.exists() else []
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in told for hole in one.get("vulns", ())]
    unanswered = [] if told and (holes or done.returncode == 0) else ["pip-audit gave no answer: " + done.stderr[-500:]]
    return holes + unanswered


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
