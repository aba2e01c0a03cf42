"""Lists of texts: Twilio's filters and pages, newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from service.simulator.api.refusals import Refused
from service.simulator.api.resources import account_path, text_resource
from service.simulator.network import Network, Text

LARGEST_PAGE, USUAL_PAGE = 1000, 50
DATES = ("DateSent", "DateSent<", "DateSent>")


def page_of_texts(network: Network, query: list[tuple[str, str]]) -> dict[str, Any]:
    """One page by To, From, DateSent (a UTC day), DateSent< and DateSent> (inclusive). A page token is the last SID.

    Raises:
        Refused: 20001 for a date or a page that cannot be read.
    """
    asked = dict(query)
    size = min(max(_count(asked.get("PageSize"), USUAL_PAGE), 1), LARGEST_PAGE)
    page, token = _count(asked.get("Page"), 0), asked.get("PageToken", "")
    dates = {name: _instant(asked[name]) for name in DATES if name in asked}
    fitting = (text for text in network.newest_first() if _fits(text, asked) and _is_of(text, dates))
    skipped = _after(fitting, token.removeprefix("PA")) if token else islice(fitting, page * size, None)
    found = list(islice(skipped, size + 1))
    texts = found[:size]
    path = f"{account_path(network.account)}/Messages.json"
    filters = {name: value for name, value in asked.items() if name not in {"Page", "PageToken", "PageSize"}}
    following = {**filters, "PageSize": size, "Page": page + 1, "PageToken": f"PA{texts[-1].sid}"} if texts else {}
    return {
        "messages": [text_resource(network.account, each) for each in texts],
        "page": page, "page_size": size, "start": page * size, "end": page * size + max(0, len(texts) - 1),
        "uri": _address(path, asked), "first_page_uri": _address(path, {**filters, "PageSize": size, "Page": 0}),
        "next_page_uri": _address(path, following) if len(found) > size else None, "previous_page_uri": None,
    }  # fmt: skip


def _fits(text: Text, asked: dict[str, str]) -> bool:
    return asked.get("To", text.to) == text.to and asked.get("From", text.sender) == text.sender


def _is_of(text: Text, dates: dict[str, datetime]) -> bool:
    at = (text.sent_at or text.at).replace(microsecond=0)
    for name, asked in dates.items():
        is_outside = {"DateSent": at.date() != asked.date(), "DateSent<": at > asked, "DateSent>": at < asked}
        if is_outside[name]:
            return False
    return True


def _instant(raw: str) -> datetime:
    """The second that is named, in UTC; a day without a time means its first second."""
    try:
        named = datetime.fromisoformat(raw)
        at = named.replace(tzinfo=UTC) if named.tzinfo is None else named.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(20001) from None
    return at.replace(microsecond=0)


def _after(texts: Any, sid: str) -> Any:
    for text in texts:
        if text.sid == sid:
            return texts
    return texts


def _count(raw: str | None, default: int) -> int:
    if raw is None or raw == "":
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9):
        raise Refused(20001)
    return int(raw)


def _address(path: str, query: dict[str, Any]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
