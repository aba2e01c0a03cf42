"""What is left behind: versions with every text, and logs that tell an operator nothing about anybody."""

from __future__ import annotations

import re

import pytest

from service.records import ConsentEntry, OutboxItem
from service.simulator.cast import CAST
from tests.stories.beginnings import is_asked
from tests.stories.conftest import STRANGER
from tests.stories.keeping import person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.words import CK_1, EN_1

PIN = "135791"


@pytest.mark.invariant("I7")
async def test_invariant_38_logs_hold_no_words_no_pins_and_no_whole_numbers(
    ada: Phone, stranger: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    await ada.texts("4 quarrelled over marmalade")
    await ada.texts(PIN)
    await ada.texts("no puedo más con la mermelada")
    await stranger.texts("who owns the marmalade factory")
    await clock.forward(minutes=5)

    logs = {name: (ada.house.folder / f"{name}.log").read_text() for name in ("web", "worker")}

    assert logs["web"] != ""
    assert logs["worker"] != ""
    for log in logs.values():
        for said in ("marmalade", "quarrelled", "mermelada", PIN, CK_1, EN_1):
            assert said not in log
        for number in (STRANGER, *(person.number for person in CAST)):
            assert number.removeprefix("+") not in log
        assert re.search(r"\+\d{8,}", log) is None


async def test_invariant_5_every_text_keeps_the_version_of_its_words_and_of_its_script(
    ada: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)

    house = ada.house.house
    sent = await OutboxItem.filter(person_id=(await person_of(ada)).id)
    asked = [item for item in sent if item.phrase_id == "CK-1"]
    assert {item.words_version for item in sent} == {house.catalogue.version}
    assert asked[-1].script_hash == house.library.bundle("check-in").hash


async def test_consent_is_kept_with_the_exact_words_and_where_it_came_from(
    ada: Phone, clock: Clock, network: Network
):
    given = await ConsentEntry.get(person_ref=(await person_of(ada)).id, act="given", subject="texts")

    assert given.wording == EN_1
    assert given.phrase_id == "EN-1"
    assert given.source != ""
    assert ada.number not in given.source
