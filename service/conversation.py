"""take_turn: one input, one transaction. The key of the event, the session, the rows and what is owed, or none."""

from __future__ import annotations

import json
import logging
import random
from datetime import datetime

from tortoise.exceptions import IntegrityError

from flows.conversation.effects import Effect, Invite, OptOut
from flows.conversation.hearing import JOINING, Heard, Standing, begin, hear
from flows.conversation.questions import questions_answered
from flows.conversation.turn import Channel, Moment, Turn
from service.circle import circle_of, find_circle
from service.database import fetch, in_transaction
from service.delivery import name_the_other, owe, owe_stranger
from service.gateway.port import ArrivedText
from service.house import House, ReadText
from service.ledger import Cause
from service.pairing import label_for
from service.recording import record, record_effects, suppress
from service.records import Attempt, ScriptVersion, Session, Stranger
from service.records.inbound import PROVIDER
from service.scheduling import plan_timers
from service.someone import STATE, Locked, Someone, locked_in, make_someone, region_of, zone_of_region
from service.standing import bundle_of_session, join_words, moment_of, open_session, read_state, standing_of
from service.writing import change_later, changes_written, insert_later, update_later

LOST = "lost"
NUMBERS_AT_ONCE = 50
# `first_time` for a text, `lock_number` and `find_locked` in one: no row for a repeat, a row without a person for a
# stranger, or for whoever joined while we waited. `held` comes first, so that no bond is held while a number is waited
# for.
FIRST_TEXT = """
WITH kept AS (INSERT INTO inbound_event (provider, kind, sid_key, received_at) VALUES ($1, 'text', $2, $3)
              ON CONFLICT DO NOTHING RETURNING id),
held AS MATERIALIZED (SELECT id, pg_advisory_xact_lock(hashtextextended($4, 7)) FROM kept)
SELECT known.id, known.bond FROM held LEFT JOIN LATERAL (
  SELECT p.id, b.id AS bond FROM person p JOIN bond b ON b.id = p.bond_id
  WHERE p.number_key = $4 AND held.id IS NOT NULL FOR UPDATE OF b
) known ON true
"""
log = logging.getLogger(__name__)


async def take_text(house: House, arrived: ArrivedText) -> bool:
    """A text from a phone becomes one turn, once. False: this text was taken before and nothing changed.

    Ends with a ring at the worker's door; the ring may be lost, the rows may not.

    Raises:
        UNREACHABLE: PostgreSQL is away; nothing was kept and the same text may come again.
    """
    async with in_transaction("text-taken"):
        key = house.vault.number_key(arrived.sender)
        kept = await fetch(FIRST_TEXT, PROVIDER, house.vault.event_key(arrived.sid), arrived.at, key)
        is_new = bool(kept)
        if is_new:
            await _take(house, arrived, key, locked_in(kept))
    if is_new:
        await house.doorbell.ring()
    return is_new


async def first_time(house: House, *, kind: str, sid: str, at: datetime) -> bool:
    """Keep the key of an event. False: it is there already, so its effects are too."""
    rows = await fetch(
        "INSERT INTO inbound_event (provider, kind, sid_key, received_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING RETURNING id",
        PROVIDER, kind, house.vault.event_key(sid), at,
    )  # fmt: skip
    return bool(rows)


async def _take(house: House, arrived: ArrivedText, key: str, locked: Locked | None) -> None:
    if not arrived.sender.startswith("+") or arrived.sender in _our_numbers(house):
        log.info("text_left_alone reason=%s", "own-number" if arrived.sender in _our_numbers(house) else "no-number")
        return  # two machines that answer each other never stop; a short code is never a person
    circle = await find_circle(house.vault, key, arrived.at, locked=locked)
    if circle is None:
        await _take_stranger(house, arrived, key)
        return
    if circle.is_blocked and circle.someone.person.status == "active":
        # The network said stop, and whoever was to write down what follows died: a START would lift nothing.
        await follow_opt_out(house, circle.someone, arrived.at)
        circle = await circle_of(house.vault, circle.someone, arrived.at)
    standing = await standing_of(
        house, circle, has_media=arrived.has_media, answered=arrived.opt_out_type is not None
    )
    heard = hear(house.library, standing, arrived.body)
    circle.someone.person.last_heard_at = arrived.at
    source = house.vault.event_key(arrived.sid)
    await commit_heard(house, circle.someone, circle.session, heard, moment=standing.moment, source=source)


