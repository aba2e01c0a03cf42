"""Whatever is to be said, Twilio can read it."""

from __future__ import annotations

from urllib.parse import quote_plus
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.gateway.twiml import document, empty_twiml, hang_up, say, say_and_hang_up, xml_text

any_text = st.one_of(st.text(), st.text(alphabet="<>&'\"]\x00\r\n\ud800\uffff é👩 ", max_size=60))


def spoken(twiml: str) -> str:
    return "".join(verb.text or "" for verb in ET.fromstring(twiml.encode("utf-8")).iter("Say"))


def test_nothing_to_say_is_an_empty_response():
    assert empty_twiml() == '<?xml version="1.0" encoding="UTF-8"?><Response />'


def test_a_sentence_is_said_in_its_language_and_the_call_ends():
    root = ET.fromstring(say_and_hang_up("Hola, Carmen & Bruno", language="es-MX", voice="Polly.Mia").encode())

    assert [verb.tag for verb in root] == ["Say", "Hangup"]
    assert (root[0].text, root[0].attrib) == ("Hola, Carmen & Bruno", {"language": "es-MX", "voice": "Polly.Mia"})


@pytest.mark.promise(23)
@given(any_text)
def test_any_text_comes_back_as_it_was_said(text):
    assert spoken(say_and_hang_up(text, language="en-US", voice="woman")) == xml_text(text)


@given(any_text, any_text)
def test_a_document_is_read_as_it_was_built(address, words):
    gather = ET.Element("Gather", {"action": xml_text(address)})
    gather.extend([*say(words, language="en-US", voice="Polly.Joanna", rate="90%"), hang_up()])

    read = ET.fromstring(document([gather]).encode("utf-8"))[0]

    assert ET.tostring(read) == ET.tostring(gather)


@given(any_text)
def test_only_what_xml_cannot_hold_is_lost(text):
    assert xml_text(text) == text or set(text) & {*map(chr, range(32)), "\ufffe", "\uffff"} or any(
        "\ud800" <= letter <= "\udfff" for letter in text
    )  # fmt: skip


@pytest.mark.promise(23)
def test_text_cannot_become_a_verb():
    injected = '</Say><Dial>+12125550199</Dial><Say voice="man">'

    root = ET.fromstring(say_and_hang_up(injected, language="en-US", voice="woman").encode())

    assert [verb.tag for verb in root] == ["Say", "Hangup"]
    assert root[0].text == injected


@pytest.mark.parametrize("text", ["word " * 2000, "a" * 7000, "é" * 7000, "👩" * 1000])
def test_a_long_text_is_said_in_pieces_that_a_voice_takes(text):
    pieces = [verb.text for verb in say(text, language="en-US", voice="woman")]

    assert "".join(pieces) == text
    assert all(len(piece) <= 3000 and len(quote_plus(piece)) <= 4500 for piece in pieces)


def test_a_long_text_is_cut_between_words():
    pieces = [verb.text for verb in say("word " * 2000, language="en-US", voice="woman")]

    assert all(piece.endswith("word ") for piece in pieces)


def test_a_document_that_twilio_would_not_read_is_refused():
    with pytest.raises(ValueError, match="65536"):
        say_and_hang_up("&" * 20_000, language="en-US", voice="woman")


def test_a_document_may_grow_verb_by_verb():
    assert document([hang_up()]).endswith("<Response><Hangup /></Response>")
