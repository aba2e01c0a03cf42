"""Webhooks written by hand and signed as Twilio signs, by the simulator's own HMAC: to repeat, to bend, to forge."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from urllib.parse import urlencode

from service.simulator.outgoing.webhooks import sign
from tests.stories.people import Phone
from tests.stories.running import SENDER, RunningHouse
from tests.twiml.judging import judge

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
Fields = list[tuple[str, str]]


def new_sid() -> str:
    """A SID as the network gives a text."""
    return "SM" + uuid.uuid4().hex


def text_from(phone: Phone, body: str, *, sid: str | None = None) -> Fields:
    """The fields of a text."""
    return [
        ("MessageSid", sid or new_sid()), ("From", phone.number), ("To", SENDER), ("Body", body), ("NumMedia", "0"),
        ("AccountSid", phone.house.environment["TWILIO_ACCOUNT_SID"]), ("ApiVersion", "2010-04-01"),
    ]  # fmt: skip


def status_of(sid: str, status: str, *, error: int | None = None) -> Fields:
    """The fields of a status callback."""
    return [("MessageSid", sid), ("MessageStatus", status), *([("ErrorCode", str(error))] if error else [])]


async def deliver(house: RunningHouse, path: str, fields: Fields, *, token: str | None = None, to: str = "") -> int:
    """Sign and post; the HTTP status. `to` is another web process than the usual one."""
    url = (to or house.url) + path
    signature = sign(token or house.environment["TWILIO_AUTH_TOKEN"], url, fields)
    return await post(house, url, urlencode(fields).encode(), {"X-Twilio-Signature": signature, "Content-Type": FORM})


async def said_to(house: RunningHouse, path: str, fields: Fields) -> tuple[str, Mapping[str, str]]:
    """Sign and post; the document that it is answered with, and the answer's headers."""
    url = house.url + path
    signed = {"X-Twilio-Signature": sign(house.environment["TWILIO_AUTH_TOKEN"], url, fields), "Content-Type": FORM}
    async with house.client.post(url, data=urlencode(fields).encode(), headers=signed) as answer:
        assert answer.status == 200
        return await answer.text(), answer.headers


async def post(house: RunningHouse, url: str, body: bytes, headers: dict[str, str]) -> int:
    """The HTTP status that these bytes are answered with. What is answered with 200 is a document Twilio takes."""
    async with house.client.post(url, data=body, headers=headers, skip_auto_headers=["Content-Type"]) as answer:
        document = await answer.read()
        if answer.status == 200:
            assert judge(document, answer.headers["Content-Type"], is_voice="/voice" in url) == []
        return answer.status
