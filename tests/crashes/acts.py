"""What people and the network do on an afternoon, between two looks: each act reaches some of the points."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from service.database import execute
from tests.crashes.stage import Stage
from tests.stories.people import HeldCall

Act = Callable[[Stage], Awaitable[None]]
# A webhook that met a dying process is found by listing within five minutes.
FOUND_WITHIN_MINUTES = 6
CALLS_AGAIN = 3


async def asks_who_we_are(stage: Stage) -> None:
    """One text, one answer, and its callbacks."""
    await _texts(stage, "WHO")


async def begins_what_was_never_begun(stage: Stage) -> None:
    """The script of her check-in is met for the first time, as after a new version of it."""
    await execute("DELETE FROM script_version")
    stage.house.kill("worker")  # a process remembers the versions it met
    await is_asked(stage)


async def is_asked(stage: Stage) -> None:
    """The check-in comes, and nobody answers."""
    await stage.clock.until("18:30", stage.ada.zone)


async def stops_and_starts(stage: Stage) -> None:
    """She ends everything in words of her own; then she comes back."""
    for body in ("stop texting me please", "START"):
        await _texts(stage, body)


async def texts_into_the_void(stage: Stage) -> None:
    """The webhook of her text never came."""
    await _fails(stage, {"on": "webhook", "do": "drop", "number": stage.ada.number})
    await _texts(stage, "WHO")
    await stage.has_read_on()


async def calls_into_the_void(stage: Stage) -> None:
    """The webhook of her call never came: the network apologises, and we find the call in its list."""
    await _fails(stage, {"on": "webhook", "do": "drop", "number": stage.ada.number})
    status, answer = await stage.house.post(f"{stage.ada.path}/calls")
    assert status == 201, answer
    await stage.clock.forward(minutes=FOUND_WITHIN_MINUTES)


async def is_refused_by_the_network(stage: Stage) -> None:
    """The network says she opted out, as often as it is asked; she comes back."""
    await _fails(stage, {"on": "messages.create", "do": "error:21610", "number": stage.ada.number, "for": 3})
    await _texts(stage, "WHO")
    await heal(stage)
    await _texts(stage, "START")


async def meets_a_busy_network(stage: Stage) -> None:
    """Too many requests, once."""
    await _fails(stage, {"on": "messages.create", "do": "429", "number": stage.ada.number})
    await _texts(stage, "WHO")


async def meets_a_network_that_swallows_its_answer(stage: Stage) -> None:
    """The text was taken and the answer lost, and no callback told either."""
    await _fails(
        stage,
        {"on": "messages.create", "do": "timeout-processed", "number": stage.ada.number},
        {"on": "callback", "do": "drop", "number": stage.ada.number, "for": 2},
    )
    await _texts(stage, "WHO")


async def meets_a_network_that_swallows_her_text(stage: Stage) -> None:
    """Nothing was taken, and nobody says so."""
    await _fails(stage, {"on": "messages.create", "do": "timeout-not-processed", "number": stage.ada.number})
    await _texts(stage, "WHO")


async def takes_a_break_by_phone(stage: Stage) -> None:
    """She calls in, is safe, an eight, takes twenty minutes, and is asked at her return."""
    await _calls_until(stage, "2", "1", "8", "1", "1")
    await stage.clock.forward(minutes=45)


async def types_a_wrong_code(stage: Stage) -> None:
    """One wrong code, then she lets it be."""
    await _calls_until(stage, "1", "999999")


async def is_called_back(stage: Stage) -> None:
    """CALL: the phone rings, she takes the call, and hangs up."""
    await _texts(stage, "CALL", minutes=0)
    await _answers(stage)


async def is_called_by_a_busy_network(stage: Stage) -> None:
    """The call has to wait."""
    await _fails(stage, {"on": "calls.create", "do": "429"})
    await is_called_back(stage)


async def is_called_though_the_answer_was_lost(stage: Stage) -> None:
    """The network took the call and could not say so."""
    await _fails(stage, {"on": "calls.create", "do": "timeout-processed"})
    await is_called_back(stage)


async def is_called_though_the_order_was_lost(stage: Stage) -> None:
    """The network never took the call, and nobody says so."""
    await _fails(stage, {"on": "calls.create", "do": "timeout-not-processed"})
    await is_called_back(stage)


async def cannot_be_called(stage: Stage) -> None:
    """The network refuses the call for good."""
    await _fails(stage, {"on": "calls.create", "do": "error:13227"})
    await _texts(stage, "CALL", minutes=3)


async def sleeps(stage: Stage) -> None:
    """A day and a night: the network is asked to forget what was said."""
    await stage.clock.forward(hours=26)


# The act that reaches a kind of point, the shortest that does.
REACHED_BY: dict[str, Act] = {
    "text-taken": asks_who_we_are, "text-claimed": asks_who_we_are, "send-text": asks_who_we_are,
    "text-accepted": asks_who_we_are, "status-taken": asks_who_we_are, "doorbell": asks_who_we_are,
    "queue": asks_who_we_are, "list-texts": texts_into_the_void, "list-more-texts": texts_into_the_void,
    "list-read": texts_into_the_void, "due-claimed": is_asked, "due-opened": is_asked,
    "version-kept": begins_what_was_never_begun, "text-postponed": meets_a_busy_network,
    "text-unclear": meets_a_network_that_swallows_its_answer, "text-settled": meets_a_network_that_swallows_its_answer,
    "text-refused": is_refused_by_the_network, "opt-out-refused": is_refused_by_the_network, "redact": sleeps,
    "list-all-calls": calls_into_the_void, "list-more-calls": calls_into_the_void,
    "lost-call-taken": calls_into_the_void, "call-taken": takes_a_break_by_phone, "step-taken": takes_a_break_by_phone,
    "call-status-taken": takes_a_break_by_phone, "code-tried": types_a_wrong_code, "place-call": is_called_back,
    "call-claimed": is_called_back, "call-accepted": is_called_back, "call-postponed": is_called_by_a_busy_network,
    "call-unclear": is_called_though_the_answer_was_lost, "call-found": is_called_though_the_answer_was_lost,
    "list-calls": is_called_though_the_answer_was_lost, "call-owed-again": is_called_though_the_order_was_lost,
    "call-refused": cannot_be_called,
}  # fmt: skip
# What changes nothing of a point but what became of the text before it; played for their own sake.
ALSO: tuple[Act, ...] = (stops_and_starts, meets_a_network_that_swallows_her_text)


async def _texts(stage: Stage, body: str, *, minutes: int = FOUND_WITHIN_MINUTES) -> None:
    status, answer = await stage.house.post(f"{stage.ada.path}/texts", {"body": body})
    assert status == 201, answer
    if minutes:
        await stage.clock.forward(minutes=minutes)


async def _calls_until(stage: Stage, *keys: str) -> None:
    """Call in and press; a call that broke off on the way is made again, as a person would."""
    for _ in range(CALLS_AGAIN):
        status, answer = await stage.house.post(f"{stage.ada.path}/calls")
        assert status == 201, answer
        call = HeldCall(stage.house, f"{stage.ada.path}/calls/{answer['sid']}")
        if await _presses_all(stage, call, keys):
            return
        await stage.house.until_ready()
        await stage.clock.forward(minutes=1)
    raise AssertionError(f"{CALLS_AGAIN} calls broke off: {keys}")


async def _presses_all(stage: Stage, call: HeldCall, keys: tuple[str, ...]) -> bool:
    for key in keys:
        if not await _listens(stage, call):
            return False
        await call.presses(key)
    if not await _is_over(stage, call):
        await call.hangs_up()
    return True


async def _listens(stage: Stage, call: HeldCall) -> bool:
    """Whether the line waits for a key by and by: while it is held it asks for a moment's patience. False: it is over.
    """
    while not await _is_over(stage, call):
        if (await stage.house.get(call.path))["waits_for"] is not None:
            return True
        await stage.clock.forward(seconds=2)
    return False


async def _answers(stage: Stage) -> None:
    """Take every call that comes within ten minutes; it may have broken off and be tried again."""
    for _ in range(10):
        await stage.clock.forward(minutes=1)
        for call in await stage.house.get(f"{stage.ada.path}/calls"):
            if call["state"] == "ringing":
                held = HeldCall(stage.house, f"{stage.ada.path}/calls/{call['sid']}")
                await held.act("answer")
                if not await _is_over(stage, held):
                    await held.hangs_up()


async def _is_over(stage: Stage, call: HeldCall) -> bool:
    answer: dict[str, Any] = await stage.house.get(call.path)
    return answer["state"] not in {"in-progress", "ringing", "queued"}


async def _fails(stage: Stage, *rules: dict[str, Any]) -> None:
    status, answer = await stage.house.post("/simulator/faults", {"seed": 1, "rules": list(rules)})
    assert status in {200, 201, 204}, answer


async def heal(stage: Stage) -> None:
    """Nothing goes wrong on the network any more."""
    async with aiohttp.ClientSession() as client:
        url = f"http://127.0.0.1:{stage.house.simulator_port}/simulator/faults"
        async with client.delete(url) as answer:
            assert answer.status == 204
