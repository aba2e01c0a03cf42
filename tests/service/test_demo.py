"""The demo people join as everybody does, their phones start empty, and nobody's words are in a log."""

from __future__ import annotations

import json
import logging

from service.pins import check_pin
from service.simulator.cast import CAST
from tests.service.conftest import ADA, CHIDI, ELENA, EVENING, REAL, STRANGER, Installation


def _id_of(town: Installation, number: str) -> str:
    people = json.loads(town.mend("people", "list", "--json").stdout)
    return next(each["id"] for each in people if each["number"].endswith(number[-4:]))


def test_five_joined_one_left_and_the_stranger_is_nobody(town):
    people = json.loads(town.mend("people", "list", "--json").stdout)

    statuses = {each["number"][-4:]: (each["status"], each["is_paired"]) for each in people}
    assert statuses == {
        "0101": ("active", True), "0102": ("active", True), "0103": ("active", True), "0104": ("active", True),
        "0105": ("active", False), "0106": ("opted_out", False),
    }  # fmt: skip


def test_both_couples_are_open_with_what_their_sheets_say_and_no_more(town):
    grants = town.rows("SELECT person_id, array_agg(kind ORDER BY kind) AS kinds FROM sharing_grant GROUP BY 1")

    assert [row["kinds"] for row in grants] == [["C3", "C5", "PM-6", "R3", "R5"]] * 4
    assert [row["state"] for row in town.rows("SELECT state FROM pair")] == ["active", "active"]


def test_the_ledger_holds_what_each_of_them_read(town):
    said = town.rows("SELECT wording, channel, source FROM consent_entry WHERE act = 'given' AND subject = 'texts'")

    assert len(said) == 6
    assert {row["channel"] for row in said} == {"text"}
    assert all("1-2 msgs/day" in row["wording"] or "1-2 msjs/dia" in row["wording"] for row in said), said


def test_their_phones_start_empty_and_their_check_ins_are_planned(town):
    owed = town.rows("SELECT DISTINCT state FROM outbox")
    check_ins = town.rows("SELECT due_at FROM due WHERE kind = 'check-in' AND state = 'waiting' ORDER BY due_at")
    soon = town.rows("SELECT payload FROM due WHERE state = 'waiting' AND due_at < '2026-03-05' AND kind = 'script'")

    assert [row["state"] for row in owed] == ["withheld"]
    # The first score was asked for while they joined: the daily ones begin tomorrow at half past six, where each lives.
    assert [row["due_at"].isoformat() for row in check_ins] == [
        *["2026-03-02T23:30:00+00:00"] * 4, "2026-03-03T17:30:00+00:00",
    ]  # fmt: skip
    assert soon == []


def test_they_live_where_their_phones_are_and_chidi_is_blocked(town):
    elena = json.loads(town.mend("people", "show", ELENA, "--json").stdout)
    ada = json.loads(town.mend("people", "show", ADA, "--json").stdout)

    assert (elena["locale"], elena["country"], elena["zone"]) == ("es", "ES", "Europe/Madrid")
    assert (ada["locale"], ada["country"], ada["zone"]) == ("en", "US", "America/New_York")
    assert town.rows("SELECT count(*) AS n FROM suppression WHERE lifted_at IS NULL")[0]["n"] == 1
    assert town.mend("people", "show", STRANGER).exit_code == 1


def test_loading_them_again_changes_nothing(town):
    before = town.rows("SELECT (SELECT count(*) FROM outbox) AS owed, (SELECT count(*) FROM due) AS due,"
                       " (SELECT count(*) FROM consent_entry) AS agreed")  # fmt: skip

    again = town.mend("demo", "load", "--json")

    assert json.loads(again.stdout) == {"people": 0, "couples": 0}
    assert before == town.rows("SELECT (SELECT count(*) FROM outbox) AS owed, (SELECT count(*) FROM due) AS due,"
                               " (SELECT count(*) FROM consent_entry) AS agreed")  # fmt: skip


def test_each_has_the_pin_that_the_handset_page_shows(town):
    ada = _id_of(town, ADA)

    async def tries(house):
        return [await check_pin(ada, pin, tried_by="here", now=EVENING) for pin in ("246810", "135791")]

    assert town.work(tries) == [True, False]


def test_they_are_never_loaded_where_texts_would_reach_real_phones(town):
    refused = town.mend("demo", "load", **REAL)

    assert refused.exit_code == 1
    assert "simulated telephone network only" in refused.stderr


def test_midnight_is_a_good_hour_to_load_them(town):
    empty = town.with_database("at_midnight")
    empty.moved_to(EVENING.replace(hour=5, minute=2))  # 12:02 AM in New York
    assert empty.mend("demo", "load").exit_code == 0

    zones = empty.rows("SELECT zone, count(*) AS n FROM person WHERE status = 'active' GROUP BY zone ORDER BY zone")
    assert zones == [{"zone": "America/New_York", "n": 4}, {"zone": "Europe/Madrid", "n": 1}]


def test_a_whole_load_logs_no_body_no_pin_and_no_number(town, caplog):
    empty = town.with_database("logged")
    caplog.set_level(logging.DEBUG)
    assert empty.mend("demo", "load").exit_code == 0

    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("service", "flows")))
    assert "turn_taken" in ours
    for held in CAST:
        assert held.number not in ours
        assert held.number[2:] not in ours
        assert held.pin is None or held.pin not in ours
        assert f"{held.name} " not in ours
    assert not any(word in ours for word in ("JOIN", "UNIRME", "6:30 PM", "Check-in time", "Reply YES"))
    assert CHIDI[-7:] not in ours
