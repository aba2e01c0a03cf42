"""The page of a story: its buttons and keys, without scripts, when something is in its way, and who may press."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from service.web.handset import Agenda, OpenMatter
from service.web.stories.cast import AREAS, NoNumbersLeft, Player, all_numbers, cast_for, is_of_a_story
from service.web.stories.evidence import gather
from service.web.stories.plays import PLAYS
from service.web.stories.theatre import first_day
from service.web.stories.words import LANGUAGES, words_in
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.small_product import MENU, SmallProduct, small_product
from tests.browser.test_handset_calls import NOTED_VOICE, SAFE
from tests.faults.journey import comes_true

OPENING = "Ten past six. A quarrel is under way."
QUESTION = f'<Gather numDigits="1"><Say>{SAFE}</Say></Gather>'


async def opened(product: SmallProduct, open_page: OpenPage, story: str = "timeout", **wishes) -> Page:
    """The page of a story at its first scene, standing still."""
    form = {"story": story, "locale": "en", "act": "again"}
    async with product.client.post(f"{product.url}/handset/story", data=form) as answer:
        assert answer.status == 200
    return await open_page(f"{product.url}/handset?story={story}&play=off&pace=100", **wishes)


async def acts(product: SmallProduct, **form: str) -> tuple[int, dict[str, object]]:
    """(status, answer) of a press as the page's script sends it."""
    accept = {"Accept": "application/json"}
    async with product.client.post(f"{product.url}/handset/story", data=form, headers=accept) as answer:
        return answer.status, await answer.json()


async def test_the_keyboard_alone_goes_on_pauses_and_starts_over(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU]
    page = await opened(product, open_page)
    await expect(page.get_by_text(OPENING)).to_be_visible()

    await page.get_by_role("button", name="Next").press("Enter")
    await expect(page.get_by_text("Ada calls in.")).to_be_visible()
    await page.get_by_role("button", name="Play").press("Enter")
    await page.get_by_role("button", name="Pause").press("Enter")
    await expect(page.get_by_role("button", name="Play")).to_be_focused()
    await page.get_by_role("button", name="Speed 100×").press("Enter")
    await expect(page.get_by_role("button", name="Speed 1×")).to_be_focused()
    await page.get_by_role("button", name="Start over").press("Enter")

    async def others_play() -> bool:
        return len(product.invited) == 2

    await comes_true(others_play)
    assert [len(each) for each in product.invited] == [2, 2]
    assert not set(product.invited[0]) & set(product.invited[1])
    assert set(product.invited[0]) <= set(product.left)


async def test_a_story_works_without_scripts(product: SmallProduct, open_page: OpenPage):
    product.says = [MENU]
    page = await opened(product, open_page, java_script_enabled=False, viewport=PHONE)

    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_text("Ada calls in.")).to_be_visible()
    await expect(page.locator("article.left .heard")).to_contain_text("For a calming break, press 2.")
    await expect(page.get_by_role("button", name="Play")).to_be_hidden()
    await page.get_by_role("button", name="Start over").click()

    await expect(page.get_by_text(OPENING)).to_be_visible()


async def test_it_begins_by_itself_unless_motion_should_be_reduced(product: SmallProduct, open_page: OpenPage):
    await opened(product, open_page)
    url = f"{product.url}/handset?story=timeout"

    moving = await open_page(url)
    still = await open_page(url, reduced_motion="reduce")

    await expect(moving.get_by_role("button", name="Pause")).to_be_visible()
    await moving.get_by_role("button", name="Pause").click()
    await expect(still.get_by_role("button", name="Play")).to_be_visible()


async def test_the_words_of_a_call_come_one_after_another_and_are_spoken_for_those_who_ask(
    product: SmallProduct, open_page: OpenPage
):
    product.says = [MENU, QUESTION, f"<Say>{'One. ' * 40}</Say><Pause length='2'/><Say>Two.</Say>"]
    page = await opened(product, open_page)
    await page.add_init_script(NOTED_VOICE)
    await page.reload()
    for scene in ("Ada calls in.", "Key 2: a calming break."):
        await page.get_by_role("button", name="Next").click()
        await expect(page.get_by_text(scene)).to_be_visible()
    heard = page.locator("article.left .heard")
    await expect(heard).to_contain_text(SAFE)
    await page.get_by_role("button", name="Voice").click()
    await page.get_by_role("button", name="Next").click()

    await expect(heard.get_by_text("Two.")).to_be_visible()
    await page.wait_for_function("() => spoken.length === 2")
    assert await page.evaluate("spoken[1]") == ["en", "Two."]


