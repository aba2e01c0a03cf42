"""A backup comes back whole, with sending off; and whoever was erased stays erased, from every copy."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.conversation.turn import Prompt
from service.database import in_transaction
from service.delivery import owe
from service.records import Note, OutboxItem
from service.sending import claim
from service.someone import NOTE, find_someone
from service.vault import SealBroken
from tests.service.conftest import ADA, BARE, CHIDI, EVENING, MIGRATED, Installation

SECRET = "what only Ada knows"
COUNTS = "SELECT (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM consent_entry) AS agreed"


def _writes_a_note(town: Installation) -> None:
    async def write(house):
        ada = await find_someone(house.vault, house.vault.number_key(ADA))
        await Note.create(person_id=ada.id, kind="mood", text_sealed=ada.key.seal(SECRET, NOTE),
                          local_date=date(2026, 3, 2), keep_until=date(2026, 6, 2))  # fmt: skip

    town.work(write)


def _backs_up(town: Installation, name: str) -> None:
    done = town.mend("backup", f"backups/{name}", "--keys", f"keys/{name}.json")
    assert done.exit_code == 0, done.stderr


def _restored(town: Installation, backup: str, *words: str) -> Installation:
    empty = town.with_database(f"{Path(town.environment['DATABASE_URL'].split('?')[0]).name}_again_{len(words)}")
    done = empty.mend("restore", f"backups/{backup}", *words)
    assert done.exit_code == 0, done.stderr
    return empty


def test_what_was_backed_up_comes_back_with_sending_off(town):
    _writes_a_note(town)
    _backs_up(town, "monday")

    again = _restored(town, "monday", "--keys", "keys/monday.json")

    assert again.rows(COUNTS) == town.rows(COUNTS)
    assert json.loads(again.mend("people", "export", ADA, "--json").stdout)["notes"][0]["text"] == SECRET
    assert json.loads(again.mend("outbox", "list", "--json").stdout)["is_sending"] is False
    # New rows get ids that were never given.
    again.mend("join", "+12125550108", "--source", "form")
    assert again.rows("SELECT count(*) = count(DISTINCT id) AS ok FROM consent_entry")[0]["ok"]
    assert again.mend("outbox", "sending", "on").exit_code == 0
    assert json.loads(again.mend("outbox", "list", "--json").stdout)["is_sending"] is True


def test_no_table_is_left_out(town):
    _backs_up(town, "monday")

    manifest = json.loads((town.folder / "backups/monday/manifest.json").read_text())
    tables = town.rows("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'")
    assert {row["name"] for row in tables} - set(manifest["tables"]) == {"tortoise_migrations", "person_key"}
    assert {each.stat().st_mode & 0o777 for each in (town.folder / "backups/monday").iterdir()} == {0o600}
    assert (town.folder / "keys/monday.json").stat().st_mode & 0o777 == 0o600


def test_once_the_old_keys_are_gone_no_backup_tells_what_an_erased_person_said(town):
    _writes_a_note(town)
    ada = json.loads(town.mend("people", "show", ADA, "--json").stdout)["id"]
    _backs_up(town, "before")
    assert town.mend("people", "erase", ADA, "--yes").exit_code == 0
    town.moved_to(EVENING + timedelta(days=35))
    _backs_up(town, "after")
    (town.folder / "keys/before.json").unlink()  # kept no longer than 35 days

    # The old tables still hold her sealed words; nothing that is left opens them.
    again = _restored(town, "before", "--keys", "keys/after.json")

    assert "note.copy" in {each.name for each in (town.folder / "backups/before").iterdir()}
    assert SECRET not in "".join(each.read_text() for each in (town.folder / "backups/before").iterdir())
    assert again.rows("SELECT 1 FROM person WHERE id = $1", ada) == []
    assert again.rows("SELECT 1 FROM note WHERE person_id = $1", ada) == []
    later_keys = json.loads((town.folder / "keys/after.json").read_text())["keys"]
    sealed = (town.folder / "backups/before/note.copy").read_text().split("\t")[3]

    async def tries_every_key(house):
        for each in later_keys:
            with pytest.raises(SealBroken):
                house.vault.open_person_key(each["wrapped"]).open(sealed, NOTE)

    town.work(tries_every_key)


def test_opt_outs_block_also_in_a_database_restored_without_any_key(town):
    _backs_up(town, "monday")

    again = _restored(town, "monday", "--without-keys")

    assert json.loads(again.mend("people", "list", "--json").stdout) == []
    assert again.rows("SELECT count(*) AS n FROM consent_entry")[0]["n"] > 20
    refused = again.mend("join", CHIDI, "--source", "form")
    assert "opted out" in refused.stderr


def test_a_number_that_said_stop_is_sent_nothing_after_a_restore(town):
    _backs_up(town, "monday")
    again = _restored(town, "monday", "--keys", "keys/monday.json")
    again.mend("outbox", "sending", "on")

    async def owed_and_claimed(house):
        async with in_transaction("test"):
            chidi = await find_someone(house.vault, house.vault.number_key(CHIDI))
            (item,) = owe(house, chidi, [Prompt("CK-3")], purpose="reply", now=EVENING, country="US")
        return await claim(house, [(await OutboxItem.get(token=item.token)).id], EVENING)

    assert again.work(owed_and_claimed) == []
    assert again.rows("SELECT state FROM outbox ORDER BY id DESC LIMIT 1") == [{"state": "withheld"}]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [("damage", "missing or damaged"), ("no manifest", "no whole backup"), ("old keys", "keys are older"),
     ("damaged keys", "is damaged"), ("full", "not empty"), ("unmigrated", "no tables yet")],
)  # fmt: skip
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_kept(town, spoil, why):
    _backs_up(town, "old")
    town.moved_to(EVENING + timedelta(minutes=1))
    _backs_up(town, "new")
    keys = "keys/new.json"
    template = BARE if spoil == "unmigrated" else MIGRATED
    target = town if spoil == "full" else town.with_database(f"spoiled_{spoil.replace(' ', '_')}", template=template)
    match spoil:
        case "damage":
            (town.folder / "backups/new/person.copy").write_text("")
        case "no manifest":
            (town.folder / "backups/new/manifest.json").unlink()
        case "old keys":
            keys = "keys/old.json"
        case "damaged keys":
            path = town.folder / keys
            path.write_text(path.read_text().replace("v1.", "v2.", 1))

    done = target.mend("restore", "backups/new", "--keys", keys)

    assert done.exit_code == 1
    assert why in done.stderr
    assert spoil in {"full", "unmigrated"} or target.rows("SELECT count(*) AS n FROM person")[0]["n"] == 0


def test_keys_never_lie_in_the_backup_nor_over_another_file(town):
    (town.folder / "there").write_text("something")

    inside = town.mend("backup", "b", "--keys", "b/keys.json")
    over = town.mend("backup", "b", "--keys", "there")
    _backs_up(town, "monday")
    twice = town.mend("backup", "backups/monday", "--keys", "keys/other.json")

    assert [done.exit_code for done in (inside, over, twice)] == [1, 1, 1]
    assert "in the backup itself" in inside.stderr
    assert (town.folder / "there").read_text() == "something"
    assert "not empty" in twice.stderr


def test_restore_asks_which_keys(town):
    assert town.mend("restore", "backups/monday").exit_code == 2


def test_a_new_secret_key_takes_over_and_the_old_one_may_go(town):
    new, old = base64.b64encode(b"5" * 32).decode(), town.environment["SECRET_KEYS"]

    done = town.mend("keys", "rotate", "--json", SECRET_KEYS=f"{new},{old}")
    again = town.mend("keys", "rotate", "--json", SECRET_KEYS=f"{new},{old}")
    alone = town.mend("people", "list", SECRET_KEYS=new)

    assert json.loads(done.stdout) == {"keys": 6, "changed": 6, "unopened": []}
    assert "6 keys" in done.stderr
    assert json.loads(again.stdout)["changed"] == 0
    assert "•••••0101" in alone.stdout
    assert "sealed with another key" in town.mend("people", "list").stdout
    lost = town.mend("keys", "rotate")
    assert lost.exit_code == 1
    assert "none of SECRET_KEYS" in lost.stderr
