"""What scripts may ask about breaks: whether one runs, when it ends, and whether a notice may go with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.conversation.turn import Facts
from flows.programme.breaks import EXTENSIONS_AT_MOST, QUIET, more_time, opening_for
from flows.timing import is_open
from service.circle import Circle, check_of, circle_of
from service.house import House
from service.records import BreakSession
from service.sharing import BREAK_GIVES, BREAK_TAKES
from service.someone import Someone


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom a notice of a break would reach, and whether it may go at this hour."""

    partner: Someone
    is_open: bool


async def notice_of(house: House, someone: Someone, now: datetime) -> Notice | None:
    """As `notice_in`, with the rows as they are now."""
    return notice_in(await circle_of(house.vault, someone, now))


def notice_in(circle: Circle) -> Notice | None:
    """None: no notice exists. Both agreed otherwise, and the other's hours say whether it may go now.

    What the other person does with their phone (a pause, a hold after a crisis) is no part of this.
    """
    now, partner, held_until = circle.at, circle.partner, circle.someone.person.held_until
    if partner is None or BREAK_GIVES not in circle.grants or BREAK_TAKES not in circle.takes:
        return None
    if held_until is not None and now < held_until:
        return None
    told = circle.told_break
    if told is not None and told.state in QUIET:  # nothing is passed on while the other's break runs
        return None
    return Notice(partner, is_open(now, partner.zone))


def break_facts(circle: Circle) -> Facts:
    """The facts of breaks in FACT_KINDS."""
    now, own, told = circle.at, circle.own_break, circle.told_break
    notice, zone = notice_in(circle), circle.someone.zone
    can_tell = notice is not None and notice.is_open
    state = _state(own)
    runs = own is not None and state in {"running", "asking", "spent"}
    is_told = own is not None and own.told_at is not None
    back_at = now if own is None else own.extended_to or own.back_at
    asked = own if runs else told
    return {
        "now": now.isoformat(),
        "break_tells": is_told if runs else can_tell,
        "can_tell_partner": can_tell,
        "tells_at_night": notice is not None and not notice.is_open,
        "break_state": state,
        "break_is_shared": is_told,
        "break_started_at": (own.started_at if own is not None and runs else now).isoformat(),
        "break_back_at": back_at.isoformat(),
        "break_next_at": more_time(own.back_at if own is not None else now, opening_for(zone)).isoformat(),
        "told_of_break": told is not None and told.state in QUIET,
        "partner_check": told is not None and told.state == "asking",
        "return_is_answered": asked is not None and check_of(asked) in circle.answered_checks,
        "break_line": "TO-8",
        "break_time": now.isoformat(),
    }


def _state(own: BreakSession | None) -> str:
    """As scripts see it: with more time taken at the return the break runs on, though the check is not decided."""
    if own is None:
        return "none"
    if own.state != "asking":
        return own.state
    if own.extended_to is not None:
        return "running"
    return "spent" if own.extensions >= EXTENSIONS_AT_MOST else "asking"
