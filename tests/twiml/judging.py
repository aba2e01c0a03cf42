"""Our TwiML held against Twilio's own schemas and its limits. What is wrong with an answer is told in one line each."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote_plus, urlsplit
from xml.etree import ElementTree as ET

from xmlschema import XMLSchema10

HERE = Path(__file__).parent
DOCUMENT_BYTES = 64 * 1024
# Polly and Google without their markup, the free voices, and 13521: the same text URL-encoded.
SAY_CHARACTERS, SAY_CHARACTERS_FREE, SAY_ENCODED = {"Polly": 3000, "Google": 5000}, 4096, 4500
# A voice speaks one language; with another the verb may fail.
LANGUAGES = {"Polly.Joanna": "en-US", "Polly.Mia": "es-MX"}
LAST = frozenset({"Redirect", "Record", "Hangup", "Reject"})
MEDIA_TYPE = "text/xml; charset=utf-8"


def judge_line(line: str) -> list[str]:
    """What is wrong with one kept answer of the product, as the simulator writes it down."""
    kept = json.loads(line)
    path = urlsplit(kept["url"]).path
    if not path.startswith("/twilio/") or path.startswith("/twilio/status"):
        return []
    if kept["status"] >= 400:  # a caller would hear the network's own sentence about an error
        return [f"{path}: answered with {kept['status']}"] if path.startswith("/twilio/voice") else []
    wrong = judge(base64.b64decode(kept["body"]), kept["content_type"], is_voice=path.startswith("/twilio/voice"))
    return [f"{path}: {each}" for each in wrong]


def judge(body: bytes, content_type: str = MEDIA_TYPE, *, is_voice: bool = True) -> list[str]:
    """What is wrong with one document: by the schema, then by the limits that no schema can say."""
    if content_type.replace(" ", "").lower() != "text/xml;charset=utf-8":
        return [f"content type {content_type!r}"]
    if len(body) > DOCUMENT_BYTES:
        return [f"{len(body)} bytes"]
    try:
        root = ET.fromstring(body.decode("utf-8"))
    except (ET.ParseError, UnicodeDecodeError) as wrong:
        return [f"is no XML: {wrong}"]
    schema = _schema("voice" if is_voice else "messaging")
    found = [f"{error.path}: {error.reason}" for error in schema.iter_errors(body.decode("utf-8"))]
    return found + [each for verb in _verbs(root) for each in _limits(verb)] + list(_order(root))


def _verbs(root: ET.Element) -> Iterator[ET.Element]:
    yield from (each for each in root.iter() if each is not root)


def _limits(verb: ET.Element) -> Iterator[str]:
    match verb.tag:
        case "Say":
            yield from _say(verb)
        case "Gather":
            hints = verb.get("hints", "").split(",")
            if len(hints) > 500 or any(len(each) > 100 for each in hints):
                yield "Gather: more hints than Twilio takes"
            if verb.get("speechTimeout") == "auto" and verb.get("speechModel"):
                yield "Gather: speechTimeout auto with a model"
            if not verb.get("action", "").startswith(("http://", "https://")):
                yield "Gather: without an absolute action it asks for the same document for ever"
        case "Play" | "Redirect" if not (verb.text or "").startswith(("http://", "https://")):
            yield f"{verb.tag}: no address"


def _say(say: ET.Element) -> Iterator[str]:
    text, voice = "".join(say.itertext()), say.get("voice", "man")
    brand = voice.partition(".")[0]
    counted = len(ET.tostring(say, encoding="unicode")) if brand == "Google" and len(say) else len(text)
    if not text.strip():
        yield "Say: without words"
    if counted > SAY_CHARACTERS.get(brand, SAY_CHARACTERS_FREE) or len(quote_plus(text)) > SAY_ENCODED:
        yield f"Say: {counted} characters"
    if len(say) and brand not in SAY_CHARACTERS:
        yield f"Say: {voice} takes no markup"
    if LANGUAGES.get(voice, say.get("language")) != say.get("language"):
        yield f"Say: {voice} does not speak {say.get('language')}"


def _order(root: ET.Element) -> Iterator[str]:
    """What comes after the last verb is never done, and a question that nobody answers must lead on."""
    for place, verb in enumerate(root):
        if verb.tag in LAST and place + 1 < len(root):
            yield f"{verb.tag}: something stands after it"
    if len(root) and root[-1].tag == "Gather" and root[-1].get("actionOnEmptyResult") != "true":
        yield "Gather: silence ends the call without a word"
    if len(root) and root[0].tag == "Pause":
        yield "Pause: a call that begins with silence"


@cache
def _schema(name: str) -> XMLSchema10:
    return XMLSchema10(str(HERE / f"{name}.xsd"))
