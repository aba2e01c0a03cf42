"""What the handset page shows: which phones, their bubbles, the moves of the clock. Plain values for the templates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from service.web.calls import OVER, Entry, Panel, call_to_show, draw_entry, draw_panel
from service.web.local_time import clock_time, day_name, language, next_at, short_moment, zone_name
from service.web.telephone import Call, Handset, Text

E164 = re.compile(r"\+[1-9]\d{6,14}")
SHOWN_TEXTS = 80  # what a person scrolls back through at most; the page is fetched every second
EVENING = time(18, 30)  # when the demo people are asked how they are
MORNING = time(8, 0)  # when quiet hours are over

# Twilio's words for a text, and what a phone shows. A text that has not arrived is drawn as an outline.
ARRIVED = frozenset({"delivered", "read", "received"})
LOST = frozenset({"undelivered", "failed", "canceled"})
STATE_WORDS = {
    "en": {"arrived": "Delivered", "lost": "Not delivered", "under way": "On its way"},
    "es": {"arrived": "Entregado", "lost": "No entregado", "under way": "En camino"},
}
# What the page proposes to text, in the words that each language's phone is answered in.
WORDS_TO_TRY = {
    "en": {"answer": "4 tired, argued", "break": "BREAK", "promise": "PROMISE", "always": ("MENU", "HELP", "STOP")},
    "es": {"answer": "4 cansancio, discutimos", "break": "DESCANSO", "promise": "PROMESA",
           "always": ("MENU", "AYUDA", "STOP")},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A phone that can be shown, under the `key` that stands for it in addresses (numbers never do)."""

    key: str
    handset: Handset

    @property
    def zone(self) -> ZoneInfo:
        """The zone its clock shows."""
        return ZoneInfo(self.handset.zone)


@dataclass(frozen=True, slots=True)
class Couple:
    """Two phones offered side by side; `label` names them."""

    left: Choice
    right: Choice
    label: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text or one call (`entry`) on a phone. `by` is "me" or "us", `day` is set where a day begins.

    `fate` is a key of STATE_WORDS; that of a call is "held" or "not held", and its `body` and `state` are empty.
    """

    sid: str
    by: str
    body: str
    time: str
    at: datetime
    fate: str
    state: str
    day: str | None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone as it is drawn; `side` is "left" or "right", `panel` the call in front of its texts."""

    side: str
    choice: Choice
    language: str
    time: str
    day: str
    zone: str
    bubbles: tuple[Bubble, ...]
    panel: Panel | None
    draft: str = ""
    error: str = ""
    call_error: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a phone holds: its texts, its calls, and the SID of a call to go on showing."""

    texts: tuple[Text, ...]
    calls: tuple[Call, ...]
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A button of the clock: where it goes (aware) and what it says."""

    name: str
    label: str
    detail: str
    to: datetime


def choices(cast: Iterable[Handset], other_numbers: Iterable[str]) -> tuple[Choice, ...]:
    """The cast in its order, then the numbers someone added, which take the first phone's zone."""
    cast, others = tuple(cast), tuple(other_numbers)
    taken: dict[str, Choice] = {}
    for place, handset in enumerate(cast, 1):
        if handset.name == handset.number:  # somebody who only texted: no address may hold the number
            added = handset.number in others
            key = f"other-{others.index(handset.number) + 1}" if added else f"phone-{place}"
            taken[key] = Choice(key, replace(handset, name=spaced(handset.number)))
            continue
        word = _address_word(handset.name) or "phone"
        key = word if word not in taken else f"{word}-{place}"
        taken[key] = Choice(key, handset)
    known = {handset.number for handset in cast}
    zone = cast[0].zone if cast else "UTC"
    for place, number in enumerate(others, 1):
        if number not in known:
            taken[f"other-{place}"] = Choice(f"other-{place}", Handset(number, spaced(number), zone, "en-US", "", ""))
    return tuple(taken.values())


