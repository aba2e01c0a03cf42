"""Twenty ways in which something private could show on the other phone: each is one line of the product made worse."""

from __future__ import annotations

from tests.mutants.workshop import Mutant

NOTICES, OPENING, RECORDING = "service/noticing.py", "service/opening.py", "service/recording.py"
FOLLOWED = "    if copy is None or copy.receiver_id != someone.id or copy.has_update or copy.closed_at is not None"
RESTING = '    if someone.setting("pace") == "off":  # a quiet hold, the receiver\'s own\n'
SHARED = "    shared = await _shared_number(house, someone, due)\n"
ANSWERED = '    await drop_asking(promise.id, now=now, outcome="answered", kinds=(BEFORE, DUE, STILL))\n'
HELD_BACK = (
    "async def _hold_back(someone: Someone, day: str) -> None:\n"
    "    await PublishedItem.filter(publisher_id=someone.id, kind=KIND_OF[MOOD_GIVES], local_date=day).delete()\n"
)
PAUSED = "            person.paused_until = now + timedelta(days=days)\n"
HELD = "    someone.person.held_until = now + CRISIS_HOLD\n"
ENDED = "    await end_promises(someone.id, now)\n"
WITHDRAWN = "    await standing.update(withdrawn_at=now)\n"
OPTED_OUT = "    if says_opted_out(item):\n        await suppress"
HEARD = "    circle.someone.person.last_heard_at = arrived.at\n"
SAID = "    change_later(someone.person, someone.as_read)\n\n\nasync def _close_elsewhere"
FETCH = "    from service.database import fetch\n"
MOVES = (
    "from service.database import execute as go; await go(\"UPDATE due SET due_at = due_at + interval '7 minutes'"
    " WHERE kind IN ('notice', 'digest') AND state = 'waiting'\")\n"
)


def _other(column: str) -> str:
    """Whether that is so of the other person of the pair."""
    return (
        'await fetch("SELECT 1 FROM person p JOIN person me ON me.bond_id = p.bond_id AND me.id <> p.id'
        f' WHERE me.id = $1 AND {column}", someone.id)'
    )


def _no_notice(name: str, condition: str) -> Mutant:
    asks = f"{FETCH}    from service.records import Person\n"
    return Mutant(f"no notice for somebody who {name}", NOTICES, FOLLOWED, f"{asks}{FOLLOWED} or {condition}")


def _no_digest(name: str, column: str) -> Mutant:
    worse = FETCH + RESTING.replace(' == "off":', f' == "off" or {_other(column)}:')
    return Mutant(f"no digest about somebody who {name}", OPENING, RESTING, worse)


def _number(name: str, column: str, number: str) -> Mutant:
    worse = f"{FETCH}    if shared is None and {_other(column)}:\n        shared = SharedNumber('Ada', '{number}')\n"
    return Mutant(name, OPENING, SHARED, SHARED + worse)


def _and(name: str, file: str, line: str, more: str) -> Mutant:
    return Mutant(name, file, line, line + more)


LEAKS = (
    _no_notice("stopped", "not await Person.exists(id=copy.publisher_id, status='active')"),
    _no_notice("rests", "await Person.exists(id=copy.publisher_id, paused_until__isnull=False)"),
    _no_notice("is in danger", "await Person.exists(id=copy.publisher_id, held_until__isnull=False)"),
    _no_notice("withdrew", "not await fetch(\"SELECT 1 FROM sharing_grant WHERE person_id = $1 AND kind = 'C3'"
               " AND withdrawn_at IS NULL\", copy.publisher_id)"),
    _no_digest("stopped", "p.status <> 'active'"),
    _no_digest("rests", "p.paused_until IS NOT NULL"),
    _no_digest("is in danger", "p.held_until IS NOT NULL"),
    _number("a number that was held back", "EXISTS (SELECT 1 FROM rating r WHERE r.person_id = p.id)", "4"),
    _number("another word for who did not answer", "p.unanswered > 0", "?"),
    _and("a report moves the notice", "service/promising.py", ANSWERED,
         "    from service.records import Due as D\n"
         "    await D.filter(kind='notice', state='waiting').update(due_at=now + timedelta(hours=1))\n"),
    Mutant("a report is told before anybody asked to tell it", "service/promising.py",
           "    if outcome == DONE:\n", "    if outcome:\n"),
    Mutant("keeping back keeps nothing back", RECORDING, HELD_BACK, HELD_BACK.partition("\n")[0] + "\n    return\n"),
    _and("a pause for two", RECORDING, PAUSED,
         "            from service.database import execute\n"
         "            await execute('UPDATE person SET paused_until = $1 WHERE bond_id = $2', person.paused_until,"
         " person.bond_id)\n"),
    _and("danger holds both", RECORDING, HELD,
         "    from service.database import execute\n"
         "    await execute('UPDATE person SET held_until = $1 WHERE bond_id = $2', now + CRISIS_HOLD,"
         " someone.person.bond_id)\n"),
    _and("danger takes a few minutes", RECORDING, HELD, f"    {MOVES}"),
    _and("a stop ends what the other waits for", RECORDING, ENDED,
         "    await Due.filter(kind='notice', state='waiting').update(state='dropped')\n"),
    _and("withdrawing takes the willingness of the other too", "service/sharing.py", WITHDRAWN,
         "    await Grant.filter(kind__in=['R1', 'R3'], withdrawn_at__isnull=True).update(withdrawn_at=now)\n"),
    Mutant("a phone that is off shows", "service/settling.py", OPTED_OUT,
           f"    if state == 'undelivered':\n        {MOVES}{OPTED_OUT}"),
    _and("every text is seen", "service/conversation.py", HEARD, f"    {MOVES}"),
    Mutant("a turn of the one moves the line of the other", "service/conversation.py", SAID,
           f"    if turn.effects:\n        {MOVES}{SAID}"),
)  # fmt: skip