async def test_another_page_that_was_quicker_is_followed_and_not_repeated(product: SmallProduct, open_page: OpenPage):
    page = await opened(product, open_page, "notice")
    status, said = await acts(product, story="notice", locale="en", act="next", scene="0")
    assert (status, said["place"]) == (200, 1)

    await page.get_by_role("button", name="Next").click()

    await expect(page.get_by_text("Ada promises something, in one text.")).to_be_visible()
    status, said = await acts(product, story="notice", locale="en", act="next", scene="7")
    assert (status, said["place"]) == (200, 1)


async def test_the_worker_is_killed_only_at_its_scene_and_only_where_it_comes_back(
    product: SmallProduct, open_page: OpenPage
):
    page = await opened(product, open_page, "notice")
    assert await acts(product, story="notice", locale="es", act="power-cut") == (
        409, {"error": "Eso no toca ahora.", "remedy": "Vuelve a cargar la página."},
    )  # fmt: skip
    for scene in range(11):
        await acts(product, story="notice", locale="en", act="next", scene=str(scene))
    await page.reload()

    await expect(page.get_by_role("button", name="Kill the worker")).to_have_attribute("aria-disabled", "true")
    await expect(page.get_by_text("Killing the worker needs `make run`")).to_be_visible()
    assert await acts(product, story="notice", locale="en", act="power-cut") == (
        409, {"error": "This Mendline was not started by `make run`.", "remedy": "Start it so, and try again."},
    )  # fmt: skip


async def test_a_scene_that_the_clock_has_passed_says_how_to_go_on(product: SmallProduct):
    await acts(product, story="notice", locale="es", act="again")
    for scene in range(2):
        await acts(product, story="notice", locale="es", act="next", scene=str(scene))
    async with product.client.post(f"{product.simulator_url}/simulator/clock", json={"forward": "P2D"}) as moved:
        assert moved.status == 200

    late = await acts(product, story="notice", locale="es", act="next", scene="2")
    status, said = await acts(product, story="notice", locale="es", act="again")

    assert late == (409, {
        "error": "El reloj ya pasó esta escena: lo movió otra historia, o tú.",
        "remedy": "Reiniciar la representa desde el principio.",
    })  # fmt: skip
    assert (status, said["place"]) == (200, 0)


async def test_what_is_in_its_way_is_said_with_a_remedy_and_no_key_is_pressed_twice(
    product: SmallProduct, open_page: OpenPage
):
    product.says = [MENU, QUESTION]
    page = await opened(product, open_page)
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_text("Ada calls in.")).to_be_visible()
    now = product.clock.now()
    product.planned = Agenda(now, None, open=(OpenMatter("due", "7", "check-in", now),))

    await page.get_by_role("button", name="Next").click()
    await expect(page.locator("#story-error")).to_contain_text("still open: due 7: check-in. Look at the worker's log.")
    await expect(page.get_by_text("Ada calls in.")).to_be_visible()
    product.planned = Agenda(now, None)
    await page.get_by_role("button", name="Next").click()

    await expect(page.get_by_text("Key 2: a calming break.")).to_be_visible()
    await expect(page.locator("#story-error")).to_be_empty()
    assert [each.get("Digits") for each in product.hears] == [None, "2"]


async def test_a_network_that_is_away_is_admitted(tmp_path, open_page: OpenPage):
    async with small_product(tmp_path) as product:
        page = await opened(product, open_page)
        product.simulator.terminate()
        await product.simulator.wait()

        await page.get_by_role("button", name="Next").click()

        await expect(page.locator("#story-error")).to_contain_text("does not answer")
        status, told = await acts(product, story="timeout", locale="en", act="again")
        assert (status, set(told)) == (502, {"error", "remedy"})


