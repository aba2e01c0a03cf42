"""What we answer a call or a text with: TwiML that any text fits into and that Twilio can always read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote_plus
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "text/xml; charset=utf-8"
# 11750: a longer document ends the call.
DOCUMENT_BYTES = 64 * 1024
# The smallest limit of any voice (Polly; the free ones take 4096), and 13521: the URL-encoded text has a limit too.
SAY_CHARACTERS = 3000
SAY_ENCODED_CHARACTERS = 4500
ENCODED_AT_MOST = 12  # %F0%9F%98%80: four bytes
MARKED_UP = ("Polly.", "Google.")  # voices that take SSML (TWILIO.md 10)
NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LINE_END = re.compile(r"\r\n?")


def empty_twiml() -> str:
    """Nothing to say: texts leave by the outbox, never in the answer."""
    return document(())


def say_and_hang_up(text: str, *, language: str, voice: str) -> str:
    """A document that says `text` and ends the call. `language` is a tag such as en-US and must fit `voice`.

    Raises:
        ValueError: the document would be longer than Twilio reads (64 kB).
    """
    return document([*say(text, language=language, voice=voice), hang_up()])


def say(text: str, *, language: str, voice: str, rate: str = "") -> list[ET.Element]:
    """`text` as one Say or, where it is longer than a voice takes, several; cut between words where there are any.

    `rate` is how fast, such as 90%: for the voices that take markup, and left out for the others.
    """
    spoken = []
    for part in _parts(xml_text(text)):
        verb = ET.Element("Say", {"language": language, "voice": voice})
        words = verb
        if rate and voice.startswith(MARKED_UP):
            words = ET.SubElement(verb, "prosody", {"rate": rate})
        words.text = part
        spoken.append(verb)
    return spoken


def play(address: str) -> ET.Element:
    """A recording, by its address."""
    verb = ET.Element("Play")
    verb.text = address
    return verb


def pause(seconds: int) -> ET.Element:
    """So long a silence."""
    return ET.Element("Pause", {"length": str(seconds)})


def hang_up() -> ET.Element:
    """The end of the call."""
    return ET.Element("Hangup")


def document(verbs: Iterable[ET.Element]) -> str:
    """A whole TwiML document, to be sent as UTF-8 with `MEDIA_TYPE`.

    Raises:
        ValueError: it would be longer than Twilio reads (64 kB).
    """
    root = ET.Element("Response")
    root.extend(verbs)
    written = '<?xml version="1.0" encoding="UTF-8"?>' + _written(root)
    if len(written.encode("utf-8")) > DOCUMENT_BYTES:
        raise ValueError(f"TwiML is longer than {DOCUMENT_BYTES} bytes")
    return written


def _written(verb: ET.Element) -> str:
    """As `ET.tostring` has it, which looks for namespaces in every name: a tenth of a key press."""
    attributes = "".join(f" {name}={_quoted(value)}" for name, value in verb.items())
    inside = escape(verb.text or "") + "".join(map(_written, verb))
    return f"<{verb.tag}{attributes}>{inside}</{verb.tag}>" if inside else f"<{verb.tag}{attributes} />"


@lru_cache(maxsize=256)  # the same few, but for the address of the next step
def _quoted(value: str) -> str:
    return quoteattr(value)


def xml_text(text: str) -> str:
    """`text` without what XML 1.0 cannot hold; line ends become newlines, as every XML reader would make them."""
    return NOT_XML.sub("", LINE_END.sub("\n", text))


def _parts(text: str) -> list[str]:
    parts = []
    while text:
        end = _fitting(text)
        if end < len(text):
            end = text.rfind(" ", 0, end) + 1 or end
        parts.append(text[:end])
        text = text[end:]
    return parts


def _fitting(text: str) -> int:
    """How many characters of `text` one Say takes; at least one."""
    first = text[:SAY_CHARACTERS]
    most = len(first) * ENCODED_AT_MOST
    if most <= SAY_ENCODED_CHARACTERS or len(quote_plus(first)) <= SAY_ENCODED_CHARACTERS:  # nearly always
        return len(first)
    encoded = 0
    for position, letter in enumerate(first):
        encoded += len(quote_plus(letter))
        if encoded > SAY_ENCODED_CHARACTERS:
            return position
    return len(first)
