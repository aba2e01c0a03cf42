"""`python -m tests.cover.seek FIRST LAST`: the first weekend that tells something, of one private act or these seeds.

Ends with 3 and prints it when there is one, with 0 when all look alike."""

from __future__ import annotations

import asyncio
import sys

from service.house import open_house
from service.settings import read_settings
from tests.cover.evening import unpaced
from tests.cover.pairs import PRIVATELY, Baselines, told_apart

TELLS = 3


async def seek(first: int, last: int) -> str:
    """What the first telling weekend tells; empty when none does."""
    house = unpaced(await open_house(read_settings(), pool=2))
    try:
        with house.database.in_use():
            baselines = Baselines(house)
            for seed in (*range(-len(PRIVATELY), 0), *range(first, last)):
                if told := await told_apart(house, baselines, seed):
                    return told
        return ""
    finally:
        await house.aclose()


def main() -> int:
    """The exit code."""
    told = asyncio.run(seek(int(sys.argv[1]), int(sys.argv[2])))
    print(told)
    return TELLS if told else 0


if __name__ == "__main__":
    sys.exit(main())
