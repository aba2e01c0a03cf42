"""Texts, numbers and the account as the REST API shows them: strings for numbers, RFC 2822 for times."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime
from typing import Any

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
        "status_callback": settings.get("status_callback", ""),
        "status_callback_method": settings.get("status_callback_method", "POST"),
        "origin": "twilio", "status": "in-use", "beta": False,
        "uri": f"{account_path(account)}/IncomingPhoneNumbers/{sid}.json",
    }  # fmt: skip


def account_resource(account: Account) -> JSON:
    """The account itself, without its token."""
    path = account_path(account)
    return {
        "sid": account.sid, "owner_account_sid": account.sid, "friendly_name": "Simulated network", "status": "active",
        "type": "Full", "uri": f"{path}.json", "subresource_uris": {"messages": f"{path}/Messages.json"},
    }  # fmt: skip
