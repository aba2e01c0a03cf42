"""A reply over HTTP, its whole turn committed, beside the least it can cost; and the same with a hundred thousand."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence

import asyncpg

from tests.bench import bare
from tests.bench.crowd import Member, forget_what_was_said, people_of
from tests.bench.letters import Letter, post_all, text
from tests.bench.row import Measured, Row, at_least, at_most
from tests.bench.servers import Servers, answers, until
from tests.stories.running import free_port

LANES, COUPLES_A_LANE = 8, 6
TALK = ("4 tired, argued", "8", "OK")
FEW, MANY = 1_000, 100_000


def talks(url: str, members: Sequence[Member]) -> list[list[Letter]]:
    """Each lane has people of its own, who each hold a whole check-in."""
    return [_lane(url, members[lane::LANES]) for lane in range(LANES)]


def _lane(url: str, members: Sequence[Member]) -> list[Letter]:
    return [text(url, member.number, body) for member in members for body in TALK]


def start_ours(servers: Servers, port: int | None = None) -> str:
    """A web process of the product, on the port of these servers or another; its address."""
    port = port or servers.port
    url = f"http://127.0.0.1:{port}"
    servers.start("-c", "from service.cli import main; main()", "web", environment=servers.settings(
        PORT=str(port), PUBLIC_URL=url,
    ))  # fmt: skip
    until(lambda: answers(f"{url}/health/ready"))
    return url


def start_bare(servers: Servers, members: Sequence[Member]) -> str:
    """The bare routes, for these people; their address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    servers.start("-m", "tests.bench.bare_web", environment=servers.settings(
        PORT=str(port), PUBLIC_URL=url, NUMBER_KEY="bench",
    ))  # fmt: skip
    asyncio.run(_rename_for_bare(servers, members))
    until(lambda: _listens(port))
    return url


def _beside_bare() -> Iterator[Measured]:
    with Servers() as servers:
        members = people_of(servers, FEW)
        ours = start_ours(servers) + "/twilio/sms"
        limit = start_bare(servers, members[FEW // 2 :]) + "/twilio/sms"
        _both(servers, ours, limit, members)  # PostgreSQL lays out a statement anew five times on each connection
        while True:
            yield _both(servers, ours, limit, members)


def _both(servers: Servers, ours: str, limit: str, members: Sequence[Member]) -> Measured:
    asyncio.run(forget_what_was_said(servers.database))
    return Measured(
        asyncio.run(post_all(talks(ours, members[: LANES * COUPLES_A_LANE]))),
        asyncio.run(post_all(talks(limit, members[-LANES * COUPLES_A_LANE :]))),
    )


def _two_processes() -> Iterator[Measured]:
    """Ours is two on one database, the limit one of them."""
    with Servers() as servers:
        members = people_of(servers, FEW)[: LANES * COUPLES_A_LANE]
        urls = [f"{start_ours(servers, port)}/twilio/sms" for port in (None, free_port())]
        for url in urls:
            asyncio.run(post_all(talks(url, members)))  # processes that have worked before
        while True:
            asyncio.run(forget_what_was_said(servers.database))
            by_two = [_lane(urls[lane % 2], members[lane::LANES]) for lane in range(LANES)]
            together = asyncio.run(post_all(by_two))
            asyncio.run(forget_what_was_said(servers.database))
            yield Measured(together, asyncio.run(post_all(talks(urls[0], members))))


def _grown() -> Iterator[Measured]:
    """Ours is the cost with many, the limit the cost with few: milliseconds a reply."""
    with Servers() as few, Servers() as many:
        members = [people_of(few, FEW), people_of(many, MANY)]
        urls = [start_ours(each) + "/twilio/sms" for each in (few, many)]
        while True:
            costs = []
            for servers, url, people in zip((few, many), urls, members, strict=True):
                asyncio.run(forget_what_was_said(servers.database))
                chosen = people[:: len(people) // (LANES * COUPLES_A_LANE)][: LANES * COUPLES_A_LANE]
                costs.append(1000 / asyncio.run(post_all(talks(url, chosen))))
            yield Measured(costs[1], costs[0])


async def _rename_for_bare(servers: Servers, members: Sequence[Member]) -> None:
    """The bare route finds people by a hash of its own."""
    connection = await asyncpg.connect(servers.database)
    await connection.executemany(
        "UPDATE person SET number_key = $1 WHERE id = $2",
        [(bare.number_key(member.number, "bench"), member.id) for member in members],
    )
    await connection.close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


ROWS = (
    Row("reply", "replies/s", "a bare route and one transaction by hand", at_least(0.5), _beside_bare, times=15),
    Row("reply by two processes", "replies/s", "by one", at_least(1), _two_processes, times=5),
    Row("reply with 100,000 on file", "ms", "the same with 1,000", at_most(1.15), _grown, times=5),
)
