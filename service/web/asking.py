"""What a request asks of the page: the fields of its form, its two phones, the calls it still shows."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from service.web.guarding import bounded_body
from service.web.phones import Choice, couples, read_number

FORM_LIMIT = 64 * 1024  # bytes
OTHER_NUMBERS = "handset_numbers"  # cookie: numbers added by hand, so that no address holds one
OTHERS_KEPT = 6
SIDES = ("left", "right")
CALL_SID = re.compile(r"CA[0-9a-f]{32}", re.ASCII)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, with the line ends of phones. Raises HTTPException 413 over FORM_LIMIT, 400 unreadable."""
    body = await bounded_body(request, FORM_LIMIT)
    if body is None:
        raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=12)
    except ValueError:
        raise HTTPException(400) from None
    return {name: value.replace("\r\n", "\n") for name, value in fields}


def side_of(form: dict[str, str]) -> str:
    """Which of the two phones a form was sent from."""
    return "right" if form.get("side") == "right" else "left"


def wants_json(request: Request) -> bool:
    """Whether the page's own script asks; else a whole page is the answer."""
    return "application/json" in request.headers.get("accept", "")


def address_of(form: dict[str, str], **calls: str) -> str:
    """The page with the two phones of a form; `calls` (call_left, call_right) are SIDs of calls to go on showing."""
    shown = {side: form[side] for side in SIDES if form.get(side)} | calls
    return "/handset" + (f"?{urlencode(shown)}" if shown else "")


def held_calls(request: Request) -> dict[str, str]:
    """By side, the SID of the call whose panel stays after its end, until the person closes it."""
    asked = {side: request.query_params.get(f"call_{side}", "") for side in SIDES}
    return {side: sid for side, sid in asked.items() if CALL_SID.fullmatch(sid)}


def other_numbers(request: Request) -> tuple[str, ...]:
    """The numbers that were added by hand."""
    written = request.cookies.get(OTHER_NUMBERS, "").split(".")
    return tuple(number for raw in written[:OTHERS_KEPT] if (number := read_number(raw)))


def chosen(phones: tuple[Choice, ...], key: str | None) -> Choice | None:
    """The phone that this key stands for."""
    return next((phone for phone in phones if phone.key == key), None)


def two(phones: tuple[Choice, ...], left: str | None, right: str | None) -> tuple[Choice, Choice]:
    """The phones asked for; without a second one, whoever stands beside the first."""
    first = chosen(phones, left) or phones[0]
    beside = next((c for c in couples(phones) if first in (c.left, c.right)), None)
    partner = (beside.right if beside.left == first else beside.left) if beside else first
    return first, chosen(phones, right) or partner