async def follow_opt_out(house: House, someone: Someone, now: datetime) -> None:
    """The network said that the holder of a number opted out, which is as good as a STOP: the rows of the person whose
    bond the caller holds. May run twice.
    """
    cause = Cause(now=now, source="network", country=house.settings.country)
    await save_session(house, someone, await open_session(someone), Turn(None), now=now)
    await record(house, someone, [OptOut("network")], cause)


async def commit_heard(house: House, someone: Someone, session: Session | None, heard: Heard, *, moment: Moment,
                       source: str) -> None:  # fmt: skip
    """The rows of one heard text, in the conversation that was open. The caller holds the bond and the transaction."""
    now = moment.at
    if heard.was_lost:
        insert_later(Attempt(scope=LOST, key=someone.person.number_key or "", at=now))
    if not heard.is_aside:
        session = await save_session(house, someone, session, heard.turn, now=now)
    await commit_turn(
        house, someone, heard.turn, session=session, moment=moment, purpose=heard.purpose, source=source,
        has_danger=heard.turn.reason == "danger",
    )  # fmt: skip
    house.lately_read.append(ReadText(now, someone.id, heard.turn.reason))
    log.info(
        "turn_taken person=%s session=%s turn=%s read=%s effects=%d prompts=%d", someone.id,
        session.id if session is not None else "-", session.turn if session is not None else "-", heard.turn.reason,
        len(heard.turn.effects), len(heard.turn.prompts),
    )  # fmt: skip


async def commit_turn(
    house: House, someone: Someone, turn: Turn, *, session: Session | None, moment: Moment, purpose: str, source: str,
    has_danger: bool = False, due_id: int | None = None, channel: Channel = "text",
    has_code: bool = False,
) -> None:  # fmt: skip
    """Effects and prompts of a turn become rows. What a turn owes is owed after its effects: a STOP withholds first.

    What it answers on its `channel` is asked no longer on the other.
    """
    now, country = moment.at, str(moment.facts["country"])
    cause = Cause(
        now=now, source=source, country=country, has_danger=has_danger, channel=channel, has_code=has_code,
        may_share_mood=bool(moment.facts["shares_mood"]),
        script=session.script if session is not None else None,
        script_hash=session.script_hash if session is not None else None,
    )  # fmt: skip
    await record_effects(house, someone, turn.effects, cause)
    if moment.facts.get("talks_by_voice" if channel == "text" else "talks_by_text"):
        await _close_elsewhere(house, someone, turn, channel, now)
    changed = str(someone.setting("country") or country)
    label = ""
    if name_the_other(house, turn.prompts, locale=someone.person.locale, country=changed):
        label = await label_for(house, someone)
    owe(
        house, someone, turn.prompts, purpose=purpose, now=now, country=changed, label=label,
        script_hash=cause.script_hash, due_id=due_id,
    )  # fmt: skip
    change_later(someone.person, someone.as_read)


async def _close_elsewhere(house: House, someone: Someone, turn: Turn, channel: Channel, now: datetime) -> None:
    """One set of open questions for a person: an answer on either channel closes the question on both."""
    answered = questions_answered(turn.effects)
    session = await open_session(someone, "voice" if channel == "text" else "text") if answered else None
    if session is None:
        return
    bundle = await bundle_of_session(house, session)
    if bundle.scripts[read_state(someone, session).script].question in answered:
        _close(session, now)


async def save_session(house: House, someone: Someone, session: Session | None, turn: Turn, *,
                       now: datetime) -> Session | None:  # fmt: skip
    """The conversation after a turn: moved on, closed, or a new one in its place."""
    state = turn.state
    is_same = session is not None and state is not None and session.script_hash == state.script_hash
    if session is not None and not is_same:
        _close(session, now)
    if state is None:
        return session
    sealed = someone.key.seal_json(state.as_json(), STATE)
    closes = next((timer.at for timer in turn.timers if timer.name == "close"), None)
    if session is not None and is_same:
        session.state_sealed, session.turn, session.updated_at = sealed, session.turn + 1, now
        session.closes_at = closes
        update_later(session)
    else:
        await _keep_version(house, state.script_hash, now)
        await changes_written(Session)  # one conversation is open on a channel: the other one is closed first
        session = Session.construct(
            id=await _session_number(house), person_id=someone.id, channel=state.channel,
            script=_root(house, state.script_hash, state.script), script_hash=state.script_hash, state_sealed=sealed,
            turn=1, is_open=True, opened_at=now, updated_at=now, closes_at=closes,
        )  # fmt: skip
        insert_later(session)
    plan_timers(session, turn.timers, now=now)
    return session