def couples(phones: tuple[Choice, ...]) -> tuple[Couple, ...]:
    """Couples first; then those who are alone, two by two, the last of an odd number beside the first phone."""
    paired: list[tuple[Choice, Choice]] = []
    alone: list[Choice] = []
    rest = list(phones)
    while rest:
        first = rest.pop(0)
        if rest and are_couple(first.handset, rest[0].handset):
            paired.append((first, rest.pop(0)))
        else:
            alone.append(first)
    if len(alone) % 2 and len(phones) > 1:
        alone.append(phones[0])
    paired += zip(alone[::2], alone[1::2], strict=False)
    return tuple(Couple(left, right, f"{left.handset.name} & {right.handset.name}") for left, right in paired)


def are_couple(one: Handset, other: Handset) -> bool:
    """Whether the simulator lists them as a pair: the same name of a pair, or each other's number."""
    return bool(one.pair) and one.pair in {other.pair, other.number, other.name}


def draw_phone(side: str, choice: Choice, holding: Holding, *, now: datetime) -> Phone:
    """The phone at `now`, in its own zone and locale, with the last SHOWN_TEXTS of its texts and calls."""
    locale = choice.handset.locale
    call = call_to_show(holding.calls, holding.shown)
    return Phone(
        side=side,
        choice=choice,
        language=language(locale),
        time=clock_time(now, choice.zone, locale),
        day=day_name(now, choice.zone, locale),
        zone=zone_name(now, choice.zone),
        bubbles=_bubbles(choice, holding),
        panel=draw_panel(call, locale) if call else None,
    )


def moves(now: datetime, following: datetime | None, zone: ZoneInfo) -> tuple[Move, ...]:
    """Next (where `following` is known), the evening and the morning after `now`, on the clocks of `zone`."""
    evening, morning = next_at(EVENING, now, zone), next_at(MORNING, now, zone)
    day = "This" if evening.date() == now.astimezone(zone).date() else "Tomorrow"
    offered = [
        Move("evening", f"{day} evening", clock_time(evening, zone, "en-US"), evening),
        Move("morning", "Next morning", clock_time(morning, zone, "en-US"), morning),
    ]
    if following is not None:
        to = max(following, now)
        detail = short_moment(to, now, zone) if to > now else "due now"
        offered.insert(0, Move("next", "Next", detail, to))
    return tuple(offered)


def read_number(raw: str) -> str | None:
    """E.164 from a number as people write it (spaces, dots, dashes, brackets), or None without a country code."""
    number = re.sub(r"[\s().\-\u00a0\u2010-\u2015]", "", raw)
    return number if E164.fullmatch(number) else None


def spaced(number: str) -> str:
    """`+1 202 555 0100` for a North American number; any other as it is."""
    if len(number) == 12 and number.startswith("+1"):
        return f"+1 {number[2:5]} {number[5:8]} {number[8:]}"
    return number


def _bubbles(choice: Choice, holding: Holding) -> tuple[Bubble, ...]:
    zone, locale = choice.zone, choice.handset.locale
    drawn = [_text_bubble(choice, text) for text in holding.texts]
    drawn += [_call_bubble(choice, call) for call in holding.calls if call.state in OVER]
    drawn.sort(key=lambda bubble: bubble.at)
    shown, last_day = [], None
    for bubble in drawn[-SHOWN_TEXTS:]:
        day = day_name(bubble.at, zone, locale)
        shown.append(replace(bubble, day=day if day != last_day else None))
        last_day = day
    return tuple(shown)


def _text_bubble(choice: Choice, text: Text) -> Bubble:
    locale = choice.handset.locale
    fate = "arrived" if text.status in ARRIVED else "lost" if text.status in LOST else "under way"
    return Bubble(
        sid=text.sid,
        by="me" if text.sender == choice.handset.number else "us",
        body=text.body,
        time=clock_time(text.at, choice.zone, locale),
        at=text.at,
        fate=fate,
        state=STATE_WORDS[language(locale)][fate],
        day=None,
    )


def _call_bubble(choice: Choice, call: Call) -> Bubble:
    locale = choice.handset.locale
    entry = draw_entry(call, locale)
    return Bubble(
        sid=call.sid,
        by="us" if call.is_ours else "me",
        body="",
        time=clock_time(call.started_at, choice.zone, locale),
        at=call.started_at,
        fate="held" if entry.was_held else "not held",
        state="",
        day=None,
        entry=entry,
    )


def _address_word(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
