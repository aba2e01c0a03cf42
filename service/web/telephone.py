"""The simulator as the handset page uses it: whose phones there are, what they hold, texts, calls, the clock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

ANSWER_WITHIN = aiohttp.ClientTimeout(total=20, sock_connect=3)
# The simulator itself gives up after 60 s without progress and names what is open; a month of days takes seconds.
MOVE_WITHIN = aiohttp.ClientTimeout(total=None, sock_connect=3, sock_read=70)


class TelephoneRefused(Exception):
    """The simulator said no or did not answer (502). `error` and `remedy` are sentences for the reader of the page."""

    def __init__(self, status: int, error: str, remedy: str) -> None:
        super().__init__(f"status={status}")
        self.status = status
        self.error = error
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Handset:
    """One phone of the cast. `number` is E.164, `zone` an IANA name, `pair` equal for the two of a couple, else ''."""

    number: str
    name: str
    zone: str
    locale: str
    pin: str
    pair: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text as the network knows it. `at` is aware; `status` is Twilio's word."""

    sid: str
    sender: str
    body: str
    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of a call's transcript. `who` is us, person or network; `at` is aware."""

    who: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waits:
    """What a call listens for. `input` is dtmf, speech, both, or record; `count` None is any number of keys.

    `finish_on` are the keys that end the input; after `seconds` without any it ends by itself.
    """

    input: str
    count: int | None
    finish_on: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a phone. `is_ours`: the service calls. `state` is Twilio's word; `waits` is None unless it listens.

    The times are the network's, aware: when it rang, when somebody or a machine answered, when it was over.
    """

    sid: str
    is_ours: bool
    state: str
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    heard: tuple[Heard, ...]
    waits: Waits | None


@dataclass(frozen=True, slots=True)
class Telephone:
    """Speaks to the simulator at `url` (its origin). Every method may raise TelephoneRefused."""

    url: str
    client: aiohttp.ClientSession

    async def handsets(self) -> tuple[Handset, ...]:
        """The cast, couples adjacent, in the simulator's order."""
        return tuple(
            Handset(**{key: str(row.get(key) or "") for key in ("number", "name", "zone", "locale", "pin", "pair")})
            for row in await self._ask("GET", "/simulator/handsets")
        )

    async def texts(self, number: str) -> tuple[Text, ...]:
        """Sent and received by the phone of this number, oldest first."""
        rows = await self._ask("GET", f"/simulator/handsets/{quote(number, safe='')}/messages")
        return tuple(
            Text(row["sid"], row["from"], row["body"], datetime.fromisoformat(row["at"]), row["status"]) for row in rows
        )

    async def send(self, number: str, body: str) -> str:
        """A person's text to the service; its SID, once the product answered the webhook."""
        answer = await self._ask("POST", f"/simulator/handsets/{quote(number, safe='')}/texts", {"body": body})
        return str(answer["sid"])

    async def calls(self, number: str) -> tuple[Call, ...]:
        """Every call that rang this phone or was made from it, oldest first."""
        return tuple(_call(row) for row in await self._ask("GET", _calls_path(number)))

    async def call_in(self, number: str) -> Call:
        """A person calls the service; back once it said something or could not be reached."""
        return _call(await self._ask("POST", _calls_path(number), {}))

    async def act(self, number: str, sid: str, act: str, given: dict[str, str]) -> Call:
        """What the person does in a call (answer, reject, voicemail, digits, speech, silence, hangup)."""
        return _call(await self._ask("POST", f"{_calls_path(number)}/{quote(sid, safe='')}/{act}", given))

    async def move_to(self, moment: datetime) -> datetime:
        """Move the clock to `moment` (aware), visiting all that falls due; the time it then is."""
        answer = await self._ask("POST", "/simulator/clock", {"to": moment.isoformat()}, within=MOVE_WITHIN)
        return datetime.fromisoformat(answer["now"])

    async def now(self) -> datetime:
        """The network's time, aware UTC."""
        return datetime.fromisoformat((await self._ask("GET", "/simulator/clock"))["now"])

    async def settle(self) -> datetime:
        """Wait until all that follows from what was done is done, in the network and in the product; the time."""
        return await self.move_to(await self.now())

    async def log(self) -> tuple[dict[str, Any], ...]:
        """Everything that happened on the network, in order."""
        try:
            async with self.client.get(self._url("/simulator/log"), timeout=ANSWER_WITHIN) as answer:
                return tuple(json.loads(line) for line in (await answer.text()).splitlines() if line)
        except (aiohttp.ClientError, TimeoutError, ValueError) as gone:
            raise _does_not_answer() from gone

    async def set_faults(self, rules: list[dict[str, Any]]) -> None:
        """These rules of what goes wrong, in place of those before."""
        await self._ask("POST", "/simulator/faults", {"seed": 1, "rules": rules})

    async def faults(self) -> tuple[dict[str, Any], ...]:
        """The rules in force, as they were set, and how often each `struck`."""
        return tuple(await self._ask("GET", "/simulator/faults"))

    async def clear_faults(self) -> None:
        """Nothing goes wrong any more."""
        await self.set_faults([])

    async def _ask(
        self, method: str, path: str, body: object = None, *, within: aiohttp.ClientTimeout = ANSWER_WITHIN
    ) -> Any:
        try:
            async with self.client.request(method, self._url(path), json=body, timeout=within) as answer:
                if answer.status >= 400:
                    raise await _refusal(answer)
                return await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as gone:
            raise _does_not_answer() from gone

    def _url(self, path: str) -> URL:
        return URL(str(URL(self.url).origin()) + path, encoded=True)


def _does_not_answer() -> TelephoneRefused:
    return TelephoneRefused(
        502, "The simulated telephone network does not answer.", "See whether the simulator still runs."
    )


def _calls_path(number: str) -> str:
    return f"/simulator/handsets/{quote(number, safe='')}/calls"


def _call(row: dict[str, Any]) -> Call:
    heard = tuple(Heard(each["who"], each["text"], datetime.fromisoformat(each["at"])) for each in row["transcript"])
    asked = row["waits_for"]
    waits = Waits(asked["input"], asked["num_digits"], asked["finish_on"], asked["timeout"]) if asked else None
    answered, ended = (datetime.fromisoformat(at) if (at := row[key]) else None for key in ("answered_at", "ended_at"))
    return Call(
        row["sid"], row["direction"] == "outbound", row["state"], datetime.fromisoformat(row["started_at"]), answered,
        ended, heard, waits,
    )  # fmt: skip


async def _refusal(answer: aiohttp.ClientResponse) -> TelephoneRefused:
    try:
        said = await answer.json(content_type=None)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        said = {}
    error = str(said.get("error") or f"The simulated telephone network answered {answer.status}.")
    return TelephoneRefused(answer.status, error, str(said.get("remedy") or "Try again."))