async def test_no_other_story_is_played_and_no_other_site_may_press(product: SmallProduct, open_page: OpenPage):
    async with product.client.get(f"{product.url}/handset?story=opera&locale=es") as answer:
        assert answer.status == 404
        assert "No existe esa historia." in await answer.text()
    status, told = await acts(product, story="opera", act="next")
    assert (status, told["error"]) == (404, "There is no such story.")
    url, form = f"{product.url}/handset/story", {"story": "notice", "act": "again"}
    async with product.client.post(url, data=form, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert answer.status == 403


async def test_the_page_with_the_phones_leads_to_the_stories(product: SmallProduct, open_page: OpenPage):
    await opened(product, open_page)
    page = await open_page(f"{product.url}/handset", reduced_motion="reduce")

    assert "+1" not in await page.locator(".chooser > ul").first.inner_text()  # a story's phones stand apart
    await page.get_by_role("link", name="A time-out, a story that plays by itself").click()

    await expect(page.get_by_text(OPENING)).to_be_visible()
    await page.get_by_role("link", name="En español").click()
    await expect(page.get_by_role("heading", name="Un descanso guiado, y el regreso", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "colours"), [(DESKTOP, "light"), (PHONE, "dark"), ({"width": 320, "height": 640}, "light")]
)
async def test_axe_finds_nothing_in_a_story(product: SmallProduct, open_page: OpenPage, violations, screen, colours):
    product.says = [MENU]
    page = await opened(product, open_page, viewport=screen, color_scheme=colours, reduced_motion="reduce")
    assert await violations(page) == []

    await page.get_by_role("button", name="Next").click()
    await expect(page.locator(".heard li")).not_to_have_count(0)

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def keys_of(told: object, *above: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every word of a language by its place, with the names of what is filled into it."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from keys_of(value, *above, str(key))
    elif isinstance(told, list):
        for place, value in enumerate(told):
            yield from keys_of(value, *above, str(place))
    else:
        fields = {name for _, name, _, _ in string.Formatter().parse(str(told)) if name}
        yield ".".join(above), frozenset(fields)


def test_both_languages_say_the_same_things():
    english, spanish = (dict(keys_of(words_in(each).told)) for each in LANGUAGES)

    assert english == spanish


@pytest.mark.parametrize("name", PLAYS)
def test_every_scene_part_and_line_of_a_play_has_words_and_no_word_is_left_over(name: str):
    play, told = PLAYS[name], words_in("en").told[name]
    lines = {line for scene in play.scenes for act in scene.acts for line in getattr(act, "lines", {}).values()}

    assert [scene.name for scene in play.scenes] == list(told["scenes"])
    assert set(told["lines"]) == lines
    assert len(told["parts"]) == len(play.parts)
    assert {f"cause-{cause}" for cause in play.causes.values()} | {f"short-{name}"} <= set(words_in("en").told["page"])


@pytest.mark.parametrize("name", PLAYS)
def test_a_play_leaves_time_to_read_and_lasts_about_a_minute(name: str):
    scenes = PLAYS[name].scenes[:-1]  # the last one stays

    assert all(2 <= scene.seconds <= 5 for scene in scenes)
    assert 45 <= sum(scene.seconds for scene in scenes) <= 60  # what the service takes for it comes on top


def test_players_have_numbers_of_their_own_that_nobody_had_before():
    first = cast_for(5, "en", [])
    second = cast_for(5, "es", [first[3].number])
    numbers = all_numbers()

    assert [each.name for each in first[:4]] == ["Ada", "Ben", "Maker 2", "Receiver 2"]
    assert [each.name for each in second[:2]] == ["Carmen", "Bruno"]
    assert not {each.number for each in first} & {each.number for each in second}
    assert all(is_of_a_story(number) for number in numbers)
    assert len(set(numbers)) == len(AREAS) * 100
    assert not any(is_of_a_story(number) for number in ("+12125550101", "+12025550100", "+16465551234"))
    assert all(len(each.name) <= 10 for each in (*first, *second))  # what a text has room for
    with pytest.raises(NoNumbersLeft):
        cast_for(1, "en", numbers[::10])


def test_a_play_begins_today_if_its_hour_is_to_come_and_never_where_other_hours_would_come():
    friday = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)  # noon in New York

    assert first_day(PLAYS["notice"], friday).isoformat() == "2026-03-06"
    assert first_day(PLAYS["notice"], friday + timedelta(hours=2)).isoformat() == "2026-03-07"
    assert first_day(PLAYS["timeout"], friday + timedelta(hours=12)).isoformat() == "2026-03-08"


AT = datetime(2026, 3, 6, 0, 30, 1, tzinfo=UTC)
TWO = (Player("receiver-1", "+13325550101", "Ben", "en"), Player("receiver-2", "+13325550103", "Receiver 2", "en"))


def entry(number: str, body: str, seconds: int = 0, **more: object) -> dict[str, object]:
    at = (AT + timedelta(seconds=seconds)).isoformat()
    return {"kind": "text", "by": "product", "to": number, "body": body, "at": at, **more}


BEN, OTHER = (entry(each.number, "No update") for each in TWO)
UNLIKE = {
    "another byte": [BEN, entry(TWO[1].number, "No update.")],
    "another minute": [BEN, entry(TWO[1].number, "No update", 60)],
    "one line more": [BEN, OTHER, entry(TWO[0].number, "No update")],
    "one phone without a line": [BEN],
    "a line that never lands": [BEN, entry(TWO[1].number, "No update", lands=False)],
    "a line from before": [BEN, entry(TWO[1].number, "No update", -10)],
    "a line of the person's": [BEN, entry(TWO[1].number, "No update", by="person")],
}


def test_the_witness_finds_one_line_where_there_is_one():
    found = gather([BEN, {"kind": "clock"}, entry("+13325550199", "Other"), OTHER], TWO, AT)

    assert found.is_one_line
    assert [each.sizes for each in found.seen] == ["9", "9"]
    assert len({each.prints for each in found.seen}) == 1


@pytest.mark.parametrize("difference", UNLIKE)
def test_the_witness_finds_every_difference(difference: str):
    assert not gather(UNLIKE[difference], TWO, AT).is_one_line
