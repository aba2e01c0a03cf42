"""Points the account's numbers at this service. Asking twice changes nothing the second time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]

from service.errors import GatewayRefused, GatewayUnclear
from service.gateway.twilio_rest import SERVICE_PREFIX, TwilioGateway
from service.gateway.wire import STATUS_PATH
from service.points import spoken_to
from service.settings import Settings

# Three more tries on any failure; by default Twilio retries a webhook on connection failures only, and once.
RETRIES = "#rc=3&rp=all"
NO_SUCH_RESOURCE = 20404
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Change:
    """One setting of one number (or Messaging Service) that was not right: what it was, and what it is now."""

    of: str
    setting: str
    before: str
    after: str


async def point_numbers_here(settings: Settings) -> list[Change]:
    """Let Twilio bring texts and calls to PUBLIC_URL. What was already right is left alone: then the list is empty.

    Raises:
        GatewayRefused: 20404 when the account has no such number, or as Twilio says.
        GatewayUnavailable, GatewayUnclear: as `Gateway` says; ask again.
    """
    gateway = TwilioGateway(settings)
    try:
        return await _point(gateway.client(), settings)
    except TwilioException as strange:
        raise GatewayUnclear("answer of a strange shape") from strange
    finally:
        await gateway.aclose()


async def _point(client: Any, settings: Settings) -> list[Change]:
    sender, voice_number = settings.twilio_sender, settings.voice_number
    changes = []
    if sender.startswith(SERVICE_PREFIX):
        async with spoken_to("read-sender"):
            service = await client.messaging.v1.services(sender).fetch_async()
        changes += await _set(service, of=sender, wanted=_service_settings(settings.public_url))
    for number in dict.fromkeys(each for each in (sender, voice_number) if each.startswith("+")):
        async with spoken_to("find-number"):
            found = await client.incoming_phone_numbers.list_async(phone_number=number, limit=1)
        if not found:
            raise GatewayRefused(NO_SUCH_RESOURCE, NOT_FOUND)
        changes += await _set(found[0], of=number, wanted=_number_settings(settings.public_url))
    return changes


async def _set(resource: Any, *, of: str, wanted: Mapping[str, str | bool]) -> list[Change]:
    before = {name: getattr(resource, name) for name in wanted}
    # Twilio tells an empty setting as null.
    wrong = {name: value for name, value in wanted.items() if (before[name] or "") != (value or "")}
    if wrong:
        async with spoken_to("set-webhooks"):
            await resource.update_async(**wrong)
    return [Change(of, name, before=str(before[name] or ""), after=str(value)) for name, value in wrong.items()]


def _number_settings(public_url: str) -> dict[str, str | bool]:
    """An application's or a trunk's addresses would win over the number's own, so there must be none."""
    return {
        "sms_application_sid": "",
        "voice_application_sid": "",
        "trunk_sid": "",
        "sms_url": f"{public_url}/twilio/sms{RETRIES}",
        "sms_method": "POST",
        "sms_fallback_url": f"{public_url}/twilio/sms?fallback=1{RETRIES}",
        "sms_fallback_method": "POST",
        "voice_url": f"{public_url}/twilio/voice{RETRIES}",
        "voice_method": "POST",
        "voice_fallback_url": f"{public_url}/twilio/voice?fallback=1{RETRIES}",
        "voice_fallback_method": "POST",
        "status_callback": f"{public_url}{STATUS_PATH}{RETRIES}",
        "status_callback_method": "POST",
    }


def _service_settings(public_url: str) -> dict[str, str | bool]:
    """The service's addresses hold for all its numbers, unless it is told to leave that to each of them."""
    return {
        "inbound_request_url": f"{public_url}/twilio/sms{RETRIES}",
        "inbound_method": "POST",
        "fallback_url": f"{public_url}/twilio/sms?fallback=1{RETRIES}",
        "fallback_method": "POST",
        "use_inbound_webhook_on_number": False,
    }
