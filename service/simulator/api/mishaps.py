"""What the API answers when a fault strikes the creation of a text or a call, before it was taken or after."""

from __future__ import annotations

import asyncio

from starlette.responses import JSONResponse, Response

from service.simulator.api.refusals import Refused
from service.simulator.api.sockets import Half, Reset, Silence
from service.simulator.faults import Rule

SLOW_SECONDS = 9.0
RETRY_AFTER_SECONDS = 1


async def refuse_unprocessed(rule: Rule | None) -> Response | None:
    """What is answered instead of taking the order, if the fault is of that kind; the slow answer waits here."""
    match rule.do if rule else "":
        case "429":
            raise Refused(20429)
        case "429-retry-after":
            return _later(Refused(20429))
        case "503-retry-after":
            return _later(Refused(20503))
        case "unauthorized":
            raise Refused(20003)
        case "500-not-processed":
            raise Refused(20500)
        case "timeout-not-processed":
            return Silence()
        case "reset-not-processed":
            return Reset()
        case "slow":
            await asyncio.sleep(rule.seconds if rule and rule.seconds is not None else SLOW_SECONDS)
        case str(do) if do.startswith("error:"):
            raise Refused(int(do.partition(":")[2]))
    return None


def answer_lost(rule: Rule | None, answer: Response) -> Response:
    """What is answered although the order was taken: `answer`, unless the fault is of that kind."""
    match rule.do if rule else "":
        case "500-processed":
            return JSONResponse(Refused(20500).as_json(), 500)
        case "timeout-processed":
            return Silence()
        case "reset-processed":
            return Reset()
        case "half-answer":
            return Half(bytes(answer.body), answer.status_code, dict(answer.headers))
    return answer


def _later(refused: Refused) -> JSONResponse:
    return JSONResponse(refused.as_json(), refused.status, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
