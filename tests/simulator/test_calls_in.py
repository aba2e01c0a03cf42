"""A person calls the product: what it is asked, what the person hears, presses and says."""

from __future__ import annotations

from urllib.parse import quote

from service.simulator.calls.executor import APPLICATION_ERROR
from service.simulator.outgoing.webhooks import sign
from tests.simulator.product import Product
from tests.simulator.running import ACCOUNT, ADA, BEN, SENDER, TOKEN, RunningSimulator, said, twiml

MENU = '<Gather action="/twilio/voice/step?at=1" numDigits="1"><Say>For a break, press 2.</Say></Gather>'


async def test_a_call_reaches_the_product_signed_and_whole(simulator: RunningSimulator, product: Product) -> None:
    product.answers.append(twiml(MENU))

    call = await simulator.calls_in()

    (asked,) = product.voice()
    assert asked.headers["X-Twilio-Signature"] == sign(TOKEN, f"{product.url}/twilio/voice", asked.fields)
    assert (asked["CallSid"], asked["AccountSid"], asked["ApiVersion"]) == (call["sid"], ACCOUNT, "2010-04-01")
    assert (asked["From"], asked["To"], asked["Caller"], asked["Called"]) == (ADA, SENDER, ADA, SENDER)
    assert (asked["Direction"], asked["CallStatus"]) == ("inbound", "ringing")
    assert (asked["StirVerstat"], asked["FromCountry"]) == ("TN-Validation-Passed-A", "US")
    assert (call["direction"], call["state"], said(call)) == ("inbound", "in-progress", ["For a break, press 2."])
    assert call["waits_for"] == {"input": "dtmf", "num_digits": 1, "finish_on": "#", "timeout": 5}


async def test_a_key_goes_to_the_action_and_the_call_goes_on(simulator: RunningSimulator, product: Product) -> None:
    product.answers += [twiml(MENU), twiml("<Say>Breathe.</Say><Pause length='4'/><Hangup/>")]
    call = await simulator.calls_in()

    over = await simulator.act(call, "digits", digits="2")

    step = product.voice()[1]
    assert (step.path, step.query) == ("/twilio/voice/step", "at=1")
    assert (step["Digits"], step["msg"], step["CallStatus"]) == ("2", "Gather End", "in-progress")
    assert (over["state"], over["waits_for"]) == ("completed", None)
    assert [(each["who"], each["text"]) for each in over["transcript"]] == [
        ("us", "For a break, press 2."), ("person", "2"), ("us", "Breathe."), ("us", "[4 s]"),
    ]  # fmt: skip
    (told,) = product.callbacks()
    assert (told["CallStatus"], told["SequenceNumber"], told["Direction"]) == ("completed", "0", "inbound")


async def test_keys_add_up_until_the_count_the_end_key_or_silence(
    simulator: RunningSimulator, product: Product
) -> None:
    pin = '<Gather action="/twilio/voice" numDigits="6" finishOnKey="*" actionOnEmptyResult="true"/>'
    product.answers += [twiml(pin)] * 6
    call = await simulator.calls_in()

    waiting = await simulator.act(call, "digits", digits="24")
    await simulator.act(call, "digits", digits="6810")
    await simulator.act(call, "digits", digits="12*")
    await simulator.act(call, "digits", digits="7")
    await simulator.act(call, "silence")
    await simulator.act(call, "silence")

    assert waiting["waits_for"]["num_digits"] == 6
    steps = [(each["Digits"], each["FinishedOnKey"]) for each in product.voice()[1:]]
    assert steps == [("246810", ""), ("12", "*"), ("7", ""), ("", "")]


async def test_silence_falls_through_to_the_next_verb_and_then_ends_the_call(
    simulator: RunningSimulator, product: Product
) -> None:
    product.answers.append(twiml(f"{MENU}<Say>I'll let you go.</Say>"))
    call = await simulator.calls_in()

    over = await simulator.act(call, "silence")

    assert (said(over), over["state"]) == (["For a break, press 2.", "I'll let you go."], "completed")
    assert said(over, "person") == ["[silence]"]
    assert len(product.voice()) == 1


async def test_words_are_heard_where_they_are_listened_for(simulator: RunningSimulator, product: Product) -> None:
    product.answers += [twiml('<Gather input="dtmf speech" action="/twilio/voice"/>')] * 3
    call = await simulator.calls_in()

    await simulator.act(call, "speech", text="a seven, I think")
    await simulator.act(call, "speech", text="yes", confidence=None)

    first, second = product.voice()[1:]
    assert (first["SpeechResult"], first["Confidence"], first.has("Digits")) == ("a seven, I think", "0.9", False)
    assert (second["SpeechResult"], second.has("Confidence")) == ("yes", False)


