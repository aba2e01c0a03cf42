"""`mendline join`: a person who agreed on paper or by phone."""

from __future__ import annotations

import click

from service.commands.place import in_house
from service.commands.refusals import Refused
from service.commands.saying import by_option, json_option, say_record
from service.house import House
from service.paper import JoiningRefused, join_on_paper, wording_shown
from service.people import masked
from service.someone import region_of


@click.command(epilog='Example: mendline join +12125550108 --source "paper form 12" --locale en')
@click.argument("number")
@click.option("--source", required=True, help="Where the signed form or the note of the call is kept.")
@click.option("--locale", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Their language.")
@click.option(
    "--channel", type=click.Choice(["paper", "phone"]), default="paper", show_default=True, help="How they agreed."
)
@by_option
@json_option
def join(number: str, source: str, locale: str, channel: str, by: str, as_json: bool) -> None:
    """Record that a person agreed to texts, with the wording they had before them, and begin as after their YES."""

    async def work(house: House) -> dict[str, object]:
        person_id = await join_on_paper(
            house, number, source=source, locale=locale, channel=channel, by=by, now=house.clock.now()
        )
        return {
            "id": str(person_id), "number": masked(number), "channel": channel, "source": source,
            "wording": wording_shown(house, locale, region_of(number)),
        }  # fmt: skip

    try:
        joined = in_house(work)
    except JoiningRefused as refused:
        raise Refused(refused.reason, refused.remedy) from refused
    say_record(joined, as_json=as_json)
