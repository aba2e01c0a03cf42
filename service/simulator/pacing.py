"""How fast the network sends: segments a second for each sender, calls a second for the account; a queue that fills.
Source: Twilio, "Understanding Twilio Rate Limits and Message Queues".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from service.simulator.network import Network, Text

LONGEST_QUEUE = timedelta(hours=10)  # of the sender's rate
QUEUE_FULL_AT_ONCE, QUEUE_FULL_LATER, TOO_MANY_REPLIES = 21611, 30001, 14107
REPLIES, REPLIES_WITHIN = 30, timedelta(seconds=30)


def wait_for_sender(network: Network, sender: str, at: datetime) -> timedelta:
    """How long a text taken now waits for those before it; nothing while no rate is set."""
    free_at = network.free_at.get(sender, at) if network.carrier.segments_per_second else at
    return max(free_at - at, timedelta())


def is_queue_full(network: Network, sender: str, at: datetime) -> bool:
    """Whether nothing more may wait for this sender."""
    return wait_for_sender(network, sender, at) >= LONGEST_QUEUE


def free_again(network: Network, sender: str, at: datetime, segments: int) -> str | None:
    """When the sender is free after a text of so many segments, as the journal writes times; None without a rate."""
    rate = network.carrier.segments_per_second
    if not rate:
        return None
    return (at + wait_for_sender(network, sender, at) + timedelta(seconds=segments / rate)).isoformat()


def wait_for_line(network: Network, at: datetime) -> timedelta:
    """How long a call ordered now is queued behind those before it; nothing while no rate is set."""
    rate = network.carrier.calls_per_second
    begins = [each.at for each in network.pending.values() if each.act == "call-status" and each.status == "initiated"]
    if not rate or not begins:
        return timedelta()
    return max(max(begins) + timedelta(seconds=1 / rate) - at, timedelta())


def is_replying_too_fast(network: Network, text: Text, at: datetime) -> bool:
    """Whether one more reply in an answer to `text` would pass the limit of its pair of numbers."""
    lately = [
        each for each in network.phones.get(text.sender, ())
        if each.direction == "outbound-reply" and each.by == "product" and at - each.at < REPLIES_WITHIN
    ]  # fmt: skip
    return len(lately) >= REPLIES
