"""An answer of the product -> the verbs to carry out, or Twilio's code for why it cannot be used.

What Twilio only warns about (12200, 13520) is left out of the verbs and listed, so that the log can say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_plus
from xml.etree import ElementTree as ET

from service.simulator.calls.grammar import ATTRIBUTES, CHILDREN, HOLD_TEXT, NOT_SIMULATED

XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})
DOCUMENT_BYTES = 64 * 1024
NOT_WELL_FORMED, TOO_LARGE, SCHEMA, WRONG_TYPE = 12100, 11750, 12200, 12300
SAY_INVALID, SAY_TOO_LONG = 13520, 13521
# Source: Twilio, TwiML Say: the free voices, Polly without its markup, Google with it; and the URL-encoded text.
SAY_CHARACTERS = {"Polly": 3000, "Google": 5000}
SAY_CHARACTERS_FREE = 4096
SAY_ENCODED_CHARACTERS = 4500


class Unusable(Exception):
    """The document cannot be carried out. `code` is Twilio's; `detail` names the place, never the words."""

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb. `text` is what a Say speaks, a Play plays or a Redirect names; only a Gather holds others."""

    name: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    inside: tuple[Verb, ...] = ()

    def attribute(self, name: str, default: str) -> str:
        """The value given, or Twilio's default."""
        return self.attributes.get(name, default)


@dataclass(frozen=True, slots=True)
class Document:
    """The verbs in order, and each warning as (code, what it is about)."""

    verbs: tuple[Verb, ...] = ()
    warnings: tuple[tuple[int, str], ...] = ()


def read_document(content_type: str, body: bytes) -> Document:
    """The document that `body` is; plain text is read aloud, audio is played.

    Raises:
        Unusable: 11750, 12100, 12300 or 13521.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if len(body) > DOCUMENT_BYTES:
        raise Unusable(TOO_LARGE)
    if kind.startswith("audio/"):
        return Document((Verb("Play", f"[{kind}]"),))
    if kind == "text/plain":
        return Document((Verb("Say", body.decode("utf-8", "replace")),))
    if kind not in XML_TYPES:
        raise Unusable(WRONG_TYPE, kind)
    if b"<!DOCTYPE" in body:
        raise Unusable(NOT_WELL_FORMED, "DOCTYPE")
    try:
        root = ET.fromstring(body)  # noqa: S314 - no document type, hence no entities
    except (ET.ParseError, ValueError) as wrong:
        raise Unusable(NOT_WELL_FORMED, str(wrong)) from wrong
    if root.tag != "Response":
        raise Unusable(NOT_WELL_FORMED, f"the root is {root.tag}")
    warnings: list[tuple[int, str]] = []
    _read_attributes(root, warnings)
    _warn_of_text(root, warnings)
    return Document(tuple(_read_children(root, warnings)), tuple(warnings))


def addresses_played(content_type: str, body: bytes) -> list[str]:
    """The web addresses that a document plays, in order; none where it cannot be used."""
    try:
        document = read_document(content_type, body)
    except Unusable:
        return []
    plays = [each for verb in document.verbs for each in (verb, *verb.inside) if each.name == "Play"]
    return [each.text for each in plays if each.text.startswith(("http://", "https://"))]


def _read_children(parent: ET.Element, warnings: list[tuple[int, str]]) -> Iterator[Verb]:
    for child in parent:
        if child.tag not in CHILDREN[str(parent.tag)]:
            warnings.append((SCHEMA, f"{child.tag} in {parent.tag}"))
        elif child.tag in NOT_SIMULATED:
            yield Verb(child.tag)
        else:
            verb = _read_verb(child, warnings)
            if verb is not None:
                yield verb


def _read_verb(element: ET.Element, warnings: list[tuple[int, str]]) -> Verb | None:
    name = str(element.tag)
    attributes = _read_attributes(element, warnings)
    _warn_of_text(element, warnings)
    match name:
        case "Say":
            return _read_say(element, attributes, warnings)
        case "Gather":
            return Verb(name, "", attributes, tuple(_read_children(element, warnings)))
        case "Hangup" | "Reject":
            return Verb(name, "", attributes)
    for child in element:
        warnings.append((SCHEMA, f"{child.tag} in {name}"))
    return Verb(name, (element.text or "").strip(), attributes)


def _read_attributes(element: ET.Element, warnings: list[tuple[int, str]]) -> dict[str, str]:
    """Those Twilio knows with a value it takes; the rest is warned about and has its default."""
    known, kept = ATTRIBUTES[str(element.tag)], {}
    for name, value in element.attrib.items():
        if name in known and re.fullmatch(known[name], value, re.DOTALL):
            kept[name] = value
        else:
            warnings.append((SCHEMA, f"{element.tag} {name}"))
    return kept


def _warn_of_text(element: ET.Element, warnings: list[tuple[int, str]]) -> None:
    own = [element.text or "", *(child.tail or "" for child in element)]
    if element.tag not in HOLD_TEXT and any(each.strip() for each in own):
        warnings.append((SCHEMA, f"text in {element.tag}"))


def _read_say(element: ET.Element, attributes: dict[str, str], warnings: list[tuple[int, str]]) -> Verb | None:
    brand = attributes.get("voice", "man").partition(".")[0]
    if len(element) and brand not in SAY_CHARACTERS:
        warnings.append((SAY_INVALID, "markup needs a Polly or Google voice"))
    text = " ".join("".join(_spoken(element, warnings)).split())
    if not text:
        warnings.append((SAY_INVALID, "Say without words"))
        return None
    limit = SAY_CHARACTERS.get(brand, SAY_CHARACTERS_FREE)
    counted = len(ET.tostring(element, encoding="unicode")) if brand == "Google" and len(element) else len(text)
    if counted > limit or len(quote_plus(text)) > SAY_ENCODED_CHARACTERS:
        raise Unusable(SAY_TOO_LONG)
    return Verb("Say", text, attributes)


def _spoken(element: ET.Element, warnings: list[tuple[int, str]]) -> Iterator[str]:
    """The words as heard: an alias instead of what it stands for; an unknown mark is left out with its words."""
    yield element.get("alias", element.text or "") if element.tag == "sub" else element.text or ""
    for child in element:
        if child.tag in CHILDREN.get(str(element.tag), ()):
            _read_attributes(child, warnings)
            _warn_of_text(child, warnings)
            yield from _spoken(child, warnings)
        else:
            warnings.append((SCHEMA, f"{child.tag} in {element.tag}"))
        yield child.tail or ""
