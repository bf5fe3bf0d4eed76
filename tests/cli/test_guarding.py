"""Memory stays in memory: no core dumps, no reading from outside, a warning about swap."""

import subprocess
import sys
from pathlib import Path

from bot.cli.guarding import swaps_to_disk

HEAD = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


def test_a_guarded_process_leaves_no_core_and_cannot_be_read() -> None:
    """In a process of its own: the limit is 0, hard and soft, and the kernel says it is not dumpable."""
    code = (
        "import ctypes, resource; from bot.cli.guarding import guard_memory; guard_memory();"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "(0, 0) 0"


def test_swap_on_a_disk_is_noticed_and_compressed_memory_is_not(tmp_path: Path) -> None:
    """A partition counts, zram does not, and neither does a machine without swap or without the file."""
    swaps = tmp_path / "swaps"
    for lines, found in (("/dev/sda2 partition 8 0 -2\n", True), ("/dev/zram0 partition 8 0 -2\n", False), ("", False)):
        swaps.write_text(HEAD + lines, "ascii")
        assert swaps_to_disk(swaps) is found
    assert swaps_to_disk(tmp_path / "absent") is False
