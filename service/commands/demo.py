"""The demo people, for a first look and for tests."""

from __future__ import annotations

import json

import click

from service.commands.place import in_house
from service.commands.refusals import Refused
from service.demo import Loaded, load_demo
from service.house import House
from service.pairing import PairingRefused


@click.group()
def demo() -> None:
    """Invented people to try everything with."""


@demo.command(epilog="Example: mendline demo load")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def load(as_json: bool) -> None:
    """Let the demo people join, once: two couples, Elena, and Chidi, who texted STOP."""
    try:
        loaded = in_house(_load)
    except PairingRefused as refused:
        problem = f"the demo couples cannot be linked: {refused.reason}"
        raise Refused(problem, "load them into an empty database") from refused
    if as_json:
        click.echo(json.dumps({"people": loaded.people, "couples": loaded.couples}))
    else:
        click.echo(f"{loaded.people} people, {loaded.couples} couples" if loaded.people else "they are there already")


async def _load(house: House) -> Loaded:
    if not house.settings.is_simulation:
        raise Refused("demo people are for a simulated telephone network only", "make run, or set SIMULATION_CLOCK")
    return await load_demo(house)
