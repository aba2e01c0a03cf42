"""The judge of our TwiML: what Twilio takes passes, and each thing that it does not take is found."""

from __future__ import annotations

import base64
import json

import pytest

from tests.twiml.judging import judge, judge_line

ACTION = "action='https://mend.example/twilio/voice/step?at=1.1.1' actionOnEmptyResult='true'"


def response(verbs: str) -> bytes:
    return f"<Response>{verbs}</Response>".encode()


def test_a_whole_answer_of_a_call_passes():
    said = "<Say language='en-US' voice='Polly.Joanna'><prosody rate='90%'>Hello.</prosody></Say>"

    assert judge(response(f"<Gather input='dtmf' {ACTION}>{said}<Pause length='2'/>{said}</Gather>")) == []
    assert judge(response(f"{said}<Hangup/>")) == []
    assert judge(response(""), is_voice=False) == []


@pytest.mark.parametrize(
    ("verbs", "found"),
    [
        ("<Say>Hello.</Say", "is no XML"),
        ("<say>Hello.</say>", "Unexpected child"),
        (f"<Gather {ACTION} timeout='0'/>", "timeout"),
        (f"<Gather {ACTION} numdigits='1'/>", "numdigits"),
        (f"<Gather {ACTION}><Gather {ACTION}/></Gather>", "Unexpected child"),
        (f"<Gather {ACTION} hints='{'a' * 101}'/>", "hints"),
        ("<Gather action='/step' actionOnEmptyResult='true'/>", "absolute action"),
        ("<Gather action='https://mend.example/step'/>", "silence ends the call"),
        ("<Say> </Say>", "without words"),
        (f"<Say>{'a' * 4097}</Say>", "4097 characters"),
        (f"<Say voice='Polly.Joanna' language='en-US'>{'a' * 3001}</Say>", "3001 characters"),
        (f"<Say>{'ñ' * 800}</Say>", "800 characters"),
        ("<Say voice='woman'><break time='1s'/>Hello.</Say>", "takes no markup"),
        ("<Say voice='Polly.Mia' language='en-US'>Hello.</Say>", "does not speak en-US"),
        ("<Hangup/><Say>Hello.</Say>", "stands after it"),
        ("<Pause/><Say>Hello.</Say>", "begins with silence"),
        ("<Play>en/V-TO-5.mp3</Play>", "no address"),
        (f"<Say>{'a' * 66_000}</Say>", "66032 bytes"),
    ],
)
def test_what_twilio_would_not_take_is_found(verbs: str, found: str):
    assert any(found in each for each in judge(response(verbs))), judge(response(verbs))


def test_a_verb_of_calls_has_no_place_in_the_answer_to_a_text():
    assert judge(response("<Hangup/>"), is_voice=False) != []


def test_the_kind_of_an_answer_is_judged_too():
    assert judge(response(""), "text/plain") == ["content type 'text/plain'"]


@pytest.mark.parametrize(
    ("path", "status", "is_wrong"),
    [("/twilio/voice/step?at=1.1.1", 500, True), ("/twilio/sms", 503, False), ("/twilio/status", 204, False)],
)
def test_no_caller_may_hear_of_an_error(path: str, status: int, is_wrong: bool):
    kept = {"url": f"http://127.0.0.1{path}", "status": status, "content_type": "", "body": ""}

    assert bool(judge_line(json.dumps(kept))) is is_wrong


def test_a_kept_answer_is_judged_by_the_door_it_came_from():
    body = base64.b64encode(response("<Hangup/>")).decode()
    kept = {"status": 200, "content_type": "text/xml; charset=utf-8", "body": body}

    assert judge_line(json.dumps({**kept, "url": "http://127.0.0.1/twilio/voice"})) == []
    assert judge_line(json.dumps({**kept, "url": "http://127.0.0.1/twilio/sms"})) != []
