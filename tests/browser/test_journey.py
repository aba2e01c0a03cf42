"""The first journey as a person walks it, on the page of the running product: Ada's, Carmen's, and a stranger's."""

from __future__ import annotations

from playwright.async_api import Page, expect

from service.demo import load_demo
from tests.browser.conftest import OpenPage
from tests.stories.conftest import clock, house, network, running
from tests.stories.running import RunningHouse

__all__ = ("clock", "house", "network", "running")
ADA, CARMEN = "Ada & Ben", "Carmen & Bruno"


async def test_ada_waits_for_her_check_in_and_texts_her_mood(house: RunningHouse, open_page: OpenPage):
    await load_demo(house.house)
    page = await open_page(f"{house.url}/handset")

    await page.get_by_role("button", name="This evening").click()
    await hears(page, "Mendline: Check-in time. How is today so far, 0 (rough) to 10 (good)?")

    await texts(page, "4 tired, argued")
    await hears(page, "And how settled is your body right now, 0 (calm) to 10 (very worked up)?")

    await texts(page, "8")
    await hears(page, "That is a lot for a body to hold. BREAK starts a timed break, CALL is a guided call")
    await expect(page.locator("article.left .texts")).to_contain_text("Delivered")


async def test_carmen_waits_for_her_check_in_and_texts_her_mood(house: RunningHouse, open_page: OpenPage):
    await load_demo(house.house)
    page = await open_page(f"{house.url}/handset")
    await page.get_by_text(CARMEN).click()
    await shows(page, "Carmen")

    await page.get_by_role("button", name="This evening").click()
    await hears(page, "Mendline: Hora de tu registro. ¿Como va el dia, de 0 (duro) a 10 (bien)?")

    await texts(page, "4 cansancio, discutimos")
    await hears(page, "¿Y como esta tu cuerpo ahora, de 0 (en calma) a 10 (muy alterado)?")

    await texts(page, "8")
    await hears(page, "Es mucho para un cuerpo.")


async def test_a_stranger_joins_on_the_page_in_five_replies(house: RunningHouse, open_page: OpenPage):
    page = await open_page(f"{house.url}/handset")
    await page.get_by_text("A stranger").first.click()
    await shows(page, "A stranger")

    for said, heard in (
        ("JOIN", "Reply YES to join"),
        ("YES", "Could anyone else see this phone?"),
        ("1", "What daily time is safe and calm for a text?"),
        ("6:30 PM", "What time is it where you are right now?"),
        ("12:00 PM", "Mendline: Check-in time."),
        ("7", "And how settled is your body right now"),
    ):
        await texts(page, said)
        await hears(page, heard)


async def shows(page: Page, owner: str) -> None:
    """The left phone is this person's."""
    await expect(page.locator("article.left")).to_contain_text(owner)


async def texts(page: Page, words: str) -> None:
    """Write on the left phone and press Enter."""
    field = page.locator("article.left [name=body]")
    await field.fill(words)
    await field.press("Enter")
    await expect(page.locator("article.left .texts")).to_contain_text(words)


async def hears(page: Page, words: str) -> None:
    """The left phone shows these words by and by."""
    await expect(page.locator("article.left .texts")).to_contain_text(words)
