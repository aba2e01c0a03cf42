"""The form fields of Twilio's requests to us, in the order and the spelling in which Twilio sends them."""

from __future__ import annotations

from service.simulator.network import Network, Text
from service.simulator.pending import Pending

API_VERSION = "2010-04-01"
# A guess from the prefix, as Twilio's own is: city, state, zip, country.
PLACES = {
    "+1212": ("NEW YORK", "NY", "10001", "US"),
    "+1": ("", "", "", "US"),
    "+34": ("", "", "", "ES"),
    "+44": ("", "", "", "GB"),
    "+52": ("", "", "", "MX"),
}


def incoming_parameters(network: Network, text: Text, opt_out_type: str | None) -> list[tuple[str, str]]:
    """The webhook of a text that came in. Source: Twilio, "Twilio's request to your incoming message webhook URL"."""
    service = network.account.sender if network.account.sender.startswith("MG") else None
    return [
        ("ToCountry", place(text.to)[3]), ("ToState", place(text.to)[1]),
        ("SmsMessageSid", text.sid), ("NumMedia", str(len(text.media))),
        ("ToCity", place(text.to)[0]), ("FromZip", place(text.sender)[2]),
        ("SmsSid", text.sid), ("FromState", place(text.sender)[1]),
        ("SmsStatus", "received"), ("FromCity", place(text.sender)[0]),
        ("Body", text.body), ("FromCountry", place(text.sender)[3]),
        ("To", text.to), ("ToZip", place(text.to)[2]),
        *([("MessagingServiceSid", service)] if service else []),
        *([("OptOutType", opt_out_type)] if opt_out_type else []),
        ("NumSegments", str(text.segments)), ("MessageSid", text.sid),
        ("AccountSid", network.account.sid), ("From", text.sender), ("ApiVersion", API_VERSION),
        *((f"MediaUrl{n}", url) for n, url in enumerate(text.media)),
        *((f"MediaContentType{n}", "image/jpeg") for n in range(len(text.media))),
    ]  # fmt: skip


def callback_parameters(network: Network, text: Text, pending: Pending) -> list[tuple[str, str]]:
    """The status callback of a text of ours. No time and no sequence number: Twilio sends none."""
    extra = []
    if pending.error is not None and pending.status in {"failed", "undelivered"}:
        extra.append(("ErrorCode", str(pending.error)))
    if text.service:
        extra.append(("MessagingServiceSid", text.service))
    if pending.status in {"delivered", "undelivered"}:
        extra.append(("RawDlrDoneDate", pending.at.strftime("%y%m%d%H%M")))
    return [
        ("SmsSid", text.sid), ("SmsStatus", pending.status), ("MessageStatus", pending.status), ("To", text.to),
        ("MessageSid", text.sid), ("AccountSid", network.account.sid), ("From", text.sender),
        ("ApiVersion", API_VERSION), *extra,
    ]  # fmt: skip


def place(number: str) -> tuple[str, str, str, str]:
    """City, state, zip and country of a number, as far as its prefix tells."""
    known = [prefix for prefix in PLACES if number.startswith(prefix)]
    return PLACES[max(known, key=len)] if known else ("", "", "", "")
