"""HTTP under the official client: it ends in time, never posts twice, and says in our words what came of a request."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import aiohttp
from twilio.http.response import Response  # type: ignore[import-untyped]

from service.clock import real_now
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.settings import TWILIO_API

CONNECTIONS = 20
# When Twilio says nothing else. Back-off with jitter is the worker's; this is only where it starts.
BUSY_SECONDS = 1.0
UNREACHABLE_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 300.0
TOO_MANY_REQUESTS = 429
# A proxy that gave up on us: like a 5xx, nobody knows what became of the request.
REQUEST_TIMEOUT = 408
UNAUTHORISED = 401


class TwilioTransport:
    """What the official client calls an HTTP client. Built inside the running loop, closed with `close`.

    The library's own has no time-out, logs numbers, and can be told to post again (TWILIO.md 9). With two tokens, the
    second is tried when the first is refused: an unauthorised request was not processed, so that is no second POST.
    """

    is_async = True

    def __init__(self, api_url: str, tokens: tuple[str, ...], *, deadline_seconds: float) -> None:
        self._api_url = api_url
        self._tokens = tokens
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS),
            timeout=aiohttp.ClientTimeout(total=deadline_seconds, connect=deadline_seconds / 2),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        **_unused: object,
    ) -> Response:
        """One request to Twilio, or to `api_url` in its place. The answer is 2xx and holds a JSON object, or nothing.

        Raises:
            GatewayRefused, GatewayUnavailable, GatewayUnclear: as `Gateway` says.
        """
        account = auth[0] if auth else ""
        address = swap_host(url, self._api_url)
        body = urlencode(data, doseq=True) if data is not None else None
        for token in self._tokens:
            sent_headers = {**(headers or {}), "Authorization": aiohttp.encode_basic_auth(account, token)}
            status, text, retry_after = await self._exchange(method, address, params, body, sent_headers)
            if status != UNAUTHORISED:
                self._tokens = (token, *(other for other in self._tokens if other != token))
                break
        _raise_unless_done(status, text, retry_after)
        return Response(status, text)

    async def close(self) -> None:
        """Close the pool."""
        await self._session.close()

    async def _exchange(
        self, method: str, address: str, params: dict[str, Any] | None, body: str | None, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        try:
            async with self._session.request(
                method, address, params=params, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status, await answer.text("utf-8", "replace"), answer.headers.get("Retry-After", "")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as unreached:
            # No byte of the request has left yet.
            raise GatewayUnavailable(0, retry_after_seconds=UNREACHABLE_SECONDS) from unreached
        except (aiohttp.ClientError, OSError, TimeoutError) as lost:
            raise GatewayUnclear(type(lost).__name__) from lost


def swap_host(url: str, api_url: str) -> str:
    """`url` at `api_url`, which may have a path of its own; Twilio's other hosts are left alone when it is Twilio's."""
    asked, ours = urlsplit(url), urlsplit(api_url)
    if api_url == TWILIO_API and not (asked.hostname or "").startswith("api."):
        return url
    return urlunsplit(asked._replace(scheme=ours.scheme, netloc=ours.netloc, path=ours.path + asked.path))


def _raise_unless_done(status: int, text: str, retry_after: str) -> None:
    if 200 <= status < 300:
        if text and _told(text) is None:
            raise GatewayUnclear(f"status={status} without a readable body")
        return
    code = _code(text, status)
    if status == TOO_MANY_REQUESTS:
        raise GatewayUnavailable(code, retry_after_seconds=_wait_seconds(retry_after))
    if status >= 500 or status == REQUEST_TIMEOUT:
        raise GatewayUnclear(f"status={status} code={code}")
    raise GatewayRefused(code, status)


def _told(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _code(text: str, status: int) -> int:
    code = (_told(text) or {}).get("code")
    return code if isinstance(code, int) else status


def _wait_seconds(retry_after: str) -> float:
    """Retry-After is a number of seconds or a date (RFC 9110, 10.2.3)."""
    if not retry_after:
        return BUSY_SECONDS
    try:
        seconds = float(retry_after)
    except ValueError:
        seconds = _seconds_until(retry_after)
    return min(seconds, LONGEST_WAIT_SECONDS) if seconds >= 0 else BUSY_SECONDS


def _seconds_until(date: str) -> float:
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return BUSY_SECONDS
    return (at - real_now()).total_seconds() if at.tzinfo else BUSY_SECONDS
