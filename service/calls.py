"""take_call and take_step: one input of a call, one transaction; the answer is kept sealed and replayed to a repeat."""

from __future__ import annotations

import logging
import random
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flows.conversation.calling import (
    CallInput,
    Keyed,
    Silent,
    Spoken,
    answer_call,
    begin_call,
    follow_on,
    hung_up,
    listening_for,
)  # fmt: skip
from flows.conversation.turn import Channel, Facts, Moment, Prompt, Scalar, Turn
from service.callers import find_caller
from service.changes import list_changes
from service.conversation import commit_turn, first_time, save_session
from service.covering import covered_moment, is_covered, kept_apart, list_apart
from service.database import in_transaction
from service.delivery import name_the_other, words_of
from service.errors import MalformedWebhook
from service.gateway.port import ListedCall
from service.gateway.voice_wire import OVER, CallStarted, CallStatus, CallStep, step_query
from service.house import House
from service.keyed_codes import has_code, look_at_code, with_code
from service.noticing import notice_facts
from service.owed_calls import settle_call
from service.pairing import label_for
from service.records import Call, InboundEvent, Session
from service.records.inbound import PROVIDER
from service.ringing import end_taken_call
from service.someone import Someone, find_someone, lock_number, region_of
from service.speaking import STEP_PATH, Phrase, Voice, call_document, to_say, voice_of
from service.standing import bundle_of_session, moment_in, moment_of, open_session, read_state
from service.writing import insert_later, update_later

ANSWERING, OUTGOING = "answering", "outgoing"
CLOSING, FOR_MACHINES = "V-BYE", "V-VM"
GOODBYES = frozenset({CLOSING, "V-STAR", "V-LETGO", "V-LOCKED", "V-SET-0", "V-TO-10", "V-TO-10C"})
AFTER_BEEP = "machine_end"
# Whoever is no machine. A wrong verdict costs little: nothing private is said before a key is pressed.
PEOPLE = frozenset({"human", "unknown"})
ANSWER = "inbound.answer"
VOICE: Channel = "voice"
NOTHING_BEHIND: Facts = {"line_item": "", "apart_list": "", "changes_list": ""}
log = logging.getLogger(__name__)


async def take_call(house: House, call: CallStarted) -> str:
    """The first words of a call, theirs or ours: TwiML. Repeats hear the same again.

    Raises:
        UNREACHABLE: the database is away; nothing was begun.
    """
    async with in_transaction("call-taken"):
        sid = f"{call.sid}:start"
        circle = await find_caller(house, call.other, sid=sid, call_sid=call.sid, at=call.at)
        if circle is None or circle.someone.person.status != "active":
            return _nobody(house, call.other)
        someone = circle.someone
        if circle.taken is not None:
            return await _once_more(house, someone, circle.taken, call.at)
        moment = moment_in(house, circle, chance=random.random())  # noqa: S311
        await _end_earlier(house, someone, circle.session, moment)
        script = ANSWERING
        if call.call_token is not None:
            is_person = (call.answered_by or "human") in PEOPLE
            state = "in-progress" if is_person else "machine"
            placed = await settle_call(house, _token(call.call_token), call.sid, state, call.at)
            if placed is None or not is_person:
                return await _tell_machine(house, someone, call, moment, sid=sid)
            script, moment = OUTGOING, with_facts(moment, {**NOTHING_BEHIND, "target": placed.script})
        turn = follow_on(house.library, begin_call(house.library, script, moment), moment)
        return await _commit(house, someone, None, turn, moment=moment, sid=sid, call_sid=call.sid)


async def take_step(house: House, step: CallStep) -> str:
    """What a caller pressed, said or left unsaid becomes one turn: TwiML. A repeat hears the same answer again.

    Raises:
        UNREACHABLE: the database is away; the same step may come again.
    """
    code = await look_at_code(house, step)
    async with in_transaction("step-taken"):
        sid = f"{step.sid}:{step.session_id}:{step.turn}"
        circle = await find_caller(house, step.other, sid=sid, call_sid=step.sid, at=step.at)
        if circle is None:
            return _nobody(house, step.other)
        someone, session, placed = circle.someone, circle.session, circle.call
        if circle.taken is not None:
            return await _once_more(house, someone, circle.taken, step.at)
        if session is None or (session.id, session.turn) != (step.session_id, step.turn):
            return await _goodbye(house, someone, step.at)
        state = read_state(someone, session)
        is_known, covered = has_code(state, code), is_covered(state, code)
        moment = (covered_moment if covered else moment_in)(house, circle, chance=random.random())  # noqa: S311
        told = await _behind_code(house, someone, placed, step.at) if is_known and not covered else {}
        target = placed.script if placed is not None else ""
        moment = with_facts(moment, {**NOTHING_BEHIND, **code, **told, "target": target})
        bundle = await bundle_of_session(house, session)
        turn = follow_on(house.library, answer_call(bundle, state, moment, _input(step)), moment)
        if placed is not None and turn.state is None:
            await end_taken_call(someone, placed, moment.at, turn)
        if covered:
            turn = replace(turn, effects=kept_apart(someone, turn.effects, step.at))
        return await _commit(
            house, someone, session, with_code(turn, covered=covered) if is_known else turn, moment=moment, sid=sid,
            call_sid=step.sid, is_known=is_known,
        )  # fmt: skip