async def _session_number(house: House) -> int:
    """The number of a new conversation, which its timers name; fetched by the dozen, and wasted by a process that ends.
    """
    if not house.session_numbers:
        rows = await fetch(
            "SELECT nextval('session_id_seq') AS number FROM generate_series(1, $1::int)", NUMBERS_AT_ONCE
        )
        house.session_numbers.extend(int(row["number"]) for row in rows)
    return house.session_numbers.popleft()


def _close(session: Session, now: datetime) -> None:
    session.is_open, session.updated_at, session.turn = False, now, session.turn + 1
    session.state_sealed = ""  # what was said in a closed conversation lives on only where it was kept
    update_later(session)
    plan_timers(session, (), now=now)


def _root(house: House, script_hash: str, present: str) -> str:
    """The script a bundle is named after; the session may be inside one that it runs."""
    return house.library.name_of(script_hash) or present


async def _keep_version(house: House, script_hash: str, now: datetime) -> None:
    """The sources by hash, until the last session pinned to them ends."""
    if script_hash in house.kept_versions or await ScriptVersion.exists(hash=script_hash):
        house.kept_versions.add(script_hash)
        return
    name = _root(house, script_hash, "")
    source = json.dumps(dict(house.library.bundle(name).sources))
    try:
        async with in_transaction("version-kept"):
            await ScriptVersion.create(hash=script_hash, name=name, source=source, first_seen_at=now)
    except IntegrityError:  # another process kept the same version just now
        return


async def _take_stranger(house: House, arrived: ArrivedText, key: str) -> None:
    """A number that is nobody: the join word makes a person, anything else leaves a keyed hash at most."""
    now, region = arrived.at, region_of(arrived.sender)
    suppressed = await fetch("SELECT 1 FROM suppression WHERE number_key = $1 AND lifted_at IS NULL", key)
    told = await Stranger.get_or_none(number_key=key)
    locale = "es" if region in {"ES", "MX"} else "en"
    country = region or house.settings.country
    moment = Moment(now, zone_of_region(region), locale, {"country": country}, random.random())  # noqa: S311
    standing = Standing(
        status="opted_out" if suppressed else "stranger", moment=moment, join_words=join_words(house),
        carrier_answers=house.settings.opt_out_by != "us", network_answered=arrived.opt_out_type is not None,
        was_told_today=told is not None and told.told_on == now.date(),
    )  # fmt: skip
    heard = hear(house.library, standing, arrived.body)
    effects: tuple[Effect, ...] = heard.turn.effects
    for effect in effects:
        match effect:
            case Invite(invited_locale):
                await _invite(house, arrived, invited_locale)
                return
            case OptOut(reason):
                await suppress(key, reason, now)
            case _:
                if suppressed:
                    await fetch("UPDATE suppression SET lifted_at = $2 WHERE number_key = $1 RETURNING 1", key, now)
    if heard.turn.prompts:
        if heard.turn.reason == "stranger":
            await Stranger.update_or_create(number_key=key, defaults={"told_on": now.date()})
        owe_stranger(
            house, arrived.sender, heard.turn.prompts, locale=locale, purpose=heard.purpose, now=now, country=country
        )
    house.lately_read.append(ReadText(now, None, heard.turn.reason))
    log.info("stranger_heard read=%s prompts=%d", heard.turn.reason, len(heard.turn.prompts))


async def _invite(house: House, arrived: ArrivedText, locale: str) -> None:
    """Somebody texted the join word: from here on they are a person, asked once and told nothing more until YES."""
    now = arrived.at
    someone = await make_someone(house.vault, arrived.sender, locale=locale, status="invited", now=now)
    someone.person.last_heard_at = now
    moment = await moment_of(house, someone, now)
    turn = begin(house.library, JOINING, moment)
    session = await save_session(house, someone, None, turn, now=now)
    await commit_turn(
        house, someone, turn, session=session, moment=moment, purpose="reply",
        source=house.vault.event_key(arrived.sid),
    )  # fmt: skip


def _our_numbers(house: House) -> frozenset[str]:
    return frozenset({house.settings.twilio_sender, house.settings.voice_number})

