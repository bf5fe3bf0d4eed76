"""The audit of the image's lock: it finds what is wrong, and says whether it could ask about known holes."""

import importlib.util
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from packaging.requirements import Requirement

from tests.cli.test_serving import a_free_port

ROOT = Path(__file__).resolve().parents[1]
HASH = " \\\n    --hash=sha256:" + "0" * 64


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


audit = _loaded()


def there(**versions: str) -> dict[str, SimpleNamespace]:
    """An environment; `web` needs `http`, and `speed` only with an extra that nobody asks for."""
    needs = {"web": ["http>=1", 'speed; extra == "fast"', 'old; python_version < "3"']}
    return {name: SimpleNamespace(version=version, requires=needs.get(name)) for name, version in versions.items()}


def test_the_lock_of_the_image_is_pinned_with_hashes_to_the_last_line() -> None:
    """And it names what pyproject.toml declares."""
    locked, findings = audit.read((ROOT / ".ci" / "image.lock.txt").read_text("utf-8"))
    assert findings == []
    assert {audit.canonicalize_name(one.name) for one in audit.declared()} <= set(locked)


@pytest.mark.parametrize("lock", [f"web==1{HASH}\nhttp==2\n", f"web==1{HASH}\nhttp>=2{HASH}\n", f"web @ git+x{HASH}\n"])
def test_a_line_without_hash_or_version_is_found(lock: str) -> None:
    """Whatever could be exchanged unseen."""
    assert audit.read(lock)[1]


@pytest.mark.parametrize(
    ("locked", "installed", "found"),
    [
        ({"web": "1", "http": "2"}, {"web": "1", "http": "2", "pip": "9"}, []),
        ({"web": "1", "http": "2"}, {"web": "1", "http": "3"}, ["http is 3 in the image and 2 in the lock"]),
        ({"web": "1"}, {"web": "1"}, ["http is needed and not installed"]),
        (
            {"web": "1", "http": "2", "speed": "1"},
            {"web": "1", "http": "2", "speed": "1"},
            ["speed is locked and nothing needs it"],
        ),
    ],
)
def test_the_image_holds_what_the_lock_names_and_only_what_is_needed(
    locked: dict[str, str], installed: dict[str, str], found: list[str]
) -> None:
    """From the declared dependencies on, by what each says that it needs here."""
    assert audit.compared(locked, there(**installed), [Requirement("web>=1")]) == found


class _Source(BaseHTTPRequestHandler):
    known: tuple[str, ...] = ()

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"vulns": [{"id": "X"}]} if asked["package"]["name"] in self.known else {}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not into the tests' output."""


@pytest.fixture
def source() -> Iterator[str]:
    """The address of a source of advisories that knows the holes of `known`."""
    server = HTTPServer(("127.0.0.1", 0), _Source)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_source_counts_only_if_it_knows_an_old_hole(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mirror that answers everything with nothing is no source."""
    assert not audit.reachable(source)
    monkeypatch.setattr(_Source, "known", ("jinja2",))
    assert audit.reachable(source)


def test_without_a_source_the_rest_is_checked_and_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run does not fail because the network is away; a hole that a source knows fails it."""
    monkeypatch.setattr(audit, "installed", lambda environment: {})
    monkeypatch.setattr(audit, "compared", lambda *_: [])
    monkeypatch.setattr(audit, "checked", lambda environment: [])
    nowhere = f"http://127.0.0.1:{a_free_port()}/"
    assert audit.main(Path(sys.prefix), osv=nowhere) == 0
    assert "no source of advisories in reach" in capsys.readouterr().out
    monkeypatch.setattr(audit, "reachable", lambda *_: True)
    monkeypatch.setattr(audit, "advised", lambda *_: ["aiohttp 3: X"])
    assert audit.main(Path(sys.prefix)) == 1
    assert "advisories asked of osv; 1 findings" in capsys.readouterr().out
