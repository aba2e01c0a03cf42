"""Twilio signs; we believe nobody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from service.gateway.signature import is_signed, is_signed_json, public_address

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "twilio_signatures.json").read_text(encoding="utf-8"))
URL = "https://mend.example.org/twilio/sms"
FIELDS = (("Body", "7"), ("From", "+12025550101"))


def signature_of(url: str, fields: tuple[tuple[str, str], ...], token: str = "current") -> str:
    return RequestValidator(token).compute_signature(url, dict(fields))


@pytest.mark.promise(18)
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_every_known_signature_is_judged_as_twilio_judges_it(vector):
    signature, tokens = vector["signature"], [vector["auth_token"]]

    if isinstance(vector["params"], str):
        judged = is_signed_json(vector["url"], vector["params"].encode(), signature, tokens)
    else:
        judged = is_signed(vector["url"], [tuple(pair) for pair in vector["params"]], signature, tokens)

    assert judged is vector["valid"]


def test_while_the_token_is_changed_both_are_believed():
    assert is_signed(URL, FIELDS, signature_of(URL, FIELDS, "current"), ["current", "next"])
    assert is_signed(URL, FIELDS, signature_of(URL, FIELDS, "next"), ["current", "next"])
    assert not is_signed(URL, FIELDS, signature_of(URL, FIELDS, "former"), ["current", "next"])


def test_a_port_is_cut_from_behind_a_user_and_password():
    with_port = "https://user:pass@mend.example.org:8443/twilio/sms"
    without = "https://user:pass@mend.example.org/twilio/sms"

    assert is_signed(with_port, FIELDS, signature_of(without, FIELDS), ["current"])
    assert is_signed(with_port, FIELDS, signature_of(with_port, FIELDS), ["current"])


@pytest.mark.parametrize(
    "called",
    [
        "http://mend.example.org/twilio/sms",
        "https://MEND.example.org/twilio/sms",
        "https://mend.example.org/twilio/sms/",
        "https://mend.example.org/twilio/sms#rc=2",
        "https://evil.example.org/twilio/sms",
    ],
)
def test_another_address_is_another_request(called):
    assert not is_signed(called, FIELDS, signature_of(URL, FIELDS), ["current"])


def test_a_dropped_blank_or_added_field_breaks_the_signature():
    signature = signature_of(URL, FIELDS)

    assert not is_signed(URL, FIELDS[:1], signature, ["current"])
    assert not is_signed(URL, (*FIELDS, ("Digits", "1")), signature, ["current"])
    assert not is_signed(URL, (("Body", "7 "), FIELDS[1]), signature, ["current"])


def test_without_a_signature_or_a_token_nothing_is_signed():
    assert not is_signed(URL, FIELDS, None, ["current"])
    assert not is_signed(URL, FIELDS, "", ["current"])
    assert not is_signed(URL, FIELDS, signature_of(URL, FIELDS), [])


def test_a_json_body_without_its_hash_or_with_two_is_not_signed():
    for url in (URL, f"{URL}?bodySHA256=00&bodySHA256=00", "https://[broken/?bodySHA256=00"):
        assert not is_signed_json(url, b"{}", signature_of(url, ()) if "[" not in url else "x", ["current"])


@given(st.text(), st.lists(st.tuples(st.text(), st.text())), st.one_of(st.none(), st.text()))
def test_whatever_arrives_is_not_signed_and_nothing_breaks(url, fields, signature):
    assert is_signed(url, fields, signature, ["current", "next"]) is False
    assert is_signed_json(url, b"\xff\x00", signature, ["current"]) is False


def test_the_address_is_the_configured_one_with_path_and_query_as_they_came():
    assert public_address("https://mend.example.org", b"/twilio/sms", b"") == URL
    assert (
        public_address("https://example.org/mend", b"/twilio/status", b"b=%20&a=+&item=x")
        == "https://example.org/mend/twilio/status?b=%20&a=+&item=x"
    )
