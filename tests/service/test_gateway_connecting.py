"""Connecting the account's numbers is asked for often and done once."""

from __future__ import annotations

import asyncio
import json

import pytest

from service.errors import GatewayRefused, GatewayUnclear
from service.gateway.connecting import Change, point_numbers_here
from tests.service.test_gateway import ACCOUNT, SERVICE, US, settings_for
from tests.service.unruly_peer import Asked, peer_that, says

NUMBER_SID = "PN" + "0" * 32
VOICE = "+12125550102"


class Account:
    """An account with numbers and one Messaging Service that keeps what it is told."""

    def __init__(self, *numbers: str) -> None:
        self.numbers = {number: self._number(number) for number in numbers}
        self.service: dict[str, object] = {
            "sid": SERVICE, "account_sid": ACCOUNT, "inbound_request_url": None, "inbound_method": "POST",
            "fallback_url": None, "fallback_method": "POST", "use_inbound_webhook_on_number": True,
        }  # fmt: skip
        self.posts = 0

    @staticmethod
    def _number(number: str) -> dict[str, object]:
        return {
            "sid": NUMBER_SID, "account_sid": ACCOUNT, "phone_number": number, "sms_url": "https://demo.twilio.com/welcome",
            "sms_method": "POST", "sms_fallback_url": "", "sms_fallback_method": "POST", "voice_url": "",
            "voice_method": "GET", "voice_fallback_url": None, "voice_fallback_method": "POST",
            "sms_application_sid": "AP" + "0" * 32, "voice_application_sid": None, "trunk_sid": None,
            "status_callback": "", "status_callback_method": "POST",
        }  # fmt: skip

    async def answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.method == "GET" and "IncomingPhoneNumbers" in asked.path:
            wanted = asked.query["PhoneNumber"]
            found = [number for each, number in self.numbers.items() if each == wanted]
            return await says(200, {"incoming_phone_numbers": found, "next_page_uri": None})(asked, writer)
        resource = self.service if "/Services/" in asked.path else next(iter(self.numbers.values()))
        if asked.method == "POST":
            self.posts += 1
            resource.update({_field(name): json.loads(value) if value in {"true", "false"} else value
                             for name, value in asked.form.items()})  # fmt: skip
        return await says(200, resource)(asked, writer)


def _field(name: str) -> str:
    """SmsUrl -> sms_url"""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


async def test_a_number_is_pointed_here_once():
    account = Account(US)
    async with peer_that(account.answer) as peer:
        settings = settings_for(peer.url)
        changes = await point_numbers_here(settings)
        again = await point_numbers_here(settings)

    retries = "#rc=3&rp=all"
    assert Change(
        of=US, setting="sms_url", before="https://demo.twilio.com/welcome",
        after=f"https://mend.example.org/twilio/sms{retries}",
    ) in changes  # fmt: skip
    number = account.numbers[US]
    assert number["sms_fallback_url"] == f"https://mend.example.org/twilio/sms?fallback=1{retries}"
    assert number["voice_url"] == f"https://mend.example.org/twilio/voice{retries}"
    assert number["voice_fallback_url"] == f"https://mend.example.org/twilio/voice?fallback=1{retries}"
    assert number["status_callback"] == f"https://mend.example.org/twilio/status{retries}"
    assert (number["voice_method"], number["sms_application_sid"]) == ("POST", "")
    assert (again, account.posts) == ([], 1)


async def test_a_messaging_service_takes_the_texts_of_all_its_numbers():
    account = Account(VOICE)
    async with peer_that(account.answer) as peer:
        settings = settings_for(peer.url, TWILIO_SENDER=SERVICE, TWILIO_VOICE_NUMBER=VOICE)
        changes = await point_numbers_here(settings)
        again = await point_numbers_here(settings)

    assert {change.of for change in changes} == {SERVICE, VOICE}
    assert account.service["inbound_request_url"] == "https://mend.example.org/twilio/sms#rc=3&rp=all"
    assert account.service["use_inbound_webhook_on_number"] is False
    assert (again, account.posts) == ([], 2)


async def test_a_number_that_is_not_ours_is_refused():
    async with peer_that(Account().answer) as peer:
        with pytest.raises(GatewayRefused) as refused:
            await point_numbers_here(settings_for(peer.url))

    assert refused.value.code == 20404


async def test_an_answer_of_a_strange_shape_is_unclear():
    async with peer_that(says(200, {"a": 1, "b": 2})) as peer:
        with pytest.raises(GatewayUnclear):
            await point_numbers_here(settings_for(peer.url))
