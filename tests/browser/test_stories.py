"""Both stories play by themselves in a real browser, in both languages, and what the phones then hold is read again."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from flows.calendar_words import short_date, spoken_time
from service.demo import load_demo
from service.embedded import Run, write_run
from service.embedded.processes import command_line
from service.launcher.power_cut import WORKER, wants_power_cut
from service.launcher.supervision import Child, Children
from service.records import Person
from service.web.stories.cast import cast_for, is_of_a_story
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.faults.journey import comes_true
from tests.stories.break_words import says
from tests.stories.conftest import clock, house, network, running
from tests.stories.own_calls import GOLDEN, written_down
from tests.stories.people import HeldCall, Phone
from tests.stories.running import ROOT, RunningHouse

__all__ = ("clock", "house", "network", "running")
NEW_YORK = "America/New_York"
# A story plays a hundred times as fast as for people; what then takes time is the service itself.
FAST = "&pace=100"
STORY_MS = 150_000
ITEMS = {
    "en": ("call the bank", "water the plants", "forgot"), "es": ("llamar al banco", "regar las plantas", "olvido"),
}  # fmt: skip


@asynccontextmanager
async def launched(house: RunningHouse) -> AsyncIterator[Children]:
    """The house as `make run` keeps it: a launcher owns the worker, and the web process stands beside its `var`."""
    var = house.folder / "var"
    var.mkdir(exist_ok=True)
    house.end("worker")
    house.end("web")
    house.start("web", folder=house.folder)
    pid = os.getpid()
    write_run(var, Run(pid, command_line(pid), house.port, house.url, "", "", house.environment["TWILIO_API_URL"]))
    children = Children(lambda _line: None)
    children.start(Child(WORKER, [sys.executable, *house.commands[WORKER]], house.environment, var, ROOT))

    async def keep_running() -> None:
        while True:
            if wants_power_cut(var):
                children.kill(WORKER)
            children.look()
            await asyncio.sleep(0.1)

    keeping = asyncio.create_task(keep_running())
    try:
        await house.until_ready()
        yield children
    finally:
        keeping.cancel()
        await asyncio.to_thread(children.end)
        (var / "run.json").unlink()
        house.end("web")
        await house.make_whole()


async def players(house: RunningHouse, locale: str = "en", couples: int = 5) -> dict[str, Phone]:
    """The phones of the story that is played, by role."""
    numbers = sorted(each["number"] for each in await house.get("/simulator/handsets") if is_of_a_story(each["number"]))
    newest = numbers[-1][:-1]
    used = [number for number in numbers if not number.startswith(newest)]
    cast = cast_for(couples, locale, used)
    return {each.role: Phone(house, each.name, each.number, NEW_YORK, locale) for each in cast}


async def plays_to_its_end(page: Page) -> None:
    """Every scene in turn, without a word of trouble."""
    last = re.compile(r"(\d+) (of|de) \1$")
    await expect(page.locator("progress")).to_have_attribute("aria-label", last, timeout=STORY_MS)
    await expect(page.locator("#story-error")).to_be_empty()


def in_words(house: RunningHouse, phone: Phone, phrase: str, **given: str) -> str:
    return house.house.catalogue.render(phrase, phone.locale, {"brand": "Mendline", **given})


def when(phone: Phone, at: datetime) -> dict[str, str]:
    return {"d": short_date(at.date(), phone.locale), "t": spoken_time(at, phone.locale)}


async def heard(phone: Phone) -> list[tuple[str, str]]:
    """(day from the first and minute there, words) of all that came."""
    texts = await phone.received()
    first = datetime.fromisoformat(texts[0]["at"]).astimezone(ZoneInfo(NEW_YORK)).date()
    at = [datetime.fromisoformat(each["at"]).astimezone(ZoneInfo(NEW_YORK)) for each in texts]
    return [(f"{(here.date() - first).days} {here:%H:%M}", each["body"]) for here, each in zip(at, texts, strict=True)]


async def holds_a_fair_line_and_a_notice(house: RunningHouse, phones: dict[str, Phone]) -> None:
    """What PROGRAMME P14 to P16 let the two read, to the letter, and the notice in its minute."""
    maker, receiver = phones["maker-1"], phones["receiver-1"]
    bank, plants, reason = ITEMS[maker.locale]
    began = datetime.fromisoformat((await receiver.received())[0]["at"]).astimezone(ZoneInfo(NEW_YORK))
    due = when(maker, began.replace(hour=16, minute=0))
    later = when(maker, (began + timedelta(days=1)).replace(hour=9, minute=0))
    again = when(maker, began.replace(hour=18, minute=0))
    notice = in_words(house, receiver, "PM-1", item=plants)

    read = await heard(receiver)
    assert [words for _, words in read] == [
        in_words(house, receiver, "PR-11", p=maker.name, item=bank, **due),
        in_words(house, receiver, "PN-5", p=maker.name, item=bank, w=reason, **later),
        in_words(house, receiver, "PR-11", p=maker.name, item=plants, **again),
        notice,
    ]
    assert read[-1][0] == "1 19:30"
    told = [words for _, words in await heard(maker)]
    asked = told.index(in_words(house, maker, "PN-3", item=bank, **later))
    assert told[asked : asked + 3] == [
        told[asked], in_words(house, maker, "PN-4", p=receiver.name), in_words(house, maker, "G-OK"),
    ]  # fmt: skip
    assert ("1 19:30", in_words(house, maker, "PM-2", item=plants)) in await heard(maker)
    for couple in range(2, 6):
        assert (await heard(phones[f"receiver-{couple}"]))[1:] == [("1 19:30", notice)]


async def test_a_promise_plays_in_english_and_a_killed_worker_changes_nothing(house: RunningHouse, open_page: OpenPage):
    await load_demo(house.house)
    async with launched(house) as children:
        killed = children.ranks[0][0].pid
        page = await open_page(f"{house.url}/handset?story=notice{FAST}&until=minute-before")
        await expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=STORY_MS)

        await page.get_by_role("button", name="Kill the worker").click()
        await expect(page.get_by_text(f"The worker {killed} was killed, and ")).to_be_visible()
        await page.get_by_role("button", name="Play").click()
        await plays_to_its_end(page)

        assert children.ranks[0][0].pid != killed
        await expect(page.locator(".verdict")).to_have_text("5 phones, one line each: the same bytes, the same minute.")
        await expect(page.locator(".proof tbody tr")).to_have_count(5)
        assert len(set(await page.locator(".proof code").all_inner_texts())) == 1
        await holds_a_fair_line_and_a_notice(house, await players(house))
    await demo_couples_are_as_they_were(house, page)


async def demo_couples_are_as_they_were(house: RunningHouse, page: Page) -> None:
    """Two evenings passed for them, and nothing else: no story's phone stands among theirs."""
    for number in ("+12125550101", "+12125550104"):
        phone = Phone(house, "", number, NEW_YORK, "en")
        bodies = [each["body"] for each in await phone.received()]
        assert len(bodies) == 4  # each evening the question and one reminder
        assert all("0" in body for body in bodies)
    await page.get_by_role("link", name="The phones").click()
    await expect(page.get_by_role("link", name="Ada & Ben")).to_have_attribute("aria-current", "page")
    shown = await page.locator(".chooser").inner_text()
    assert "Receiver" not in shown
    assert "555" not in shown


