"""Raw webhook request -> a typed event. Bounded before it is read, verified before it is believed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, quote

from starlette.requests import ClientDisconnect, Request

from service.errors import MalformedWebhook, SignatureRejected
from service.gateway.cleaning import clean_text
from service.gateway.port import ArrivedText, TextStatus
from service.gateway.signature import SIGNATURE_HEADER, is_signed, public_address

# A text of 1600 characters, each percent-encoded to twelve bytes, with all of Twilio's fields, stays under half of it.
BODY_BYTES = 64 * 1024
FIELDS = 200
TOO_LARGE = 413
ADDRESS_CHARACTERS = 256
FORM = "application/x-www-form-urlencoded"
STATUS_PATH = "/twilio/status"
ITEM_KEY = "item"
MESSAGE_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
STATUS_WORD = re.compile(r"[a-z][a-z_-]{0,39}")
TOKEN = re.compile(r"[A-Za-z0-9._~-]{1,200}")
OPT_OUT_TYPES = frozenset({"STOP", "START", "HELP"})


@dataclass(frozen=True, slots=True)
class SignedForm:
    """The fields of a request that Twilio signed, and those of its query, in order, blank ones and repeats included."""

    fields: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...] = ()

    def one(self, name: str) -> str | None:
        """The field's value, None if it is absent.

        Raises:
            MalformedWebhook: it is there more than once.
        """
        return _only(self.fields, name)

    def one_in_query(self, name: str) -> str | None:
        """The same for the query of the address."""
        return _only(self.query, name)


async def read_signed_form(request: Request, *, public_url: str, tokens: Sequence[str]) -> SignedForm:
    """The form of `request`, once it is known to be Twilio's. At most 64 kB are read, whatever was announced.

    Raises:
        MalformedWebhook: not a form, too large, too many fields, or the peer left before its end.
        SignatureRejected: none of `tokens` signed it over `public_url`.
    """
    signatures = request.headers.getlist(SIGNATURE_HEADER)
    if len(signatures) != 1:
        raise SignatureRejected
    _require_form(request)
    fields = _parse(await _bounded_body(request))
    raw_query = request.scope["query_string"]
    raw_path = request.scope.get("raw_path") or quote(request.scope["path"]).encode("ascii")
    if not is_signed(public_address(public_url, raw_path, raw_query), fields, signatures[0], tokens):
        raise SignatureRejected
    return SignedForm(fields, _parse(raw_query))


def read_text(form: SignedForm, at: datetime) -> ArrivedText:
    """The text that `form` brings. `at` is when the request came in, aware UTC: Twilio sends no time of its own.

    Raises:
        MalformedWebhook: a field is missing, repeated or not what Twilio sends there.
    """
    opt_out = form.one("OptOutType")
    return ArrivedText(
        sid=_message_sid(form),
        sender=_address(form, "From"),
        to=_address(form, "To"),
        body=clean_text(form.one("Body") or ""),
        at=at,
        has_media=form.one("NumMedia") not in {None, "", "0"},
        opt_out_type=opt_out if opt_out in OPT_OUT_TYPES else None,
    )


def read_status(form: SignedForm) -> TextStatus:
    """What `form` says of one of our texts. Statuses that Twilio has yet to invent pass through.

    Raises:
        MalformedWebhook: a field is missing, repeated or not what Twilio sends there.
    """
    status = form.one("MessageStatus") or ""
    if not STATUS_WORD.fullmatch(status):
        raise MalformedWebhook("MessageStatus is no status")
    return TextStatus(sid=_message_sid(form), status=status, error_code=_error_code(form), token=_token(form))


def status_address(public_url: str, token: str) -> str:
    """Where Twilio reports on the text that `token` names: what `read_status` gives back as `token`."""
    return f"{public_url}{STATUS_PATH}?{ITEM_KEY}={quote(token, safe='')}"


def _require_form(request: Request) -> None:
    kinds = request.headers.getlist("Content-Type")
    if len(kinds) != 1 or kinds[0].partition(";")[0].strip().lower() != FORM:
        raise MalformedWebhook("content type is not a form")
    announced = request.headers.get("Content-Length", "0")
    if not (announced.isascii() and announced.isdigit()) or int(announced[:10]) > BODY_BYTES:
        raise MalformedWebhook("announced length is too large or no number", status=TOO_LARGE)


async def _bounded_body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_BYTES:
                raise MalformedWebhook("body is too large", status=TOO_LARGE)
    except ClientDisconnect as gone:
        raise MalformedWebhook("body ended early") from gone
    return bytes(body)


def _parse(raw: bytes) -> tuple[tuple[str, str], ...]:
    """Blank values stay, because they are signed; bytes that are no UTF-8 become U+FFFD, which Twilio never signs."""
    try:
        return tuple(
            parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=FIELDS)
        )
    except ValueError as many:
        raise MalformedWebhook("too many fields") from many


def _only(pairs: tuple[tuple[str, str], ...], name: str) -> str | None:
    found = [value for key, value in pairs if key == name]
    if len(found) > 1:
        raise MalformedWebhook(f"{name} is there {len(found)} times")
    return found[0] if found else None


def _message_sid(form: SignedForm) -> str:
    sid = form.one("MessageSid") or ""
    if not MESSAGE_SID.fullmatch(sid):
        raise MalformedWebhook("MessageSid is no SID of a message")
    return sid


def _address(form: SignedForm, name: str) -> str:
    address = clean_text(form.one(name) or "").strip()
    if not 1 <= len(address) <= ADDRESS_CHARACTERS or "\n" in address:
        raise MalformedWebhook(f"{name} is no address")
    return address


def _error_code(form: SignedForm) -> int | None:
    raw = form.one("ErrorCode") or "0"
    if not re.fullmatch(r"[0-9]{1,6}", raw):
        raise MalformedWebhook("ErrorCode is no number")
    return int(raw) or None


def _token(form: SignedForm) -> str | None:
    token = form.one_in_query(ITEM_KEY)
    if token is not None and not TOKEN.fullmatch(token):
        raise MalformedWebhook(f"{ITEM_KEY} is no token of ours")
    return token
