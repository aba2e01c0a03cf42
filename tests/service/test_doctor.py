"""The doctor says what is in order and what is not, each with what would mend it."""

from __future__ import annotations

import base64
import json

import pytest

from service.doctor import about_addresses
from service.settings import read_settings
from tests.service.conftest import BARE, REAL, Installation


def _found(town: Installation, **changed: str) -> tuple[int, dict[str, str]]:
    done = town.mend("doctor", "--json", **changed)
    return done.exit_code, {each["said"]: each["level"] for each in json.loads(done.stdout)}


def test_an_installation_in_order_has_no_problem(town):
    code, found = _found(town)

    assert code == 0
    assert set(found.values()) == {"ok"}
    assert any("scripts and 2 languages are sound" in said for said in found)
    assert any("5 people" in said for said in found)


def test_what_is_off_late_or_unclear_is_a_warning(town):
    town.mend("outbox", "sending", "off")
    town.mend("join", "+12125550108", "--source", "form")
    town.work(_an_hour_passes)

    code, found = _found(town, REDIS_URL="redis://127.0.0.1:1")

    assert code == 0
    assert found["sending is off"] == "warning"
    assert found["2 texts wait for more than 15 minutes"] == "warning"
    assert any(said.startswith("Redis does not answer") for said in found)


async def _an_hour_passes(house):
    offset = float(house.settings.simulation_clock.read_text(encoding="ascii"))
    house.settings.simulation_clock.write_text(f"{offset + 3600}", encoding="ascii")


def test_keys_that_open_nothing_are_a_problem(town):
    code, found = _found(town, SECRET_KEYS=base64.b64encode(b"3" * 32).decode())

    assert code == 1
    assert found["SECRET_KEYS do not open the keys of 6 people"] == "problem"


def test_helplines_that_nobody_looked_at_for_half_a_year_are_told(town):
    town.work(_ten_years_pass)

    code, found = _found(town)

    assert (code, [said for said in found if found[said] == "problem"]) == (0, [])
    assert any(said.startswith("helplines not checked for 180 days: ") for said in found)


async def _ten_years_pass(house):
    house.settings.simulation_clock.write_text(f"{10 * 365 * 86400}", encoding="ascii")


def test_every_missing_setting_is_one_problem(town):
    done = town.mend("doctor", SECRET_KEYS="short", PUBLIC_URL="ftp://x")

    assert done.exit_code == 1
    assert [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("problem")] == [
        ["problem", "PUBLIC_URL"], ["problem", "SECRET_KEYS"],
    ]  # fmt: skip


def test_a_database_that_is_away_or_empty_is_a_problem(town):
    empty = town.with_database("never_migrated", template=BARE)

    away_code, away = _found(town, DATABASE_URL="postgres://nobody:nothing@127.0.0.1:1/nowhere")
    empty_code, none = _found(empty)

    assert (away_code, empty_code) == (1, 1)
    assert any(said.startswith("the database does not answer") for said in away)
    assert none["the database has not the tables of this version"] == "problem"


@pytest.mark.parametrize(
    ("changed", "levels"),
    [({}, ["ok"]), (REAL, ["ok"]), (REAL | {"PUBLIC_URL": "http://localhost"}, ["ok", "problem"]),
     (REAL | {"PUBLIC_URL": "http://mend.example.org"}, ["ok", "problem"]),
     (REAL | {"TWILIO_API_URL": "https://twilio.example.org"}, ["warning"])],
)  # fmt: skip
def test_the_addresses_must_fit_the_telephone_network(town, changed, levels):
    findings = about_addresses(read_settings({**town.environment, **changed}))

    assert [finding.level for finding in findings] == levels


def test_a_host_s_own_broken_script_is_a_problem_with_its_file(town):
    (town.folder / "own").mkdir()
    (town.folder / "own" / "evening.yaml").write_text("name: evening\nabout: x\nsteps: 7\n")

    code, found = _found(town, SCRIPTS_DIR="own")

    assert code == 1
    assert any(said.startswith("evening.yaml") and found[said] == "problem" for said in found)


def test_a_new_key_is_a_key(town):
    done = town.mend("doctor", "--new-key")

    assert len(base64.b64decode(done.stdout.strip(), validate=True)) == 32


def test_a_recording_that_matches_no_phrase_is_a_problem_and_the_others_are_counted(town):
    folder = town.folder / "audio"
    (folder / "en").mkdir(parents=True)
    for phrase in ("V-TO-5", "V-TO-99"):
        (folder / "en" / f"{phrase}.mp3").write_bytes(b"sound")

    code, found = _found(town, AUDIO_DIR=str(folder))

    assert code == 1
    assert found["1 recordings are played instead of speech"] == "ok"
    assert found["en/V-TO-99.mp3 matches no phrase that is spoken"] == "problem"