@pytest.mark.slow
async def test_a_promise_plays_in_spanish_goes_on_after_a_reload_and_has_no_barriers(
    house: RunningHouse, open_page: OpenPage, violations
):
    page = await open_page(f"{house.url}/handset?story=notice&locale=es{FAST}&until=minute-before", viewport=PHONE)
    await expect(page.get_by_role("button", name="Seguir")).to_be_visible(timeout=STORY_MS)
    await page.reload()
    await page.get_by_role("button", name="Seguir").click()

    await plays_to_its_end(page)

    await expect(page.get_by_text("Para matar el proceso hace falta")).to_have_count(0)  # its scene is over
    await expect(page.locator(".verdict")).to_contain_text("los mismos bytes, el mismo minuto")
    await holds_a_fair_line_and_a_notice(house, await players(house, "es"))
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await page.set_viewport_size(DESKTOP)
    assert await violations(page) == []


async def told_the_way_back(sam: Phone, lee: Phone) -> None:
    """PROGRAMME 6.2, both phones to the letter and the minute."""
    caller, partner = await heard(sam), await heard(lee)

    assert [*caller[:-1], *partner[:-1]] == [
        ("0 18:27", says(sam, "TO-3")),
        ("0 18:42", says(sam, "TO-4", "18:42")),
        ("0 18:42", says(sam, "TO-6", "19:12")),
        ("0 19:12", says(sam, "TO-4", "19:12")),
        ("0 19:12", says(sam, "TO-5")),
        ("0 19:27", says(sam, "TO-8", "10:00")),
        ("1 10:00", says(sam, "TO-4", "10:00")),
        ("1 10:00", says(sam, "TO-5")),
        ("0 18:12", says(lee, "TO-2", "18:42", sam.name)),
        ("0 18:42", says(lee, "TO-15")),
        ("0 18:42", says(lee, "TO-5")),
        ("0 18:57", says(lee, "TO-8", "19:12")),
        ("0 19:12", says(lee, "TO-15")),
        ("0 19:12", says(lee, "TO-5")),
        ("0 19:27", says(lee, "TO-8", "10:00")),
        ("1 10:00", says(lee, "TO-15")),
        ("1 10:00", says(lee, "TO-5")),
    ]
    assert caller[-1] == partner[-1] == ("1 10:00", in_words(sam.house, sam, "TO-7"))


async def spoke_the_whole_script(house: RunningHouse, sam: Phone, golden: str) -> None:
    """The call went as its golden transcript says."""
    (call,) = await house.get(f"{sam.path}/calls")
    said = await written_down(HeldCall(house, f"{sam.path}/calls/{call['sid']}"), sam.name)
    assert said == (GOLDEN / golden).read_text(encoding="utf-8")


async def test_a_guided_break_plays_in_english_and_starts_over_with_others(house: RunningHouse, open_page: OpenPage):
    page = await open_page(f"{house.url}/handset?story=timeout{FAST}")

    await plays_to_its_end(page)

    first = await players(house, couples=1)
    await told_the_way_back(first["maker-1"], first["receiver-1"])
    await spoke_the_whole_script(house, first["maker-1"], "guided-break.txt")
    await expect(page.locator("article.left .call-entry")).to_have_count(1)

    await page.get_by_role("button", name="Start over").click()
    old = house.house.vault.number_key(first["maker-1"].number)

    async def others_play() -> bool:
        return await Person.filter(number_key=old).count() == 0 and await Person.all().count() == 2

    await comes_true(others_play, seconds=STORY_MS / 1000)  # those of the first performance are erased


@pytest.mark.slow
async def test_a_guided_break_plays_in_spanish(house: RunningHouse, open_page: OpenPage):
    page = await open_page(f"{house.url}/handset?story=timeout&locale=es{FAST}")

    await plays_to_its_end(page)

    cast = await players(house, "es", couples=1)
    await told_the_way_back(cast["maker-1"], cast["receiver-1"])
    await spoke_the_whole_script(house, cast["maker-1"], "guided-break-es.txt")
