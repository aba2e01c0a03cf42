"""The spool keeps what came in, sealed and in order; a crash anywhere loses nothing that was acknowledged."""

from __future__ import annotations

import asyncio
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.spool import LINES, Spool, SpoolFull
from service.vault import Vault

KEY, NEXT_KEY, LOOKUP = (bytes([letter]) * 32 for letter in b"knl")
vault = Vault((KEY,), LOOKUP)
events = st.lists(st.text(min_size=1, max_size=40), max_size=8)
# Keeps one event and is killed before it can do anything else.
KEEP_AND_DIE = """
import asyncio, os, signal, sys
from pathlib import Path
from service.spool import Spool
from service.vault import Vault
asyncio.run(Spool(Path(sys.argv[1]), Vault((b"k" * 32,), b"l" * 32)).keep(sys.argv[2]))
os.kill(os.getpid(), signal.SIGKILL)
"""


async def replayed(spool: Spool) -> list[str]:
    """What the spool gave back, all of it taken."""
    taken: list[str] = []

    async def take(event: str) -> bool:
        taken.append(event)
        return True

    assert await spool.replay(take)
    return taken


@contextmanager
def a_folder() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder) / "spool"


@settings(max_examples=40)
@given(events, events)
def test_events_come_back_once_in_their_order_and_nothing_is_left(first: list[str], later: list[str]):
    async def story(spool: Spool) -> None:
        for event in first:
            await spool.keep(event)
        assert spool.depth() == len(first)
        assert await replayed(spool) == first
        for event in later:
            await spool.keep(event)
        assert await replayed(spool) == later
        assert await replayed(spool) == []
        assert spool.is_empty()

    with a_folder() as folder:
        asyncio.run(story(Spool(folder, vault)))


@settings(max_examples=60)
@given(st.data())
def test_a_line_cut_off_anywhere_loses_no_other(data: st.DataObject):
    """The power goes while the last line is being written; somebody writes on after it."""

    async def story(folder: Path) -> None:
        spool = Spool(folder, vault)
        for event in ("4 tired", "8"):
            await spool.keep(event)
        whole = (folder / LINES).read_bytes()
        await spool.keep("never acknowledged")
        length = data.draw(st.integers(len(whole), (folder / LINES).stat().st_size - 1))
        with (folder / LINES).open("r+b") as file:
            file.truncate(length)
        if data.draw(st.booleans()):
            await spool.keep("PAUSE")
            expected = ["4 tired", "8", "PAUSE"]
        else:
            expected = ["4 tired", "8"]

        taken = await replayed(spool)

        # All but the line's own end had reached the disk: then it is whole.
        assert [event for event in taken if event != "never acknowledged"] == expected
        assert spool.is_empty()

    with a_folder() as folder:
        asyncio.run(story(folder))


@pytest.mark.promise(6)
async def test_what_was_kept_before_a_kill_is_there_after_it(tmp_path: Path):
    for event in ("4 tired", "8"):
        dying = await asyncio.create_subprocess_exec(sys.executable, "-c", KEEP_AND_DIE, str(tmp_path / "spool"), event)
        assert await dying.wait() == -signal.SIGKILL

    assert await replayed(Spool(tmp_path / "spool", vault)) == ["4 tired", "8"]


async def test_words_are_sealed_on_the_disk_and_gone_as_soon_as_they_were_taken(tmp_path: Path):
    spool = Spool(tmp_path / "spool", vault)
    for event in ("I want to die", "4 tired"):
        await spool.keep(event)
    on_disk = (tmp_path / "spool" / LINES).read_bytes()
    assert b"die" not in on_disk
    sealed = on_disk.splitlines()
    seen: list[list[bool]] = []

    async def take(_event: str) -> bool:
        now_there = (tmp_path / "spool" / LINES).read_bytes()
        seen.append([line in now_there for line in sealed])
        return True

    assert await spool.replay(take)

    assert seen == [[True, True], [False, True]]
    assert (tmp_path / "spool" / LINES).read_bytes() == b""
    assert (tmp_path / "spool").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "spool" / LINES).stat().st_mode & 0o777 == 0o600


async def test_a_full_spool_says_so_and_keeps_what_it_has(tmp_path: Path):
    spool = Spool(tmp_path / "spool", vault, limit_bytes=400)
    kept = ["event 0", "event 1", "event 2"]
    for event in kept:
        await spool.keep(event)

    with pytest.raises(SpoolFull):
        await spool.keep("one too many" * 40)

    assert await replayed(spool) == kept
    await spool.keep("room again")
    assert await replayed(spool) == ["room again"]


async def test_a_full_disk_keeps_no_part_of_a_line(tmp_path: Path):
    spool = Spool(tmp_path / "spool", vault)
    await spool.keep("4 tired")
    size = spool.size()

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, hard))
    try:
        with pytest.raises(SpoolFull):
            await spool.keep("8")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert spool.size() == size
    assert await replayed(spool) == ["4 tired"]


async def test_of_two_processes_that_replay_one_takes_each_event(tmp_path: Path):
    one, other = Spool(tmp_path / "spool", vault), Spool(tmp_path / "spool", vault)
    for n in range(5):
        await one.keep(f"event {n}")
    taken: list[str] = []

    async def take(event: str) -> bool:
        assert not await other.replay(take)  # the other's turn has not come
        taken.append(event)
        return True

    assert await one.replay(take)

    assert taken == [f"event {n}" for n in range(5)]
    assert await replayed(other) == []


async def test_what_arrives_during_a_replay_is_taken_behind_the_rest(tmp_path: Path):
    spool = Spool(tmp_path / "spool", vault)
    await spool.keep("first")
    taken: list[str] = []

    async def take(event: str) -> bool:
        if event == "first":
            await spool.keep("second")
        taken.append(event)
        return True

    assert await spool.replay(take)
    assert taken == ["first", "second"]
    assert spool.is_empty()


async def test_a_failure_leaves_its_event_and_those_after_it(tmp_path: Path):
    spool = Spool(tmp_path / "spool", vault)
    for event in ("first", "second", "third"):
        await spool.keep(event)

    async def take(event: str) -> bool:
        if event == "second":
            raise ConnectionResetError
        return True

    with pytest.raises(ConnectionResetError):
        await spool.replay(take)

    assert await replayed(spool) == ["second", "third"]


async def test_an_event_that_is_not_taken_yet_holds_up_nobody(tmp_path: Path):
    spool = Spool(tmp_path / "spool", vault)
    for event in ("poison", "first", "second"):
        await spool.keep(event)
    taken: list[str] = []

    async def take(event: str) -> bool:
        taken.append(event)
        return event != "poison"

    assert await spool.replay(take)

    assert taken == ["poison", "first", "second"]
    assert spool.depth() == 1
    assert await replayed(spool) == ["poison"]


async def test_a_line_under_a_key_that_was_taken_away_waits_for_it_and_holds_up_nobody(tmp_path: Path):
    await Spool(tmp_path / "spool", vault).keep("sealed before the change")
    without, both = (Spool(tmp_path / "spool", Vault(keys, LOOKUP)) for keys in ((NEXT_KEY,), (NEXT_KEY, KEY)))
    await without.keep("sealed after it")

    assert await replayed(without) == ["sealed after it"]
    assert without.depth() == 1

    assert await replayed(both) == ["sealed before the change"]
    assert both.is_empty()
