"""The form fields of Twilio's requests about a call, spelled as Twilio spells them."""

from __future__ import annotations

import math
from email.utils import format_datetime

from service.simulator.calls.call import OVER, Call, Event
from service.simulator.network import Network
from service.simulator.outgoing.parameters import API_VERSION, place

MACHINE_MILLISECONDS = "4000"  # a verdict takes about 4 s
Params = list[tuple[str, str]]


def voice_parameters(network: Network, call: Call) -> Params:
    """What every request for TwiML carries. Source: Twilio, "TwiML for Programmable Voice: Request parameters"."""
    fields = _parties(network, call)
    if call.is_inbound:
        fields += [("StirVerstat", call.order.attestation)] if call.order.attestation else []
        fields.append(("CallToken", _token(call)))
    return fields


def answer_parameters(call: Call) -> Params:
    """What is added to the first request of a call whose detection was waited for."""
    if not call.answered_by or call.order.is_detected_later:
        return []
    return [("AnsweredBy", call.answered_by), ("MachineDetectionDuration", MACHINE_MILLISECONDS)]


def callback_parameters(network: Network, call: Call, event: Event) -> Params:
    """A status callback, or that of an asynchronous detection. `Duration` counts started minutes."""
    if event.status == "detected":
        return [
            ("CallSid", call.sid), ("AccountSid", network.account.sid), ("AnsweredBy", call.answered_by or "unknown"),
            ("MachineDetectionDuration", MACHINE_MILLISECONDS),
        ]  # fmt: skip
    fields = [(name, value) for name, value in _parties(network, call) if name != "CallStatus"]
    fields += [
        ("CallStatus", event.status), ("Timestamp", format_datetime(event.at.replace(microsecond=0))),
        ("SequenceNumber", str(event.sequence)), ("CallbackSource", "call-progress-events"),
    ]  # fmt: skip
    if event.status in OVER:
        minutes = math.ceil(call.seconds / 60)
        fields += [("CallDuration", str(call.seconds)), ("Duration", str(minutes))]
        fields += [("SipResponseCode", str(call.sip))] if call.sip else []
    if call.answered_by and event.status in OVER:
        fields.append(("AnsweredBy", call.answered_by))
    return fields


def _parties(network: Network, call: Call) -> Params:
    caller, called = place(call.order.sender), place(call.order.to)
    parts = [("City", 0), ("State", 1), ("Zip", 2), ("Country", 3)]
    return [
        ("CallSid", call.sid), ("AccountSid", network.account.sid), ("ApiVersion", API_VERSION),
        ("Direction", call.direction), ("CallStatus", call.status),
        ("From", call.order.sender), ("To", call.order.to), ("Caller", call.order.sender), ("Called", call.order.to),
        *((side + part, caller[turn]) for side in ("From", "Caller") for part, turn in parts),
        *((side + part, called[turn]) for side in ("To", "Called") for part, turn in parts),
    ]  # fmt: skip


def _token(call: Call) -> str:
    return f"simulated-{call.sid[2:]}"
