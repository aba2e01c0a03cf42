"""PINs: six digits, kept as Argon2id hashes. A try is counted before it is looked at, so that racing buys nothing."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from service.database import execute, in_transaction
from service.records import Attempt, Pin

DIGITS = re.compile(r"\d{6}", re.ASCII)
# OWASP's second choice for Argon2id: 19 MiB, two passes, one lane; about 25 ms, and a worker's memory can bear it.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
# The third wrong one in a row locks for a quarter of an hour (PROGRAMME 3.9): a million codes then need years.
TRIES, LOCKED_FOR = 3, timedelta(minutes=15)
# Guessing one PIN at many people is seen only in the sum. It slows every try down and locks nobody: else whoever keeps
# guessing would keep everybody out. Half of what a caller waits for before "one moment".
MANY_OVERALL, SLOWED_SECONDS = 50, 0.7
FROM, TARGET, OVERALL = "pin-from", "pin-for", "pin-all"
COUNTING_LOCK = 7_266_354_631  # any fixed number; ours alone within the database
Which = Literal["own", "cover", "none"]
log = logging.getLogger(__name__)


class PinRefused(Exception):
    """Not six digits."""


class TooManyTries(Exception):
    """It was the third wrong one in a row, or no try is looked at yet: `LOCKED_FOR` since the third has not passed."""


async def set_pin(person_id: UUID, pin: str, *, now: datetime) -> None:
    """Keep this PIN in place of the one before.

    Raises:
        PinRefused: it is not six digits.
    """
    await keep_hash(person_id, await hash_pin(pin), now=now)


async def keep_hash(person_id: UUID, hashed: str, *, now: datetime) -> None:
    """Keep a PIN that was typed twice on a call, given as the hash of the first time. A second one goes."""
    await Pin.update_or_create(person_id=person_id, defaults={"hash": hashed, "set_at": now, "cover_sealed": None})


async def hash_pin(pin: str) -> str:
    """The hash to keep. Takes its time: call it outside a transaction.

    Raises:
        PinRefused: it is not six digits.
    """
    if not DIGITS.fullmatch(pin):
        raise PinRefused
    return await asyncio.to_thread(HASHER.hash, pin)


async def fits_hash(hashed: str, pin: str) -> bool:
    """Whether the code typed the second time is the first one. Outside a transaction too."""
    return await asyncio.to_thread(_is_right, hashed, pin)


async def has_pin(person_id: UUID) -> bool:
    """Whether this person has set one."""
    return await Pin.exists(person_id=person_id)


async def check_pin(person_id: UUID, pin: str, *, tried_by: str, now: datetime) -> bool:
    """Whether it is this person's PIN. Call it outside a transaction: a try counts even when the rest fails.

    `tried_by` is whoever tries: a number key, or an operator's name. A right PIN clears that person's count.

    Raises:
        TooManyTries: by this number, or for this person.
    """
    return await which_pin(person_id, pin, tried_by=tried_by, now=now) == "own"


async def which_pin(person_id: UUID, pin: str, *, tried_by: str, now: datetime, cover: str = "") -> Which:
    """The same, where a second PIN opens too: `cover` is its hash, empty where there is none. Both take equally long.

    Raises: as `check_pin`.
    """
    tried_by, target = tried_by[:64], str(person_id)
    is_last = await _count(tried_by, target, now)
    kept = await Pin.get_or_none(person_id=person_id)
    own = kept.hash if kept is not None else ""
    is_own = await asyncio.to_thread(_is_right, own, pin)
    is_cover = await asyncio.to_thread(_is_right, cover or own, pin) and bool(cover)
    if is_own or is_cover:
        await Attempt.filter(scope__in=[TARGET, OVERALL], key=target).delete()
        await Attempt.filter(scope=FROM, key=tried_by).delete()
    elif is_last:
        raise TooManyTries
    return "own" if is_own else "cover" if is_cover else "none"


async def _count(tried_by: str, target: str, now: datetime) -> bool:
    """Count one try, or refuse it. True: another wrong one is not looked at before the lock is over."""
    async with in_transaction("code-tried"):
        await execute("SELECT pg_advisory_xact_lock($1)", COUNTING_LOCK)
        before = [await _tries(FROM, tried_by, now), await _tries(TARGET, target, now)]
        if max(before) >= TRIES:
            raise TooManyTries
        for scope, key in ((FROM, tried_by), (TARGET, target), (OVERALL, target)):
            await Attempt.create(scope=scope, key=key, at=now)
        overall = await Attempt.filter(scope=OVERALL, at__gt=now - LOCKED_FOR).count()
    if overall > MANY_OVERALL:
        log.warning("codes_slowed tries=%d", overall)
        await asyncio.sleep(SLOWED_SECONDS)
    return max(before) + 1 >= TRIES


async def _tries(scope: str, key: str, now: datetime) -> int:
    """Tries in a row: a quarter of an hour without one begins anew."""
    rows = Attempt.filter(scope=scope, key=key)
    last = await rows.order_by("-at").first()
    if last is not None and last.at <= now - LOCKED_FOR:
        await rows.delete()
        return 0
    return await rows.count()


def _is_right(hashed: str, pin: str) -> bool:
    try:
        return HASHER.verify(hashed, pin)
    except (VerificationError, InvalidHashError):
        return False
