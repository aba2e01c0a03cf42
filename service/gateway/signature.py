"""Did Twilio sign this request? Checked over the configured address, never over the one the request claims."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import parse_qs, urlsplit, urlunsplit

from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

SIGNATURE_HEADER = "X-Twilio-Signature"
PORTS = {"https": 443, "http": 80}


def public_address(public_url: str, raw_path: bytes, query_string: bytes) -> str:
    """The address Twilio called: `public_url` (no trailing slash), then path and query byte for byte as they arrived.

    A proxy that serves the product under a prefix must strip it; the prefix is then part of `public_url`.
    """
    address = public_url + raw_path.decode("latin-1")
    return f"{address}?{query_string.decode('latin-1')}" if query_string else address


def is_signed(url: str, fields: Sequence[tuple[str, str]], signature: str | None, tokens: Sequence[str]) -> bool:
    """Whether one of `tokens` signed these form fields, sent to `url` (given without its fragment).

    Never raises: what cannot be checked is not signed. A request without a body has no fields.
    Source: TWILIO.md 6; tests/vectors/twilio_signatures.json.
    """
    if not signature or not tokens:
        return False
    many_valued = ImmutableMultiDict(list(fields))
    expected = (  # one after the other: nearly always the first it is. Which one it is, is no secret
        RequestValidator(token).compute_signature(address, many_valued)
        for token in tokens
        for address in _spellings(url)
    )
    try:
        return _is_among(signature, expected)
    except ValueError:  # a port that is no number, or half a surrogate pair, which no UTF-8 signature can cover
        return False


def is_signed_json(url: str, body: bytes, signature: str | None, tokens: Sequence[str]) -> bool:
    """Whether one of `tokens` signed `url`, and `url` names the SHA-256 of exactly this body. Never raises."""
    try:
        named = parse_qs(urlsplit(url).query).get("bodySHA256", [])
    except ValueError:
        return False
    if len(named) != 1 or not _is_among(named[0], [hashlib.sha256(body).hexdigest()]):
        return False
    return is_signed(url, (), signature, tokens)


def _spellings(url: str) -> Iterator[str]:
    """Twilio signs now with the port, now without. The official validator loses the host of user:password@host:port."""
    yield url
    parts = urlsplit(url)
    port = parts.port
    bare = parts.netloc.removesuffix(f":{port}") if port else parts.netloc
    standard = PORTS.get(parts.scheme)
    netlocs = {parts.netloc, bare} if port or standard is None else {bare, f"{bare}:{standard}"}
    yield from {urlunsplit(parts._replace(netloc=netloc)) for netloc in netlocs} - {url}


def _is_among(given: str, expected: Iterable[str]) -> bool:
    seen = given.encode("utf-8", "surrogatepass")
    return any(hmac.compare_digest(seen, each.encode("ascii")) for each in expected)
