"""What a turn asks the service to record or schedule. Scripts name these by their snake_case names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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

    act: str  # given, revoked; heard, for what was read out to them
    subject: str  # texts, calls, a grant; a part of the private set-up
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
    given: Mapping[str, str | int | float | bool] = field(default_factory=dict)  # what is handed over; not for scripts


@dataclass(frozen=True, slots=True)
class PlanScript:
    """Begin a script `days` from today at the person's own hour, or `minutes` from now when days is 0."""

    script: str
    days: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class PlanCall:
    """Ring the person in so many minutes; `script` begins once they pressed 1. A booked call is tried once more."""

    script: str
    minutes: int = 0
    is_booked: bool = True


@dataclass(frozen=True, slots=True)
class SetPin:
    """Keep a new private code, given as its hash."""

    hash: str


@dataclass(frozen=True, slots=True)
class AskNewPin:
    """The private code was forgotten: a new one may be set once the wait is over (flows/programme/codes.py)."""


@dataclass(frozen=True, slots=True)
class KeepPin:
    """The old one was typed after all: no new one is wanted."""


@dataclass(frozen=True, slots=True)
class SetCoverPin:
    """Keep a second code, given as its hash: it opens an account that looks empty."""

    hash: str


@dataclass(frozen=True, slots=True)
class DropCoverPin:
    """There is no second code any more."""


@dataclass(frozen=True, slots=True)
class ForgetApart:
    """What was entered under the second code, and kept apart, is erased."""


@dataclass(frozen=True, slots=True)
class SealScreen:
    """The five answers of the safety screen, each 1 no, 2 yes or 3 rather not say. Only what they come to is kept."""

    afraid: int
    hurt: int
    pushed: int
    unsafe: int
    own: int


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
class AskSharing:
    """The first yes to a switch (flows.programme.sharing.LIFE). Only on a call, after the private code."""

    grant: str
    wording: str  # the phrase that asked


@dataclass(frozen=True, slots=True)
class ConfirmSharing:
    """The second yes, a day later. Only on a call, after the private code."""

    grant: str
    wording: str


@dataclass(frozen=True, slots=True)
class DeclineSharing:
    """No second yes: the first is forgotten."""

    grant: str


@dataclass(frozen=True, slots=True)
class KeepSharing:
    """Everything that is on stays on from today. Only on a call, after the private code."""

    wording: str


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


@dataclass(frozen=True, slots=True)
class MakePromise:
    """The person said what they will do. `due` is an ISO instant; `level` 1 only them, 2 updates, 3 the notice too."""

    title: str
    due: str
    code: str
    level: int = 1
    plan: str = ""  # the if-then, for their eyes only
    rule: str = ""  # of RFC 5545; empty for one that does not repeat,
    clock: str = ""  # and its time, HH:MM on the person's clock


@dataclass(frozen=True, slots=True)
class MovePromise:
    """It has another time. Before it was due this is an early change, which keeps faith; later it is a new plan."""

    promise: str
    due: str
    plan: str = ""


@dataclass(frozen=True, slots=True)
class LowerPromise:
    """Fewer hear of it from now on: 1 only the maker, 2 updates without the notice. Never more, and nobody is told."""

    promise: str
    level: int


@dataclass(frozen=True, slots=True)
class DelayNotice:
    """The receiver's own reminder comes a day later, up to the fourth day after it is due. Nobody is told."""

    promise: str


@dataclass(frozen=True, slots=True)
class EndRepeats:
    """No more like this one; the one that is open stays."""

    promise: str


@dataclass(frozen=True, slots=True)
class ReportPromise:
    """How it went: 1 done, 2 partly, 3 not yet, 4 changed. Only `done` goes to whoever follows it, by itself."""

    promise: str
    outcome: int


@dataclass(frozen=True, slots=True)
class KeepReason:
    """What got in the way, as PN-1 numbers it: private, until the person sends it."""

    promise: str
    reason: int


@dataclass(frozen=True, slots=True)
class TellAbout:
    """The person sends their update: not done yet, the new plan, and the reason unless it is 0 or a private one."""

    promise: str
    reason: int = 0


@dataclass(frozen=True, slots=True)
class DropPromise:
    """It is let go, without blame."""

    promise: str


@dataclass(frozen=True, slots=True)
class StartBreak:
    """A break until `back_at` (ISO instant), or a new time for the one that runs. `tells`: the notice goes with it."""

    back_at: str
    tells: bool = False


@dataclass(frozen=True, slots=True)
class TellBreak:
    """The notice of the break that runs goes to the other person."""


@dataclass(frozen=True, slots=True)
class ExtendBreak:
    """The caller is still worked up at the return: more time, twice at most. It holds unless another choice comes."""

    back_at: str


@dataclass(frozen=True, slots=True)
class AnswerReturn:
    """How worked up somebody is at a return check. `side`: own, or theirs for the one who did not call the break."""

    body: float
    side: str


@dataclass(frozen=True, slots=True)
class ChooseTalk:
    """When somebody could talk: now, later, tomorrow, evening (tomorrow's), or not-yet. `side` as above."""

    choice: str
    side: str


Effect = (
    KeepRating | KeepNote | KeepSetting | RecordConsent | Invite | Join | RefuseMinor | StartScript | PlanScript
    | PlanCall | SetPin | AskNewPin | KeepPin | SetCoverPin | DropCoverPin | ForgetApart
    | SealScreen | Pause | Resume | Rest | SetPace | StepPace | CountSilence | OptOut | OptIn
    | HoldBack | WithdrawSharing | AskSharing | ConfirmSharing | DeclineSharing | KeepSharing | HoldForCrisis
    | NeverFollowUp | LiftHold | MarkReady | MakePromise | MovePromise | ReportPromise | KeepReason | TellAbout
    | DropPromise | LowerPromise | DelayNotice | EndRepeats | StartBreak | TellBreak | ExtendBreak | AnswerReturn
    | ChooseTalk
)  # fmt: skip

EFFECTS: Mapping[str, type] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(Effect)
}
