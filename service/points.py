"""Named moments at which a process may die: around each commit and each word with a network. The product never sets
a watcher; the fault tests start it under one of theirs, which kills, raises, cancels or hangs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Watcher = Callable[[str], Awaitable[None]]
_watcher: Watcher | None = None


def watch(watcher: Watcher | None) -> None:
    """Have `watcher` told of every point that is reached from now on in this process; None: nobody again."""
    global _watcher
    _watcher = watcher


def is_watched() -> bool:
    """Whether somebody watches: never in production."""
    return _watcher is not None


async def reach(point: str) -> None:
    """This moment. It costs one comparison where nobody watches.

    Raises: whatever the watcher raises, under a fault test.
    """
    if _watcher is not None:
        await _watcher(point)


@asynccontextmanager
async def spoken_to(network: str) -> AsyncIterator[None]:
    """The block is one request to something outside: `.before` it leaves, `.after` it was answered.

    Raises: as `reach`.
    """
    await reach(f"{network}.before")
    yield
    await reach(f"{network}.after")
