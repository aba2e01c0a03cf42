"""Who can use the handset page and who cannot: axe at every size and colour, strict headers, no other site's POST."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import expect

from service.web.handset import Agenda, ComingMatter, LateMatter, ReadMatter
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.small_product import SmallProduct

ADA = "+12125550101"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE])
async def test_axe_finds_nothing(product: SmallProduct, open_page: OpenPage, violations, screen, colours):
    now = product.clock.now()
    product.planned = Agenda(
        now, None,
        coming=(ComingMatter("Check-in (CK-1)", "Ada", now + timedelta(hours=3)),),
        lately=(LateMatter("Digest (CK-7)", "Ben", now, "withheld"),),
        read=(ReadMatter("a number with its scale", "Ada", now),),
    )  # fmt: skip
    await product.sends(ADA, "Mendline: Check-in time.")
    page = await open_page(
        f"{product.url}/handset", viewport=screen, color_scheme=colours, reduced_motion="reduce"
    )
    assert await violations(page) == []

    await page.get_by_label("Text from Ada").fill("x" * 1601)
    await page.get_by_label("Text from Ada").press("Enter")
    await expect(page.locator("#error-left")).to_contain_text("Not sent.")
    await page.get_by_text("Other phones…").click()

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


async def test_the_focus_is_seen_and_motion_stops_for_those_who_ask(product: SmallProduct, open_page: OpenPage):
    page = await open_page(f"{product.url}/handset", reduced_motion="reduce")
    await product.sends(ADA, "Mendline: Check-in time.")
    await expect(page.locator(".us.new")).to_be_visible()

    await page.keyboard.press("Tab")

    await expect(page.get_by_role("link", name="Skip to the phones")).to_be_in_viewport()
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    assert await page.locator(".us.new").evaluate("item => getComputedStyle(item).animationName") == "none"


@pytest.mark.parametrize("path", ["/handset", "/handset/agenda", "/handset/static/handset.js", "/handset/nothing.js"])
async def test_every_answer_has_strict_headers(product: SmallProduct, path):
    async with product.client.get(product.url + path) as answer:
        if path.endswith("nothing.js"):
            assert answer.status == 404
            return
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["text", "clock", "phones", "ring"])
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}]
)
async def test_another_site_cannot_post(product: SmallProduct, path, headers):
    form = {"side": "left", "left": "ada", "body": "7", "move": "1h"}
    async with product.client.post(f"{product.url}/handset/{path}", data=form, headers=headers) as answer:
        assert answer.status == 403
    assert product.rung == 0


async def test_the_agenda_is_told_and_the_bell_rings(product: SmallProduct):
    at = product.clock.now() + timedelta(hours=1)
    product.planned = Agenda(product.clock.now(), None, coming=(ComingMatter("Check-in (CK-1)", "Ada", at),))

    async with product.client.get(f"{product.url}/handset/agenda") as answer:
        told = await answer.json()
    async with product.client.post(f"{product.url}/handset/ring") as answer:
        assert answer.status == 204

    assert set(told) == {"now", "next", "open", "coming", "lately", "read"}
    assert told["next"] == at.isoformat()
    assert told["coming"] == [{"what": "Check-in (CK-1)", "who": "Ada", "at": at.isoformat()}]
    assert product.rung == 1


async def test_an_endless_form_is_refused(product: SmallProduct):
    async with product.client.post(f"{product.url}/handset/text", data={"body": "x" * 70_000}) as answer:
        assert answer.status == 413
