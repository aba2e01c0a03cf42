"""The page says in words how each text was read, and never what was in it."""

from __future__ import annotations

from tests.stories.beginnings import is_asked
from tests.stories.people import Clock, Network, Phone
from tests.stories.words import CK_1, CK_2, CK_10, G_WHO


async def lately_read(network: Network) -> list[tuple[str, str]]:
    """Whose texts were read and how, newest first, as the page lists them."""
    return [(each["who"], each["what"]) for each in (await network.house.get("/handset/agenda"))["read"]]


async def test_the_page_says_in_words_how_a_text_was_read(
    ada: Phone, stranger: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("meh")
    assert await ada.hears(CK_10)
    await ada.texts("7/10")
    assert await ada.hears(CK_2)
    await stranger.texts("who is this")
    assert await stranger.hears(G_WHO)

    assert (await lately_read(network))[:3] == [
        ("a stranger", "a number that nobody knows"),
        ("somebody", "a number with its scale"),
        ("somebody", "no number"),
    ]
    assert await network.is_quiet()


async def test_the_page_holds_no_word_of_a_text(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("6 slept on the sofa")
    assert await ada.hears(CK_2)

    told = str(await network.house.get("/handset/agenda"))
    assert "sofa" not in told
    assert ("somebody", "a number on its own") in await lately_read(network)
    assert await network.is_quiet()
