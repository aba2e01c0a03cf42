"""The cover rule: what a partner reads is made from a published copy or from nothing, never from a cause.

No function here takes anything but a published copy or None; a test holds that by the types.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.conversation.turn import Facts


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A published copy: the label the receiver gave the other person, and the day's number in words."""

    label: str
    number: str


def digest(shared: SharedNumber | None) -> Facts:
    """What the digest script is told. Whatever the reason there is no copy, the result is the same."""
    if shared is None:
        return {"is_shared": False, "label": "", "number": ""}
    return {"is_shared": True, "label": shared.label, "number": shared.number}


@dataclass(frozen=True, slots=True)
class FollowedPromise:
    """What the receiver of a promise holds of it, while no update was published: its title."""

    title: str


def notice(followed: FollowedPromise | None) -> Facts | None:
    """What the receiver's own reminder says, from their copy alone; None when there is nothing to remind of."""
    return {"line_item": followed.title} if followed is not None else None
