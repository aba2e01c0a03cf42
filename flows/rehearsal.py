"""One person and the service in memory: replies through `hear`, timers when time passes, every state through JSON.

Nothing is stored or sent. Transcripts and `talk` hold conversations with this.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.catalogue import Catalogue
from flows.conversation.effects import (
    AnswerReturn,
    Effect,
    ExtendBreak,
    Invite,
    Join,
    KeepRating,
    KeepSetting,
    OptIn,
    OptOut,
    PlanScript,
    StartBreak,
)
from flows.conversation.engine import advance, halt
from flows.conversation.hearing import CHECK_IN, JOINING, Heard, Standing, Status, begin, hear, settle
from flows.conversation.library import Bundle, Library
from flows.conversation.session import SessionState
from flows.conversation.turn import Moment, Prompt, Scalar, Timer, Turn, Waited
from flows.effect_words import in_words
from flows.everyday import EVERYDAY_FACTS, EVERYDAY_NAMES
from flows.helplines import HelplineTable
from flows.programme.breaks import CALM_AT_MOST, NEXT_CHECK_AFTER
from flows.rehearsed_promises import Asked, PromiseBook

LATE_ANSWER = timedelta(hours=24)  # PROGRAMME 3.5.6
US = "US   "
INDENT = " " * len(US)
BREAK_RETURN = "break-return"
SWITCHES = frozenset({"silent_safety"})


@dataclass(frozen=True, slots=True)
class House:
    """What is installed: scripts, words, helplines, and the join words with their languages."""

    library: Library
    catalogue: Catalogue
    helplines: HelplineTable
    join_words: Mapping[str, str] = field(default_factory=lambda: {"MEND": "en", "REPARAR": "es"})


@dataclass(frozen=True, slots=True)
class Planned:
    """A script that begins by itself at `at` (aware UTC)."""

    at: datetime
    script: str


class Rehearsal:
    """A conversation that can be held line by line. Each method gives the lines it caused, as transcripts show them."""

    def __init__(
        self, house: House, *, at: datetime, zone: str, locale: str, status: Status = "active",
        facts: Mapping[str, Scalar] | None = None,
    ) -> None:  # fmt: skip
        self.house = house
        self.now = at
        self.zone = zone
        self.locale = locale
        self.status: Status = status
        self.facts: dict[str, Scalar] = {
            **EVERYDAY_FACTS, "tools_list": house.catalogue.tools(locale), **(facts or {}),
        }  # fmt: skip
        self.session: SessionState | None = None
        self.timers: tuple[Timer, ...] = ()
        self.planned: list[Planned] = []
        self.promises = PromiseBook()
        self.last_phrase = ""
        self._mood_asked: tuple[str, datetime] | None = None
        self._was_told: str = ""
        self._lines: list[str] = []

    def service_begins(self, script: str) -> list[str]:
        """The service opens a script, as a due row would. What is open is skipped, waited for, or interrupted.

        Raises:
            KeyError: there is no such script.
        """
        self._open(script)
        return self._take_lines()

    def person_says(self, text: str) -> list[str]:
        """A text arrives."""
        heard = hear(self.house.library, self._standing(), text)
        if heard.turn.reason == "stranger":
            self._was_told = self._local_date()
        self._hear(heard)
        return self._take_lines()

    def time_passes(self, until: datetime) -> list[str]:
        """Everything due up to `until` happens at its own minute."""
        while (due := self._next_due()) is not None and due.at <= until:
            self.now = max(self.now, due.at)
            mark = len(self._lines)
            if isinstance(due, Timer):
                self._fire(due)
            elif isinstance(due, Asked):
                self.promises.planned.remove(due)
                self._open(due.script, due)
            else:
                self.planned.remove(due)
                self._open(due.script)
            if due.at != until and len(self._lines) > mark:
                self._lines.insert(mark, f"{INDENT}at {self._clock(due.at)}")
        self.now = until
        return self._take_lines()

    @property
    def local_now(self) -> datetime:
        """Now on the person's own clock."""
        return self.now.astimezone(ZoneInfo(self.zone))

    def _open(self, script: str, asked: Asked | None = None) -> None:
        policy = self.house.library.scripts[script].opens
        is_taken = self.session is not None and not self._bundle(self.session).root.gives_way
        if is_taken and policy == "skip":
            self._lines.append(f"{INDENT}skipped {script}")
            return
        if is_taken and policy == "wait":
            closes = max((timer.at for timer in self.timers), default=self.now + timedelta(hours=1))
            if asked is not None:
                self.promises.planned.append(replace(asked, at=closes))
            else:
                self.planned.append(Planned(closes, script))
            return
        if self.session is not None and policy != "beside":
            self._cause(halt(self._bundle(self.session), self.session, self._moment()).effects)
        if script == BREAK_RETURN:
            self.facts |= {"break_state": "asking", "break_next_at": (self.local_now + NEXT_CHECK_AFTER).isoformat()}
        if script == CHECK_IN:
            self._mood_asked = (self._local_date(), self.now)
        given = self.promises.told(asked.promise, self.now) if asked is not None else None
        turn = begin(self.house.library, script, self._moment(), given=given, by_service=True)
        if asked is not None:
            self.promises.was_asked(asked)
        if policy == "beside" and self.session is not None and (is_taken or turn.state is None):
            self._cause(turn.effects)
            self._say(turn.prompts)
            return
        self._take(turn)

    def _fire(self, timer: Timer) -> None:
        if self.session is None:
            return
        self.timers = tuple(each for each in self.timers if each != timer)
        turn = advance(self._bundle(self.session), self.session, Waited(self._moment(), timer.name))
        self._take(settle(self.house.library, turn, self._moment()))

    def _hear(self, heard: Heard) -> None:
        if not heard.is_aside:
            self._take(heard.turn)
            return
        self._cause(heard.turn.effects)
        self._say(heard.turn.prompts)
        for effect in heard.turn.effects:
            if isinstance(effect, Invite):
                self.locale, self.status = effect.locale, "invited"
                self.facts["tools_list"] = self.house.catalogue.tools(effect.locale)
                self._take(begin(self.house.library, JOINING, self._moment()))

    def _take(self, turn: Turn) -> None:
        """A turn as the service would commit it; the state makes its trip through JSON."""
        self._cause(turn.effects)
        self._say(turn.prompts)
        plain = json.dumps(turn.state.as_json()) if turn.state is not None else ""
        if self.session is not None and turn.state is None:
            self._lines.append(f"{INDENT}ended")
        self.session = SessionState.from_json(json.loads(plain)) if plain else None
        self.timers = tuple(sorted(turn.timers, key=lambda timer: timer.at))
        for timer in self.timers:
            word = "closes" if timer.name == "close" else "due"
            self._lines.append(f"{INDENT}{word} {timer.at.astimezone(ZoneInfo(self.zone)):%Y-%m-%d %H:%M}")

    def _cause(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            self._keep(effect)
            self._lines.extend(INDENT + line for line in in_words(effect, self._local_date()))

    def _keep(self, effect: Effect) -> None:
        self.promises.keep(effect, self.now, self.zone, self.facts)
        match effect:
            case KeepSetting("zone", value):
                self.zone = value
            case KeepSetting(key, value) if key in SWITCHES:
                self.facts[key] = value == "on"
            case KeepSetting(key, value) if key in self.facts:
                self.facts[key] = int(value) if isinstance(self.facts[key], int) else value
            case PlanScript(script, days, minutes):
                self.planned.append(Planned(self._planned_at(days, minutes), script))
            case StartBreak(back_at) | ExtendBreak(back_at):
                self._break_until(datetime.fromisoformat(back_at))
            case AnswerReturn(body) if body <= CALM_AT_MOST:
                self.facts["break_state"] = "none"
            case KeepRating(item="mood"):
                self._mood_asked = None
            case Join() | OptIn():
                self.status = "active"
            case OptOut():
                self.status, self.planned, self._mood_asked = "opted_out", [], None
                self.promises = PromiseBook()
            case _:
                pass

    def _break_until(self, back_at: datetime) -> None:
        """A private break, as far as one person sees it: it runs, and its return comes."""
        if self.facts["break_state"] == "none":
            self.facts["break_started_at"] = self.now.isoformat()
        self.facts |= {"break_state": "running", "break_back_at": back_at.isoformat()}
        self.planned = [each for each in self.planned if each.script != BREAK_RETURN]
        self.planned.append(Planned(back_at.astimezone(self.now.tzinfo), BREAK_RETURN))

    def _say(self, prompts: tuple[Prompt, ...]) -> None:
        country = str(self.facts["country"])
        lines = self.house.helplines.of(country).arguments(self.locale)
        for prompt in prompts:
            phrase = self.house.helplines.phrase_for(prompt.phrase, country)
            arguments = {**EVERYDAY_NAMES, **lines, **prompt.arguments}
            self._lines.append(US + self.house.catalogue.render(phrase, self.locale, arguments))
            self.last_phrase = prompt.phrase

    def _standing(self) -> Standing:
        session = self.session
        return Standing(
            status=self.status,
            moment=self._moment(),
            session=session,
            bundle=self._bundle(session) if session is not None else None,
            join_words=self.house.join_words,
            choices_offered=self._choices_offered() if session is None else 0,
            missed_mood_day=self._missed_mood_day() if session is None else "",
            was_told_today=self._was_told == self._local_date(),
            promises=self.promises.known(self.now),
        )

    def _moment(self) -> Moment:
        title, script = self._last_question()
        asked = {"question": title, "question_script": script} if script else {}
        now = {"now": self.now.isoformat()}
        return Moment(self.now, self.zone, self.locale, {**self.facts, **self.promises.facts(), **now, **asked})

    def _bundle(self, session: SessionState) -> Bundle:
        root = session.callers[0][0] if session.callers else session.script
        return self.house.library.bundle(root)

    def _last_question(self) -> tuple[str, str]:
        for script in self.house.library.scripts.values():
            for step in script.steps.values():
                titled = step.wait is not None and step.wait.title
                if titled and any(say.phrase == self.last_phrase for say in step.say):
                    return self.house.catalogue.render(titled, self.locale, {}), script.name
        return "", ""

    def _choices_offered(self) -> int:
        asked = self._last_question()[1]
        return self.house.catalogue.numbered_choices(self.last_phrase, self.locale) if asked else 0

    def _missed_mood_day(self) -> str:
        if self._mood_asked is None or self.now - self._mood_asked[1] > LATE_ANSWER:
            return ""
        return self._mood_asked[0]

    def _next_due(self) -> Timer | Planned | Asked | None:
        due: list[Timer | Planned | Asked] = [*self.timers, *self.planned, *self.promises.planned]
        return min(due, key=lambda each: each.at, default=None)

    def _planned_at(self, days: int, minutes: int) -> datetime:
        if not days:
            return self.now + timedelta(minutes=minutes)
        day = self.local_now.date() + timedelta(days=days)
        at = time.fromisoformat(str(self.facts["checkin_time"]))
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(self.now.tzinfo)

    def _local_date(self) -> str:
        return self.local_now.date().isoformat()

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.zone)):%H:%M}"

    def _take_lines(self) -> list[str]:
        lines, self._lines = self._lines, []
        return lines
