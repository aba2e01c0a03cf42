"""Calls on the handset page: calling in, being rung, keys, words, silence, the voice, and what stays of a call."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from service.demo import load_demo
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.small_product import GREETING, MENU, SmallProduct
from tests.stories.conftest import clock, house, network, running
from tests.stories.running import RunningHouse

__all__ = ("clock", "house", "network", "running")
ADA, BEN, CARMEN = "+12125550101", "+12125550102", "+12125550103"
SAFE = "Are you safe right now? For yes, press 1."
QUESTION = f'<Gather numDigits="1" input="dtmf speech"><Say>{SAFE}</Say></Gather>'
PIN = '<Gather numDigits="6"><Say>Please enter your PIN. Take your time.</Say></Gather>'
OPENING = '<Gather numDigits="1"><Say>If now is a good time, press 1.</Say></Gather>'
# A voice that notes what it is given instead of saying it.
NOTED_VOICE = """
window.spoken = []; window.silenced = 0;
Object.defineProperty(window, "speechSynthesis", { value: {
  speak(one) { window.spoken.push([one.lang, one.text]); setTimeout(() => one.onend?.()); },
  cancel() { window.silenced += 1; },
} });
"""
NO_VOICE = 'Object.defineProperty(window, "speechSynthesis", { value: undefined });'


def phone(page: Page, side: str = "left") -> Locator:
    return page.locator(f"article.{side}")


async def press(page: Page, key: str, side: str = "left") -> None:
    await phone(page, side).locator(f'.keys button[value="{key}"]').click()


async def call_in(page: Page, name: str = "Ada", side: str = "left") -> None:
    await page.get_by_role("button", name=f"Call Mendline from {name}’s phone").click()
    await expect(phone(page, side).locator(".call.on")).to_be_visible()


async def test_ada_calls_hears_presses_a_key_hears_more_and_hangs_up(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU, QUESTION]
    page = await open_page(f"{product.url}/handset")
    ada = phone(page)

    await call_in(page)
    await expect(ada.locator(".heard")).to_contain_text(GREETING)
    await expect(ada.locator(".heard .pause")).to_have_attribute("data-seconds", "2")
    await press(page, "2")
    await expect(ada.locator(".heard")).to_contain_text(SAFE)
    await expect(ada.locator(".heard .key")).to_contain_text("2")
    await page.get_by_role("button", name="Hang up").click()

    await expect(ada.locator(".call .at")).to_have_text("Call ended")
    await page.get_by_role("link", name="Back to the texts").click()
    entry = ada.locator(".me.call-entry")
    await entry.get_by_text(re.compile(r"Call, \d+ s")).click()
    await expect(entry.get_by_text(SAFE)).to_be_visible()
    async with page.expect_response("**/handset*"):  # one more look, and it is still open
        pass
    await expect(entry.get_by_text(SAFE)).to_be_visible()
    await expect(ada.locator(".call")).to_have_count(0)


async def test_the_keyboard_alone_carries_a_call_from_ringing_to_the_texts(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU, PIN]
    page = await open_page(f"{product.url}/handset")
    ada = phone(page)

    await page.get_by_role("button", name="Call Mendline from Ada’s phone").press("Enter")
    await expect(ada.get_by_role("group", name="Ada’s call with Mendline")).to_be_focused()
    await page.keyboard.press("1")
    await expect(ada.locator(".heard")).to_contain_text("Please enter your PIN.")
    for key in ("2", "4", "6", "9", "Backspace", "8", "1"):
        await page.keyboard.press(key)
    await expect(ada.locator(".typed")).to_have_text("24681")
    await page.keyboard.press("0")
    await expect(ada.locator(".call .at")).to_have_text("Call ended")

    assert [each.get("Digits") for each in product.hears] == [None, "1", "246810"]
    await ada.get_by_role("link", name="Back to the texts").press("Enter")
    await expect(page.get_by_role("button", name="Call Mendline from Ada’s phone")).to_be_focused()


async def test_words_are_taken_where_the_call_listens_for_them(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU, QUESTION, PIN]
    page = await open_page(f"{product.url}/handset")
    await call_in(page)
    await expect(page.get_by_label("What Ada says")).to_have_count(0)

    await press(page, "2")
    await page.get_by_label("What Ada says").fill("Yes, I am")
    await page.get_by_role("button", name="Say", exact=True).click()
    await expect(phone(page).locator(".heard .me")).to_contain_text("Yes, I am")
    await expect(phone(page).locator(".heard")).to_contain_text("Please enter your PIN.")
    await press(page, "7")
    await page.get_by_role("button", name="Say nothing").click()
    await expect(phone(page).locator(".call .at")).to_have_text("Call ended")

    assert product.hears[2]["SpeechResult"] == "Yes, I am"
    assert product.hears[3]["Digits"] == "7"


async def test_ben_is_rung_answers_and_presses_one(product: SmallProduct, open_page: OpenPage):
    product.says = [OPENING]
    page = await open_page(f"{product.url}/handset", viewport=PHONE)

    await product.calls(BEN)
    await expect(page.get_by_role("radio", name="Ben rings")).to_be_attached()
    await expect(page.locator("[aria-live=assertive]").filter(has_text="Mendline is calling Ben.")).to_be_attached()
    await page.locator("label[for=view-right]").click()
    await page.get_by_role("button", name="Answer").click()
    await expect(phone(page, "right").locator(".heard")).to_contain_text("If now is a good time, press 1.")
    await press(page, "1", "right")

    await expect(phone(page, "right").locator(".heard")).to_contain_text("Goodbye.")
    await expect(phone(page, "right").locator(".call .at")).to_have_text("Call ended")
    await expect(page.get_by_text("Mendline is calling Ben.")).to_have_count(0)
    assert product.hears[-1]["Digits"] == "1"


async def test_a_call_may_be_declined_left_to_a_machine_or_to_ring_out(product: SmallProduct, open_page: OpenPage):
    product.says = ["<Say>No need to call back.</Say>"]
    page = await open_page(f"{product.url}/handset")
    ben = phone(page, "right")

    await product.calls(BEN)
    await ben.get_by_role("button", name="Decline").click()
    await expect(ben.locator(".us.call-entry").nth(0)).to_contain_text("Declined call")

    await product.calls(BEN)
    await ben.get_by_role("button", name="Voicemail").click()
    await expect(ben.locator(".heard")).to_contain_text("No need to call back.")
    await ben.get_by_role("link", name="Back to the texts").click()
    await expect(ben.locator(".us.call-entry").nth(1)).to_contain_text(re.compile(r"Voicemail, \d+ s"))

    await product.calls(BEN)
    await ben.get_by_role("button", name="Let it ring").click()
    await expect(ben.locator(".texts")).to_be_visible()
    await expect(ben.locator(".call .at")).to_have_text("Incoming call")
    await page.get_by_role("button", name="+10 min").click()
    await expect(ben.locator(".us.call-entry").nth(2)).to_contain_text("Missed call")
    await expect(ben.locator(".call")).to_have_count(0)


async def test_the_voice_speaks_after_the_call_began_and_is_muted_at_once(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU, QUESTION, PIN]
    page = await open_page(f"{product.url}/handset?left=carmen&right=ada")
    await page.add_init_script(NOTED_VOICE)
    await product.calls(CARMEN)
    await page.reload()
    carmen = phone(page)
    await expect(carmen.locator(".call.ringing")).to_be_visible()
    assert await page.evaluate("spoken") == []

    await carmen.get_by_role("button", name="Answer").click()
    await page.wait_for_function("() => spoken.length === 1")
    await press(page, "2")
    await page.wait_for_function("() => spoken.length === 2")
    await expect(carmen.get_by_role("button", name="Voice")).to_have_attribute("aria-pressed", "true")
    await carmen.get_by_role("button", name="Voice").click()
    await expect(carmen.get_by_role("button", name="Voice")).to_have_attribute("aria-pressed", "false")
    await press(page, "1")
    await expect(carmen.locator(".heard")).to_contain_text("Please enter your PIN.")

    assert await page.evaluate("spoken") == [["es", GREETING], ["es", SAFE]]
    assert await page.evaluate("silenced") >= 1  # the key came while the pause after the greeting lasted


async def test_a_browser_without_a_voice_shows_the_words(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU]
    page = await open_page(f"{product.url}/handset")
    await page.add_init_script(NO_VOICE)
    await page.reload()

    await call_in(page)
    await expect(phone(page).locator(".heard")).to_contain_text(GREETING)
    await expect(phone(page).locator(".sound")).to_be_hidden()
    await press(page, "2")

    await expect(phone(page).locator(".heard")).to_contain_text("Goodbye.")


async def test_calls_work_without_scripts(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU, QUESTION]
    page = await open_page(f"{product.url}/handset", java_script_enabled=False, viewport=PHONE)

    await call_in(page)
    await press(page, "2")
    await page.get_by_label("What Ada says").fill("Yes")
    await page.get_by_role("button", name="Say", exact=True).click()
    await expect(phone(page).locator(".heard")).to_contain_text("Goodbye.")
    await page.get_by_role("link", name="Back to the texts").click()
    await expect(phone(page).locator(".call-entry summary")).to_contain_text("Call, ")

    await product.calls(BEN)
    await page.reload()
    await page.get_by_role("button", name="Decline").click()  # the phone that rings is the one in view
    await page.locator("label[for=view-right]").click()
    await expect(phone(page, "right").locator(".call-entry")).to_contain_text("Declined call")


@pytest.mark.parametrize(
    ("screen", "colours"),
    [
        (DESKTOP, "light"), (PHONE, "dark"), pytest.param(DESKTOP, "dark", marks=pytest.mark.slow),
        pytest.param(PHONE, "light", marks=pytest.mark.slow),
    ],
)  # fmt: skip
async def test_axe_finds_nothing_in_any_state_of_a_call(
    product: SmallProduct, open_page: OpenPage, violations, screen, colours
):
    product.says = [MENU, QUESTION, PIN]
    page = await open_page(
        f"{product.url}/handset", viewport=screen, color_scheme=colours, reduced_motion="reduce"
    )
    ada = phone(page)

    await product.calls(ADA)
    await expect(ada.locator(".call.ringing")).to_be_visible()
    assert await violations(page) == []
    await ada.get_by_role("button", name="Answer").click()
    await press(page, "2")
    await page.get_by_label("What Ada says").fill("Yes")
    await expect(ada.locator(".heard .key")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Say", exact=True).click()
    await press(page, "1")
    assert await violations(page) == []
    await page.get_by_role("button", name="Say nothing").click()
    await expect(ada.locator(".call.over")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("link", name="Back to the texts").click()
    await ada.locator(".call-entry summary").click()
    assert await violations(page) == []
    await product.calls(ADA)
    await ada.get_by_role("button", name="Decline").click()
    await expect(ada.locator(".call-entry")).to_have_count(2)
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


async def test_no_address_holds_a_number_and_both_phones_are_looked_at_once_a_second(
    product: SmallProduct, open_page: OpenPage
):
    product.says = [MENU]
    page = await open_page(f"{product.url}/handset")
    await call_in(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    began = await page.evaluate("performance.now()")

    await page.wait_for_function("began => performance.now() - began > 3500", arg=began)

    assert 2 <= len(asked) <= 4
    assert not [url for url in asked if "55501" in url.partition("/handset")[2]]


async def test_what_cannot_be_done_is_said_on_the_phone_it_was_asked_of(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU]
    page = await open_page(f"{product.url}/handset")
    await call_in(page)
    (call,) = await product.calls_of(ADA)
    await product.acts(ADA, call["sid"], "hangup")

    await press(page, "2")

    await expect(page.locator("#call-error-left")).to_contain_text("The call is over.")
    form = {"side": "left", "left": "ada", "call": call["sid"], "action": "sing"}
    async with product.client.post(f"{product.url}/handset/call", data=form) as answer:
        assert answer.status == 422
        assert "That cannot be done in a call." in await answer.text()
    async with product.client.post(
        f"{product.url}/handset/call", data=form, headers={"Sec-Fetch-Site": "cross-site"}
    ) as answer:
        assert answer.status == 403


async def test_ada_calls_the_running_service_and_is_led_into_a_break(house: RunningHouse, open_page: OpenPage):
    await load_demo(house.house)
    page = await open_page(f"{house.url}/handset")
    heard = phone(page).locator(".heard")

    await call_in(page)
    await expect(heard).to_contain_text(GREETING)
    await press(page, "2")
    await expect(heard).to_contain_text("You did a wise thing by stepping back. Are you safe right now?")
    await press(page, "1")
    await expect(heard).to_contain_text("How worked up is your body? Press 0 for calm up to 10 for as high as it goes.")
    await page.get_by_role("button", name="Hang up").click()

    await page.get_by_role("link", name="Back to the texts").click()
    await expect(phone(page).locator(".call-entry")).to_contain_text("Call, ")
