"""What can go wrong, picked on the page: it strikes once, the page says so, and the service gets over it."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from service.demo import load_demo
from tests.browser.conftest import OpenPage
from tests.browser.small_product import SmallProduct
from tests.stories.conftest import clock, house, network, running
from tests.stories.running import RunningHouse

__all__ = ("clock", "house", "network", "running")
WHO = "Mendline: an automated reminder service set up for this number. HELP for help, STOP to end."
LOST_ANSWER, TWICE = "messages.create timeout-processed", "webhook duplicate"
QUIET = "Nothing goes wrong just now."


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="What can go wrong")


async def pick(page: Page, value: str, who: str = "any phone") -> None:
    await panel(page).get_by_label("Let this go wrong once").select_option(value=value)
    await panel(page).get_by_label("for", exact=True).select_option(label=who)
    await panel(page).get_by_role("button", name="Let it happen").click()


async def say(page: Page, body: str) -> None:
    await page.get_by_label("Text from Ada").fill(body)
    await page.get_by_label("Text from Ada").press("Enter")


@pytest.mark.parametrize("is_scripted", [True, False])
async def test_what_was_picked_waits_strikes_once_and_can_be_taken_back(
    product: SmallProduct, open_page: OpenPage, is_scripted: bool
):
    page = await open_page(f"{product.url}/handset", java_script_enabled=is_scripted)
    ours = page.get_by_role("log", name="Ada’s texts").locator(".us .bubble")
    await expect(panel(page)).to_contain_text(QUIET)

    await pick(page, TWICE, "Ada")
    await expect(panel(page).get_by_role("listitem")).to_have_text(
        "waits The next text, call or key that comes in comes twice Ada"
    )
    await page.get_by_label("Text from Ada").fill("7")
    await page.get_by_role("button", name="Send Ada’s text").click()

    await expect(ours).to_have_count(2)
    if not is_scripted:
        await page.reload()
    await expect(panel(page).get_by_role("listitem")).to_contain_text("struck")
    await panel(page).get_by_role("button", name="Let all be well").click()
    await expect(panel(page)).to_contain_text(QUIET)


async def test_what_is_not_offered_is_refused_in_words(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")
    for fault in ("", "webhook", "webhook explode", "messages.create forge"):
        async with product.client.post(f"{product.url}/handset/faults", data={"fault": fault}) as answer:
            assert answer.status == 422, fault
            assert "Pick one from the list." in await answer.text()

    await expect(panel(page)).to_contain_text(QUIET)


async def test_a_lost_answer_is_got_over_and_ada_reads_one_text(house: RunningHouse, open_page: OpenPage):
    await load_demo(house.house)
    page = await open_page(f"{house.url}/handset")

    await pick(page, LOST_ANSWER, "Ada")
    await expect(panel(page)).to_contain_text("waits")
    await say(page, "WHO")

    log = page.get_by_role("log", name="Ada’s texts")
    await expect(log.get_by_text(WHO)).to_have_count(1)
    await expect(panel(page)).to_contain_text("struck")
    await page.get_by_role("button", name="+10 min").click()
    await expect(page.locator("#clock-progress [role=status]")).to_contain_text("It is ")
    await expect(log.get_by_text(WHO)).to_have_count(1)
