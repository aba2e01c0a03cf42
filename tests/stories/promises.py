"""Where stories about promises begin, and what they say: by phrase, whose letters a test of the catalogue holds."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.calendar_words import short_date, spoken_time
from flows.timing import instant
from service.database import execute
from service.records import Promise
from tests.stories.beginnings import are_linked
from tests.stories.keeping import person_of
from tests.stories.people import Clock, Network, Phone

SWITCHES = ("C3", "R3", "PM-6")
FIVE_LINES = {"en": ("PROMISE", "SKIP"), "es": ("PROMESA", "OMITIR")}


def words(phone: Phone, phrase: str, **arguments: str) -> str:
    """The phrase as this phone shows it. `p` is how its person calls the other."""
    return phone.house.house.catalogue.render(phrase, phone.locale, {"brand": "Mendline", **arguments})


def when(phone: Phone, at: datetime) -> dict[str, str]:
    """`d` and `t` of an instant, as this person reads them."""
    local = at.astimezone(ZoneInfo(phone.zone))
    return {"d": short_date(local.date(), phone.locale), "t": spoken_time(local, phone.locale)}


async def are_partners(clock: Clock, first: Phone, second: Phone, *switches: str) -> None:
    """Linked on Monday at noon, with these switches or all that promises need; no prompt but of promises comes."""
    await are_linked(first, second, *(switches or SWITCHES))
    await clock.forward(minutes=1)
    for phone in (first, second):
        await rests_otherwise(phone)


async def rests_otherwise(phone: Phone) -> None:
    """Check-ins and the questions of the first days stay away, so that a story is about promises alone."""
    person = await person_of(phone)
    await execute("UPDATE person SET settings = settings || '{\"pace\": \"off\"}'::jsonb WHERE id = $1", person.id)
    await execute("UPDATE due SET state = 'dropped' WHERE person_id = $1 AND state = 'waiting'", person.id)
    await Network(phone.house).settled()
    await phone.all_heard()


async def promises(phone: Phone, what: str, who: str = "1") -> Promise:
    """A promise in one text, without an if-then; `who` answers who hears about it. Nothing of it is this story's."""
    word, skip = FIVE_LINES[phone.locale]
    await phone.texts(f"{word} {what}")
    await phone.texts(skip)
    await phone.texts(who)
    await Network(phone.house).settled()
    await phone.all_heard()
    return await newest(phone)


async def newest(phone: Phone) -> Promise:
    """The promise made last."""
    made = await Promise.filter(person_id=(await person_of(phone)).id).order_by("-made_at").first()
    assert made is not None, (await phone.received())[-3:]
    return made


async def heard_since(phone: Phone) -> list[tuple[str, str]]:
    """(local minute, words) of everything that came since this was last asked, once nothing is under way."""
    await Network(phone.house).settled()
    texts = (await phone.received())[phone.heard :]
    phone.heard += len(texts)
    return [(minute_of(each["at"], phone.zone), each["body"]) for each in texts]


def minute_of(at: str, zone: str) -> str:
    """`Fri 16:00`, on the clock there."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).strftime("%a %H:%M")


def days_after(phone: Phone, at: datetime, days: int, clock: str) -> datetime:
    """That many days after `at`, when clocks there show HH:MM: hours would not do in a week in which they change."""
    day = at.astimezone(ZoneInfo(phone.zone)).date() + timedelta(days=days)
    return instant(day, time.fromisoformat(clock), phone.zone)


async def relayed(clock: Clock, phone: Phone) -> list[str]:
    """The words that come within the eight minutes in which a line of the other person may."""
    await clock.to(await clock.now() + timedelta(minutes=8))
    return [body for _, body in await heard_since(phone)]


def there(phone: Phone, at: datetime) -> str:
    """The day and minute on the person's clock."""
    return at.astimezone(ZoneInfo(phone.zone)).strftime("%a %H:%M")


async def count_of(phone: Phone) -> int:
    return await Promise.filter(person_id=(await person_of(phone)).id).count()
