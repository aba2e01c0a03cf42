"""People for an operator: counts and states; export and erasure with the person's own PIN."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import click

from service.commands.place import in_house
from service.commands.refusals import Refused
from service.commands.saying import by_option, json_option, say_record, say_rows
from service.embedded.places import write_private
from service.erasing import KEPT, erase_person
from service.export import Export, export_person
from service.house import House
from service.people import NobodyThere, describe, find_person, list_people
from service.pins import TooManyTries, check_pin, has_pin

T = TypeVar("T")


@click.group()
def people() -> None:
    """Who is here; a person's own copy of their records, and their erasure."""


@people.command("list", epilog="Example: mendline people list --json")
@json_option
def list_command(as_json: bool) -> None:
    """Everybody: id, masked number, status, day of joining, linked or not. No content."""
    rows = [asdict(each) for each in in_house(list_people)]
    say_rows(rows, as_json=as_json, if_none="nobody yet")


@people.command(epilog="Example: mendline people show +12125550101")
@click.argument("who", metavar="NUMBER|ID")
@json_option
def show(who: str, as_json: bool) -> None:
    """One person without content: state, language, country, zone, and how many rows there are."""

    async def work(house: House, person_id: UUID) -> dict[str, object]:
        return asdict(await describe(house, person_id))

    say_record(_with_person(who, work), as_json=as_json)


@people.command(epilog="Example: mendline people export +12125550101 --to ada   (asks for the person's PIN)")
@click.argument("who", metavar="NUMBER|ID")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Write export.json and export.txt here.")
@by_option
@json_option
def export(who: str, to: Path | None, by: str, as_json: bool) -> None:
    """A person's own records, to print or as files. Reads their PIN from standard input, never from an argument."""

    async def work(house: House, person_id: UUID) -> Export:
        await _prove_pin(house, person_id, by)
        return await export_person(house, person_id, by=by, now=house.clock.now())

    made = _with_person(who, work)
    content = json.dumps(made.content, ensure_ascii=False, indent=2)
    if to is None:
        click.echo(content if as_json else made.text)
        return
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in (("export.json", content), ("export.txt", made.text)):
        write_private(to / name, text + "\n")
    say_record({"written": [str(to / "export.json"), str(to / "export.txt")]}, as_json=as_json)


@people.command(epilog="Example: mendline people erase +12125550101 --yes   (asks for the person's PIN)")
@click.argument("who", metavar="NUMBER|ID")
@click.option("--yes", is_flag=True, help="Do not ask again: erasing cannot be undone.")
@by_option
@json_option
def erase(who: str, yes: bool, by: str, as_json: bool) -> None:
    """Destroy a person's key and rows for good. Reads their PIN from standard input."""
    if not yes:
        raise Refused("erasing cannot be undone", "run it again with --yes when the person wants it")

    async def work(house: House, person_id: UUID) -> dict[str, int]:
        await _prove_pin(house, person_id, by)
        return await erase_person(house, person_id, by=by, now=house.clock.now())

    removed = _with_person(who, work)
    say_record(removed, as_json=as_json)
    click.echo(f"Kept: {KEPT}.", err=True)


def _with_person(who: str, work: Callable[[House, UUID], Awaitable[T]]) -> T:
    async def found(house: House) -> T:
        try:
            return await work(house, await find_person(house, who))
        except NobodyThere:
            raise Refused("nobody has this number or id", "mendline people list") from None

    return in_house(found)


async def _prove_pin(house: House, person_id: UUID, by: str) -> None:
    """The person's own PIN, typed by themself. The demo people of a simulation are spared."""
    if house.settings.is_simulation:
        return
    if not await has_pin(person_id):
        raise Refused("this person has set no PIN", "they set one by calling, or in the private set-up")
    try:
        is_right = await check_pin(person_id, _typed_pin(), tried_by=by, now=house.clock.now())
    except TooManyTries:
        raise Refused("too many tries", "wait a quarter of an hour") from None
    if not is_right:
        raise Refused("that is not this person's PIN", "let them type it themself")


def _typed_pin() -> str:
    if sys.stdin.isatty():
        typed: str = click.prompt("PIN", hide_input=True, err=True)
        return typed.strip()
    return sys.stdin.readline().strip()
