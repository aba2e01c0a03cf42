"""Every request that the product made in this run is one that Twilio's own description of its API knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.gateway.connecting import point_numbers_here
from tests.faults.journey import comes_true, state_of_last_text
from tests.openapi.schema import Request, Schema, fetched
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import SENDER, RunningHouse

# All that the product ever asks of Twilio about texts and numbers.
OPERATIONS = {
    "CreateMessage", "ListMessage", "UpdateMessage", "ListIncomingPhoneNumber", "UpdateIncomingPhoneNumber",
}  # fmt: skip
GOOD = [("To", "+12125550101"), ("From", SENDER), ("Body", "hello"), ("ValidityPeriod", "60")]
PATH = f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema(fetched())


def requests_of(folder: Path) -> list[Request]:
    """Every request in the network's journal, whatever story it belongs to."""
    with (folder / "journal.jsonl").open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    return [Request.logged(entry) for entry in entries if entry["kind"] == "rest"]


@pytest.mark.slow
async def test_twilio_knows_every_request_of_this_run(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse, schema: Schema
):
    await network.fails({"on": "messages.create", "do": "500-processed"}, {"on": "callback", "do": "drop", "for": 2})
    await ada.texts("PAUSE")
    await comes_true(lambda: _is_sent(house, ada), seconds=30)
    await point_numbers_here(house.house.settings)
    await clock.forward(hours=26)
    await comes_true(lambda: _were_redacted(network))

    made = requests_of(house.folder / "simulator")
    assert {schema.operation(request) for request in made} >= OPERATIONS
    problems = {problem for request in made for problem in schema.problems(request)}
    assert problems == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ([each for each in GOOD if each[0] != "To"], "To is missing"),
        ([each for each in GOOD if each[0] != "From"], "wants From or MessagingServiceSid"),
        ([each for each in GOOD if each[0] != "Body"], "wants Body, MediaUrl or ContentSid"),
        ([*GOOD, ("To", "+12125550102")], "To is repeated"),
        ([*GOOD, ("Colour", "red")], "Colour is unknown"),
        ([*GOOD, ("SmartEncoded", "True")], "SmartEncoded has the wrong type"),
        ([*GOOD, ("RiskCheck", "perhaps")], "RiskCheck has the wrong enum"),
        ([*GOOD, ("MessagingServiceSid", "MG1")], "MessagingServiceSid has the wrong pattern"),
        ([*GOOD, ("StatusCallback", "mailto:us")], "StatusCallback has the wrong format"),
        ([*GOOD[:3], ("ValidityPeriod", "36001")], "ValidityPeriod is not within 1..36000"),
    ],
)
def test_a_request_that_twilio_would_refuse_is_seen(schema: Schema, form: list[tuple[str, str]], problem: str):
    assert schema.problems(Request("POST", PATH, [], GOOD)) == []
    found = schema.problems(Request("POST", PATH, [], form))
    assert f"CreateMessage: {problem}" in found


@pytest.mark.slow
def test_a_path_that_twilio_does_not_have_is_seen(schema: Schema):
    assert schema.problems(Request("POST", PATH.replace("Messages", "Texts"), [], GOOD)) != []
    assert schema.problems(Request("GET", PATH, [("DateSent>", "yesterday")], [])) != []


async def _is_sent(house: RunningHouse, phone: Phone) -> bool:
    return await state_of_last_text(house, phone) in {"accepted", "sent", "delivered"}


async def _were_redacted(network: Network) -> bool:
    return any(each["kind"] == "redacted" for each in await network.log())
