"""Does a signed request reach this service at PUBLIC_URL, and only a signed one? Each finding is a plain sentence."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import aiohttp
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from service.gateway.signature import SIGNATURE_HEADER
from service.gateway.wire import status_address
from service.settings import LOOPBACK_HOSTS, TWILIO_API, Settings

# Twilio itself gives a webhook 15 s.
DEADLINE = aiohttp.ClientTimeout(total=15, connect=5)
# No item has this token and no text this SID, so the request binds nothing and changes nothing.
TOKEN_OF_NOTHING = "check"  # noqa: S105
SID_OF_NOTHING = "SM" + "0" * 32
FORBIDDEN = 403
NOT_FOUND = 404
RESTART = "Look at the log of the web process; if PUBLIC_URL was just changed, restart it."


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in words for the host; `remedy` is empty when it is in order."""

    ok: bool
    said: str
    remedy: str = ""


async def check_public_address(settings: Settings) -> list[Finding]:
    """Calls ourselves as Twilio would: the address, one signed request, one unsigned. Changes nothing anywhere."""
    findings = _about_the_address(settings)
    async with aiohttp.ClientSession(timeout=DEADLINE) as session:
        signed = await _signed_request(session, settings)
        findings.append(signed)
        if signed.ok:
            findings.append(await _unsigned_request(session, settings))
    return findings


def _about_the_address(settings: Settings) -> list[Finding]:
    address = urlsplit(settings.public_url)
    host = address.hostname or ""
    if settings.twilio_api_url != TWILIO_API and host in LOOPBACK_HOSTS:
        return [Finding(True, "PUBLIC_URL is this machine's own, which the simulator reaches.")]
    if host in LOOPBACK_HOSTS:
        return [Finding(False, f"Twilio cannot reach {host}.", "Set PUBLIC_URL to the address the internet knows.")]
    if "_" in host:
        return [Finding(False, f"Twilio refuses host names with an underscore: {host}.", "Use another host name.")]
    if address.scheme != "https":
        return [Finding(False, "Texts would cross the internet unencrypted.", "Give PUBLIC_URL an https address.")]
    return [Finding(True, f"PUBLIC_URL is an https address at {host}.")]


async def _signed_request(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    url = status_address(settings.public_url, TOKEN_OF_NOTHING)
    fields = {"MessageSid": SID_OF_NOTHING, "MessageStatus": "sent", "AccountSid": settings.twilio_account_sid}
    signature = RequestValidator(settings.twilio_auth_tokens[0]).compute_signature(url, fields)
    answer = await _post(session, url, fields, {SIGNATURE_HEADER: signature})
    return answer if isinstance(answer, Finding) else _about_the_signed(answer)


async def _unsigned_request(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    url = status_address(settings.public_url, TOKEN_OF_NOTHING)
    answer = await _post(session, url, {"MessageSid": SID_OF_NOTHING, "MessageStatus": "sent"}, {})
    if isinstance(answer, Finding):
        return answer
    if answer.status == FORBIDDEN:
        return Finding(True, "An unsigned request is turned away.")
    return Finding(
        False,
        f"An unsigned request was answered {answer.status}, not {FORBIDDEN}.",
        "Take the service off the internet: something in front of it, or another service, answers for it.",
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str


async def _post(
    session: aiohttp.ClientSession, url: str, fields: dict[str, str], headers: dict[str, str]
) -> _Answer | Finding:
    sent_headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", **headers}
    try:
        async with session.post(url, data=urlencode(fields), headers=sent_headers, allow_redirects=False) as answer:
            return _Answer(answer.status, answer.headers.get("Location", ""))
    except (aiohttp.ClientError, TimeoutError, OSError) as failure:
        return _about_the_failure(failure, urlsplit(url).hostname or "")


def _about_the_failure(failure: Exception, host: str) -> Finding:
    match failure:
        case aiohttp.ClientConnectorDNSError():
            return Finding(False, f"{host} has no address.", "Correct the DNS entry, or the host in PUBLIC_URL.")
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Finding(
                False,
                f"TLS with {host} failed: {failure}.",
                "Install a valid certificate with its whole chain for this host.",
            )
        case aiohttp.ClientConnectorError():
            return Finding(
                False,
                f"{host} takes no connection.",
                "Start the service and the proxy before it, and open the port of PUBLIC_URL.",
            )
        case TimeoutError():
            return Finding(False, f"{host} did not answer in time.", "A firewall drops it, or the service is too busy.")
        case _:
            return Finding(False, f"{host} broke the connection off.", RESTART)


def _about_the_signed(answer: _Answer) -> Finding:
    status = answer.status
    if 200 <= status < 300:
        return Finding(True, "A signed request is taken.")
    if 300 <= status < 400:
        said = f"The address redirects to {answer.location or 'another place'}; Twilio's signature is lost on the way."
        return Finding(False, said, "Set PUBLIC_URL to the address it redirects to (https, the final host).")
    if status == FORBIDDEN:
        return Finding(
            False,
            "A signed request was turned away.",
            "The running service has another TWILIO_AUTH_TOKEN or PUBLIC_URL, or the proxy changes path or query.",
        )
    if status == NOT_FOUND:
        remedy = "The proxy must pass /twilio/… on, without the prefix of PUBLIC_URL."
        return Finding(False, "Nothing answers under this path.", remedy)
    if status >= 500:
        return Finding(False, f"The service or the proxy before it failed ({status}).", RESTART)
    return Finding(False, f"A signed request was answered {status}.", "Look at the proxy before the service.")
