"""One house whose web and worker are watched, and started again when they die; Ada lives in it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from service.database import execute
from service.pins import set_pin
from service.reconciling import OFTEN, have_texts_until
from service.simulator.cast import CAST
from tests.crashes.watched import HANGS, ORDER, STRUCK
from tests.faults.journey import comes_true
from tests.stories.keeping import person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import COMMANDS, RunningHouse, scratch

PIN = "246810"
LOOK_SECONDS, BREATH_SECONDS, READ_SECONDS = 0.05, 3.0, 60.0
MINUTES = re.compile(r"\d\d(?= [AP]M)")
ONE_NETWORK = "simulator"


class WatchedHouse(RunningHouse):
    """A house that outlives orders."""

    commands: ClassVar = {
        "simulator": COMMANDS["simulator"],
        "web": ("-m", "tests.crashes.watched", "web"),
        "worker": ("-m", "tests.crashes.watched", "worker"),
    }


class Stage:
    """The house, its one person, and orders to strike."""

    def __init__(self, house: WatchedHouse, folder: Path) -> None:
        self.house = house
        self.clock, self.network = Clock(house), Network(house)
        ada = next(each for each in CAST if each.name == "Ada")
        self.ada = Phone(house, ada.name, ada.number, ada.zone, ada.locale)
        self._folder = folder

    async def furnish(self) -> None:
        """Ada has joined, has a private code and is asked every day, also in the third month."""
        await self.clock.until_day(0, "12:00", self.ada.zone)
        await self.ada.joins(self.clock)
        person = await person_of(self.ada)
        await set_pin(person.id, PIN, now=self.house.house.clock.now())
        await execute("UPDATE due SET state = 'dropped' WHERE person_id = $1 AND kind = 'script'", person.id)
        await self.clock.until_day(2, "12:00", self.ada.zone)
        await self.network.settled()

    def order(self, point: str, do: str) -> None:
        """The next process that reaches the point does that to itself, once."""
        for left in (ORDER, STRUCK):
            (self._folder / left).unlink(missing_ok=True)
        (self._folder / "next").write_text(json.dumps({"point": point, "do": do}))
        (self._folder / "next").rename(self._folder / ORDER)

    def has_struck(self) -> bool:
        """Whether the order was carried out."""
        return (self._folder / STRUCK).exists()

    def forget(self) -> None:
        """No order any more."""
        for left in (ORDER, STRUCK):
            (self._folder / left).unlink(missing_ok=True)

    async def end_what_hangs(self) -> None:
        """A process in which something hangs for ever is killed in the end: it does no more of that kind."""
        hangs = self._folder / HANGS
        if hangs.exists():
            os.kill(int(hangs.read_text(encoding="ascii")), signal.SIGKILL)
            hangs.unlink()
            await self.house.until_ready()

    async def ends_soon_what_hangs(self) -> None:
        """The same within a breath of its hanging, for as long as this runs."""
        while True:
            await asyncio.sleep(BREATH_SECONDS)
            await self.end_what_hangs()

    async def begins(self) -> int:
        """Another afternoon at four of somebody who joined three days ago; how many texts Ada has by then."""
        now = await self.clock.until("16:00", self.ada.zone)
        await execute("UPDATE person SET unanswered = 0, joined_at = $1", now - timedelta(days=3))
        await self.network.settled()
        self.ada.heard = len(await self.ada.received())
        return self.ada.heard

    async def has_read_on(self) -> None:
        """The network's list was read past what Ada did six minutes ago. An evening of hours passes here in seconds, in
        which a worker that begins anew would only have begun, and an answer would be too late to be one.
        """
        house = self.house.house
        done = house.clock.now() - OFTEN - timedelta(seconds=30)
        await comes_true(lambda: have_texts_until(house, done), seconds=READ_SECONDS)

    async def ends(self, since: int) -> list[str]:
        """Everything is over: what Ada read meanwhile, oldest first. Minutes are left out: they tell how long a busy
        machine took for what came before.
        """
        await self.clock.until("20:30", self.ada.zone)
        await self.network.settled()
        return [MINUTES.sub("00", each["body"]) for each in (await self.ada.received())[since:]]


@asynccontextmanager
async def open_stage(kind: type[WatchedHouse] = WatchedHouse, **settings: str) -> AsyncIterator[Stage]:
    """A stage of its own, with a supervisor beside it."""
    folder = scratch()
    (folder / "points").mkdir()
    house = kind(folder, POINTS_FOLDER=str(folder / "points"), **settings)
    await house.open()
    supervising = asyncio.create_task(_supervise(house))
    try:
        with house.database.in_use():
            stage = Stage(house, folder / "points")
            await stage.furnish()
        yield stage
    finally:
        supervising.cancel()
        await asyncio.gather(supervising, return_exceptions=True)
        await house.close()


async def _supervise(house: WatchedHouse) -> None:
    while True:
        for name, process in list(house.processes.items()):
            if name != ONE_NETWORK and process.poll() is not None:
                house.start(name)
        await asyncio.sleep(LOOK_SECONDS)
