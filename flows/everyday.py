"""The facts of a person who changed nothing. Rehearsals, transcripts and the checker talk to somebody like that."""

from __future__ import annotations

from collections.abc import Mapping

from flows.conversation.turn import Scalar

EVERYDAY_FACTS: Mapping[str, Scalar] = {
    "discretion": "D1",
    "has_pin": True,
    "pin_outcome": "right",
    "pin_hash": "",
    "target": "guided-break",
    "may_call": True,
    "shares_mood": False,
    "is_paired": False,
    "awaits_partner": False,
    "country": "US",
    "region": "US",
    "reminder_after_minutes": 60,
    "silent_safety": False,
    "sharing_list": "nothing",
    "tools_list": "SHARE, PAUSE",
    "checkin_time": "18:30",
    "pace_after_more": "every day",
    "pace_after_less": "twice a week",
    "number": "7",
    "question": "your check-in",
    "question_script": "check-in",
    "is_shared": False,
    "label": "Ben",
    "open_promises": 0,
    "open_notices": 0,
    "shares_promises": False,
    "may_notice": False,
    "next_code": "BK",
    "plan": "",
    "promise_id": "1",
    "promise_item": "call the bank",
    "promise_due": "2026-03-06T22:00:00+00:00",
    "promise_code": "BK",
    "promise_moves": 0,
    "promise_state": "asked",
    "promise_tells": False,
    "promise_has_notice": False,
    "promise_notice_at": "2026-03-08T00:30:00+00:00",
    "outcome": 3,
    "outcome_reason": 0,
    "outcome_when": "",
    "due_blames": False,
    "line": "PR-12",
    "line_item": "call the bank",
    "line_due": "2026-03-06T22:00:00+00:00",
    "line_reason": "time",
    "notice_help": False,
}
# What the service fills into every phrase, helplines apart (PROGRAMME 3.1).
EVERYDAY_NAMES: Mapping[str, str] = {
    "brand": "Mendline", "ph": "+12025550100", "url": "mendline.example/me", "p": "Ben", "me": "Ada",
}  # fmt: skip