async def take_call_status(house: House, status: CallStatus) -> bool:
    """A call's progress: the end of it ends the conversation on it. False: a repeat, or nothing to end."""
    async with in_transaction("call-status-taken"):
        sid = f"{status.sid}:{status.status}"
        if not await first_time(house, kind="call-status", sid=sid, at=status.at):
            return False
        someone = await _caller(house, status.other)  # the person before their call, as everywhere
        has_ended = False
        if someone is not None and status.status in OVER:
            moment, session = await moment_of(house, someone, status.at), await open_session(someone, VOICE)
            has_ended = await _end_earlier(house, someone, session, moment, of=status.sid)
        if status.call_token is not None:
            await settle_call(house, _token(status.call_token), status.sid, status.status, status.at)
        return has_ended


async def take_lost_call(house: House, call: ListedCall, now: datetime) -> bool:
    """A call that is over, whose beginning or end was not told to us. True: somebody was not answered, or not let go.

    It leaves what a call leaves that reached us and was hung up: nothing but the keys of its events. A later call of
    the same person goes on. May run twice.
    """
    async with in_transaction("lost-call-taken"):
        someone = await _caller(house, call.other)
        is_unheard = call.is_inbound and await first_time(house, kind="step", sid=start_of(call), at=call.created_at)
        placed = await Call.get_or_none(sid=call.sid)
        token = str(placed.token) if placed is not None else None
        end = CallStatus(call.sid, call.other, call.status, sequence=0, call_token=token, at=now)
        was_open = await take_call_status(house, end)
    return someone is not None and someone.person.status == "active" and (is_unheard or was_open)


def start_of(call: ListedCall) -> str:
    """What `take_call` knows the beginning of a call by."""
    return f"{call.sid}:start"


def end_of(call: ListedCall) -> str:
    """What `take_call_status` knows its end by."""
    return f"{call.sid}:{call.status}"


async def _behind_code(house: House, someone: Someone, call: Call | None, now: datetime) -> Facts:
    """What is told to nobody but whoever typed the person's own code on this call."""
    return {
        **await notice_facts(someone, call, now),
        "apart_list": "; ".join(await list_apart(house, someone, now)),
        "changes_list": await list_changes(house, someone, now),
    }


async def _commit(
    house: House, someone: Someone, session: Session | None, turn: Turn, *, moment: Moment, sid: str, call_sid: str,
    is_known: bool = False,
) -> str:  # fmt: skip
    """The rows of the turn, then its words; the words are kept for a repeat of the same request.

    `is_known`: whoever is on the line typed the private code on this call.
    """
    saved = await save_session(house, someone, session, turn, now=moment.at)
    if saved is not None and saved.call_key is None:
        saved.call_key = house.vault.event_key(call_sid)
        update_later(saved)
    source = house.vault.event_key(sid)
    silent = Turn(turn.state, (), turn.effects, turn.timers, turn.reason)
    await commit_turn(
        house, someone, silent, session=saved, moment=moment, purpose="reply", source=source, channel=VOICE,
        has_code=is_known,
    )  # fmt: skip
    prompts = turn.prompts if turn.state is not None else await _with_goodbye(turn, call_sid)
    phrases = await _phrases(house, someone, prompts, moment)
    listening, url = None, ""
    if turn.state is not None and saved is not None:
        listening = listening_for(await bundle_of_session(house, saved), turn.state)
        url = f"{house.settings.public_url}{STEP_PATH}?{step_query(saved.id, saved.turn)}"
    answer = call_document(phrases, _voice(someone), listening=listening, step_url=url)
    _keep(someone, answer, key=source, at=moment.at)
    log.info(
        "call_turn person=%s read=%s effects=%d ends=%s", someone.id, turn.reason, len(turn.effects), listening is None
    )
    return answer


