"""The facts of a person who changed nothing. Rehearsals, transcripts and the checker talk to somebody like that."""

from __future__ import annotations

from collections.abc import Mapping

from flows.conversation.turn import Scalar

EVERYDAY_FACTS: Mapping[str, Scalar] = {
    "discretion": "D1",
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
}
# What the service fills into every phrase, helplines apart (PROGRAMME 3.1).
EVERYDAY_NAMES: Mapping[str, str] = {
    "brand": "Mendline", "ph": "+12025550100", "url": "mendline.example/me", "p": "Ben", "me": "Ada",
}  # fmt: skip
