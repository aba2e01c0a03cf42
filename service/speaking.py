"""A turn of a call -> TwiML, after its commit. Whatever the words hold, the document is valid and short enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from flows.conversation.calling import Listening
from service.gateway.twiml import document, hang_up, pause, play, say
from service.house import House
from service.recordings import AUDIO_PATH

# A silence inside spoken words, in seconds (PROGRAMME 3.9, P09); between two phrases it is one second.
SILENCE = re.compile(r"\[(\d{1,2}) s\]")
BETWEEN_PHRASES = 1
MOMENT_LASTS = 2
STEP_PATH = "/twilio/voice/step"
# How fast: about nine tenths of normal, unless the person chose otherwise (PROGRAMME 3.9, 3.13).
RATES = {"slow": "75%", "usual": "90%", "quick": "105%"}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks and how fast: a voice of the network's, the language tag that fits it, a rate in percent."""

    name: str
    language: str
    rate: str = RATES["usual"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said at a time: its words, and the address of a recording of them where there is one."""

    words: str
    recording: str = ""


VOICES = {"en": Voice("Polly.Joanna", "en-US"), "es": Voice("Polly.Mia", "es-MX")}


def voice_of(locale: str, pace: str = "usual") -> Voice:
    """The voice that speaks a person's language, at the pace they chose; English where we have none."""
    return replace(VOICES.get(locale.split("-")[0], VOICES["en"]), rate=RATES[pace])


def to_say(house: House, phrase_id: str, words: str, locale: str) -> Phrase:
    """The words of a phrase, or the recording of them that the host put in their place."""
    found = house.recordings.find(phrase_id, locale)
    return Phrase(words, f"{house.settings.public_url}{AUDIO_PATH}/{found.name}" if found is not None else "")


def spoken(phrases: Sequence[Phrase], voice: Voice) -> list[ET.Element]:
    """Says, plays and pauses. `[4 s]` inside the words is four seconds of silence."""
    verbs: list[ET.Element] = []
    for phrase in phrases:
        if verbs and verbs[-1].tag != "Pause":
            verbs.append(pause(BETWEEN_PHRASES))
        verbs.extend([play(phrase.recording)] if phrase.recording else _synthetic(phrase.words, voice))
    return verbs


def _synthetic(words: str, voice: Voice) -> Iterator[ET.Element]:
    for place, part in enumerate(SILENCE.split(words)):
        if place % 2:
            yield pause(int(part))
        elif part.strip():
            yield from say(part.strip(), language=voice.language, voice=voice.name, rate=voice.rate)


def call_document(phrases: Sequence[Phrase], voice: Voice, *, listening: Listening | None, step_url: str) -> str:
    """The whole answer: the words inside a Gather that any key interrupts, or the words and the end of the call.

    Raises:
        ValueError: more than Twilio reads (64 kB); the script checker bounds phrases far below it.
    """
    verbs = spoken(phrases, voice)
    if listening is None:
        return document([*verbs, hang_up()])
    gather = ET.Element("Gather", {
        "input": "dtmf speech" if listening.speech else "dtmf", "action": step_url, "method": "POST",
        "timeout": str(listening.seconds), "numDigits": str(listening.digits), "finishOnKey": listening.finish_on,
        "actionOnEmptyResult": "true", "language": voice.language,
    })  # fmt: skip
    if listening.speech:
        gather.set("speechTimeout", "auto")  # else the line would wait as long after the words as before them
    gather.extend(verbs)
    return document([gather])


def one_moment(phrase: Phrase, voice: Voice, *, again_url: str) -> str:
    """The database is slow: a sentence, a breath, and the same step once more."""
    redirect = ET.Element("Redirect", {"method": "POST"})
    redirect.text = again_url
    return document([*spoken([phrase], voice), pause(MOMENT_LASTS), redirect])
