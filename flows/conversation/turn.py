"""What goes into a turn and what comes out of it: events, prompts, timers. Plain frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from flows.conversation.effects import Effect
from flows.conversation.session import SessionState

Channel = Literal["text", "voice"]
Scalar = str | int | float | bool
Facts = Mapping[str, Scalar]

# What a script may ask about a person without a question, and of which kind each is. The service fills them in.
FACT_KINDS: Mapping[str, type] = {
    "discretion": str,  # D0, D1 or D2
    "has_pin": bool,  # a private code is set, and no forgotten one may be set anew
    "new_pin_asked": bool,  # it was forgotten, and the wait for a new one runs,
    "new_pin_at": str,  # until this instant; what it would be if it was asked for now
    "heard_notice": bool,  # the privacy notice was heard to its end
    "lesson_part": int,  # of the lesson about time-outs: the part that comes next; 0: all were heard
    "chooses_sharing": bool,  # people link themselves here, and this one was not asked yet what they would share
    "screen_due": bool,  # the safety screen is to be answered, for the first time or again
    "is_set_up": bool,  # every part of the private set-up was gone through
    "is_household": bool,  # one of the two runs this service
    "pin_outcome": str,  # right, wrong, locked, kept, same, other or taken: what came of the six digits just typed
    "apart_list": str,  # what was entered under the second code, in words; empty when there is nothing
    "changes_list": str,  # what was changed lately, in words; empty when nothing was
    "pin_hash": str,  # of a new code that was typed the first time
    "target": str,  # the script that a call of ours was placed for
    "talks_by_text": bool,  # a conversation is open by text,
    "talks_by_voice": bool,  # and on a call
    "wants_calls": bool,  # asked by call, inside their own hours
    "checked_in_today": bool,  # today's number is kept already
    "may_call": bool,  # our calls may ring now: the person's hours, and they want calls at all
    "shares_mood": bool,  # C1 given and the other's R1 live: the day's number is passed on this evening
    "is_paired": bool,  # shared parts are open
    "awaits_partner": bool,  # vouched for, not open yet
    "country": str,  # two letters
    "region": str,  # the country of the number itself, two letters
    "reminder_after_minutes": int,  # 0: no reminder
    "silent_safety": bool,  # the answer to SAFE is a plain OK
    "sharing_list": str,  # what is shared now, in words
    "receiving_list": str,  # and what this person is willing to be told, in words
    "sharing_c1": str,  # where a switch stands: off, asked, ready (for the second yes) or on; as the next six
    "sharing_c3": str,
    "sharing_c5": str,
    "sharing_pm6": str,
    "sharing_r1": str,
    "sharing_r3": str,
    "sharing_r5": str,
    "sharing_open": bool,  # anything may pass between the two at all
    "second_yes": bool,  # some switch is ready for it
    "sharing_ends": bool,  # something that is on runs out in a few days,
    "sharing_ends_at": str,  # at this instant
    "tools_list": str,  # the installed practices, in words
    "checkin_time": str,  # HH:MM in the person's zone
    "pace_after_more": str,  # in words
    "pace_after_less": str,
    "number": str,  # the bare number that had two meanings
    "question": str,  # the title of the question that it might have answered
    "question_script": str,  # and the script that asked it
    "is_shared": bool,  # the digest: there is a published copy
    "label": str,  # of the other person, as the receiver calls them
    "open_promises": int,
    "open_notices": int,  # of these, how many have choice 3
    "promises_held": int,  # as the limit counts them: what repeats counts once
    "repeating_promises": int,
    "shares_promises": bool,  # promises may be shown: this person's switch and the other's are on
    "may_notice": bool,  # the no-update notice was accepted once as a ceiling
    "next_code": str,  # what stands behind CHANGE for the next promise
    "plan": str,  # the if-then; empty until it is said
    "promise_id": str,  # which promise a script is about; empty when it is about none
    "promise_item": str,
    "promise_due": str,  # ISO instant, as `promise_notice_at`
    "promise_code": str,
    "promise_moves": int,  # new plans so far
    "promise_state": str,  # flows.programme.promises.State
    "promise_tells": bool,  # an update may be sent
    "promise_has_notice": bool,  # the receiver's own reminder is ahead,
    "promise_notice_at": str,  # at this instant
    "promise_may_wait": bool,  # it may be put off by a day
    "promise_repeats": bool,  # more like this one come
    "promise_reason": int,  # on a call: what got in the way, as PN-1 counts; 0: not said
    "promise_heard": str,  # on a call: the promises that were read out, for `unheard_promise`
    "outcome": int,  # what was said before the script began: how it went, and
    "outcome_reason": int,  # 0: not said
    "outcome_when": str,  # ISO instant; empty: not said
    "due_blames": bool,  # the new plan blames the other person
    "due_repeats": bool,  # the new promise repeats,
    "due_rule": str,  # by this rule of RFC 5545
    "due_clock": str,  # at this time, HH:MM
    "line": str,  # what the other person publishes: the phrase, and what goes into it
    "line_item": str,
    "line_due": str,
    "line_reason": str,
    "line_rule": str,
    "week_count": int,  # the promises of the last seven days, and what was said of them, in words
    "week_list": str,
    "now": str,  # ISO instant
    "danger": str,  # the category of the words of danger that a call heard
    "break_tells": bool,  # BREAK by text: the notice goes with a new one, or went with the one that runs
    "can_tell_partner": bool,  # the notice of a break may go now
    "tells_at_night": bool,  # both agreed to notices, and the other's hours are closed
    "break_state": str,  # of the own break: none, running, asking (its return), spent (and no more time), resting
    "break_is_shared": bool,  # its notice went
    "break_started_at": str,  # ISO instant; now when none runs
    "break_back_at": str,  # when it ends, or its next check
    "break_next_at": str,  # what more time would come to
    "told_of_break": bool,  # the other's break runs, and this person was told
    "partner_check": bool,  # and its return is being asked about
    "return_is_answered": bool,  # this person said something at the present check, of their own break or the other's
    "break_line": str,  # what the other's break has to say: the phrase, and its time
    "break_time": str,
    "notice_help": bool,  # the receiver asked for something to do after a notice
}
# Answers that go along when one script hands over to another.
HANDED_OVER = frozenset(
    {name for name in FACT_KINDS if name.startswith("promise_")} | {"outcome", "outcome_reason", "outcome_when"}
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When and for whom an event happens. `chance` is drawn outside, from 0 up to 1, and stored with the turn.

    `promises` are the person's open ones, the soonest first, each as what a script about it is told.
    """

    at: datetime  # aware UTC
    zone: str  # IANA
    locale: str
    facts: Facts = field(default_factory=dict)
    chance: float = 0.0
    promises: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """A script begins. `given` holds answers that are known before its first question."""

    moment: Moment
    given: Facts = field(default_factory=dict)
    by_service: bool = False  # nobody wrote to us just now: the lock-screen rule applies
    local_date: str = ""  # ISO, when the conversation is about another day than today
    channel: Channel = "text"


@dataclass(frozen=True, slots=True)
class Replied:
    """A person's text, or on a call what they said or pressed. `command` is the global word that was read in it."""

    moment: Moment
    text: str
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Waited:
    """A timer of this session elapsed."""

    moment: Moment
    timer: Literal["remind", "later", "close"]


Event = Started | Replied | Waited


@dataclass(frozen=True, slots=True)
class Prompt:
    """A phrase to say, with its arguments already in words."""

    phrase: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    is_opener: bool = False  # the service speaks first: the lock-screen rule applies


@dataclass(frozen=True, slots=True)
class Timer:
    """Wake this session at that instant, unless it has moved on by then."""

    name: Literal["remind", "later", "close"]
    at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One input and all it causes. `state` is None when the conversation is over."""

    state: SessionState | None
    prompts: tuple[Prompt, ...] = ()
    effects: tuple[Effect, ...] = ()
    timers: tuple[Timer, ...] = ()
    reason: str = ""  # how the reply was read, for the log: a code, never the words
    was_read: bool = True  # False: the reply did not fit the question; the caller may look for another meaning