async def test_a_person_may_hang_up_at_any_moment(simulator: RunningSimulator, product: Product) -> None:
    product.answers.append(twiml(MENU))
    call = await simulator.calls_in()
    await simulator.forward("PT61S")

    over = await simulator.act(call, "hangup")

    assert (over["state"], over["waits_for"]) == ("completed", None)
    (told,) = product.callbacks()
    assert told["CallStatus"] == "completed"
    assert (int(told["CallDuration"]) in {61, 62}, told["Duration"]) == (True, "2")


async def test_a_product_that_fails_is_replaced_by_its_fallback_or_an_apology(
    simulator: RunningSimulator, product: Product
) -> None:
    product.answers += [(500, "text/plain", "")]
    apology = await simulator.calls_in()
    await simulator.set_number(VoiceFallbackUrl=f"{product.url}/twilio/voice/fallback")
    product.answers += [(500, "text/plain", ""), twiml("<Say>One moment.</Say>")]
    rescued = await simulator.calls_in(BEN)

    assert (said(apology, "network"), apology["state"]) == ([APPLICATION_ERROR], "completed")
    assert (said(rescued), said(rescued, "network")) == (["One moment."], [])
    fallback = product.voice()[-1]
    assert (fallback["ErrorCode"], fallback["ErrorUrl"]) == ("11200", f"{product.url}/twilio/voice")


async def test_a_call_can_be_refused_before_it_is_answered(simulator: RunningSimulator, product: Product) -> None:
    product.answers += [twiml('<Reject reason="busy"/>'), twiml("<Reject/>")]

    assert [(await simulator.calls_in())["state"] for _ in range(2)] == ["busy", "no-answer"]


async def test_a_recording_needs_a_voice_and_ends_with_it(simulator: RunningSimulator, product: Product) -> None:
    note = '<Record action="/twilio/voice/note" maxLength="60"/><Say>Nothing was heard.</Say>'
    product.answers += [twiml(note), twiml(note)]
    call = await simulator.calls_in()

    recorded = await simulator.act(call, "speech", text="A note to myself.")
    silent = await simulator.act(recorded, "silence")

    assert product.voice()[1]["RecordingUrl"].startswith("https://api.twilio.com/")
    assert (said(silent), said(silent, "network")) == (["Nothing was heard."], ["[beep]", "[beep]"])


async def test_what_a_call_cannot_take_is_refused_with_a_remedy(simulator: RunningSimulator, product: Product) -> None:
    product.answers.append(twiml(f'<Gather input="dtmf" action="/twilio/voice"/>{MENU}'))
    call = await simulator.calls_in()
    path = f"/simulator/handsets/{quote(ADA)}/calls"
    cases = [
        (f"{path}/{call['sid']}/speech", {"text": "yes"}, 409), (f"{path}/{call['sid']}/digits", {"digits": "x"}, 400),
        (f"{path}/{call['sid']}/answer", {}, 409), (f"{path}/CA{'0' * 32}/digits", {"digits": "1"}, 404),
        (f"/simulator/handsets/{quote(BEN)}/calls/{call['sid']}/digits", {"digits": "1"}, 404),
        (f"/simulator/handsets/{quote(SENDER)}/calls", {}, 400),
    ]  # fmt: skip

    for where, given, expected in cases:
        status, answer = await simulator.ask("POST", where, json=given)
        assert (status, set(answer)) == (expected, {"error", "remedy"}), where
    await simulator.act(call, "hangup")
    status, answer = await simulator.ask("POST", f"{path}/{call['sid']}/digits", json={"digits": "1"})

    assert (status, set(answer)) == (409, {"error", "remedy"})


async def test_keys_after_the_last_one_wanted_are_lost_and_logged(
    simulator: RunningSimulator, product: Product
) -> None:
    product.answers += [twiml(MENU), twiml(MENU)]
    call = await simulator.calls_in()

    after = await simulator.act(call, "digits", digits="10")

    assert product.voice()[1]["Digits"] == "1"
    assert after["waits_for"] is not None
    assert [each["count"] for each in await simulator.log("call-lost-keys")] == [1]


async def test_a_number_may_be_withheld_or_not_vouched_for(simulator: RunningSimulator, product: Product) -> None:
    await simulator.calls_in(ADA, withheld=True, attestation=None)
    await simulator.calls_in(ADA, attestation="TN-Validation-Failed-C")

    hidden, doubtful = product.voice()
    assert (hidden["From"], hidden["Caller"], hidden.has("StirVerstat")) == ("anonymous", "anonymous", False)
    assert (doubtful["From"], doubtful["StirVerstat"]) == (ADA, "TN-Validation-Failed-C")
    assert len(await simulator.phone_calls()) == 2
