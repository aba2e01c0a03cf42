"""`python -m workers`: the worker process. It sweeps the database every second; arq runs beside it as a task.

`--stuck-seconds 180`: how long its rounds may stand still before it ends itself.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys

import uvloop

from service.errors import SettingsInvalid
from service.gateway.twilio_rest import TwilioGateway
from service.house import open_house
from service.settings import read_settings
from workers.hands import Hands
from workers.rounds import Rounds
from workers.watchdog import STUCK_SECONDS, Watchdog


async def work(stuck_seconds: float = STUCK_SECONDS) -> None:
    """Until the process is told to end: finish what is under way, then close."""
    settings = read_settings()
    house = await open_house(settings)
    hands = Hands(house, TwilioGateway(settings))
    stopping = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    watchdog = Watchdog(stuck_seconds)
    watchdog.watch()
    try:
        await Rounds(hands, watchdog).until(stopping)
    finally:
        await hands.gateway.aclose()
        await house.aclose()


def main() -> int:
    """0 when it was told to end, 1 when the settings cannot be used."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("arq").setLevel(logging.WARNING)
    options = argparse.ArgumentParser(prog="python -m workers")
    options.add_argument("--stuck-seconds", type=float, default=STUCK_SECONDS)
    try:
        uvloop.run(work(options.parse_args().stuck_seconds))
    except SettingsInvalid as invalid:
        print(*invalid.problems, sep="\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
