"""Lists of texts and of calls: Twilio's filters and pages, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from service.simulator.api.refusals import Refused
from service.simulator.api.resources import account_path, call_resource, text_resource
from service.simulator.calls.call import Call
from service.simulator.network import Account, Network, Text

LARGEST_PAGE, USUAL_PAGE = 1000, 50


class Listed(Protocol):
    """What stands in a list."""

    @property
    def sid(self) -> str:
        """Its SID, which is its page token too."""


Record = TypeVar("Record", bound=Listed)


def page_of_texts(network: Network, query: list[tuple[str, str]]) -> dict[str, Any]:
    """One page by To, From, DateSent (a UTC day), DateSent< and DateSent> (inclusive). A page token is the last SID.

    Raises:
        Refused: 20001 for a date or a page that cannot be read.
    """
    asked = dict(query)
    dates = _dates(asked, "DateSent")

    def fits(text: Text) -> bool:
        is_theirs = asked.get("To", text.to) == text.to and asked.get("From", text.sender) == text.sender
        return is_theirs and _is_of(text.sent_at or text.at, dates)

    return _page(network.account, "Messages", asked, filter(fits, network.newest_first()), text_resource)


def page_of_calls(network: Network, query: list[tuple[str, str]]) -> dict[str, Any]:
    """One page of calls by To, From, Status, StartTime and EndTime, each day also with < and > (inclusive).

    Raises:
        Refused: 20001 for a date or a page that cannot be read.
    """
    asked = dict(query)
    starts, ends = _dates(asked, "StartTime"), _dates(asked, "EndTime")

    def fits(call: Call) -> bool:
        is_theirs = asked.get("To", call.order.to) == call.order.to
        is_theirs &= asked.get("From", call.order.sender) == call.order.sender
        is_theirs &= asked.get("Status", call.status) == call.status
        has_ended = not ends or (call.ended_at is not None and _is_of(call.ended_at, ends))
        return is_theirs and has_ended and _is_of(call.answered_at or call.at, starts)

    return _page(network.account, "Calls", asked, filter(fits, network.ledger.newest_first()), call_resource)


def _page(
    account: Account, name: str, asked: dict[str, str], fitting: Iterator[Record],
    resource: Callable[[Account, Record], dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    size = min(max(_count(asked.get("PageSize"), USUAL_PAGE), 1), LARGEST_PAGE)
    page, token = _count(asked.get("Page"), 0), asked.get("PageToken", "")
    skipped = _after(fitting, token.removeprefix("PA")) if token else islice(fitting, page * size, None)
    found = list(islice(skipped, size + 1))
    records = found[:size]
    path = f"{account_path(account)}/{name}.json"
    filters = {name: value for name, value in asked.items() if name not in {"Page", "PageToken", "PageSize"}}
    following = {**filters, "PageSize": size, "Page": page + 1, "PageToken": f"PA{records[-1].sid}"} if records else {}
    return {
        name.lower(): [resource(account, each) for each in records],
        "page": page, "page_size": size, "start": page * size, "end": page * size + max(0, len(records) - 1),
        "uri": _address(path, asked), "first_page_uri": _address(path, {**filters, "PageSize": size, "Page": 0}),
        "next_page_uri": _address(path, following) if len(found) > size else None, "previous_page_uri": None,
    }  # fmt: skip


def _dates(asked: dict[str, str], name: str) -> dict[str, datetime]:
    return {sign: _instant(asked[name + sign]) for sign in ("", "<", ">") if name + sign in asked}


def _is_of(moment: datetime, dates: dict[str, datetime]) -> bool:
    at = moment.replace(microsecond=0)
    for sign, asked in dates.items():
        is_outside = {"": at.date() != asked.date(), "<": at > asked, ">": at < asked}
        if is_outside[sign]:
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


def _after(records: Iterator[Record], sid: str) -> Iterator[Record]:
    for record in records:
        if record.sid == sid:
            return records
    return records


def _count(raw: str | None, default: int) -> int:
    if raw is None or raw == "":
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9):
        raise Refused(20001)
    return int(raw)


def _address(path: str, query: dict[str, Any]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
