"""What importing all readers costs a fresh process, in milliseconds and in memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.row import Measured, Row, at_most

MOST_MS, MOST_MB = 50.0, 15.0
# Whoever reads replies has these of the standard library loaded already.
_GROUND = "import re, json, datetime, zoneinfo, dataclasses, enum, unicodedata, importlib.resources"
_ASK = """
import os, resource, time
{ground}
def resident():
    if os.path.exists("/proc/self/statm"):
        return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # macOS counts bytes
before, began = resident(), time.process_time()
import service.understand
print((time.process_time() - began) * 1000, resident() - before)
"""


def _fresh() -> tuple[float, float]:
    """Milliseconds of its own time and megabytes, in a process that had imported nothing of ours."""
    code = _ASK.format(ground=_GROUND)
    keeping = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=keeping)
    milliseconds, megabytes = asked.stdout.split()
    return float(milliseconds), float(megabytes)


def _milliseconds() -> Iterator[Measured]:
    _fresh()  # compiles what is not compiled yet
    while True:
        yield Measured(_fresh()[0], MOST_MS)


def _megabytes() -> Iterator[Measured]:
    while True:
        yield Measured(_fresh()[1], MOST_MB)


ROWS = (
    Row("import of all readers", "ms", "what a command may take to start", at_most(1), _milliseconds, times=9),
    Row("memory of all readers", "MB", "what a small machine can spare", at_most(1), _megabytes, times=5),
)
