"""A call as a phone shows it: a panel while it lasts, an entry among the texts once it is over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.web.local_time import language
from service.web.telephone import Call, Heard, Telephone, TelephoneRefused, Waits

OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
PAUSE = re.compile(r"\[(\d+) s\]")
STAGE = re.compile(r"\[(.*)\]", re.DOTALL)  # what the network says about a call, not in it
KEYS = re.compile(r"[0-9A-D*#]+", re.ASCII)
NOTES = {
    "en": {"silence": "says nothing", "hangs up": "hangs up"},
    "es": {"silence": "no dice nada", "hangs up": "cuelga", "beep": "pitido"},
}
ENTRIES = {
    "en": {"held": "Call", "voicemail": "Voicemail", "no-answer": "Missed call", "busy": "Declined call",
           "canceled": "Missed call", "failed": "Call failed", "unanswered": "Call not answered"},
    "es": {"held": "Llamada", "voicemail": "Buzón de voz", "no-answer": "Llamada perdida",
           "busy": "Llamada rechazada", "canceled": "Llamada perdida", "failed": "Llamada fallida",
           "unanswered": "Llamada sin respuesta"},
}  # fmt: skip
# What the page itself says around a call, in the page's language.
AROUND = {
    "en": {"calling": "Calling…", "ringing": "Incoming call", "on": "In the call", "over": "Call ended",
           "voice": "Voice", "heard": "What is said", "pause": "pause of {n} s", "pressed": "pressed", "said": "said",
           "call of": "{owner}’s call with {brand}"},
    "es": {"calling": "Llamando…", "ringing": "Llamada entrante", "on": "En llamada", "over": "Llamada terminada",
           "voice": "Voz", "heard": "Lo que se dice", "pause": "pausa de {n} s", "pressed": "pulsó", "said": "dijo",
           "call of": "La llamada de {owner} con {brand}"},
}  # fmt: skip
ACTS = {
    "answer": "answer", "decline": "reject", "voicemail": "voicemail", "hangup": "hangup", "digits": "digits",
    "speech": "speech", "silence": "silence",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript. `by` is us, me, key, pause or note; `seconds` is how long a pause lasts, else 0."""

    by: str
    text: str
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """A call in front of the texts. `phase` is calling, ringing, on or over; `waits` is None unless it listens."""

    sid: str
    phase: str
    title: str
    lines: tuple[Line, ...]
    waits: Waits | None

    @property
    def takes_keys(self) -> bool:
        """Whether a key press arrives."""
        return self.waits is not None and self.waits.input != "speech"

    @property
    def takes_words(self) -> bool:
        """Whether what the person says arrives."""
        return self.waits is not None and self.waits.input != "dtmf"


@dataclass(frozen=True, slots=True)
class Entry:
    """A call that is over, in one line; its transcript can be opened. `was_held`: somebody or a machine answered."""

    title: str
    lines: tuple[Line, ...]
    was_held: bool


def call_to_show(calls: tuple[Call, ...], held: str) -> Call | None:
    """The call that is under way, else the one with the SID `held`, whose end the person has not put away."""
    for call in reversed(calls):
        if call.state not in OVER:
            return call
    return next((call for call in calls if call.sid == held), None)


def draw_panel(call: Call, locale: str) -> Panel:
    """The panel of a call; its notes in the language of `locale`."""
    phase = phase_of(call)
    return Panel(call.sid, phase, AROUND["en"][phase], draw_lines(call.heard, locale), call.waits)


def draw_entry(call: Call, locale: str) -> Entry:
    """`Call, 2 min`, `Missed call`: what stays of a call."""
    tongue = language(locale)
    words = ENTRIES[tongue]
    lines = draw_lines(call.heard, locale)
    if call.state == "completed":
        is_machine = call.is_ours and call.heard[:1] != () and call.heard[0].who == "network"
        title = f"{words['voicemail' if is_machine else 'held']}, {_length(call)}"
        return Entry(title, lines, was_held=True)
    if not call.is_ours and call.state != "failed":
        return Entry(words["unanswered"], lines, was_held=False)
    return Entry(words[call.state], lines, was_held=False)


def phase_of(call: Call) -> str:
    """calling (they call us, nobody answered yet), ringing (we call them), on, or over."""
    if call.state in OVER:
        return "over"
    if call.state == "in-progress":
        return "on"
    return "ringing" if call.is_ours else "calling"


def draw_lines(heard: tuple[Heard, ...], locale: str) -> tuple[Line, ...]:
    """The transcript, line by line."""
    notes = NOTES[language(locale)]
    return tuple(_line(each, notes) for each in heard)


async def carry_out(telephone: Telephone, number: str, form: dict[str, str]) -> Call:
    """What the form's `action` asks of the phone with this number: the call as it then is.

    `digits` beside `silence` are keys that were pressed before the person fell silent. Raises TelephoneRefused.
    """
    action, sid, digits = form.get("action", ""), form.get("call", ""), form.get("digits", "")
    if action == "call":
        return await telephone.call_in(number)
    if action not in ACTS:
        raise TelephoneRefused(422, "That cannot be done in a call.", "Load the page again.")
    if action == "silence" and digits:
        call = await telephone.act(number, sid, "digits", {"digits": digits})
        if call.waits is None:
            return call
    given = {"digits": {"digits": digits}, "speech": {"text": form.get("text", "")}}.get(action, {})
    return await telephone.act(number, sid, ACTS[action], given)


def _line(heard: Heard, notes: dict[str, str]) -> Line:
    if heard.who == "us" and (pause := PAUSE.fullmatch(heard.text)):
        return Line("pause", pause[1], int(pause[1]))
    if stage := STAGE.fullmatch(heard.text):
        return Line("note", notes.get(stage[1], stage[1]))
    if heard.who == "person":
        return Line("key" if KEYS.fullmatch(heard.text) else "me", heard.text)
    return Line("us", heard.text)


def _length(call: Call) -> str:
    """From the answer to the end, in the network's time."""
    if call.answered_at is None or call.ended_at is None:
        return "0 s"
    seconds = round((call.ended_at - call.answered_at).total_seconds())
    return f"{seconds} s" if seconds < 60 else f"{round(seconds / 60)} min"
