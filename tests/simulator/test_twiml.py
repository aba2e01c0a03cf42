"""The table of verbs against Twilio's own schema, and documents that Twilio would not take."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from service.simulator.calls.grammar import ATTRIBUTES, CHILDREN, HOLD_TEXT, LANG, NOT_SIMULATED
from service.simulator.calls.reading import Unusable, read_document

SCHEMA = Path(__file__).parent.parent / "twiml" / "voice.xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
XML = "text/xml; charset=utf-8"


def _types() -> dict[str, ET.Element]:
    """The complex type of each element, by the element's name."""
    root = ET.parse(SCHEMA).getroot()
    types = {each.get("name"): each for each in root.iter(f"{XS}complexType")}
    return {each.get("name", ""): types[each.get("type")] for each in root.iter(f"{XS}element")}


def _values(attribute: ET.Element) -> str:
    pattern = attribute.find(f".//{XS}pattern")
    if pattern is not None:
        return pattern.get("value", "")
    return "|".join(each.get("value", "") for each in attribute.iter(f"{XS}enumeration")) or ".*"


@pytest.mark.parametrize("verb", sorted(ATTRIBUTES))
def test_the_table_says_what_the_schema_says(verb: str) -> None:
    of_schema = _types()[verb]

    attributes = {each.get("name") or LANG: _values(each) for each in of_schema.iter(f"{XS}attribute")}
    children = {each.get("name") for each in of_schema.iter(f"{XS}element")}

    assert ATTRIBUTES[verb] == attributes
    assert set(CHILDREN.get(verb, ())) == children
    assert (verb in HOLD_TEXT) is (of_schema.get("mixed") == "true")


def test_every_verb_is_either_carried_out_or_known_not_to_be() -> None:
    for verb in CHILDREN["Response"]:
        assert (verb in ATTRIBUTES) is not (verb in NOT_SIMULATED), verb


@pytest.mark.parametrize(("body", "code"), [
    ("", 12100), ("<Response>", 12100), ("<response/>", 12100), ("<Say>Hello.</Say>", 12100),
    ("<!DOCTYPE x><Response/>", 12100), ("<Response>&nbsp;</Response>", 12100),
    (f"<Response><Say>{'a' * 4097}</Say></Response>", 13521),
    (f"<Response><Say voice='Polly.Joanna'>{'a' * 3001}</Say></Response>", 13521),
    (f"<Response><Say>{'ñ' * 800}</Say></Response>", 13521),
    (f"<Response><Say>{'a' * 65536}</Say></Response>", 11750),
])  # fmt: skip
def test_what_cannot_be_used_is_refused_with_twilios_code(body: str, code: int) -> None:
    with pytest.raises(Unusable) as refused:
        read_document(XML, body.encode())

    assert refused.value.code == code


@pytest.mark.parametrize("kind", ["application/json", "", "text/css"])
def test_a_wrong_content_type_is_refused(kind: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_document(kind, b"<Response/>")

    assert refused.value.code == 12300


@pytest.mark.parametrize(("verbs", "names", "about"), [
    ("<say>Hello.</say>", [], "say in Response"),
    ("<Gather><Gather/></Gather>", ["Gather"], "Gather in Gather"),
    ("<Gather numdigits='1'/>", ["Gather"], "Gather numdigits"),
    ("<Gather timeout='0'/>", ["Gather"], "Gather timeout"),
    ("<Gather finishOnKey='*#'/>", ["Gather"], "Gather finishOnKey"),
    ("<Message>Hello.</Message>", [], "Message in Response"),
    ("Hello.", [], "text in Response"),
    ("<Say></Say>", [], "Say without words"),
    ("<Pause length='a'/>", ["Pause"], "Pause length"),
])  # fmt: skip
def test_what_twilio_only_warns_of_is_left_out(verbs: str, names: list[str], about: str) -> None:
    document = read_document(XML, f"<Response>{verbs}</Response>".encode())

    assert [each.name for each in document.verbs] == names
    assert [each for _, each in document.warnings] == [about]
    assert all(not each.attributes and not each.inside for each in document.verbs)


def test_marked_up_words_are_heard_as_words() -> None:
    say = '<Say voice="Polly.Joanna">Mend<break time="1s"/>line, <sub alias="New York">NY</sub>\n  <s>now</s>.</Say>'

    document = read_document(XML, f"<Response>{say}</Response>".encode())

    assert (document.verbs[0].text, document.warnings) == ("Mendline, New York now.", ())


def test_plain_text_is_read_aloud_and_audio_is_played() -> None:
    assert read_document("text/plain", b"Hello.").verbs[0].name == "Say"
    assert read_document("audio/mpeg", b"\xff").verbs[0].name == "Play"
