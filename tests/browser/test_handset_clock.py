"""The clock of the handset page: where each button goes, and what it says when it cannot."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from service.web.handset import Agenda, ComingMatter, LateMatter, OpenMatter, ReadMatter
from tests.browser.conftest import OpenPage
from tests.browser.small_product import SmallProduct

NEW_YORK = ZoneInfo("America/New_York")
NEXT = re.compile(r"^Next (?!morning)")
SLACK = timedelta(seconds=30)  # the clock runs on at real speed between two looks at it


async def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press it and wait for the end of the move."""
    async with page.expect_response(lambda answer: answer.url.endswith("/handset/clock")):
        await page.locator(".moves").get_by_role("button", name=name).click()
    await expect(page.locator(".moves .main")).not_to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize(("button", "step"), [("+10 min", timedelta(minutes=10)), ("+1 h", timedelta(hours=1))])
async def test_a_step_moves_the_clock_by_itself(product: SmallProduct, open_page: OpenPage, button, step):
    page = await open_page(f"{product.url}/handset")
    before = product.clock.now()

    await press(page, button)

    assert step <= product.clock.now() - before < step + SLACK
    assert product.rung
    await expect(page.locator("#clock-progress [role=status]")).to_contain_text("It is ")


@pytest.mark.parametrize(("button", "hour"), [("evening", (18, 30)), ("Next morning", (8, 0))])
async def test_evening_and_morning_come_on_the_left_phones_clock(
    product: SmallProduct, open_page: OpenPage, button, hour
):
    page = await open_page(f"{product.url}/handset")
    before = product.clock.now()

    await press(page, button)

    local = product.clock.now().astimezone(NEW_YORK)
    assert (local.hour, local.minute) == hour
    assert timedelta(0) < product.clock.now() - before < timedelta(hours=26)


async def test_next_goes_to_what_is_due_and_the_page_says_what(product: SmallProduct, open_page: OpenPage):
    at = product.clock.now() + timedelta(hours=5)
    product.planned = Agenda(
        product.clock.now(), None,
        coming=(ComingMatter("Check-in (CK-1)", "Ada", at),),
        lately=(LateMatter("Digest (CK-7)", "Ben", product.clock.now(), "withheld"),),
        read=(ReadMatter("a number with its scale", "Ada", product.clock.now()),),
    )  # fmt: skip
    page = await open_page(f"{product.url}/handset")
    await expect(page.get_by_role("region", name="What is next")).to_contain_text("Check-in (CK-1) Ada")
    await expect(page.get_by_role("region", name="What was sent, and why")).to_contain_text("Ben withheld")
    await expect(page.get_by_role("region", name="What was read, and how")).to_contain_text("scale Ada")

    await press(page, NEXT)

    assert timedelta(0) <= product.clock.now() - at < SLACK
    await expect(page.get_by_role("region", name="What is next")).to_contain_text("Nothing is due.")


async def test_next_with_nothing_due_says_so(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")

    await press(page, NEXT)

    await expect(page.locator("#clock-error")).to_have_text("Nothing is due. Send a text first, or move by hours.")


async def test_a_move_that_gets_stuck_is_admitted_and_names_what_is_open(product: SmallProduct, open_page: OpenPage):
    product.planned = Agenda(
        product.clock.now(), None, open=(OpenMatter("due", "17", "Check-in (CK-1)", product.clock.now()),)
    )
    page = await open_page(f"{product.url}/handset")

    await page.locator(".moves").get_by_role("button", name="+1 h").click()
    await expect(page.locator("#clock-progress")).to_contain_text("The clock is moving")
    await expect(page.locator(".moves .main")).to_have_attribute("aria-disabled", "true")

    await expect(page.locator("#clock-error")).to_contain_text("still open: due 17: Check-in (CK-1)")
    await expect(page.locator("#clock-error")).to_contain_text("Look at the worker's log.")
    await expect(page.locator(".moves .main")).not_to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_date_and_time_can_be_picked_but_not_a_past_one(product: SmallProduct, open_page: OpenPage, scripts):
    page = await open_page(f"{product.url}/handset", java_script_enabled=scripts)
    picked = (product.clock.now() + timedelta(days=3)).astimezone(NEW_YORK).replace(hour=21, minute=5)

    await page.get_by_label("Move to").fill(f"{picked:%Y-%m-%dT%H:%M}")
    await page.get_by_role("button", name="Go").click()

    await expect(page.locator(".clock .face")).to_contain_text("9:05")
    await page.get_by_label("Move to").fill("2020-01-01T09:00")
    await page.get_by_role("button", name="Go").click()
    await expect(page.get_by_role("alert").filter(has_text="never goes back")).to_be_visible()


async def test_the_hour_to_pick_follows_the_clock_until_another_is_picked(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")
    picker = page.get_by_label("Move to")

    await press(page, "+1 h")
    here = product.clock.now().astimezone(NEW_YORK)
    assert datetime.fromisoformat(await picker.input_value()).replace(tzinfo=NEW_YORK) >= here - timedelta(minutes=2)
    await picker.fill("2040-01-01T09:00")
    await press(page, "+10 min")

    assert await picker.input_value() == "2040-01-01T09:00"


async def test_the_clock_moves_without_scripts(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset?left=carmen&right=bruno", java_script_enabled=False)
    before = product.clock.now()

    await page.get_by_role("button", name="+1 h").click()

    await expect(page.locator(".clock .face")).to_be_visible()
    assert page.url == f"{product.url}/handset?left=carmen&right=bruno"
    assert product.clock.now() - before >= timedelta(hours=1)


async def test_a_time_that_is_skipped_is_the_first_that_exists(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")
    spring = next(
        day for year in (0, 1) for n in range(8, 15)
        if (day := datetime(product.clock.now().year + year, 3, n, 7, tzinfo=UTC)).weekday() == 6
        and day > product.clock.now()
    )  # fmt: skip

    await page.get_by_label("Move to").fill(f"{spring:%Y-%m-%d}T02:30")
    await page.get_by_role("button", name="Go").click()

    await expect(page.locator(".clock .face")).to_contain_text("3:30")
    assert timedelta(0) <= product.clock.now() - (spring + timedelta(minutes=30)) < SLACK
