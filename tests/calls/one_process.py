"""The whole house in one process: web at real HTTP, the network that rings it, and the worker's sweep; begun anew in
milliseconds, so that a great many calls can be tried.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from service import records
from service.app import build_app
from service.calling_out import owed_call_ids
from service.claiming import due_ids
from service.clock import Clock, real_now
from service.database import execute, in_transaction
from service.gateway.twilio_rest import TwilioGateway
from service.house import House, open_house
from service.owed_calls import owe_call
from service.receiving import replay
from service.sending import owed_ids
from service.settings import read_settings
from service.settling import expire_leases
from service.simulator.api.calls import CallApi
from service.simulator.api.rest import RestApi
from service.simulator.calls.call import Call
from service.simulator.exchange import Exchange
from service.simulator.network import Account, Network
from service.simulator.outgoing.webhooks import Postman
from service.someone import find_someone
from tests.browser.small_product import served
from tests.patience import PATIENCE_SECONDS
from tests.service.conftest import EVENING, Installation
from tests.stories.running import free_port
from workers.due import open_due_rows
from workers.hands import Hands
from workers.outbox import place_calls, send_texts, settle_texts
from workers.reconcile import Reconciler

SWEEPS = 12  # a due row owes a text or a call, which the next sweep sends; far fewer do
KEPT = "as_it_was"


class OneProcess:
    """One house and its network. `begin` makes both as they were at first."""

    def __init__(self, house: House, exchange: Exchange, hands: Hands, clock_file: Path, answers: Path) -> None:
        self.house, self.exchange = house, exchange
        self.answers, self.folder = answers, answers.parent
        self.hands, self._reconciler = hands, Reconciler()
        self._clock_file = clock_file
        names = (getattr(records, name)._meta.db_table for name in records.__all__)
        self.tables = sorted(names)

    async def keep(self) -> None:
        """What every call begins with: the demo people, as the database holds them now."""
        client = self.house.database.client
        await client.execute_script(f"CREATE SCHEMA {KEPT}")
        for table in self.tables:
            await client.execute_script(f"CREATE TABLE {KEPT}.{table} AS TABLE {table}")

    async def begin(self) -> None:
        """The rows as they were kept, an empty network, and the evening on which it all began."""
        self.exchange.reset()
        restored = [f"DELETE FROM {table}" for table in self.tables]
        restored += [f"INSERT INTO {table} SELECT * FROM {KEPT}.{table}" for table in self.tables]
        # As replica no trigger fires: neither the ledgers' own nor those of references.
        script = ";".join(["SET LOCAL session_replication_role = replica", *restored])
        await self.house.database.client.execute_script(f"BEGIN;{script};COMMIT")
        self._set(EVENING)
        self._reconciler = Reconciler()
        self.answers.unlink(missing_ok=True)

    async def passes(self, **lengths: float) -> None:
        """So much time, and all that falls due at its end."""
        await self._arrive(self.house.clock.now() + timedelta(**lengths))

    def steps(self, **lengths: float) -> None:
        """The clock is set, on or back, and nothing that was due between happened."""
        self._set(self.house.clock.now() + timedelta(**lengths))

    async def passes_and_sweeps(self, **lengths: float) -> None:
        """The same, and what is due and owed by then."""
        await self.passes(**lengths)
        await self.sweep()

    async def sweep(self) -> None:
        """All that is due and owed by now."""
        for _ in range(SWEEPS):
            if not await self._works():
                break
            await self._settled()
        await self._reconciler.look(self.hands, self.house.clock.now())
        await self._settled()

    async def leases_end(self) -> None:
        """As if the machine's time had passed for what somebody holds or waits for."""
        for table in ("due", "outbox", "call"):
            await execute(f"UPDATE {table} SET lease_until = now() - interval '1 minute' WHERE lease_until IS NOT NULL")

    async def rings(self, number: str, script: str) -> Call:
        """We call: what rings at the phone of this number."""
        async with in_transaction("test"):
            someone = await find_someone(self.house.vault, self.house.vault.number_key(number))
            assert someone is not None
            await owe_call(
                someone, script, now=self.house.clock.now(), minutes=0, purpose="check-in", is_booked=False
            )
        return await self.rung(number)

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """What the product's database holds."""
        return await self.house.database.client.execute_query_dict(sql, list(values))

    def received(self, number: str) -> list[str]:
        """The texts of ours that this phone holds, oldest first."""
        return [each.body for each in self.exchange.network.phones.get(number, ()) if each.by == "product"]

    def log(self) -> list[dict[str, Any]]:
        """Everything that happened on the network since `begin`, in order."""
        return [json.loads(line) for line in self.exchange.network.journal.lines_since_reset()]

    async def wants_calls(self, number: str) -> None:
        """The person chose calls and texts."""
        await execute(
            "UPDATE person SET settings = settings || '{\"channel\": \"both\"}'::jsonb WHERE number_key = $1",
            self.house.vault.number_key(number),
        )

    async def rung(self, number: str) -> Call:
        """The call that is owed to this number, ringing."""
        for _ in range(SWEEPS):
            await self._works()
            await self._arrive(self.house.clock.now() + timedelta(seconds=1))
            ringing = [call for call in self.exchange.network.ledger.of(number) if call.status == "ringing"]
            if ringing:
                return ringing[0]
        raise AssertionError("nothing rings")

    async def _works(self) -> bool:
        """One round of the worker's; whether there was anything to do."""
        while not self.house.spool.is_empty():  # a machine that was too slow for a step kept it there
            await replay(self.house)
            await asyncio.sleep(0.01)  # web may be at it
        now, hands = self.house.clock.now(), self.hands
        rounds = (
            (open_due_rows, await due_ids(now)), (send_texts, await owed_ids(now)),
            (settle_texts, await expire_leases()), (place_calls, await owed_call_ids(now)),
        )  # fmt: skip
        for work, ids in rounds:
            await work(hands, ids)
        return any(ids for _, ids in rounds)

    async def _arrive(self, at: datetime) -> None:
        self._set(at)
        self.exchange.wake()
        await self._settled()

    def _set(self, at: datetime) -> None:
        self._clock_file.write_text(f"{(at - real_now()).total_seconds():.6f}", encoding="ascii")

    async def _settled(self) -> None:
        """Until the network has nothing under way that is due by now."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while under_way := self.exchange.open_until(self.exchange.network.now()):
                await self.exchange.finished(under_way[0])


@asynccontextmanager
async def one_process(town: Installation, folder: Path) -> AsyncIterator[OneProcess]:
    """Both open, with the people of `town`."""
    port, network_port = free_port(), free_port()
    clock_file, answers = folder / "clock", folder / "answers"
    settings = read_settings({
        **town.environment, "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TWILIO_API_URL": f"http://127.0.0.1:{network_port}", "SIMULATION_CLOCK": str(clock_file),
        "SPOOL_DIR": str(folder / "spool"), "SENDER_SEGMENTS_PER_SECOND": "0", "SENDER_CALLS_PER_SECOND": "0",
    })  # fmt: skip
    account = Account(
        settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_sender, settings.voice_number,
        settings.public_url,
    )  # fmt: skip
    house = await open_house(settings, pool=4)
    with house.database.in_use():  # another test's house may be open in this process
        postman = Postman(account.tokens[0], answers=answers)
        exchange = Exchange(Network(account, Clock(clock_file), folder, {}), postman)
        desk = Starlette(routes=[*CallApi(exchange).routes(), *RestApi(exchange).routes()])
        hands = Hands(house, TwilioGateway(settings))
        working = asyncio.create_task(exchange.run())
        try:
            async with served(desk, network_port), served(build_app(settings), port):
                everything = OneProcess(house, exchange, hands, clock_file, answers)
                await everything.keep()
                yield everything
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            await postman.aclose()
            await hands.gateway.aclose()
            await house.aclose()
            exchange.network.journal.close()
