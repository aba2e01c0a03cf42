"""Pairs: who is linked, and linking two people whom a clinician saw alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from service.commands.place import in_house
from service.commands.refusals import Refused
from service.commands.saying import json_option, say_record, say_rows
from service.house import House
from service.pairing import PairingRefused, Sheet, vouch
from service.people import list_pairs
from service.signed_sheet import sheet_wording


@click.group()
def pairs() -> None:
    """Who is linked; vouching for two people seen alone."""


@pairs.command("list", epilog="Example: mendline pairs list")
@json_option
def list_command(as_json: bool) -> None:
    """Every pair with its state. Who is ready, and what is shared, is not shown."""
    say_rows([asdict(each) for each in in_house(list_pairs)], as_json=as_json, if_none="no pairs")


@pairs.command(
    "vouch",
    epilog='Example: mendline pairs vouch +12125550101 +12125550102 --by "Dr Vega" --first-sheet C3,R3'
    " --second-sheet C3,R3 --paper 2026-17",
)
@click.argument("first", metavar="NUMBER")
@click.argument("second", metavar="NUMBER")
@click.option("--by", required=True, help="The clinician who saw each of the two alone.")
@click.option("--first-sheet", default="", help="Switches the first person ticked, as C1,R1.")
@click.option("--second-sheet", default="", help="Switches the second person ticked.")
@click.option("--first-calls", default="", help="What the first person calls the second, as their texts will.")
@click.option("--second-calls", default="", help="What the second person calls the first.")
@click.option("--paper", required=True, help="Where the signed sheets are kept.")
@click.option(
    "--wording-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The exact text of the signed sheets, when it is not ours.",
)
@json_option
def vouch_command(first: str, second: str, by: str, first_sheet: str, second_sheet: str, first_calls: str,
                  second_calls: str, paper: str, wording_file: Path | None, as_json: bool) -> None:  # fmt: skip
    """Link two people. Shared parts open when each has texted READY from their own phone."""
    own_text = wording_file.read_text(encoding="utf-8").strip() if wording_file is not None else ""
    sheets = (
        _sheet(first, first_sheet, paper, own_text, calls=first_calls),
        _sheet(second, second_sheet, paper, own_text, calls=second_calls),
    )

    async def work(house: House) -> str:
        return str(await vouch(house, sheets, by=by, now=house.clock.now()))

    try:
        pair = in_house(work)
    except PairingRefused as refused:
        raise Refused(f"they were not linked: {refused.reason}", "mendline people list, pairs list") from refused
    say_record({"pair": pair, "waits_for": "READY from both phones"}, as_json=as_json)


def _sheet(number: str, ticked: str, paper: str, own_text: str, *, calls: str) -> Sheet:
    grants = tuple(grant.strip().upper() for grant in ticked.split(",") if grant.strip())
    return Sheet(number, grants, own_text or sheet_wording(grants), paper, calls.strip())
