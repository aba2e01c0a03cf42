"""The form of POST Calls.json -> an order, or Twilio's refusal of it."""

from __future__ import annotations

import re

from service.simulator.api.desk import Form
from service.simulator.api.refusals import Refused
from service.simulator.calls.call import LONGEST_CALL_SECONDS, Order
from service.simulator.network import Network
from service.simulator.outgoing.addresses import E164, is_web_address

INLINE_LETTERS = 4000
LONGEST_RING, USUAL_RING = 600, 60
EVENTS = ("initiated", "ringing", "answered", "completed")
# Twilio's magic numbers for calls, and what they are refused with.
MAGIC = {"+15005550001": 21217, "+15005550002": 21214, "+15005550003": 21215, "+15005550004": 21216}
NORTH_AMERICA_DIGITS = 10
SEND_DIGITS = re.compile(r"[0-9A-D#*wW]{0,32}", re.ASCII)
# Milliseconds, save for the time-out, which is in seconds. Source: Twilio, "Answering Machine Detection".
DETECTION_RANGES = {
    "MachineDetectionTimeout": (3, 59), "MachineDetectionSpeechThreshold": (1000, 6000),
    "MachineDetectionSpeechEndThreshold": (500, 5000), "MachineDetectionSilenceTimeout": (2000, 10_000),
}  # fmt: skip


def read_call_order(network: Network, fields: Form) -> Order:
    """What the product asks for. `StatusCallbackEvent` may be repeated, or hold several words.

    Raises:
        Refused: 20001, 21201, 21205, 21210 to 21218, 21266, 21609 or 21626.
    """
    form = dict(fields)
    to, sender = _read_parties(network, form)
    url, twiml = form.get("Url", ""), form.get("Twiml", "")
    if form.get("ApplicationSid"):
        raise Refused(21218)
    if (not url and not twiml) or (url and not is_web_address(url)):
        raise Refused(21205)
    if not url and len(twiml) > INLINE_LETTERS:
        raise Refused(20001)
    detection, is_later = _read_detection(form)
    return Order(
        to, sender, url=url, method=read_method(form, "Method"), twiml="" if url else twiml,
        fallback=_address(form, "FallbackUrl", 21205), fallback_method=read_method(form, "FallbackMethod"),
        callback=_address(form, "StatusCallback", 21609), callback_method=read_method(form, "StatusCallbackMethod"),
        events=_read_events([value for name, value in fields if name == "StatusCallbackEvent"]),
        timeout=read_within(form, "Timeout", 1, LONGEST_RING, USUAL_RING),
        time_limit=read_within(form, "TimeLimit", 1, 86_400, LONGEST_CALL_SECONDS),
        detection=detection, is_detected_later=is_later,
        detection_callback=_address(form, "AsyncAmdStatusCallback", 21609),
        detection_method=read_method(form, "AsyncAmdStatusCallbackMethod"),
    )  # fmt: skip


def read_method(form: dict[str, str], name: str) -> str:
    """GET or POST, POST when nothing is said. Raises Refused 20001."""
    method = form.get(name) or "POST"
    if method not in {"GET", "POST"}:
        raise Refused(20001)
    return method


def read_within(form: dict[str, str], name: str, low: int, high: int, default: int) -> int:
    """A whole number in its range. Raises Refused 20001."""
    raw = form.get(name) or str(default)
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9 and low <= int(raw) <= high):
        raise Refused(20001)
    return int(raw)


def _read_parties(network: Network, form: dict[str, str]) -> tuple[str, str]:
    to, sender = form.get("To", ""), form.get("From", "")
    if not to:
        raise Refused(21201)
    if not sender:
        raise Refused(21213)
    if not E164.fullmatch(to):
        raise Refused(21211)
    if not E164.fullmatch(sender):
        raise Refused(21212)
    if sender not in network.account.numbers:
        raise Refused(21210)
    if to in MAGIC:
        raise Refused(MAGIC[to])
    if to.startswith("+1") and len(to) != len("+1") + NORTH_AMERICA_DIGITS:
        raise Refused(21217)
    if to == sender:
        raise Refused(21266)
    return to, sender


def _read_events(given: list[str]) -> tuple[str, ...]:
    events = tuple(dict.fromkeys(word for value in given for word in value.split()))
    if not set(events) <= set(EVENTS):
        raise Refused(21626)
    return events or ("completed",)


def _read_detection(form: dict[str, str]) -> tuple[str, bool]:
    """The mode, "" for none, and whether it reports later. Keys to send switch it off, as at Twilio."""
    detection = form.get("MachineDetection", "")
    if detection not in {"", "Enable", "DetectMessageEnd"} or form.get("AsyncAmd", "") not in {"", "true", "false"}:
        raise Refused(20001)
    for name, (low, high) in DETECTION_RANGES.items():
        read_within(form, name, low, high, low)
    keys = form.get("SendDigits", "")
    if not SEND_DIGITS.fullmatch(keys):
        raise Refused(20001)
    return ("" if keys else detection), form.get("AsyncAmd") == "true"


def _address(form: dict[str, str], name: str, code: int) -> str:
    url = form.get(name, "")
    if url and not is_web_address(url):
        raise Refused(code)
    return url
