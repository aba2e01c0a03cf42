"""Signed requests to the product, delivered as Twilio delivers them: time-outs, retries, redirects and the fallback."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlencode, urljoin, urlsplit, urlunsplit

import aiohttp
import yarl

from service.simulator.pending import Pending

CEILING_MS = 15_000
REDIRECTS = 10
ANSWER_LIMIT = 65_536
FORGED = "a token that nobody gave out"
LINES = 100  # requests to the product at once; a wave of callbacks shall not use up its sockets
Params = list[tuple[str, str]]
Cookies = dict[str, str]


def sign(token: str, url: str, params: Iterable[tuple[str, str]] = ()) -> str:
    """X-Twilio-Signature over `url` exactly as called (no fragment) and the form fields; HMAC-SHA1 in base64.

    Source: Twilio, "Webhooks security"; repeated values of one name are de-duplicated and sorted.
    """
    fields = "".join(name + value for name, value in sorted(set(params)))
    digest = hmac.new(token.encode(), (url + fields).encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


@dataclass(frozen=True, slots=True)
class Policy:
    """Connection overrides of one URL, from its fragment: milliseconds, and retries with what they are for."""

    connect: int = 5_000
    read: int = CEILING_MS
    total: int = CEILING_MS
    retries: int = 1
    retried: frozenset[str] = frozenset({"ct"})


def read_policy(fragment: str) -> Policy:
    """The policy that `#rc=2&rp=ct,rt` asks for; what is missing or out of range keeps Twilio's default."""
    asked = {name: values[-1] for name, values in parse_qs(fragment).items()}
    return Policy(
        connect=_within(asked.get("ct"), 100, 10_000, 5_000),
        read=_within(asked.get("rt"), 100, CEILING_MS, CEILING_MS),
        total=_within(asked.get("tt"), 100, CEILING_MS, CEILING_MS),
        retries=_within(asked.get("rc"), 0, 5, 1),
        retried=frozenset(asked.get("rp", "ct").split(",")),
    )


def _within(raw: str | None, low: int, high: int, default: int) -> int:
    if raw is None or not raw.isascii() or not raw.isdigit():
        return default
    return int(raw) if low <= int(raw) <= high else default


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request. `error` is Twilio's debugger code, None when it was answered with 2xx."""

    url: str
    status: int | None
    error: int | None
    content_type: str = ""
    body: bytes = b""
    attempts: int = 1
    cause: str = ""


