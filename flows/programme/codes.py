"""A private code that was forgotten (PROGRAMME 4.1, A23): a wait in which the old one calls it off, then a new one."""

from __future__ import annotations

from datetime import datetime, timedelta

# Long enough that nobody is made to do it in one evening, and that whoever holds the code hears of it on a call.
NEW_CODE_AFTER = timedelta(hours=72)
# Then it stays open for a week; nobody's code is open to whoever holds the phone for longer.
NEW_CODE_UNTIL = NEW_CODE_AFTER + timedelta(days=7)


def waits_for_new_code(asked_at: datetime | None, now: datetime) -> bool:
    """Whether a new code was asked for and cannot be set yet: the old one still calls it off."""
    return asked_at is not None and now < asked_at + NEW_CODE_AFTER


def may_set_new_code(asked_at: datetime | None, now: datetime) -> bool:
    """Whether the wait is over, and not for too long."""
    return asked_at is not None and asked_at + NEW_CODE_AFTER <= now < asked_at + NEW_CODE_UNTIL
