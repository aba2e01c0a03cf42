"""A webhook is bounded, verified and typed, or refused; it never breaks us."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from twilio.request_validator import RequestValidator

from service.errors import MalformedWebhook, SignatureRejected
from service.gateway.cleaning import clean_text
from service.gateway.port import ArrivedText, TextStatus
from service.gateway.wire import SignedForm, read_signed_form, read_status, read_text, status_address

PUBLIC_URL = "https://mend.example.org"
TOKENS = ("current", "next")
FORM = b"application/x-www-form-urlencoded; charset=UTF-8"
AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
SID = "SM" + "1a" * 16
ADA = "+12125550101"
US = "+12125550100"
TEXT = {"MessageSid": SID, "From": ADA, "To": US, "Body": "7", "NumMedia": "0", "ToState": ""}


class Sender:
    """What stands at the other end of the request: its body in pieces, and how much of it was taken."""

    def __init__(self, *pieces: bytes, leaves: bool = False) -> None:
        self.pieces = list(pieces) or [b""]
        self.leaves = leaves
        self.taken = 0

    async def __call__(self) -> dict[str, object]:
        if not self.pieces:
            return {"type": "http.disconnect"}
        piece = self.pieces.pop(0)
        self.taken += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces) or self.leaves}


def request_of(sender: Sender, headers: list[tuple[bytes, bytes]], query: bytes = b"") -> Request:
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "server": ("10.0.0.7", 8000),
        "path": "/twilio/sms",
        "raw_path": b"/twilio/sms",
        "query_string": query,
        "headers": [(b"host", b"evil.example.org"), *headers],
    }
    return Request(scope, sender)


def signed(fields: dict[str, str], *, query: str = "", token: str = "current") -> bytes:
    url = f"{PUBLIC_URL}/twilio/sms{'?' + query if query else ''}"
    return RequestValidator(token).compute_signature(url, fields).encode()


async def read(
    body: bytes,
    signature: bytes | None,
    *,
    kind: bytes = FORM,
    query: bytes = b"",
    more: tuple[tuple[bytes, bytes], ...] = (),
) -> SignedForm:
    headers = [(b"content-type", kind), *more]
    if signature is not None:
        headers.append((b"x-twilio-signature", signature))
    return await read_signed_form(request_of(Sender(body), headers, query), public_url=PUBLIC_URL, tokens=TOKENS)


def form_of(**changed: str) -> SignedForm:
    return SignedForm(tuple({**TEXT, **changed}.items()))


async def test_a_signed_text_arrives_though_a_proxy_hid_the_address():
    form = await read(urlencode(TEXT).encode(), signed(TEXT))

    assert read_text(form, AT) == ArrivedText(sid=SID, sender=ADA, to=US, body="7", at=AT)


async def test_the_second_token_of_a_change_is_believed_too():
    form = await read(urlencode(TEXT).encode(), signed(TEXT, token="next"))

    assert form.one("Body") == "7"


async def test_a_status_names_our_item_by_the_token_in_the_query():
    fields = {"MessageSid": SID, "MessageStatus": "undelivered", "ErrorCode": "30003"}
    query = status_address(PUBLIC_URL, "tok-1_~").partition("?")[2]

    form = await read(urlencode(fields).encode(), signed(fields, query=query), query=query.encode())

    assert read_status(form) == TextStatus(sid=SID, status="undelivered", error_code=30003, token="tok-1_~")


@pytest.mark.parametrize("signature", [None, b"", b"WRONG", b"\xff\xfe", b"RSOYDt4T1cUTdK1PDd93/VVr8B8="])
async def test_what_twilio_did_not_sign_is_rejected(signature):
    with pytest.raises(SignatureRejected):
        await read(urlencode(TEXT).encode(), signature)


@pytest.mark.promise(18)
async def test_two_signatures_are_none():
    with pytest.raises(SignatureRejected):
        await read(urlencode(TEXT).encode(), signed(TEXT), more=((b"x-twilio-signature", signed(TEXT)),))


async def test_a_changed_body_or_query_is_rejected():
    with pytest.raises(SignatureRejected):
        await read(urlencode({**TEXT, "Body": "0"}).encode(), signed(TEXT))
    with pytest.raises(SignatureRejected):
        await read(urlencode(TEXT).encode(), signed(TEXT), query=b"item=other")


@pytest.mark.parametrize("kind", [b"", b"text/plain", b"application/json", b"multipart/form-data; boundary=x"])
async def test_only_a_form_is_read(kind):
    with pytest.raises(MalformedWebhook):
        await read(urlencode(TEXT).encode(), signed(TEXT), kind=kind)


@pytest.mark.promise(21)
async def test_too_many_fields_are_refused():
    fields = {f"Field{number}": "" for number in range(201)}

    with pytest.raises(MalformedWebhook):
        await read(urlencode(fields).encode(), signed(fields))


@pytest.mark.promise(21)
async def test_an_endless_body_is_left_after_64_kilobytes():
    endless = Sender(*[b"a" * 4096] * 1000)
    headers = [(b"content-type", FORM), (b"x-twilio-signature", b"x")]

    with pytest.raises(MalformedWebhook):
        await read_signed_form(request_of(endless, headers), public_url=PUBLIC_URL, tokens=TOKENS)

    assert endless.taken == 64 * 1024 + 4096


@pytest.mark.promise(21)
@pytest.mark.parametrize("announced", [b"65537", b"9" * 5000, b"-1", b"many"])
async def test_a_body_announced_too_large_is_not_read_at_all(announced):
    large = Sender(b"a=1")
    headers = [(b"content-type", FORM), (b"x-twilio-signature", b"x"), (b"content-length", announced)]

    with pytest.raises(MalformedWebhook):
        await read_signed_form(request_of(large, headers), public_url=PUBLIC_URL, tokens=TOKENS)

    assert large.taken == 0


async def test_a_peer_that_leaves_halfway_is_refused():
    headers = [(b"content-type", FORM), (b"x-twilio-signature", b"x")]

    with pytest.raises(MalformedWebhook):
        await read_signed_form(request_of(Sender(b"Bo", leaves=True), headers), public_url=PUBLIC_URL, tokens=TOKENS)


@pytest.mark.promise(22)
@given(
    body=st.one_of(st.binary(max_size=300), st.just(b"Body=%ff%ed%a0%80"), st.just(b"%00=%00&&=&;")),
    kind=st.one_of(st.just(FORM), st.binary(max_size=40)),
    signature=st.one_of(st.none(), st.binary(max_size=40)),
    query=st.binary(max_size=40),
    length=st.one_of(st.none(), st.binary(max_size=10)),
)
async def test_any_bytes_are_refused_and_nothing_else_happens(body, kind, signature, query, length):
    more = () if length is None else ((b"content-length", length),)

    with pytest.raises((MalformedWebhook, SignatureRejected)):
        await read(body, signature, kind=kind, query=query, more=more)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(), max_size=20))
async def test_any_fields_that_twilio_signs_come_back_unchanged(fields):
    whole = {key: value.encode("utf-8", "replace").decode() for key, value in fields.items()}

    form = await read(urlencode(whole).encode(), signed(whole))

    assert dict(form.fields) == whole


names = st.sampled_from(["MessageSid", "From", "To", "Body", "NumMedia", "OptOutType", "MessageStatus", "ErrorCode"])
values = st.one_of(st.sampled_from([SID, ADA, "", "0", "sent", "30003"]), st.text())


@given(st.lists(st.tuples(names, values), max_size=12), st.lists(st.tuples(st.just("item"), values), max_size=2))
def test_any_signed_fields_make_an_event_or_are_malformed(fields, query):
    form = SignedForm(tuple(fields), tuple(query))

    for reading in (lambda: read_text(form, AT), lambda: read_status(form)):
        with suppress(MalformedWebhook):
            assert reading().sid == SID


@pytest.mark.parametrize("field", ["MessageSid", "From", "To", "Body", "NumMedia", "OptOutType"])
def test_a_field_that_is_there_twice_is_malformed(field):
    form = form_of(OptOutType="STOP")

    with pytest.raises(MalformedWebhook):
        read_text(SignedForm((*form.fields, (field, "x"))), AT)


@pytest.mark.parametrize("sender", ["whatsapp:+12125550101", "72975", "rcs:mend_agent", ADA])
def test_the_sender_stays_as_the_network_gave_it(sender):
    assert read_text(form_of(From=sender), AT).sender == sender


def test_an_opt_out_that_twilio_answered_is_kept_and_media_is_noticed():
    text = read_text(form_of(OptOutType="STOP", NumMedia="2", MessageSid="MM" + "0" * 32), AT)

    assert (text.opt_out_type, text.has_media) == ("STOP", True)
    assert read_text(form_of(OptOutType="DANCE"), AT).opt_out_type is None


@pytest.mark.parametrize("changed", [{"MessageSid": "SM1"}, {"From": ""}, {"To": "\x00"}, {"From": "+" * 300}])
def test_a_text_without_its_marks_is_malformed(changed):
    with pytest.raises(MalformedWebhook):
        read_text(form_of(**changed), AT)


@pytest.mark.promise(22)
@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("7\x00", "7"),
        ("one\r\ntwo\rthree\ttab", "one\ntwo\nthree\ttab"),
        ("\ufeffhola\u202e!\u2066\u200f", "hola!"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("👩‍👩‍👧 bien", "👩‍👩‍👧 bien"),
        ("\x1b[31mred\x07\x85", "[31mred"),
        ("a" * 5000, "a" * 1600),
    ],
)
def test_a_text_keeps_its_letters_and_loses_its_controls(raw, clean):
    assert clean_text(raw) == clean
    assert read_text(form_of(Body=raw), AT).body == clean
