"""`make test`: four parts of the tests beside each other, each with servers of its own. Alone each would leave a core
idle for half of its time: stories wait for the processes they talk to. Arguments are pytest's own, and make it one run.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
# Parts that take about as long as each other. Whatever none of them names is a part of its own, shown first.
PARTS = (
    ("stories/test_[a-m]*.py", "workers", "calls"),
    ("stories/test_[n-z]*.py", "cover"),
    ("browser", "crashes", "faults"),
)
# What only computes gives way: a story waits for many short turns of its processes, one after another.
KINDLY = ("nice", "-n", "10")
LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Part:
    """One run of pytest, and the file that it writes to."""

    process: subprocess.Popen[bytes]
    writes: Path
    title: str


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every test of every part passed."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # its parts end with it
    named = [[path for pattern in patterns for path in sorted(HERE.glob(pattern))] for patterns in PARTS]
    rest = [path for path in sorted(HERE.iterdir()) if _holds_tests(path) and not any(path in part for part in named)]
    with tempfile.TemporaryDirectory() as folder:
        parts = [
            _begin(paths, Path(folder) / str(i), is_patient=i == 0)
            for i, paths in enumerate((_without_stories(rest), *named))
        ]
        try:
            for part in parts:
                _follow(part)
        finally:
            for part in parts:
                part.process.terminate()
                part.process.wait()
    codes = [part.process.returncode for part in parts]
    for part, code in zip(parts, codes, strict=True):
        print(f"{'passed' if code == 0 else 'FAILED'}: {part.title}", flush=True)
    return max(codes, key=abs)


def _begin(paths: Sequence[Path], writes: Path, *, is_patient: bool) -> Part:
    named = [str(path.relative_to(HERE.parent)) for path in paths]
    with writes.open("wb") as out:
        command = [*(KINDLY if is_patient else ()), sys.executable, "-m", "pytest", *named]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    return Part(process, writes, f"{named[0]} … {named[-1]}")


def _follow(part: Part) -> None:
    """Show what it says until it has ended. The others go on meanwhile and are shown in their turn."""
    print(f"== {part.title}", flush=True)
    with part.writes.open(encoding="utf-8", errors="replace") as said:
        while part.process.poll() is None:
            time.sleep(LOOK_SECONDS)
            print(said.read(), end="", flush=True)
        print(said.read(), flush=True)


def _holds_tests(path: Path) -> bool:
    return (path.is_dir() and any(path.rglob("test_*.py"))) or (path.name.startswith("test_") and path.suffix == ".py")


def _without_stories(paths: Sequence[Path]) -> list[Path]:
    """The folder of stories is named by its files."""
    return [path for path in paths if path.name != "stories"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