async def _with_goodbye(turn: Turn, call_sid: str) -> tuple[Prompt, ...]:
    """The last words of a call. One of ours ends with the number it came from, save for whoever pressed star; every
    other with a goodbye, also where its script had none left to say.
    """
    last = turn.prompts[-1].phrase if turn.prompts else ""
    is_ours = turn.reason != "star" and await Call.exists(sid=call_sid)
    if last == CLOSING or (not is_ours and last in GOODBYES):
        return turn.prompts
    return (*turn.prompts, Prompt(CLOSING))


async def _tell_machine(house: House, someone: Someone, call: CallStarted, moment: Moment, *, sid: str) -> str:
    """Nothing for a machine; one neutral sentence, after its beep, where the person chose that."""
    has_beeped = (call.answered_by or "").startswith(AFTER_BEEP)
    prompts = [Prompt(FOR_MACHINES)] if has_beeped and someone.setting("voicemail") == "on" else []
    phrases = await _phrases(house, someone, prompts, moment)
    answer = call_document(phrases, _voice(someone), listening=None, step_url="")
    _keep(someone, answer, key=house.vault.event_key(sid), at=moment.at)
    return answer


def _keep(someone: Someone, answer: str, *, key: str, at: datetime) -> None:
    """That this request was taken, and its answer for a repeat of it."""
    insert_later(InboundEvent.construct(
        provider=PROVIDER, kind="step", sid_key=key, person_id=someone.id, received_at=at,
        answer_sealed=someone.key.seal(answer, ANSWER),
    ))  # fmt: skip


async def _once_more(house: House, someone: Someone, taken: str, at: datetime) -> str:
    """What this request was answered with before, or goodbye when that is gone."""
    return someone.key.open(taken, ANSWER) if taken else await _goodbye(house, someone, at)


async def _phrases(house: House, someone: Someone, prompts: Iterable[Prompt], moment: Moment) -> list[Phrase]:
    said, label, locale = tuple(prompts), "", someone.person.locale
    country = str(moment.facts["country"])
    if name_the_other(house, said, locale=locale, country=country):
        label = await label_for(house, someone)
    return [
        to_say(house, *words_of(house, prompt, locale=locale, country=country, label=label, channel=VOICE), locale)
        for prompt in said
    ]


async def _end_earlier(house: House, someone: Someone, session: Session | None, moment: Moment, *,
                       of: str = "") -> bool:  # fmt: skip
    """A line that dropped leaves its conversation open; what was confirmed in it stays, the rest is dropped.

    `session` is what is open, `of` the call that is over, when it is known.
    """
    if session is None or (of and session.call_key != house.vault.event_key(of)):
        return False
    bundle = await bundle_of_session(house, session)
    turn = hung_up(bundle, read_state(someone, session), moment)
    placed = await Call.get_or_none(sid=of) if of else None
    if placed is not None:
        await end_taken_call(someone, placed, moment.at, turn)
    await save_session(house, someone, session, turn, now=moment.at)
    await commit_turn(
        house, someone, turn, session=session, moment=moment, purpose="reply", source="line-ended", channel=VOICE
    )
    return True


async def _goodbye(house: House, someone: Someone, at: datetime) -> str:
    phrases = await _phrases(house, someone, [Prompt(CLOSING)], await moment_of(house, someone, at))
    return call_document(phrases, _voice(someone), listening=None, step_url="")


async def _caller(house: House, number: str) -> Someone | None:
    """Caller ID identifies, it never authorises. A withheld number is nobody."""
    if not number.startswith("+"):
        return None
    key = house.vault.number_key(number)
    await lock_number(key)
    return await find_someone(house.vault, key)


def _nobody(house: House, number: str) -> str:
    """A neutral sentence for whoever is not on file, or opted out: nothing of it tells which."""
    locale = "es" if region_of(number) in {"ES", "MX"} else "en"
    phrase, words = words_of(house, Prompt("V-NOBODY"), locale=locale, country=house.settings.country, channel=VOICE)
    return call_document([to_say(house, phrase, words, locale)], voice_of(locale), listening=None, step_url="")


def _voice(someone: Someone) -> Voice:
    return voice_of(someone.person.locale, someone.setting("speech_pace"))


def with_facts(moment: Moment, facts: Mapping[str, Scalar]) -> Moment:
    """The same moment, with more that is known about it."""
    given: Facts = ChainMap(dict(facts), moment.facts)  # type: ignore[arg-type]  # only read, and only what is asked for
    return replace(moment, facts=given)


def _token(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError as strange:
        raise MalformedWebhook("call is none of ours") from strange


def _input(step: CallStep) -> CallInput:
    if step.digits or step.ended_by_star:
        return Keyed(step.digits, step.ended_by_star)
    return Spoken(step.speech) if step.speech else Silent()

