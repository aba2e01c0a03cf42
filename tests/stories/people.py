"""The cast with phones in their hands, the clock, and the network. What a story can do, it does through these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tests.patience import PATIENCE_SECONDS, looks
from tests.stories.running import RunningHouse


@dataclass(slots=True)
class Phone:
    """One handset."""

    house: RunningHouse
    name: str
    number: str
    zone: str
    locale: str
    heard: int = 0  # texts that the story has spoken of
    said: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/simulator/handsets/{quote(self.number, safe='')}"

    async def texts(self, body: str, **more: Any) -> str:
        """Send a text; its SID. The webhook was answered when this returns."""
        status, answer = await self.house.post(f"{self.path}/texts", {"body": body, **more})
        assert status == 201, answer
        self.said.append(body)
        return str(answer["sid"])

    async def received(self) -> list[dict[str, Any]]:
        """Every text that reached or is about to reach this phone, oldest first."""
        messages: list[dict[str, Any]] = await self.house.get(f"{self.path}/messages")
        return [each for each in messages if each["to"] == self.number]

    async def hears(self, *wanted: str) -> bool:
        """The next texts on this phone are these, to the letter, in this order. A trailing … leaves the rest open."""
        async for is_last in looks(PATIENCE_SECONDS):
            texts = await self.received()
            if len(texts) >= self.heard + len(wanted):
                break
            got = [each["body"] for each in texts[self.heard :]]
            assert not is_last, f"{self.name} waits for {wanted}, has {got}\n{self.house.last_words()}"
        got = [each["body"] for each in texts[self.heard : self.heard + len(wanted)]]
        self.heard += len(wanted)
        for said, want in zip(got, wanted, strict=True):
            is_same = said.startswith(want.removesuffix("…")) if want.endswith("…") else said == want
            assert is_same, f"{self.name} hears {said!r} instead of {want!r}"
        return True

    async def joins(self, clock: Clock, *, at: str = "6:30 PM", phone: str = "1") -> None:
        """Join by text, five replies, the first score skipped."""
        word = "UNIRME" if self.locale == "es" else "JOIN"
        await self.texts(word)
        await self.texts("SI" if self.locale == "es" else "YES")
        await self.texts(phone)
        await self.texts(at)
        here = (await clock.now()).astimezone(ZoneInfo(self.zone))
        await self.texts(here.strftime("%H:%M") if self.locale == "es" else here.strftime("%I:%M %p"))
        await self.texts("SKIP")
        await self.all_heard(at_least=7)

    async def all_heard_but(self, *of_the_network: str) -> None:
        """What a carrier says by itself is not ours; anything else stays unspoken and is_quiet finds it."""
        texts = await self.received()
        while self.heard < len(texts) and texts[self.heard]["body"] in of_the_network:
            self.heard += 1

    async def calls(self) -> HeldCall:
        """Call our number; back once the first words were said."""
        status, answer = await self.house.post(f"{self.path}/calls")
        assert status == 201, answer
        return HeldCall(self.house, f"{self.path}/calls/{answer['sid']}")

    async def answers(self) -> HeldCall:
        """Take the call that rings; it may be just about to."""
        call = await self.rings()
        await call.act("answer")
        return call

    async def rings(self) -> HeldCall:
        """The call that rings, or is just about to: untaken yet."""
        async for is_last in looks(PATIENCE_SECONDS):
            if ringing := [each for each in await self.rung() if each["state"] == "ringing"]:
                break
            assert not is_last, f"nothing rings\n{self.house.last_words()}"
        return HeldCall(self.house, f"{self.path}/calls/{ringing[0]['sid']}")

    async def rung(self) -> list[dict[str, Any]]:
        """Every call that rang this phone, oldest first."""
        calls: list[dict[str, Any]] = await self.house.get(f"{self.path}/calls")
        return [each for each in calls if each["direction"] == "outbound"]

    async def all_heard(self, *, at_least: int = 0) -> None:
        """Whatever came so far is not this story's matter."""
        async for is_last in looks(PATIENCE_SECONDS):
            if len(texts := await self.received()) >= at_least:
                break
            assert not is_last, [each["body"] for each in texts]
        self.heard = len(texts)


@dataclass(slots=True)
class HeldCall:
    """A call that a person is on."""

    house: RunningHouse
    path: str
    heard: int = 0  # lines of ours that the story has spoken of

    async def act(self, what: str, body: dict[str, Any] | None = None) -> None:
        """One act of the person's; it returns once the next words were said."""
        status, answer = await self.house.post(f"{self.path}/{what}", body)
        assert status == 200, answer

    async def presses(self, digits: str) -> None:
        await self.act("digits", {"digits": digits})

    async def says_nothing(self) -> None:
        await self.act("silence")

    async def hangs_up(self) -> None:
        await self.act("hangup")

    async def hears(self, *wanted: str) -> bool:
        """Among what we said since, these come in this order, each as the beginning of a line."""
        lines = await self._ours()
        for want in wanted:
            at = next((i for i, line in enumerate(lines[self.heard :], self.heard) if line.startswith(want)), None)
            assert at is not None, f"not heard: {want!r}; said since: {lines[self.heard :]}\n{self.house.last_words()}"
            self.heard = at + 1
        return True

    async def is_over(self) -> bool:
        return (await self.house.get(self.path))["state"] == "completed"

    async def _ours(self) -> list[str]:
        call = await self.house.get(self.path)
        return [each["text"] for each in call["transcript"] if each["who"] == "us"]


