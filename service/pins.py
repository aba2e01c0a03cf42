"""PINs: six digits, kept as Argon2id hashes. A try is counted before it is looked at, so that racing buys nothing."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from service.database import execute, in_transaction
from service.records import Attempt, Pin

DIGITS = re.compile(r"\d{6}", re.ASCII)
# OWASP's second choice for Argon2id: 19 MiB, two passes, one lane; about 25 ms, and a worker's memory can bear it.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
# Six digits are a million: five tries in ten minutes need years, and a person who mistypes waits ten minutes.
WINDOW, TRIES = timedelta(minutes=10), 5
# Guessing one PIN at many people is seen only in the sum.
TRIES_OVERALL = 50
FROM, TARGET, OVERALL = "pin-from", "pin-for", "pin-all"
COUNTING_LOCK = 7_266_354_631  # any fixed number; ours alone within the database


class PinRefused(Exception):
    """Not six digits."""


class TooManyTries(Exception):
    """No try is looked at until `WINDOW` has passed since the first of them."""


async def set_pin(person_id: UUID, pin: str, *, now: datetime) -> None:
    """Keep this PIN in place of the one before.

    Raises:
        PinRefused: it is not six digits.
    """
    await keep_hash(person_id, await hash_pin(pin), now=now)


async def keep_hash(person_id: UUID, hashed: str, *, now: datetime) -> None:
    """Keep a PIN that was typed twice on a call, given as the hash of the first time."""
    await Pin.update_or_create(person_id=person_id, defaults={"hash": hashed, "set_at": now})


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
        TooManyTries: by this number, for this person, or over all people.
    """
    await _count(tried_by[:64], str(person_id), now)
    kept = await Pin.get_or_none(person_id=person_id)
    is_right = kept is not None and await asyncio.to_thread(_is_right, kept.hash, pin)
    if is_right:
        await Attempt.filter(scope=TARGET, key=str(person_id)).delete()
        await Attempt.filter(scope=FROM, key=tried_by[:64]).delete()
    return is_right


async def _count(tried_by: str, target: str, now: datetime) -> None:
    limits = ((FROM, tried_by, TRIES), (TARGET, target, TRIES), (OVERALL, "all", TRIES_OVERALL))
    async with in_transaction("code-tried"):
        await execute("SELECT pg_advisory_xact_lock($1)", COUNTING_LOCK)
        for scope, key, limit in limits:
            if await Attempt.filter(scope=scope, key=key, at__gt=now - WINDOW).count() >= limit:
                raise TooManyTries
        for scope, key, _ in limits:
            await Attempt.create(scope=scope, key=key, at=now)


def _is_right(hashed: str, pin: str) -> bool:
    try:
        return HASHER.verify(hashed, pin)
    except (VerificationError, InvalidHashError):
        return False
