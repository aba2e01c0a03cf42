"""Texting on the handset page: by keyboard, without scripts, kept when it fails, whatever the words look like."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.small_product import SmallProduct, small_product

ADA, BEN, CARMEN, ELENA = "+12125550101", "+12125550102", "+12125550103", "+34600000105"
STRANGERS = "+1 (917) 555-0123"
AWKWARD = (
    "W" * 300,
    "🙂" * 60 + "👩‍👩‍👧‍👦",
    "שלום, מה שלומך היום? אני עייף מאוד וקצת עצוב.",
    "مرحبا 7 out of 10",
    "one\ntwo\n\nthree",
    "<script>document.title='no'</script> & <b>bold</b>",
    ("a word and another " * 90)[:1600],
)


def log_of(page: Page, name: str):
    return page.get_by_role("log", name=f"{name}’s texts")


async def test_a_text_is_written_sent_and_answered_with_the_keyboard_alone(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")

    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.id") == "body-left":
            break
    await page.keyboard.type("4 tired, argued")
    await page.keyboard.press("Enter")

    await expect(log_of(page, "Ada").locator(".me .bubble")).to_have_text("Ada: 4 tired, argued")
    await expect(log_of(page, "Ada").locator(".us .bubble")).to_have_text("Mendline: Mendline: Saved.")
    await expect(log_of(page, "Ada").locator(".us .fate")).to_contain_text("Delivered")
    await expect(log_of(page, "Ben").locator("li")).to_have_count(0)
    await expect(page.get_by_label("Text from Ada")).to_have_value("")
    await expect(page.get_by_label("Text from Ada")).to_be_focused()


async def test_shift_and_enter_begin_a_new_line(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")
    field = page.get_by_label("Text from Ben")

    await field.fill("first")
    await field.press("Shift+Enter")
    await field.press_sequentially("second")
    await field.press("Enter")

    await expect(log_of(page, "Ben").locator(".me .bubble")).to_have_text("Ben: first\nsecond", use_inner_text=False)


async def test_new_texts_are_read_out_once_where_they_arrive(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")
    log = log_of(page, "Ben")
    await expect(log).to_have_attribute("aria-relevant", "additions")
    await page.evaluate(
        "window.added = []; new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node =>"
        " node.tagName === 'LI' && window.added.push(node.dataset.key))))"
        ".observe(document.querySelector('[data-log=right] ol'), {childList: true})"
    )

    await product.sends(BEN, "Mendline: Check-in time.")
    await expect(log.locator(".arrived .bubble")).to_have_text("Mendline: Mendline: Check-in time.")
    await product.sends(BEN, "Still open if you want it.")
    await expect(log.locator(".arrived .bubble")).to_have_count(2)

    added = await page.evaluate("window.added")
    assert len(added) == len(set(added)) == 3  # the day and two texts


async def test_a_text_that_is_too_long_stays_in_the_field_with_the_reason(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset")
    field = page.get_by_label("Text from Ada")

    await field.fill("x" * 1601)
    await field.press("Enter")

    await expect(page.locator("#error-left")).to_contain_text("Not sent. The text is too long.")
    await expect(field).to_have_value("x" * 1601)
    await expect(field).to_have_attribute("aria-invalid", "true")
    await field.fill("short")
    await field.press("Enter")
    await expect(log_of(page, "Ada").locator(".me .bubble")).to_have_text("Ada: short")
    await expect(page.locator("#error-left")).to_be_empty()


async def test_a_text_is_kept_while_the_network_is_away(tmp_path, open_page: OpenPage):
    async with small_product(tmp_path) as product:
        page = await open_page(f"{product.url}/handset")
        plain = await open_page(f"{product.url}/handset", java_script_enabled=False)
        product.simulator.terminate()
        await product.simulator.wait()

        await page.get_by_label("Text from Ada").fill("7 calm")
        await page.get_by_label("Text from Ada").press("Enter")
        await plain.get_by_label("Text from Ada").fill("7 calm")
        await plain.get_by_role("button", name="Send Ada’s text").click()

        await expect(page.locator("#error-left")).to_contain_text("does not answer")
        await expect(page.get_by_label("Text from Ada")).to_have_value("7 calm")
        await expect(page.locator("#away")).to_contain_text("Trying again")
        await expect(plain.get_by_label("Not sent, and kept here for you")).to_have_value("7 calm")


async def test_texts_are_sent_and_kept_without_scripts(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset?left=ben&right=ada", java_script_enabled=False)

    await page.get_by_label("Text from Ada").fill("7\nrather calm")
    await page.get_by_role("button", name="Send Ada’s text").click()

    assert page.url == f"{product.url}/handset?left=ben&right=ada"
    await expect(log_of(page, "Ada").locator(".me .bubble")).to_have_text("Ada: 7\nrather calm", use_inner_text=False)
    await page.get_by_label("Text from Ada").fill("x" * 1601)
    await page.get_by_role("button", name="Send Ada’s text").click()
    await expect(page.get_by_role("alert").filter(has_text="too long")).to_be_visible()
    await expect(page.get_by_label("Text from Ada")).to_have_value("x" * 1601)


async def test_a_strangers_number_joins_and_stands_in_no_address(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset", java_script_enabled=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    await page.get_by_text("Other phones…").click()
    await page.get_by_label("Another number").fill("917 555 0123")
    await page.get_by_role("button", name="Show these phones").click()
    await expect(page.get_by_role("alert").filter(has_text="country")).to_be_visible()
    await page.get_by_label("Another number").fill(STRANGERS)
    await page.get_by_role("button", name="Show these phones").click()
    await page.get_by_label("Text from +1 917 555 0123").fill("JOIN")
    await page.get_by_role("button", name="Send +1 917 555 0123’s text").click()

    await expect(log_of(page, "+1 917 555 0123").locator(".me .bubble")).to_contain_text("JOIN")
    assert asked
    assert not [url for url in asked if "5550123" in url]


async def test_each_phone_shows_its_own_zone_and_language(product: SmallProduct, open_page: OpenPage):
    await product.sends(CARMEN, "Mendline: Hola.")
    await product.sends(ELENA, "Mendline: Hola.")

    page = await open_page(f"{product.url}/handset?left=carmen&right=elena")

    await expect(page.locator(".phone.left .bar")).to_contain_text("New York · E")
    await expect(page.locator(".phone.right .bar")).to_contain_text("Madrid · CE")
    await expect(log_of(page, "Carmen").locator("time")).to_contain_text(". m.")
    await expect(log_of(page, "Elena").locator("time")).not_to_contain_text("m")
    await expect(log_of(page, "Elena").locator(".fate")).to_contain_text("Entregado")
    await expect(page.locator(".try")).to_contain_text("DESCANSO")


async def test_no_text_breaks_the_page_on_any_screen(product: SmallProduct, open_page: OpenPage):
    for words in AWKWARD:
        await product.sends(ADA, words)

    for screen in (DESKTOP, PHONE, {"width": 320, "height": 640}):
        page = await open_page(f"{product.url}/handset", viewport=screen)
        log = log_of(page, "Ada")
        await expect(log.locator(".bubble")).to_have_count(len(AWKWARD))
        assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        assert await log.evaluate("log => log.scrollWidth <= log.clientWidth")
        assert await page.title() == "Ada & Ben · Mendline"
    await expect(log.locator(".bubble").last).to_contain_text("a word and another")


async def test_one_phone_is_shown_at_a_time_on_a_small_screen(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset", viewport=PHONE)
    await expect(log_of(page, "Ada")).to_be_visible()
    await expect(log_of(page, "Ben")).to_be_hidden()

    await product.sends(BEN, "Mendline: Check-in time.")
    await expect(page.get_by_role("radio", name="Ben 1 new")).to_be_attached()
    await page.locator("label[for=view-left]").click()
    await page.keyboard.press("ArrowRight")

    await expect(log_of(page, "Ben")).to_be_visible()
    await expect(log_of(page, "Ada")).to_be_hidden()
    await expect(page.get_by_role("radio", name="Ben", exact=True)).to_be_checked()
