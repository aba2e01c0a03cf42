"""What failed three times is told to the operator, who has it tried again or gives it up; nothing else is theirs."""

from __future__ import annotations

import json

import pytest

from service.house import House
from service.records import Due, Trial
from service.trials import SID
from tests.service.conftest import Installation

TEXT_SID = "SM" + "1" * 32


async def _set_aside(house: House) -> dict[str, int]:
    now = house.clock.now()
    due = await Due.filter(state="waiting").order_by("id").first()
    assert due is not None
    await Due.filter(id=due.id).update(state="quarantined", attempts=4)
    sealed = house.vault.seal(TEXT_SID, SID)
    trial = await Trial.create(
        kind="inbound", key="0" * 32, tries=3, state="quarantined", tried_at=now, sid_sealed=sealed
    )
    return {"due": due.id, "inbound": trial.id}


def _listed(town: Installation) -> list[dict[str, str]]:
    aside: list[dict[str, str]] = json.loads(town.mend("outbox", "list", "--json").stdout)["quarantined"]
    return aside


@pytest.mark.promise(12)
def test_rows_set_aside_are_listed_by_name_and_doctor_tells_of_them(town: Installation) -> None:
    assert _listed(town) == []
    ids = town.work(_set_aside)

    listed = _listed(town)

    assert [each["name"] for each in listed] == [f"due:{ids['due']}", f"inbound:{ids['inbound']}"]
    assert listed[1]["sid"] == TEXT_SID
    assert "2 rows failed three times and were set aside" in town.mend("doctor").stdout


@pytest.mark.parametrize(("word", "state"), [("again", "waiting"), ("dropped", "dropped")])
def test_a_due_row_is_opened_again_or_given_up(town: Installation, word: str, state: str) -> None:
    ids = town.work(_set_aside)

    settled = town.mend("outbox", "settle", f"due:{ids['due']}", "--as", word)

    assert settled.exit_code == 0, settled.output
    assert town.rows("SELECT state FROM due WHERE id = $1", ids["due"]) == [{"state": state}]
    assert [each["name"] for each in _listed(town)] == [f"inbound:{ids['inbound']}"]


@pytest.mark.parametrize(("word", "rows"), [("again", [{"state": "open", "tries": 0}]), ("dropped", [])])
def test_an_event_is_taken_again_or_given_up(town: Installation, word: str, rows: list[dict[str, object]]) -> None:
    ids = town.work(_set_aside)

    assert town.mend("outbox", "settle", f"inbound:{ids['inbound']}", "--as", word).exit_code == 0

    assert town.rows("SELECT state, tries FROM trial") == rows


def test_what_is_not_set_aside_or_named_wrongly_is_refused(town: Installation) -> None:
    assert town.mend("outbox", "settle", "due:999999", "--as", "again").exit_code == 1
    for name, word in (("due:1", "sent"), ("7", "again"), ("nobody:1", "again"), ("x", "failed")):
        assert town.mend("outbox", "settle", name, "--as", word).exit_code == 2, name
