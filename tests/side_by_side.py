"""`make test`: two halves of the tests beside each other, one a core. Each half has servers of its own.

With arguments they are pytest's own, and there is one run: `make test ARGS="tests/stories -k digest"`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

# These share one running house; the rest keeps a core busy. The folders not named here are the second half.
FIRST_HALF = ("tests/stories", "tests/workers")


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every test of both halves passed."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments])
    with tempfile.TemporaryFile("w+") as written:
        beside = subprocess.Popen([sys.executable, "-m", "pytest", *FIRST_HALF], stdout=written, stderr=written)
        try:
            print(f"{' '.join(FIRST_HALF)} run beside this; what they say follows at the end.", flush=True)
            codes = [subprocess.call([sys.executable, "-m", "pytest", *_second_half()])]
            print(f"waiting for {' '.join(FIRST_HALF)}", flush=True)
            codes.append(beside.wait())
        finally:
            if beside.poll() is None:
                beside.terminate()
                beside.wait()
        written.seek(0)
        print(written.read(), flush=True)
    return max(codes, key=abs)


def _second_half() -> list[str]:
    """Every other folder and file of tests."""
    here = Path(__file__).parent
    parts = sorted(path for path in here.iterdir() if path.is_dir() or path.name.startswith("test_"))
    named = [f"tests/{path.name}" for path in parts if f"tests/{path.name}" not in FIRST_HALF]
    return [name for name in named if any(Path(name).rglob("test_*.py")) or name.endswith(".py")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
