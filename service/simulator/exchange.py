"""The network at work: it takes texts, moves them and calls on in product time, and calls the product back."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from datetime import datetime

from service.simulator.bell import Bell
from service.simulator.calls.switchboard import Switchboard
from service.simulator.carrier import ACTS, DEFAULT_REPLIES, carrier_word
from service.simulator.faults import Faults, Rule, Times, times_of
from service.simulator.network import Network, Text, after
from service.simulator.outgoing.parameters import callback_parameters, incoming_parameters
from service.simulator.outgoing.replies import Reply, read_replies
from service.simulator.outgoing.webhooks import Answer, Postman
from service.simulator.pacing import (
    QUEUE_FULL_LATER,
    TOO_MANY_REPLIES,
    free_again,
    is_queue_full,
    is_replying_too_fast,
    wait_for_sender,
)
from service.simulator.pending import CALL_ACTS, Pending
from service.simulator.segments import count_segments

QUEUED_AFTER, SENT_AFTER, DELIVERED_AFTER = 0.05, 0.2, 1.0  # seconds of product time
LONGEST_VALIDITY = 36_000
SWAPPED_BY = 0.05
CALLBACK_DELAY, WEBHOOK_DELAY = 30.0, 60.0
EXPIRED = 30036
OPTED_OUT = 21610
# Never handed to the carrier, so "failed"; every other code comes from the carrier or the phone: "undelivered".
REFUSED_BY_THE_NETWORK = frozenset({
    OPTED_OUT, EXPIRED, 30001, 30002, 30010, 30022, 30023, 30024, 30027, 30032, 30034, 30035, 30410, 30450, 30500,
    30610,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """A text the product asked to send. `service` is its Messaging Service (MG…), if it named that one."""

    to: str
    body: str
    sender: str
    callback: str | None = None
    service: str | None = None
    validity_seconds: int = LONGEST_VALIDITY
    media: tuple[str, ...] = ()
    direction: str = "outbound-api"


def new_sid(prefix: str = "SM") -> str:
    """A fresh SID: two letters and 32 hex digits."""
    return prefix + uuid.uuid4().hex


class Exchange:
    """Everything that happens on the network happens here; `run` must be running for pending things to happen."""

    def __init__(self, network: Network, postman: Postman) -> None:
        self.network, self.postman, self.faults = network, postman, Faults(network)
        self._bell = Bell(network.pending)
        self.calls = Switchboard(network, postman, self.faults, self._bell)
        self._busy: dict[str, Pending] = {}

    def accept(self, order: Order, *, is_hasty: bool = False) -> Text:
        """Take a text from the product, which is then in the journal. Hasty: its first status comes without delay."""
        network, sid, at = self.network, new_sid("MM" if order.media else "SM"), self.network.now()
        is_blocked = (order.to, order.sender) in network.blocked
        segments = count_segments(order.body)
        plan = [(OPTED_OUT, "failed", SENT_AFTER)] if is_blocked else self._plan(order, at)
        if order.service:
            plan = [(None, "queued", QUEUED_AFTER), *plan]
        if is_hasty:
            plan = [(plan[0][0], plan[0][1], 0.0), *plan[1:]]
        network.record(
            "text", by="product", sid=sid, direction=order.direction, to=order.to, body=order.body,
            status="accepted" if order.service else "queued", segments=segments,
            free_at=free_again(network, order.sender, at, segments),
            callback=order.callback, service=order.service, media=list(order.media), lands=plan[-1][1] == "delivered",
            plan=[(status, error, after(at, seconds)) for error, status, seconds in plan], **{"from": order.sender},
        )  # fmt: skip
        self._bell.ring()
        return network.texts[sid]

    async def first_callback(self, text: Text) -> None:
        """Wait until the first callback of a hasty text was answered."""
        await self._bell.finished(f"{text.sid}:{'queued' if text.service else 'sent'}")
        for pending in self._pending_of(text):
            if pending.act == "callback":
                await self._bell.finished(pending.id)

    async def take(self, number: str, body: str, media: tuple[str, ...] = ()) -> Text:
        """A person sends a text: the carrier acts on it, and the product's answer to the webhook is waited for."""
        network, at = self.network, self.network.now()
        times = times_of(self.faults.strike("webhook", number), at, late=WEBHOOK_DELAY)
        sid, to = new_sid("MM" if media else "SM"), network.account.texting_number
        network.record(
            "text", by="person", sid=sid, direction="inbound", to=to, body=body, status="received",
            segments=count_segments(body), media=list(media), webhooks=times.due, forged=times.is_forged,
            **{"from": number},
        )  # fmt: skip
        text = network.texts[sid]
        self._let_carrier_act(text)
        self._bell.ring()
        for pending in self._pending_of(text):
            if pending.at <= at:
                await self._bell.finished(pending.id)
        return text

    def opt_out_type(self, text: Text) -> str | None:
        """STOP, START or HELP where the carrier answers in the product's name (Advanced Opt-Out), else None."""
        word = carrier_word(text.body) if self.network.carrier.answers and self.network.carrier.advanced else None
        return word.upper() if word else None

    def reset(self) -> None:
        """Forget all texts, blocks, faults and what is pending. The clock and the configuration stay."""
        self.network.record("reset")
        self.faults.reload()
        self._bell.give_up()

    def wake(self) -> None:
        """The clock moved, or something else changed: look again at what is due."""
        self._bell.ring()

    async def finished(self, pending_id: str) -> None:
        """Until that request was answered, or given up."""
        await self._bell.finished(pending_id)

    def open_until(self, now: datetime) -> list[str]:
        """Names of what is due by `now` and not finished, and of every request still on its way."""
        due = [each.id for each in self.network.pending.values() if each.at <= now]
        return sorted({*due, *(each.id for each in self._busy.values())})

    async def run(self) -> None:
        """Do what is due, for ever, in the order in which it fell due. Cancel it to stop."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._bell.quiet()
                now = self.network.now()
                due = sorted((each for each in self.network.pending.values() if each.at <= now), key=_by_time)
                steps = [each for each in due if each.act in {"status", "call-status"}]
                for pending in steps:
                    self._step(pending)
                if steps:
                    continue
                for pending in due:
                    if pending.lane not in self._busy:  # one request about a text at a time keeps their order
                        self._busy[pending.lane] = pending
                        tasks.create_task(self._carry(pending))
                await self._until_next(now)

    async def _until_next(self, now: datetime) -> None:
        later = [each.at for each in self.network.pending.values() if each.at > now]
        seconds = (min(later) - now).total_seconds() if later else None
        await self._bell.rung(seconds)

    def _step(self, pending: Pending) -> None:
        if pending.id not in self.network.pending:  # an earlier step of this round made it void
            return
        if pending.act in CALL_ACTS:
            self.calls.step(pending)
            return
        text, at = self.network.texts[pending.sid], self.network.now()
        times = self._callback_times(text, at)
        self.network.record(
            "status", sid=text.sid, status=pending.status, error=pending.error, callbacks=times.due,
            forged=times.is_forged,
        )  # fmt: skip
        self._bell.tell(pending.id)

    def _plan(self, order: Order, at: datetime) -> list[tuple[int | None, str, float]]:
        """What becomes of a text that is taken, with seconds from now: after its turn, or never."""
        if order.service and is_queue_full(self.network, order.sender, at):
            return [(QUEUE_FULL_LATER, "failed", DELIVERED_AFTER)]
        waits = wait_for_sender(self.network, order.sender, at).total_seconds()
        if waits >= order.validity_seconds:
            return [(EXPIRED, "failed", order.validity_seconds)]
        destined = _destiny(order, self.faults.destiny(order.to))
        return [(error, status, waits + seconds) for error, status, seconds in destined]

    def _callback_times(self, text: Text, at: datetime) -> Times:
        if not text.callback:
            return Times([])
        rule = self.faults.strike("callback", text.to)
        following = [each.at for each in self._pending_of(text) if each.act == "status" and each.at > at]
        swapped = (min(following) - at).total_seconds() + SWAPPED_BY if following else 0.0
        return times_of(rule, at, late=CALLBACK_DELAY, swapped=swapped)

    def _let_carrier_act(self, text: Text) -> None:
        network, word = self.network, carrier_word(text.body)
        if word is None or not network.carrier.answers:
            return
        was_blocked = (text.sender, text.to) in network.blocked
        network.record("carrier", by="carrier", act=ACTS[word], number=text.sender, to=text.to, sid=text.sid)
        body = {**DEFAULT_REPLIES, **network.usual_replies, **network.carrier.replies}[word]
        if not body or (word == "stop" and was_blocked):  # a second STOP is not confirmed again
            return
        network.record(
            "text", by="carrier", sid=new_sid(), direction="outbound-reply", to=text.sender, body=body,
            status="delivered", segments=count_segments(body), **{"from": text.to},
        )  # fmt: skip

    async def _carry(self, pending: Pending) -> None:
        text = self.network.texts.get(pending.sid)
        if pending.act in CALL_ACTS:
            await self.calls.carry(pending)
        elif text is None:
            pass  # forgotten by a reset in the moment between its turn and its beginning
        elif pending.act == "webhook":
            await self._ask_product(pending, text)
        else:
            url, params = text.callback or "", callback_parameters(self.network, text, pending)
            answer = await self.postman.signing(pending).deliver(url, params)
            self._close(pending, answer, status=pending.status)
        del self._busy[pending.lane]
        self._bell.tell(pending.id)
        self._bell.ring()

    async def _ask_product(self, pending: Pending, text: Text) -> None:
        number = self.network.numbers.get(text.to, {})
        url = number.get("sms_url") or f"{self.network.account.public_url}/twilio/sms"
        params = incoming_parameters(self.network, text, self.opt_out_type(text))
        answer = await self.postman.signing(pending).deliver(
            url, params, method=number.get("sms_method", "POST"), fallback=number.get("sms_fallback_url", "")
        )
        read = read_replies(answer.content_type, answer.body) if answer.error is None else None
        self._close(pending, answer, warning=read.error if read else None)
        for reply in read.replies if read and text.sid in self.network.texts else ():
            self._send_reply(text, reply)

    def _send_reply(self, text: Text, reply: Reply) -> None:
        to = reply.to or text.sender
        is_blocked = (to, text.to) in self.network.blocked
        if is_blocked or is_replying_too_fast(self.network, text, self.network.now()):
            code = OPTED_OUT if is_blocked else TOO_MANY_REPLIES
            self.network.record("refused", by="network", code=code, number=to)
            return
        self.accept(Order(to, reply.body, text.to, callback=reply.callback, direction="outbound-reply"))

    def _close(self, pending: Pending, answer: Answer, **facts: object) -> None:
        if pending.id not in self.network.pending:  # forgotten by a reset while it was on its way
            return
        self.network.record(
            pending.act, pending=pending.id, sid=pending.sid, url=answer.url, answered=answer.status,
            error=answer.error, attempts=answer.attempts, **facts,
        )  # fmt: skip

    def _pending_of(self, text: Text) -> list[Pending]:
        return [each for each in self.network.pending.values() if each.sid == text.sid]


def _destiny(order: Order, rule: Rule | None) -> list[tuple[int | None, str, float]]:
    if rule is None:
        return [(None, "sent", SENT_AFTER), (None, "delivered", DELIVERED_AFTER)]
    if rule.do == "never-sent":
        return [(EXPIRED, "failed", order.validity_seconds)]
    code = int(rule.do.partition(":")[2])
    if code in REFUSED_BY_THE_NETWORK:
        return [(code, "failed", DELIVERED_AFTER)]
    return [(None, "sent", SENT_AFTER), (code, "undelivered", DELIVERED_AFTER)]


def _by_time(pending: Pending) -> tuple[datetime, str]:
    return pending.at, pending.id
