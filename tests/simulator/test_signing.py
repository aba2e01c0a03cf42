"""The simulator's own signer and counter against Twilio's published vectors."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

from service.simulator.outgoing.webhooks import Policy, read_policy, sign
from service.simulator.segments import count_segments

VECTORS = Path(__file__).parents[1] / "vectors"


def _addresses(url: str) -> set[str]:
    """Twilio signs with or without the port."""
    parts = urlsplit(url)
    person, at, host = parts.netloc.rpartition("@")
    bare = host.partition(":")[0]
    port = 443 if parts.scheme == "https" else 80
    return {parts._replace(netloc=f"{person}{at}{each}").geturl() for each in (host, bare, f"{bare}:{port}")}


def test_every_signature_of_the_official_libraries_is_signed_alike() -> None:
    for vector in json.loads((VECTORS / "twilio_signatures.json").read_text()):
        if vector["name"] == "JSON body changed":
            continue  # its signature is right; the hash of the body is not
        params = [] if isinstance(vector["params"], str) else [tuple(each) for each in vector["params"]]
        signatures = {sign(vector["auth_token"], url, params) for url in _addresses(vector["url"])}
        assert (vector["signature"] in signatures) is vector["valid"], vector["name"]


def test_every_body_takes_the_segments_that_twilio_counts() -> None:
    for vector in json.loads((VECTORS / "sms_segments.json").read_text()):
        if not vector["smart"]:
            assert count_segments(vector["text"]) == vector["segments"], vector["name"]


def test_a_fragment_out_of_range_keeps_the_default() -> None:
    assert read_policy("rc=2&rp=ct,rt&rt=5000") == Policy(read=5000, retries=2, retried=frozenset({"ct", "rt"}))
    assert read_policy("rc=9&ct=1&tt=x") == Policy()
