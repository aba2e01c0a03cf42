"""Private codes: the first, one after a forgotten one (under a new key, so that nothing old is read), and a second."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from flows.conversation.effects import AskNewPin, DropCoverPin, ForgetApart, KeepPin, SetCoverPin, SetPin
from flows.programme.codes import may_set_new_code, waits_for_new_code
from service.covering import forget_apart, keep_cover
from service.database import execute
from service.delivery import withhold
from service.house import House
from service.ledger import Cause, enter_in_ledger
from service.pins import TARGET, keep_hash
from service.records import (
    Attempt,
    AuditEvent,
    BreakAnswer,
    Note,
    PairMember,
    PersonKey,
    Pin,
    Promise,
    PromiseCopy,
    PromiseRule,
    PublishedItem,
    Rating,
    SafetyScreen,
    Session,
)
from service.sharing import withdraw
from service.someone import NAME, NUMBER, STATE, Someone
from service.switching import forget_asks

CodeEffect = SetPin | AskNewPin | KeepPin | SetCoverPin | DropCoverPin | ForgetApart
# Under which name a person's sheet keeps what they call the other.
LABEL = "calls_sealed"
log = logging.getLogger(__name__)


async def record_code(house: House, someone: Someone, effect: CodeEffect, cause: Cause) -> None:
    """What is asked about the codes. The second one is changed by whoever typed the first on this very call."""
    match effect:
        case SetPin(hashed):
            await set_new_pin(house, someone, hashed, cause)
        case AskNewPin():
            await ask_new_pin(someone, cause.now)
        case KeepPin():
            await keep_pin(someone, cause.now)
        case _ if not cause.has_code:
            log.warning("code_kept person=%s reason=no-code", someone.id)
        case SetCoverPin(hashed):
            await keep_cover(someone, hashed)
        case DropCoverPin():
            await keep_cover(someone, "")
        case ForgetApart():
            await forget_apart(someone)


async def ask_new_pin(someone: Someone, now: datetime) -> None:
    """From now on the wait runs. Asked again while it does, it changes nothing."""
    pin = await Pin.get_or_none(person_id=someone.id)
    if pin is None or waits_for_new_code(pin.new_asked_at, now):
        return
    pin.new_asked_at = now
    await pin.save()
    await AuditEvent.create(at=now, actor="person", act="new-code-asked", person_ref=someone.id, detail={})


async def keep_pin(someone: Someone, now: datetime) -> None:
    """The old code was typed: nothing is set anew."""
    if await Pin.filter(person_id=someone.id, new_asked_at__isnull=False).update(new_asked_at=None):
        await AuditEvent.create(at=now, actor="person", act="new-code-called-off", person_ref=someone.id, detail={})


async def set_new_pin(house: House, someone: Someone, hashed: str, cause: Cause) -> None:
    """The first code, or the one after a forgotten one. A code that stands is never replaced."""
    pin = await Pin.get_or_none(person_id=someone.id)
    if pin is not None:
        if not may_set_new_code(pin.new_asked_at, cause.now):
            log.warning("code_kept person=%s reason=not-asked-for", someone.id)
            return
        await _begin_anew(house, someone, cause)
    await Pin.filter(person_id=someone.id).update(new_asked_at=None)
    await keep_hash(someone.id, hashed, now=cause.now)
    await keep_cover(someone, "")


async def _begin_anew(house: House, someone: Someone, cause: Cause) -> None:
    """Whoever sets it may be another than whoever wrote here: a new key, and of the old account only the number,
    the name, and the pair, without anything shared. To the other person that looks like sharing that is off.
    """
    now = cause.now
    wrapped, key = house.vault.new_person_key()
    await withhold(someone.id, now=now)
    await withdraw(someone.id, "all", now)
    await forget_asks(someone.id, "all")
    await enter_in_ledger(house, someone, act="revoked", subject="all", wording=None, cause=cause)
    await _forget(someone)
    person = someone.person
    number, name = someone.number, someone.name
    person.number_sealed = key.seal(number, NUMBER)
    if name:
        person.name_sealed = key.seal(name, NAME)
    for member in await PairMember.filter(person_id=someone.id):
        if label := str(member.sheet.get(LABEL, "")):
            sheet: dict[str, Any] = {**member.sheet, LABEL: key.seal(someone.key.open(label, NAME), NAME)}
            await PairMember.filter(id=member.id).update(sheet=sheet)
    for session in await Session.filter(person_id=someone.id, channel="voice", is_open=True):
        session.state_sealed = key.seal_json(someone.key.open_json(session.state_sealed, STATE), STATE)
        await session.save()
    await PersonKey.filter(person_id=someone.id).update(wrapped=wrapped)
    someone.key = key
    await AuditEvent.create(at=now, actor="person", act="new-code-set", person_ref=someone.id, detail={})


async def _forget(someone: Someone) -> None:
    """Everything that the old key sealed, and the conversation under way by text.

    What somebody follows is theirs: their reminder of it comes as it would have come.
    """
    for kind in (Rating, Note, SafetyScreen, BreakAnswer, Promise, PromiseRule):
        await kind.filter(person_id=someone.id).delete()
    for copies in (PublishedItem, PromiseCopy):
        await copies.filter(receiver_id=someone.id).delete()
    await Attempt.filter(scope=TARGET, key=str(someone.id)).delete()
    await execute(
        "UPDATE session SET is_open = false, state_sealed = '', turn = turn + 1"
        " WHERE person_id = $1 AND channel = 'text' AND is_open",
        someone.id,
    )
    await execute("UPDATE inbound_event SET answer_sealed = NULL WHERE person_id = $1", someone.id)
