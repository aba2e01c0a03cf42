"""The phones' calls: calling in, answering, pressing keys, speaking, saying nothing, hanging up."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service.simulator.calls.call import Call
from service.simulator.calls.listening import USUAL_CONFIDENCE, NotListening
from service.simulator.exchange import Exchange
from service.simulator.forms import Unreadable, read_json
from service.simulator.phones.handsets import Endpoint, is_handset, no_such_number, plain, refusal

KEYS = re.compile(r"[0-9A-D*#]{1,64}", re.ASCII)
SPEECH_LETTERS = 2000
OUTCOMES = ("human", "machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other", "fax", "unknown")
ATTESTATIONS = tuple(
    f"TN-Validation-{result}" for result in ("Passed-A", "Passed-B", "Passed-C", "Failed-A", "Failed-B", "Failed-C")
)
WITHHELD = "anonymous"
Act = Callable[[Call, dict[str, Any]], Awaitable[Response]]


class HandsetCalls:
    """The people's side of a call, below /simulator. Every answer shows the whole call."""

    def __init__(self, exchange: Exchange) -> None:
        self._network, self._board = exchange.network, exchange.calls

    def routes(self) -> list[Route]:
        """Paths below /simulator."""
        calls, one = "/handsets/{number}/calls", "/handsets/{number}/calls/{sid}"
        acts: dict[str, Act] = {
            "digits": self.digits, "speech": self.speech, "silence": self.silence, "hangup": self.hang_up,
            "answer": self.answer, "reject": self.reject, "voicemail": self.voicemail,
        }  # fmt: skip
        return [
            Route(calls, plain(self.call_in), methods=["POST"]),
            Route(calls, self.calls, methods=["GET"]),
            Route(one, self.call, methods=["GET"]),
            *(Route(f"{one}/{name}", plain(self._acting(act)), methods=["POST"]) for name, act in acts.items()),
        ]

    async def call_in(self, request: Request) -> Response:
        """The number calls the product; answered once the product said something or could not be reached.

        `attestation` is what the caller's carrier vouches for, null for silence; `withheld` hides the number.
        """
        number = request.path_params["number"]
        if not is_handset(number, self._network.account.numbers):
            return no_such_number()
        given = await read_json(request)
        attestation, is_withheld = given.get("attestation", ATTESTATIONS[0]), given.get("withheld", False)
        if attestation is not None and attestation not in ATTESTATIONS:
            raise Unreadable(f"send null or an attestation of {', '.join(ATTESTATIONS)}")
        if not isinstance(is_withheld, bool):
            raise Unreadable('send {"withheld": true} to hide the number')
        shown_as = WITHHELD if is_withheld else number
        return _shown(await self._board.ring_in(number, shown_as=shown_as, attestation=attestation), 201)

    async def calls(self, request: Request) -> Response:
        """Every call that this phone made or that rang it, oldest first."""
        number = request.path_params["number"]
        if not is_handset(number, self._network.account.numbers):
            return no_such_number()
        return JSONResponse([call_shown(each) for each in self._network.ledger.of(number)])

    async def call(self, request: Request) -> Response:
        """One call."""
        call = self._find(request)
        return _shown(call) if call else _no_such_call()

    async def digits(self, call: Call, given: dict[str, Any]) -> Response:
        """Keys, as many as are pressed in one go."""
        digits = given.get("digits")
        if not isinstance(digits, str) or not KEYS.fullmatch(digits):
            raise Unreadable('send {"digits": "1"}: 0 to 9, *, #, at most 64')
        self._board.person.digits(call, digits)
        return await self._after(call)

    async def speech(self, call: Call, given: dict[str, Any]) -> Response:
        """Words; `confidence` from 0 to 1, or null for a recognition that does not say."""
        text, confidence = given.get("text"), given.get("confidence", USUAL_CONFIDENCE)
        if not isinstance(text, str) or not text.strip() or len(text) > SPEECH_LETTERS:
            raise Unreadable(f'send {{"text": "yes"}}, at most {SPEECH_LETTERS} letters')
        is_number = isinstance(confidence, int | float) and not isinstance(confidence, bool)
        if confidence is not None and not (is_number and 0 <= confidence <= 1):
            raise Unreadable("send a confidence between 0 and 1, or null")
        self._board.person.speech(call, text.strip(), confidence)
        return await self._after(call)

    async def silence(self, call: Call, _given: dict[str, Any]) -> Response:
        """The person says nothing until the time-out has passed."""
        self._board.person.silence(call)
        return await self._after(call)

    async def hang_up(self, call: Call, _given: dict[str, Any]) -> Response:
        """The person hangs up."""
        if call.status == "ringing" and not call.is_inbound:
            return refusal("The call was not answered.", "Reject it instead.", 409)
        await self._board.hang_up(call)
        return _shown(call)

    async def answer(self, call: Call, given: dict[str, Any]) -> Response:
        """The person picks up. `answered_by` is what a detection makes of it, where one was asked for."""
        return await self._picked_up(call, given, is_machine=False)

    async def voicemail(self, call: Call, given: dict[str, Any]) -> Response:
        """An answering machine picks up and hears what we say; it presses nothing."""
        return await self._picked_up(call, given, is_machine=True)

    async def reject(self, call: Call, _given: dict[str, Any]) -> Response:
        """The person declines: busy."""
        if not _is_ringing_here(call):
            return _not_ringing()
        self._board.end(call, "busy", 486)
        return await self._after(call)

    async def _picked_up(self, call: Call, given: dict[str, Any], *, is_machine: bool) -> Response:
        verdict = given.get("answered_by")
        if verdict is not None and verdict not in OUTCOMES:
            raise Unreadable(f"send an answered_by of {', '.join(OUTCOMES)}")
        if not _is_ringing_here(call):
            return _not_ringing()
        await self._board.answer(call, is_machine=is_machine, verdict=verdict)
        return _shown(call)

    def _acting(self, act: Act) -> Endpoint:
        async def acted(request: Request) -> Response:
            call = self._find(request)
            if call is None:
                return _no_such_call()
            given = await read_json(request)
            if call.is_over:
                return refusal("The call is over.", "Call again, or look at its transcript.", 409)
            try:
                return await act(call, given)
            except NotListening as reason:
                return refusal(
                    f"The call cannot take that: {reason}.", "Look at waits_for; after a delay, move the clock.", 409
                )

        return acted

    async def _after(self, call: Call) -> Response:
        await self._board.settled(call)
        return _shown(call)

    def _find(self, request: Request) -> Call | None:
        call = self._network.ledger.calls.get(request.path_params["sid"])
        return call if call and call.rang_at and call.person == request.path_params["number"] else None


def call_shown(call: Call) -> dict[str, Any]:
    """A call as a phone shows it: when it rang, was answered and ended, null for what did not happen."""
    return {
        "sid": call.sid, "direction": "inbound" if call.is_inbound else "outbound", "state": call.status,
        "started_at": _iso(call.rang_at), "answered_at": _iso(call.answered_at), "ended_at": _iso(call.ended_at),
        "transcript": [each.as_json() for each in call.transcript], "waits_for": call.waits_for,
    }  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _shown(call: Call, status: int = 200) -> JSONResponse:
    return JSONResponse(call_shown(call), status)


def _is_ringing_here(call: Call) -> bool:
    return call.status == "ringing" and not call.is_inbound


def _not_ringing() -> JSONResponse:
    return refusal("The phone does not ring for that call.", "Wait for a call whose state is ringing.", 409)


def _no_such_call() -> JSONResponse:
    return refusal("This phone has no such call.", "List its calls for their SIDs.", 404)
