"""The outbox: what is unsettled, settling by hand, and the switch that stops all sending."""

from __future__ import annotations

from dataclasses import asdict

import click

from service.commands.place import in_house
from service.commands.refusals import Refused
from service.commands.saying import by_option, json_option, say_record, say_rows
from service.house import House
from service.overseeing import Overview, SettlingRefused, overview, settle_by_hand, switch_sending
from service.quarantine import KINDS, Aside, list_aside, settle_aside


@click.group()
def outbox() -> None:
    """Texts owed and sent; the switch for sending."""


@outbox.command("list", epilog="Example: mendline outbox list")
@json_option
def list_command(as_json: bool) -> None:
    """Counts by state, the oldest texts whose end is not known yet, and what failed three times. No content."""

    async def work(house: House) -> tuple[Overview, list[Aside]]:
        return await overview(house.clock.now()), await list_aside(house)

    seen, aside = in_house(work)
    set_aside = [asdict(each) for each in aside]
    if as_json:
        say_record({**asdict(seen), "quarantined": set_aside}, as_json=True)
        return
    say_record({"sending": "on" if seen.is_sending else "OFF", "items": seen.counts}, as_json=False)
    say_rows([asdict(item) for item in seen.oldest], as_json=False, if_none="everything is settled")
    if set_aside:
        say_rows(set_aside, as_json=False, if_none="")


@outbox.command(epilog="Example: mendline outbox settle 812 --as sent")
@click.argument("item")
@click.option(
    "--as", "state", type=click.Choice(["sent", "failed", "again", "dropped"]), required=True,
    help="What Twilio's log shows of a text; or what to do with a row that was set aside, such as due:12.",
)
@by_option
@json_option
def settle(item: str, state: str, by: str, as_json: bool) -> None:
    """Settle a text whose end is unknown, or a row that failed three times."""
    kind, _, number = item.rpartition(":")
    is_aside = state in {"again", "dropped"}
    if not number.isdecimal() or (kind in KINDS) is not is_aside or (kind and not is_aside):
        raise click.UsageError("a text's number takes sent or failed; a name such as due:12 takes again or dropped")

    async def work(house: House) -> None:
        now = house.clock.now()
        if not is_aside:
            await settle_by_hand(int(number), state, by=by, now=now)
        elif not await settle_aside(kind, int(number), state, by=by, now=now):
            raise SettlingRefused("it is not set aside, or too old to be tried again")

    try:
        in_house(work)
    except SettlingRefused as refused:
        raise Refused(f"item {item} was not settled: {refused.reason}", "mendline outbox list") from refused
    say_record({"item": int(item) if not kind else item, "state": state}, as_json=as_json)


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