class Postman:
    """Carries webhooks and callbacks. Each has its own connection: a restarted product is never met on a stale one.

    `answers` is a file to which every answer is added whole, a JSON line each, for whoever judges them.
    """

    def __init__(self, token: str, *, answers: Path | None = None) -> None:
        self._token, self._answers = token, answers
        self._lines = asyncio.Semaphore(LINES)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True, limit=0), cookie_jar=aiohttp.DummyCookieJar()
        )

    def signing(self, pending: Pending) -> Postman:
        """Who carries this: whoever forges it has another token than ours, and all else in common with us."""
        if not pending.is_forged:
            return self
        forger = copy(self)
        forger._token = FORGED
        return forger

    async def aclose(self) -> None:
        """Close the session."""
        await self._session.close()

    async def deliver(
        self, url: str, params: Params, *, method: str = "POST", fallback: str = "", cookies: Cookies | None = None
    ) -> Answer:
        """Request `url`, again as its fragment says, then `fallback` once; 15 s in all for each. Never raises.

        `cookies` belong to one call: they are sent along, and what the product sets is added to them.
        """
        async with self._lines:
            return await self._deliver(url, params, method, fallback, {} if cookies is None else cookies)

    async def _deliver(self, url: str, params: Params, method: str, fallback: str, cookies: Cookies) -> Answer:
        answer = await self._persist(url, params, method, cookies)
        if answer.error is None or not fallback:
            return answer
        extra = [("ErrorCode", str(answer.error)), ("ErrorUrl", url.partition("#")[0])]
        return await self._persist(fallback, params + extra, method, cookies)

    async def _persist(self, url: str, params: Params, method: str, cookies: Cookies) -> Answer:
        address, _, fragment = url.partition("#")
        policy = read_policy(fragment)
        token = str(uuid.uuid4())
        until = time.monotonic() + policy.total / 1000
        attempts = 0
        while True:
            attempts += 1
            answer = await self._follow(address, params, method, policy, token, cookies, until - time.monotonic())
            answer = Answer(
                answer.url, answer.status, answer.error, answer.content_type, answer.body, attempts, answer.cause
            )
            asked_for = answer.cause in policy.retried or (answer.error is not None and "all" in policy.retried)
            if answer.error is None or not asked_for or attempts > policy.retries or time.monotonic() >= until:
                return answer

    async def _follow(
        self, url: str, params: Params, method: str, policy: Policy, token: str, cookies: Cookies, seconds: float
    ) -> Answer:
        until = time.monotonic() + seconds
        for _ in range(REDIRECTS + 1):
            try:
                status, headers, body = await self._request(url, params, method, policy, token, cookies, until)
                self._keep(url, status, headers, body)
            except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as refused:
                return _not_connected(url, refused)
            except TimeoutError:
                return Answer(url, None, 11205, cause="rt")
            except (aiohttp.InvalidURL, ValueError):
                return Answer(url, None, 11100, cause="url")
            except (aiohttp.ClientError, OSError):
                return Answer(url, None, 11200, cause="reset")
            if status not in {301, 302, 303, 307, 308} or "Location" not in headers:
                return _answered(url, status, headers.get("Content-Type", ""), body)
            url, params, method = urljoin(url, headers["Location"]).partition("#")[0], [], "GET"
        return Answer(url, None, 11215, cause="redirect")

    def _keep(self, url: str, status: int, headers: dict[str, str], body: bytes) -> None:
        if self._answers is None:
            return
        answered = {
            "url": url, "status": status, "content_type": headers["Content-Type"],
            "body": base64.b64encode(body).decode(),
        }  # fmt: skip
        with self._answers.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(answered) + "\n")

    async def _request(
        self, url: str, params: Params, method: str, policy: Policy, token: str, cookies: Cookies, until: float
    ) -> tuple[int, dict[str, str], bytes]:
        if method == "GET" and params:
            url += ("&" if "?" in url else "?") + urlencode(params)
            params = []
        headers = {
            "X-Twilio-Signature": sign(self._token, url, params),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        address = _without_password(url, headers)
        timeout = aiohttp.ClientTimeout(
            total=max(0.001, until - time.monotonic()), sock_connect=policy.connect / 1000, sock_read=policy.read / 1000
        )
        body = urlencode(params).encode() if method == "POST" else None
        async with self._session.request(
            method, yarl.URL(address, encoded=True), data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            kept = await response.content.read(ANSWER_LIMIT + 1)
            while len(kept) <= ANSWER_LIMIT and (more := await response.content.read(ANSWER_LIMIT + 1 - len(kept))):
                kept += more
            cookies.update({name: morsel.value for name, morsel in response.cookies.items()})
            return response.status, {"Content-Type": "", **_titled(response.headers.items())}, kept


def _titled(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.title(): value for name, value in headers}


def _without_password(url: str, headers: dict[str, str]) -> str:
    """The address to call: a user in the URL is signed with it but travels as Basic authentication."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    person, _, host = parts.netloc.rpartition("@")
    name, _, password = person.partition(":")
    secret = base64.b64encode(f"{unquote(name)}:{unquote(password)}".encode()).decode()
    headers["Authorization"] = f"Basic {secret}"
    return urlunsplit(parts._replace(netloc=host))


def _not_connected(url: str, refused: Exception) -> Answer:
    code = 11205
    if isinstance(refused, aiohttp.ClientConnectorDNSError):
        code = 11210
    elif isinstance(refused, aiohttp.ClientSSLError):
        code = 11220
    return Answer(url, None, code, cause="ct")


def _answered(url: str, status: int, content_type: str, body: bytes) -> Answer:
    if status >= 400:
        return Answer(url, status, 11200, content_type, body, cause="4xx" if status < 500 else "5xx")
    if len(body) > ANSWER_LIMIT:
        return Answer(url, status, 11750, content_type, cause="size")
    return Answer(url, status, None, content_type, body)
