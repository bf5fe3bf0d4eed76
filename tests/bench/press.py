"""How long a press takes beside a fixed piece of work: `python -m tests.bench.press`.

Both are measured in turns in one run, so the ratio holds on slow and busy machines. The yardstick is one
AES-SIV seal of 32 bytes and the SHA-256 of 16 KiB: what any sealed chat would pay at least.
"""

import hashlib
import secrets
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from bot.core.screen import screen
from bot.flowfiles.reach import visits
from bot.flowfiles.reading import read_folder
from bot.sealing import Sealing
from bot.settings import FLOWS

ROUNDS = 2000


def main() -> None:
    """Print the median of a press, of the yardstick, and of their ratio pair by pair."""
    guide = read_folder(FLOWS).guide
    assert guide is not None
    sealing = Sealing(guide, 1800)
    now = datetime.now(UTC)
    sessions = [visit.session for visit in visits(guide, guide.default_language)]
    tokens = [sealing.seal(session, b"web", 0) for session in sessions]
    cipher, block = AESSIV(AESSIV.generate_key(512)), secrets.token_bytes(16384)

    def press(number: int) -> None:
        shown = screen(guide, sealing.open(tokens[number % len(tokens)], b"web", 0), now)
        for session in [button.session for button in shown.all_buttons() if button.session][:12]:
            sealing.seal(session, b"web", 0)

    def yardstick(number: int) -> None:
        cipher.encrypt(block[:32], [b"web"])
        hashlib.sha256(block).digest()

    pairs = [(timed(press, number * 37), timed(yardstick, number)) for number in range(ROUNDS)]
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"press {statistics.median(a for a, _ in pairs) * 1e6:.0f} µs", end=", ")
    print(f"yardstick {statistics.median(b for _, b in pairs) * 1e6:.0f} µs, ratio {ratio:.1f}")


def timed(work: Callable[[int], None], number: int) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work(number)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
