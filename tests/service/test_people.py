"""An operator sees who is there, never what they said; a person's copy holds theirs and nothing of the other's."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from service.conversation import take_text
from service.gateway.port import ArrivedText
from service.records import Note, PublishedItem, Rating
from service.someone import ITEM, NOTE, VALUE, find_someone
from tests.service.conftest import ADA, BEN, CARMEN, CHIDI, ELENA, EVENING, REAL, STRANGER, Installation

TODAY = date(2026, 3, 2)
NEWCOMER = "+12125550108"
TABLES_OF_A_PERSON = ("rating", "note", "session", "due", "outbox", "sharing_grant", "pair_member", "pin")


def _lives(town: Installation) -> None:
    """Ada and Ben each keep numbers and words; Ben gave Ada one line of his."""

    async def write(house):
        ada, ben = [await find_someone(house.vault, house.vault.number_key(number)) for number in (ADA, BEN)]
        for someone, number, words in ((ada, "6.5", "slept badly"), (ben, "2.25", "my own secret")):
            later = TODAY + timedelta(days=365)
            await Rating.create(person_id=someone.id, item="mood", value_sealed=someone.key.seal(number, VALUE),
                                local_date=TODAY, slot="day", is_late=False, keep_until=later)  # fmt: skip
            await Note.create(person_id=someone.id, kind="mood", text_sealed=someone.key.seal(words, NOTE),
                              local_date=TODAY, keep_until=later)  # fmt: skip
        await Note.create(person_id=ada.id, kind="danger", text_sealed=ada.key.seal("S", NOTE), local_date=TODAY,
                          keep_until=TODAY + timedelta(days=30))  # fmt: skip
        await PublishedItem.create(receiver_id=ada.id, publisher_id=ben.id, kind="kindness", local_date=TODAY,
                                   item_sealed=ada.key.seal("thank you for the tea", ITEM),
                                   expires_on=TODAY + timedelta(days=30))  # fmt: skip

    town.work(write)


def _texts(town: Installation, number: str, body: str) -> None:
    async def write(house):
        now = house.clock.now()
        await take_text(house, ArrivedText("SM" + "9" * 32, number, house.settings.twilio_sender, body, now))

    town.work(write)


def test_the_list_and_one_person_show_no_content_and_no_whole_number(town):
    _lives(town)

    seen = [town.mend(*words).stdout for words in (["people", "list"], ["people", "show", ADA], ["pairs", "list"])]
    shown = "".join(seen)

    assert "+1•••••0101" in shown
    for private in (ADA, "Ada", "6.5", "slept", "thank you", "18:30", "D1"):
        assert private not in shown
    assert json.loads(town.mend("people", "show", ADA, "--json").stdout)["rows"]["note"] == 2


def test_an_export_holds_what_is_hers_and_nothing_of_his(town):
    _lives(town)

    copy = town.mend("people", "export", ADA, "--json").stdout
    content = json.loads(copy)

    assert content["about"].startswith("Self-reported, not verified, may be incomplete.")
    assert content["person"]["number"] == ADA
    assert content["ratings"] == [{"day": "2026-03-02", "item": "mood", "value": "6.5"}]
    assert [note["text"] for note in content["notes"]] == ["slept badly"]  # what danger she was in stays sealed
    assert content["received"] == [{"day": "2026-03-02", "kind": "kindness", "text": "thank you for the tea"}]
    for his in (BEN, "0102", "Ben", "2.25", "secret"):
        assert his not in copy
    # The grants began when the second of the two texted READY: a clock time would be his as much as hers.
    own_settings = json.dumps(content.pop("person"))
    assert re.findall(r"\d\d:\d\d", json.dumps(content)) == []
    assert re.findall(r"\d\d:\d\d", own_settings) == ["18:30"]


def test_an_export_comes_as_two_files_for_her_eyes_and_is_audited(town):
    done = town.mend("people", "export", ADA, "--to", "ada", "--by", "Dr Vega")

    text = (town.folder / "ada" / "export.txt").read_text(encoding="utf-8")
    assert done.exit_code == 0, done.stderr
    assert text.startswith("Self-reported, not verified, may be incomplete. Open it when you are alone.")
    assert json.loads((town.folder / "ada" / "export.json").read_text(encoding="utf-8"))["person"]["name"] == "Ada"
    assert {each.stat().st_mode & 0o777 for each in (town.folder / "ada").iterdir()} == {0o600}
    assert [row["actor"] for row in town.rows("SELECT actor FROM audit_event WHERE act = 'export'")] == ["Dr Vega"]


@pytest.mark.parametrize(("typed", "code"), [("246810\n", 0), ("135791\n", 1), ("", 1)])
def test_where_phones_are_real_only_her_pin_opens_her_records(town, typed, code):
    done = town.mend("people", "export", ADA, "--json", typed=typed, **REAL)

    assert done.exit_code == code
    assert ("person" in done.stdout) == (code == 0)
    assert "Traceback" not in done.stderr


def test_erasing_takes_her_rows_and_key_and_leaves_proof_and_his_pair(town):
    _lives(town)
    ada = json.loads(town.mend("people", "show", ADA, "--json").stdout)["id"]

    done = town.mend("people", "erase", ADA, "--yes", "--json")

    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["note"] == 2
    for table in TABLES_OF_A_PERSON:
        assert town.rows(f"SELECT 1 FROM {table} WHERE person_id = $1", ada) == []
    assert town.rows("SELECT 1 FROM person_key WHERE person_id = $1", ada) == []
    assert town.rows("SELECT count(*) AS n FROM consent_entry WHERE person_ref = $1", ada)[0]["n"] >= 8
    assert town.rows("SELECT act FROM audit_event WHERE person_ref = $1 AND act = 'erase'", ada) == [{"act": "erase"}]
    assert json.loads(town.mend("people", "show", BEN, "--json").stdout)["is_paired"]
    assert town.mend("people", "show", ADA).exit_code == 1
    _texts(town, BEN, "7")
    assert town.rows("SELECT phrase_id FROM outbox WHERE state = 'owed'") == [{"phrase_id": "CK-2"}]


def test_an_erased_person_may_join_again_and_one_who_said_stop_stays_blocked(town):
    for number in (ADA, CHIDI):
        assert town.mend("people", "erase", number, "--yes").exit_code == 0

    again, blocked = [
        town.mend("join", number, "--source", "paper form 13") for number in (ADA, CHIDI)
    ]

    assert again.exit_code == 0, again.stderr
    assert blocked.exit_code == 1
    assert "opted out" in blocked.stderr


def test_erasing_needs_a_yes_and_somebody_to_erase(town):
    unsure, nobody = town.mend("people", "erase", ADA), town.mend("people", "erase", STRANGER, "--yes")

    assert (unsure.exit_code, nobody.exit_code) == (1, 1)
    assert "--yes" in unsure.stderr
    assert "nobody has this number" in nobody.stderr


def test_a_paper_form_joins_with_its_wording_in_the_ledger_and_the_next_questions_by_text(town):
    done = town.mend("join", NEWCOMER, "--source", "paper form 12", "--locale", "en", "--by", "Dr Vega", "--json")

    joined = json.loads(done.stdout)
    agreed = town.rows("SELECT * FROM consent_entry WHERE person_ref = $1", joined["id"])
    owed = town.rows("SELECT phrase_id FROM outbox WHERE person_id = $1 AND state = 'owed' ORDER BY id", joined["id"])
    (entry,) = agreed
    assert (entry["channel"], entry["source"], entry["script"]) == ("paper", "paper form 12", "join")
    assert entry["wording"] == joined["wording"]
    assert "Reply YES to join" in entry["wording"]
    assert [row["phrase_id"] for row in owed] == ["EN-2", "EN-3"]
    _texts(town, NEWCOMER, "2")
    assert town.rows("SELECT settings FROM person WHERE id = $1", joined["id"])[0]["settings"] == '{"discretion": "D2"}'


def test_the_first_texts_of_a_form_typed_at_night_wait_for_the_morning(town):
    done = town.mend("join", "+34600000109", "--source", "form", "--locale", "es", "--json")

    waits = town.rows("SELECT not_before FROM outbox WHERE person_id = $1", json.loads(done.stdout)["id"])
    assert {row["not_before"].isoformat() for row in waits} == {"2026-03-03T09:00:00+00:00"}  # ten in Madrid


@pytest.mark.parametrize(
    ("number", "why"),
    [(CHIDI, "opted out"), (ADA, "joined already"), ("12125550108", "no telephone number"),
     ("+1", "no telephone number"), ("+12025550100", "our own")],
)  # fmt: skip
def test_a_form_cannot_join_everybody(town, number, why):
    refused = town.mend("join", number, "--source", "paper form 14")

    assert refused.exit_code == 1
    assert why in refused.stderr


def test_two_people_seen_alone_are_linked_by_their_sheets(town):
    for number in (NEWCOMER, "+12125550109"):
        assert town.mend("join", number, "--source", "form").exit_code == 0

    done = town.mend("pairs", "vouch", NEWCOMER, "+12125550109", "--by", "Dr Vega", "--first-sheet", "c1, r1,C3",
                     "--second-sheet", "", "--paper", "2026-17", "--json")  # fmt: skip

    pair = json.loads(done.stdout)["pair"]
    sheets = [json.loads(row["sheet"]) for row in town.rows("SELECT sheet FROM pair_member WHERE pair_id = $1", pair)]
    assert sorted(sheet["grants"] for sheet in sheets) == [[], ["C1", "R1", "C3"]]
    assert any("C1: the day's number" in sheet["wording"] for sheet in sheets)
    listed = json.loads(town.mend("pairs", "list", "--json").stdout)
    assert sorted(each["state"] for each in listed) == ["active", "active", "proposed"]


@pytest.mark.parametrize(
    ("second", "by", "sheet", "why"),
    [(BEN, "Dr Vega", "C1", "linked already"), (CARMEN, "Ada", "C1", "linked already"),
     (STRANGER, "Dr Vega", "C1", "nobody who joined"), (ELENA, "Dr Vega", "C9", "no such switch: C9")],
)  # fmt: skip
def test_a_link_that_may_not_be_is_refused_with_its_reason(town, second, by, sheet, why):
    done = town.mend("pairs", "vouch", ELENA, second, "--by", by, "--first-sheet", sheet, "--paper", "1")

    assert done.exit_code == 1
    assert why in done.stderr


def test_the_clock_of_the_installation_is_the_one_that_counts(town):
    town.mend("people", "export", ADA)

    exports = town.rows("SELECT at FROM audit_event WHERE act = 'export'")
    assert [row["at"].date() for row in exports] == [EVENING.date()]
