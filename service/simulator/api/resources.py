"""Texts, calls, numbers and the account as the REST API shows them: strings for numbers, RFC 2822 for times."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from service.simulator.calls.call import Call
from service.simulator.network import Account, Network, Text
from service.simulator.outgoing.parameters import API_VERSION

JSON = dict[str, Any]


def rfc_2822(at: datetime | None) -> str | None:
    """`Mon, 02 Mar 2026 18:30:00 +0000`; whole seconds, as Twilio keeps them."""
    return format_datetime(at.replace(microsecond=0)) if at else None


def account_path(account: Account) -> str:
    """Where the account's resources begin."""
    return f"/{API_VERSION}/Accounts/{account.sid}"


def text_resource(account: Account, text: Text) -> JSON:
    """One message. Its body is empty once it was redacted, whatever the phone still holds."""
    path = f"{account_path(account)}/Messages/{text.sid}"
    is_chosen = not (text.service and text.status == "accepted")
    return {
        "account_sid": account.sid, "api_version": API_VERSION, "body": "" if text.redacted else text.body,
        "date_created": rfc_2822(text.at), "date_sent": rfc_2822(text.sent_at),
        "date_updated": rfc_2822(text.updated_at),
        "direction": text.direction, "error_code": text.error, "error_message": None,
        "from": text.sender if is_chosen else None, "messaging_service_sid": text.service,
        "num_media": str(len(text.media)), "num_segments": str(text.segments if is_chosen else 0),
        "price": None, "price_unit": "USD", "sid": text.sid, "status": text.status,
        "subresource_uris": {"media": f"{path}/Media.json"}, "to": text.to, "uri": f"{path}.json",
    }  # fmt: skip


def call_resource(account: Account, call: Call) -> JSON:
    """One call. `start_time` is when it was answered, as long as it was not: null."""
    order, path = call.order, f"{account_path(account)}/Calls/{call.sid}"
    own = order.to if call.is_inbound else order.sender
    parts = ("Events", "Notifications", "Payments", "Recordings", "Siprec", "Streams", "Transcriptions")
    return {
        "account_sid": account.sid, "annotation": None, "answered_by": call.answered_by, "api_version": API_VERSION,
        "caller_name": None, "date_created": rfc_2822(call.at), "date_updated": rfc_2822(call.updated_at),
        "direction": call.direction, "duration": str(call.seconds) if call.is_over else None,
        "end_time": rfc_2822(call.ended_at), "forwarded_from": None, "from": order.sender,
        "from_formatted": order.sender, "group_sid": None, "parent_call_sid": None,
        "phone_number_sid": number_sid(own), "price": None, "price_unit": "USD", "queue_time": "0", "sid": call.sid,
        "start_time": rfc_2822(call.answered_at), "status": call.status,
        "subresource_uris": {part.lower(): f"{path}/{part}.json" for part in parts},
        "to": order.to, "to_formatted": order.to, "trunk_sid": None, "uri": f"{path}.json",
    }  # fmt: skip


def number_sid(number: str) -> str:
    """The PN… of one of our numbers, always the same."""
    return "PN" + hashlib.sha256(number.encode()).hexdigest()[:32]


def number_resource(network: Network, number: str) -> JSON:
    """One of the product's own numbers and where its webhooks go."""
    account, settings, sid = network.account, network.numbers[number], number_sid(number)
    return {
        "account_sid": account.sid, "api_version": API_VERSION, "sid": sid, "phone_number": number,
        "friendly_name": number, "capabilities": {"sms": True, "mms": True, "voice": True, "fax": False},
        "sms_url": settings.get("sms_url", f"{account.public_url}/twilio/sms"),
        "sms_method": settings.get("sms_method", "POST"),
        "sms_fallback_url": settings.get("sms_fallback_url", ""),
        "sms_fallback_method": settings.get("sms_fallback_method", "POST"), "sms_application_sid": "",
        "voice_url": settings.get("voice_url", f"{account.public_url}/twilio/voice"),
        "voice_method": settings.get("voice_method", "POST"),
        "voice_fallback_url": settings.get("voice_fallback_url", ""),
        "voice_fallback_method": settings.get("voice_fallback_method", "POST"), "voice_application_sid": "",
        "status_callback": settings.get("status_callback", f"{account.public_url}/twilio/status"),
        "status_callback_method": settings.get("status_callback_method", "POST"),
        "origin": "twilio", "status": "in-use", "beta": False,
        "uri": f"{account_path(account)}/IncomingPhoneNumbers/{sid}.json",
    }  # fmt: skip


def account_resource(account: Account) -> JSON:
    """The account itself, without its token."""
    path = account_path(account)
    return {
        "sid": account.sid, "owner_account_sid": account.sid, "friendly_name": "Simulated network", "status": "active",
        "type": "Full", "uri": f"{path}.json",
        "subresource_uris": {"messages": f"{path}/Messages.json", "calls": f"{path}/Calls.json"},
    }  # fmt: skip
