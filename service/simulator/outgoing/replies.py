"""The TwiML that answers an incoming text: which texts it sends, or what Twilio would log against it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


@dataclass(frozen=True, slots=True)
class Reply:
    """One text to send. `to` is None for the person who wrote."""

    body: str
    to: str | None = None
    callback: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """The replies in order, and the debugger's code if the document could not be used (wholly)."""

    replies: tuple[Reply, ...] = ()
    error: int | None = None


def read_replies(content_type: str, body: bytes) -> Read:
    """What Twilio makes of the answer to an incoming text: 12100 not well-formed, 12200 unknown verb, 12300 type."""
    if not body.strip():
        return Read()
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return Read((Reply(body.decode("utf-8", "replace")),))
    if kind not in XML_TYPES:
        return Read(error=12300)
    if b"<!DOCTYPE" in body:
        return Read(error=12100)
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - no document type, hence no entities
    except ElementTree.ParseError:
        return Read(error=12100)
    if root.tag != "Response":
        return Read(error=12100)
    verbs = [child for child in root if child.tag == "Message"]
    return Read(tuple(_reply(each) for each in verbs), error=12200 if len(verbs) != len(root) else None)


def _reply(verb: ElementTree.Element) -> Reply:
    bodies = verb.findall("Body")
    words = "".join(each.text or "" for each in bodies) if bodies else (verb.text or "").strip()
    return Reply(words, to=verb.get("to"), callback=verb.get("statusCallback"))