@dataclass(slots=True)
class Clock:
    """The simulated clock that every process reads."""

    house: RunningHouse

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.house.get("/simulator/clock"))["now"])

    async def forward(self, **lengths: float) -> datetime:
        """On by a timedelta's lengths; back when all that fell due on the way is done."""
        seconds = int(timedelta(**lengths).total_seconds())
        return await self._move({"forward": f"PT{seconds}S"})

    async def to(self, at: datetime) -> datetime:
        """On to an instant."""
        return await self._move({"to": at.isoformat()})

    async def until(self, clock: str, zone: str) -> datetime:
        """On to the next time clocks in `zone` show HH:MM."""
        there = ZoneInfo(zone)
        now = (await self.now()).astimezone(there)
        wanted = datetime.combine(now.date(), time.fromisoformat(clock), tzinfo=there)
        if wanted <= now:
            wanted = datetime.combine(now.date() + timedelta(days=1), time.fromisoformat(clock), tzinfo=there)
        return await self.to(wanted.astimezone(UTC))

    async def until_day(self, weekday: int, clock: str, zone: str) -> datetime:
        """On to the next such weekday (Monday is 0) at HH:MM."""
        there = ZoneInfo(zone)
        now = (await self.now()).astimezone(there)
        for ahead in range(8):
            day = now.date() + timedelta(days=ahead)
            wanted = datetime.combine(day, time.fromisoformat(clock), tzinfo=there)
            if day.weekday() == weekday and wanted > now:
                return await self.to(wanted.astimezone(UTC))
        raise AssertionError("every week has that day")

    async def today(self, zone: str) -> date:
        return (await self.now()).astimezone(ZoneInfo(zone)).date()

    async def _move(self, body: dict[str, str]) -> datetime:
        status, answer = await self.house.post("/simulator/clock", body)
        assert status == 200, f"{answer}\n{self.house.last_words()}"
        return datetime.fromisoformat(answer["now"])


async def settle_in(clock: Clock, *phones: Phone) -> None:
    """The first days after joining, over: the two questions that follow are answered, and the word about the private
    part on Thursday is left out. Wednesday 16:31 for the first.
    """
    zone = phones[0].zone
    await clock.until_day(1, "16:30", zone)
    for phone in phones:
        await phone.texts("1")
    await clock.until("18:30", zone)
    for phone in phones:
        await phone.texts("SKIP")
    await clock.until("16:30", zone)
    for phone in phones:
        await phone.texts("ES" if phone.zone == "Europe/Madrid" else "US")
    await clock.forward(minutes=1)
    await phones[0].house.rows(
        "UPDATE due SET state = 'dropped' WHERE kind = 'script' AND state = 'waiting'"
        " AND payload ->> 'script' = 'private-part' RETURNING id"
    )
    for phone in phones:
        await phone.all_heard()


@dataclass(slots=True)
class Network:
    """The telephone network as its own witness."""

    house: RunningHouse
    phones: list[Phone] = field(default_factory=list)

    async def settled(self) -> None:
        """Wait until nothing is due or owed by now."""
        async for is_last in looks(PATIENCE_SECONDS):
            if not (still_open := (await self.house.get("/handset/agenda"))["open"]):
                break
            assert not is_last, still_open

    async def comes(self, matter: str) -> list[str]:
        """What the page lists as coming, once this is among it: its lists are read anew a few times a second."""
        async for is_last in looks(PATIENCE_SECONDS):
            coming = [each["what"] for each in (await self.house.get("/handset/agenda"))["coming"]]
            if matter in coming:
                break
            assert not is_last, coming
        return coming

    async def is_quiet(self) -> bool:
        """Nothing is under way, and no phone has a text that the story did not speak of."""
        await self.settled()
        for phone in self.phones:
            unspoken = [each["body"] for each in (await phone.received())[phone.heard :]]
            assert unspoken == [], f"{phone.name} also heard {unspoken}"
        return True

    async def log(self) -> list[dict[str, Any]]:
        """Everything that happened on the network, in order."""
        return await self.house.network_log()

    async def fails(self, *rules: dict[str, Any], seed: int = 1) -> None:
        """Set fault rules."""
        status, answer = await self.house.post("/simulator/faults", {"seed": seed, "rules": list(rules)})
        assert status in {200, 201, 204}, answer
