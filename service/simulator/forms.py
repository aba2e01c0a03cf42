"""Bounded bodies: forms and JSON as they came, or a refusal before anything is kept."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

BODY_LIMIT = 65_536
FIELDS_LIMIT = 200
UNPRINTABLE = re.compile("[\0\ud800-\udfff]")


class Unreadable(Exception):
    """The request cannot be used; the text says what was expected."""


async def read_bytes(request: Request) -> bytes:
    """The body, at most 64 kB. Raises Unreadable."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise Unreadable("send at most 64 kB")
    except ClientDisconnect as gone:
        raise Unreadable("the body ended early") from gone
    return bytes(body)


def read_form(raw: str) -> list[tuple[str, str]]:
    """Form fields in order, repeated ones included. Raises Unreadable."""
    try:
        fields = parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=FIELDS_LIMIT)
    except (UnicodeDecodeError, ValueError) as wrong:
        raise Unreadable("send a form in UTF-8") from wrong
    for _, value in fields:
        refuse_unprintable(value)
    return fields


async def read_json(request: Request) -> dict[str, Any]:
    """A JSON object; an empty body is an empty one. Raises Unreadable."""
    raw = await read_bytes(request)
    try:
        given = json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("send a JSON object in UTF-8") from wrong
    if not isinstance(given, dict):
        raise Unreadable("send a JSON object in UTF-8")
    refuse_unprintable(json.dumps(given, ensure_ascii=False))
    return given


def refuse_unprintable(text: str) -> None:
    """No telephone network carries NUL or half a character. Raises Unreadable."""
    if UNPRINTABLE.search(text):
        raise Unreadable("leave out NUL and lone surrogates")
