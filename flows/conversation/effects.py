"""What a turn asks the service to record or schedule. Scripts name these by their snake_case names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args


@dataclass(frozen=True, slots=True)
class KeepRating:
    """Keep a number of the day `for_date` (ISO). `note` is what stood beside it, or empty."""

    item: str
    value: float
    note: str = ""
    for_date: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class KeepNote:
    """Keep a person's words, for their eyes only."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class KeepSetting:
    """Change one of the person's own settings (flows/programme/choices.py has the keys and what each may be)."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """A line in the ledger: what was agreed to or revoked, and by which wording the person was asked."""

    act: str  # given, revoked
    subject: str  # texts, calls, a grant
    wording: str  # the phrase that asked


@dataclass(frozen=True, slots=True)
class Invite:
    """A stranger texted the join word: keep the number and begin the joining script in that language."""

    locale: str


@dataclass(frozen=True, slots=True)
class Join:
    """The person is in: their own prompts begin."""


@dataclass(frozen=True, slots=True)
class RefuseMinor:
    """Somebody under 18: nothing more is ever sent, nothing is kept."""


@dataclass(frozen=True, slots=True)
class StartScript:
    """Go on with another script in the same turn. With a `reply` it hears that at once, its first words unsaid."""

    script: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class PlanScript:
    """Begin a script `days` from today at the person's own hour, or `minutes` from now when days is 0."""

    script: str
    days: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """No prompts for so many days. A quiet one says nothing of itself."""

    days: int


@dataclass(frozen=True, slots=True)
class Resume:
    """Prompts go on."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A quiet hold: no prompts until the person writes that they want them again."""


@dataclass(frozen=True, slots=True)
class SetPace:
    """Prompts at this pace from now on: a key of flows.programme.dose.PACES."""

    pace: str


@dataclass(frozen=True, slots=True)
class StepPace:
    """One step faster (+1) or slower (-1)."""

    step: int


@dataclass(frozen=True, slots=True)
class CountSilence:
    """One more prompt went by without an answer."""


@dataclass(frozen=True, slots=True)
class OptOut:
    """Everything ends at once: prompts, calls, sharing. `reason` is a code."""

    reason: str


@dataclass(frozen=True, slots=True)
class OptIn:
    """The person came back. Sharing stays off."""


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Do not pass on today's number."""

    for_date: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawSharing:
    """Take back one grant (C1 …), or `all` of them, silently and at once."""

    grant: str


@dataclass(frozen=True, slots=True)
class HoldForCrisis:
    """Nothing but safety for the hold; only category and day are kept."""

    category: str


@dataclass(frozen=True, slots=True)
class NeverFollowUp:
    """The person asked not to be asked again after a crisis, for good."""


@dataclass(frozen=True, slots=True)
class LiftHold:
    """The hold after a crisis ends early: the person is doing okay."""


@dataclass(frozen=True, slots=True)
class MarkReady:
    """In facilitated pairing: this person agrees, from their own phone, that shared parts open."""


Effect = (
    KeepRating | KeepNote | KeepSetting | RecordConsent | Invite | Join | RefuseMinor | StartScript | PlanScript | Pause
    | Resume | Rest | SetPace | StepPace | CountSilence | OptOut | OptIn | HoldBack | WithdrawSharing | HoldForCrisis
    | NeverFollowUp | LiftHold | MarkReady
)  # fmt: skip

EFFECTS: Mapping[str, type] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(Effect)
}
