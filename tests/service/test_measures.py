"""What is measured can be read, tells nothing of anybody, and is what the alerts and the runbook speak of."""
# ruff: noqa: F811  # fixtures of the running house are named where they are used

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML

from service.cli import mendline
from service.measures import MEANINGS
from tests.faults.journey import comes_true
from tests.stories.conftest import ada, clock, house, network, running  # noqa: F401
from tests.stories.people import Network, Phone
from tests.stories.running import RunningHouse
from tests.test_papers import commands

PAPERS = Path(__file__).parents[2] / "papers"
LINE = re.compile(r'mendline_[a-z_]+(\{[a-z]+="[A-Za-z0-9_.+-]*"(,[a-z]+="[A-Za-z0-9_.+-]*")*\})? [0-9.e+-]+')
PARTS_OF_A_HISTOGRAM = re.compile(r"_(bucket|sum|count)$")


async def _read(house: RunningHouse) -> str:
    async with house.client.get(f"{house.url}/metrics") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        return await answer.text()


def _names(text: str) -> set[str]:
    return {PARTS_OF_A_HISTOGRAM.sub("", name) for name in re.findall(r"mendline_([a-z_]+)", text)}


def _rules() -> list[dict[str, str]]:
    groups = YAML(typ="safe").load((PAPERS / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


async def test_every_measure_is_told_in_the_format_of_prometheus_and_none_tells_of_a_person(
    ada: Phone, network: Network, house: RunningHouse
):
    await network.settled()

    async def all_there() -> bool:
        told = {name for line in (await _read(house)).splitlines() if line[0] != "#" for name in _names(line)}
        return set(MEANINGS) - {"outbox_items", "outbox_age_seconds", "calls"} <= told

    await comes_true(all_there)
    text = await _read(house)
    values = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in values if not LINE.fullmatch(line)] == []
    assert ada.number[1:] not in text
    assert "mendline_database_up 1" in values
    assert 'mendline_texts_day{state="delivered",code="0"}' in text


async def test_without_the_database_what_lies_here_is_told(house: RunningHouse):
    house.kill_postgres()
    try:
        text = await _read(house)
        async with house.client.get(f"{house.url}/health/ready") as answer:
            assert answer.status == 503
            assert (await answer.json())["database"] == "down"
    finally:
        await house.bring_back_postgres()

    assert "mendline_database_up 0" in text
    assert "mendline_spool_events 0" in text


async def test_a_worker_that_ended_shows_by_its_age(house: RunningHouse):
    async def says(worker: str) -> bool:
        return bool((await house.get("/health/ready"))["worker"] == worker)

    await comes_true(lambda: says("ok"))
    house.kill("worker")
    await house.rows("UPDATE watermark SET read_until = now() - interval '4 minutes' WHERE name = 'worker' RETURNING 1")
    assert await says("late")
    house.start("worker")
    await comes_true(lambda: says("ok"))


async def test_every_answer_has_strict_headers(house: RunningHouse):
    for path in ("/health/live", "/metrics", "/nothing-here", "/twilio/sms", "/handset"):
        async with house.client.get(house.url + path) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"], path
            assert answer.headers["Cache-Control"] == "no-store", path


def test_every_alert_asks_for_what_is_measured():
    for rule in _rules():
        assert _names(rule["expr"]) <= set(MEANINGS), rule["alert"]


def test_the_runbook_has_a_row_for_every_alert_and_names_commands_that_exist():
    page = (PAPERS / "runbook.md").read_text(encoding="utf-8")
    there = {name for name, _ in commands(mendline)}

    named = {re.sub(r" (on|off)$", "", each) for each in re.findall(r"`mendline ([a-z -]+)`", page)}

    assert re.findall(r"^\| `(Mendline\w+)`", page, re.MULTILINE) == [rule["alert"] for rule in _rules()]
    assert named <= there
    assert len(named) > 4
