"""How a call sounds: which voice, how fast, where it breathes, and what is played instead of spoken."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.conversation.calling import Listening
from service.gateway.twiml import say
from service.speaking import Phrase, call_document, one_moment, spoken, voice_of
from tests.twiml.judging import judge

STEP = "https://mend.example/twilio/voice/step?at=1.7.2"
ONE_KEY = Listening(1, "", 6, speech=False)
words = st.text(alphabet=st.sampled_from("abc ñé<&'\"[]4s .\x00\ud800"), max_size=40)
phrases = st.lists(st.builds(Phrase, words | st.just("[4 s]") | st.just("Breathe. [4 s] And out. [6 s]")), max_size=6)


def verbs(said: list[Phrase], **how: str) -> list[tuple[str, str]]:
    """Each verb with what it says or how long it is silent."""
    made = spoken(said, voice_of("en", **how))
    return [(each.tag, each.get("length") or "".join(each.itertext())) for each in made]


@pytest.mark.parametrize(
    ("locale", "pace", "name", "language", "rate"),
    [
        ("en", "usual", "Polly.Joanna", "en-US", "90%"),
        ("es", "slow", "Polly.Mia", "es-MX", "75%"),
        ("es-MX", "quick", "Polly.Mia", "es-MX", "105%"),
        ("fr", "usual", "Polly.Joanna", "en-US", "90%"),
    ],
)
def test_a_person_hears_their_language_at_the_pace_they_chose(
    locale: str, pace: str, name: str, language: str, rate: str
):
    (verb,) = spoken([Phrase("Hello.")], voice_of(locale, pace))

    assert (verb.get("voice"), verb.get("language")) == (name, language)
    assert [(each.tag, each.get("rate"), each.text) for each in verb] == [("prosody", rate, "Hello.")]


def test_a_voice_that_takes_no_markup_is_given_none():
    (verb,) = say("Hello.", language="en-US", voice="woman", rate="90%")

    assert (verb.text, len(verb)) == ("Hello.", 0)


def test_there_is_a_second_between_two_phrases_and_the_silence_that_the_words_ask_for():
    said = [Phrase("Thank you."), Phrase("Breathe in. [4 s] And out. [6 s]"), Phrase("Goodbye.")]

    assert verbs(said) == [
        ("Say", "Thank you."), ("Pause", "1"), ("Say", "Breathe in."), ("Pause", "4"), ("Say", "And out."),
        ("Pause", "6"), ("Say", "Goodbye."),
    ]  # fmt: skip


def test_a_recording_is_played_in_the_place_of_its_words():
    said = [Phrase("Hello.", "https://mend.example/audio/4f.mp3"), Phrase("Breathe. [4 s]")]

    assert verbs(said) == [
        ("Play", "https://mend.example/audio/4f.mp3"), ("Pause", "1"), ("Say", "Breathe."), ("Pause", "4"),
    ]  # fmt: skip


@given(phrases)
def test_whatever_is_said_twilio_takes_the_document(said: list[Phrase]):
    said = [Phrase("Hello."), *said]  # no answer of ours begins with a silence

    assert judge(call_document(said, voice_of("es"), listening=ONE_KEY, step_url=STEP).encode()) == []
    assert judge(call_document(said, voice_of("en"), listening=None, step_url="").encode()) == []


def test_a_moment_of_patience_asks_for_the_same_step_again():
    root = ET.fromstring(one_moment(Phrase("One moment, please."), voice_of("en"), again_url=STEP))

    assert [each.tag for each in root] == ["Say", "Pause", "Redirect"]
    assert root[-1].text == STEP
