"""Twilio's grammar of voice TwiML, as a table: each verb's attributes with their values, and what it may hold."""

from __future__ import annotations

ANY = ".*"
TRUTH = "true|false"
METHOD = "GET|POST"
COUNT = r"\d+"
AT_LEAST_ONE = r"[1-9]\d*"
SPOKEN = ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w")
IN_A_SENTENCE = ("break", "emphasis", "lang", "phoneme", "prosody", "say-as", "sub", "w")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Verb: attribute: the whole value as a regular expression. tests/twiml/voice.xsd says the same, and a test compares.
ATTRIBUTES: dict[str, dict[str, str]] = {
    "Response": {},
    "Say": {
        "language": r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "loop": COUNT,
        "voice": r"man|woman|alice|(Polly|Google)\.[A-Za-z0-9-]+",
    },
    "Play": {"digits": "[0-9A-D#*wW]+", "loop": COUNT},
    "Pause": {"length": COUNT},
    "Gather": {
        "action": ANY, "actionOnEmptyResult": TRUTH, "bargeIn": TRUTH, "debug": ANY, "enhanced": ANY,
        "finishOnKey": "[0-9#*]?", "hints": ANY, "input": "dtmf|speech|dtmf speech|speech dtmf", "language": ANY,
        "maxSpeechTime": ANY, "method": METHOD, "numDigits": AT_LEAST_ONE, "partialResultCallback": ANY,
        "partialResultCallbackMethod": METHOD, "profanityFilter": TRUTH, "speechModel": ANY,
        "speechTimeout": r"[1-9]\d*|auto", "timeout": r"[1-9]\d*|auto",
    },
    "Record": {
        "action": ANY, "finishOnKey": "[0-9#*]*", "maxLength": AT_LEAST_ONE, "method": METHOD, "playBeep": TRUTH,
        "recordingConfigurationId": ANY, "recordingStatusCallback": ANY, "recordingStatusCallbackEvent": ANY,
        "recordingStatusCallbackMethod": ANY, "timeout": COUNT, "transcribe": TRUTH, "transcribeCallback": ANY,
        "trim": "trim-silence|do-not-trim",
    },
    "Redirect": {"method": METHOD},
    "Hangup": {},
    "Reject": {"reason": "busy|rejected"},
    "Leave": {},
    "break": {"strength": ANY, "time": ANY},
    "emphasis": {"level": ANY},
    "lang": {LANG: ANY},
    "p": {},
    "phoneme": {"alphabet": ANY, "ph": ANY},
    "prosody": {"pitch": ANY, "rate": ANY, "volume": ANY},
    "s": {},
    "say-as": {"format": ANY, "interpret-as": ANY},
    "sub": {"alias": ANY},
    "w": {"role": ANY},
}  # fmt: skip

# Twilio knows these; this network does not carry them out and says so on the line.
NOT_SIMULATED = (
    "Connect", "Dial", "Echo", "Enqueue", "Pay", "Prompt", "Queue", "Refer", "Sms", "Start", "Stop",
)  # fmt: skip
SIMULATED = ("Gather", "Hangup", "Leave", "Pause", "Play", "Record", "Redirect", "Reject", "Say")

CHILDREN: dict[str, tuple[str, ...]] = {
    "Response": (*SIMULATED, *NOT_SIMULATED),
    "Gather": ("Pause", "Play", "Say"),
    "Hangup": ("Parameter",),
    "Reject": ("Parameter",),
    "Say": SPOKEN,
    "emphasis": IN_A_SENTENCE,
    "lang": SPOKEN,
    "p": (*IN_A_SENTENCE, "s"),
    "prosody": SPOKEN,
    "s": IN_A_SENTENCE,
    "w": ("break", "emphasis", "phoneme", "prosody", "say-as", "sub"),
}
HOLD_TEXT = frozenset({
    "Say", "Play", "Redirect", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w",
})  # fmt: skip
