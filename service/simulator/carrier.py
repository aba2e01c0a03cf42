"""What the carrier does by itself with STOP, START and HELP: it blocks, unblocks and answers before we are asked."""

from __future__ import annotations

# Source: Twilio's default keywords for long codes. YES is not among ours: it only lifts a block where it was asked for.
WORDS = {
    "STOP": "stop", "STOPALL": "stop", "UNSUBSCRIBE": "stop", "CANCEL": "stop", "END": "stop", "QUIT": "stop",
    "REVOKE": "stop", "OPTOUT": "stop", "START": "start", "UNSTOP": "start", "HELP": "help", "INFO": "help",
}  # fmt: skip
DEFAULT_REPLIES = {
    "stop": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "start": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "help": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}
ACTS = {"stop": "block", "start": "unblock", "help": "help"}


def carrier_word(body: str) -> str | None:
    """"stop", "start" or "help" when the whole body is one of the carrier's words, in any case."""
    return WORDS.get(body.strip().upper())
