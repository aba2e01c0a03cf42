"""The outbox: what is unsettled, settling by hand, and the switch that stops all sending."""

from __future__ import annotations

from dataclasses import asdict

import click

from service.commands.place import in_house
from service.commands.refusals import Refused
from service.commands.saying import by_option, json_option, say_record, say_rows
from service.house import House
from service.overseeing import Overview, SettlingRefused, overview, settle_by_hand, switch_sending


@click.group()
def outbox() -> None:
    """Texts owed and sent; the switch for sending."""


@outbox.command("list", epilog="Example: mendline outbox list")
@json_option
def list_command(as_json: bool) -> None:
    """Counts by state, and the oldest texts whose end is not known yet. No content."""

    async def work(house: House) -> Overview:
        return await overview(house.clock.now())

    seen = in_house(work)
    if as_json:
        say_record(asdict(seen), as_json=True)
        return
    say_record({"sending": "on" if seen.is_sending else "OFF", "items": seen.counts}, as_json=False)
    say_rows([asdict(item) for item in seen.oldest], as_json=False, if_none="everything is settled")


@outbox.command(epilog="Example: mendline outbox settle 812 --as sent")
@click.argument("item", type=int)
@click.option("--as", "state", type=click.Choice(["sent", "failed"]), required=True, help="What Twilio's log shows.")
@by_option
@json_option
def settle(item: int, state: str, by: str, as_json: bool) -> None:
    """Settle a text whose end is unknown, after looking at Twilio's log."""

    async def work(house: House) -> None:
        await settle_by_hand(item, state, by=by, now=house.clock.now())

    try:
        in_house(work)
    except SettlingRefused as refused:
        raise Refused(f"item {item} was not settled: {refused.reason}", "mendline outbox list") from refused
    say_record({"item": item, "state": state}, as_json=as_json)


@outbox.command(epilog="Example: mendline outbox sending off")
@click.argument("state", type=click.Choice(["on", "off"]))
@by_option
@json_option
def sending(state: str, by: str, as_json: bool) -> None:
    """Hold every text back, or let them leave. After a restore it is off."""

    async def work(house: House) -> None:
        await switch_sending(is_on=state == "on", by=by, now=house.clock.now())
        await house.doorbell.ring()

    in_house(work)
    say_record({"sending": state}, as_json=as_json)
