"""The phones: signed webhooks out, texts in, and nothing that a clumsy caller can break."""

from __future__ import annotations

from urllib.parse import quote

from service.simulator.cast import CAST
from service.simulator.outgoing.webhooks import sign
from tests.simulator.product import XML, Product
from tests.simulator.running import ACCOUNT, ADA, BEN, SENDER, TOKEN, RunningSimulator


async def test_the_cast_is_there_couples_adjacent_english_first(simulator: RunningSimulator) -> None:
    _, people = await simulator.ask("GET", "/simulator/handsets")

    assert [each["name"] for each in people] == ["Ada", "Ben", "Carmen", "Bruno", "Elena", "Chidi", "A stranger"]
    assert [each["pair"] for each in people[:4]] == ["ada-ben", "ada-ben", "carmen-bruno", "carmen-bruno"]
    assert people[4] == {
        "number": "+34600000105", "name": "Elena", "zone": "Europe/Madrid", "locale": "es", "pin": "112358",
        "pair": None,
    }  # fmt: skip


async def test_a_text_reaches_the_product_signed_and_whole(simulator: RunningSimulator, product: Product) -> None:
    sid = await simulator.texts(ADA, "7 & a bit: ñ 😀\n+")

    (call,) = product.webhooks()
    assert call.headers["X-Twilio-Signature"] == sign(TOKEN, f"{product.url}/twilio/sms", call.fields)
    assert call.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
    assert {call["MessageSid"], call["SmsSid"], call["SmsMessageSid"]} == {sid}
    assert (call["From"], call["To"], call["AccountSid"]) == (ADA, SENDER, ACCOUNT)
    assert (call["Body"], call["NumMedia"], call["NumSegments"]) == ("7 & a bit: ñ 😀\n+", "0", "1")
    assert (call["SmsStatus"], call["ApiVersion"], call["FromCountry"]) == ("received", "2010-04-01", "US")
    assert not call.has("OptOutType")


async def test_a_picture_comes_with_its_address(simulator: RunningSimulator, product: Product) -> None:
    sid = await simulator.texts(ADA, "", media=True)

    (call,) = product.webhooks()
    assert sid.startswith("MM")
    assert (call["NumMedia"], call["MediaContentType0"]) == ("1", "image/jpeg")
    assert call["MediaUrl0"].startswith("https://api.twilio.com/")


async def test_a_phone_shows_what_it_sent_and_received_oldest_first(
    simulator: RunningSimulator, product: Product
) -> None:
    product.answers.append((200, XML, "<Response><Message>Thank you.</Message></Response>"))
    first = await simulator.texts(ADA, "7")
    await simulator.forward("PT2S")
    await simulator.send(Body="Mendline: and calm, 0-10?")
    await simulator.forward("PT2S")

    shown = await simulator.phone(ADA)
    _, later = await simulator.ask("GET", f"/simulator/handsets/{quote(ADA)}/messages?since={first}")

    assert [(each["from"], each["body"], each["status"]) for each in shown] == [
        (ADA, "7", "received"),
        (SENDER, "Thank you.", "delivered"),
        (SENDER, "Mendline: and calm, 0-10?", "delivered"),
    ]
    assert all(set(each) == {"sid", "from", "to", "body", "at", "status", "segments"} for each in shown)
    assert later == shown[1:]
    assert await simulator.phone(BEN) == []


async def test_whoever_else_texts_has_a_phone_too(simulator: RunningSimulator) -> None:
    await simulator.texts("+442079460000", "hello")

    _, people = await simulator.ask("GET", "/simulator/handsets")
    assert people[len(CAST)]["name"] == "+442079460000"


async def test_answers_that_twilio_could_not_use_are_in_the_log(simulator: RunningSimulator, product: Product) -> None:
    cases = [
        ((200, XML, "<Response"), None, 12100),
        ((200, XML, "<html/>"), None, 12100),
        ((200, "application/json", "{}"), None, 12300),
        ((200, XML, "<Response><Say>x</Say></Response>"), None, 12200),
        ((500, "text/html", "oh"), 11200, None),
        ((204, XML, ""), None, None),
    ]

    for answer, error, warning in cases:
        product.answers.append(answer)
        await simulator.texts(ADA, "7")
        last = (await simulator.log("webhook"))[-1]
        assert (last["error"], last["warning"]) == (error, warning), answer


async def test_a_product_that_cannot_be_reached_is_tried_twice_and_the_text_stays_listed(
    simulator: RunningSimulator,
) -> None:
    await simulator.set_number(SmsUrl="http://127.0.0.1:1/twilio/sms")

    sid = await simulator.texts(ADA, "7")

    (webhook,) = await simulator.log("webhook")
    assert (webhook["error"], webhook["attempts"]) == (11205, 2)
    assert (await simulator.fetch(sid))["body"] == "7"


async def test_a_fragment_asks_for_more_tries_and_is_never_sent(simulator: RunningSimulator, product: Product) -> None:
    await simulator.set_number(SmsUrl=f"{product.url}/twilio/sms?a=1#rc=2&rp=5xx")
    product.answers.extend([(503, XML, ""), (502, XML, ""), (200, XML, "<Response/>")])

    await simulator.texts(ADA, "7")

    calls = product.webhooks()
    assert [each.query for each in calls] == ["a=1"] * 3
    assert len({each.headers["I-Twilio-Idempotency-Token"] for each in calls}) == 1
    assert calls[2].headers["X-Twilio-Signature"] == sign(TOKEN, f"{product.url}/twilio/sms?a=1", calls[2].fields)


async def test_the_fallback_hears_what_went_wrong(simulator: RunningSimulator, product: Product) -> None:
    await simulator.set_number(SmsFallbackUrl=f"{product.url}/fallback")
    product.answers.append((500, XML, ""))

    await simulator.texts(ADA, "7")

    first, second = product.calls
    assert (first.path, second.path) == ("/twilio/sms", "/fallback")
    assert (second["ErrorCode"], second["ErrorUrl"]) == ("11200", f"{product.url}/twilio/sms")
    assert second["MessageSid"] == first["MessageSid"]


async def test_a_redirect_is_followed_with_get_and_loses_the_text(
    simulator: RunningSimulator, product: Product
) -> None:
    product.redirects["/twilio/sms"] = "/twilio/other?b=2"

    await simulator.texts(ADA, "7")

    first, second = product.calls
    assert (first["Body"], second.path, second.query, second.fields) == ("7", "/twilio/other", "b=2", [])
    assert second.headers["X-Twilio-Signature"] == sign(TOKEN, f"{product.url}/twilio/other?b=2")


async def test_a_webhook_by_get_carries_its_fields_in_the_address(
    simulator: RunningSimulator, product: Product
) -> None:
    await simulator.set_number(SmsMethod="GET")

    await simulator.texts(ADA, "7")

    (call,) = product.webhooks()
    url = f"{product.url}/twilio/sms?{call.query}"
    assert call.headers["X-Twilio-Signature"] == sign(TOKEN, url)


async def test_what_no_phone_can_send_is_refused_kindly(simulator: RunningSimulator) -> None:
    path = f"/simulator/handsets/{quote(ADA)}/texts"
    requests = [
        ("/simulator/handsets/12/texts", b'{"body": "7"}'),
        (f"/simulator/handsets/{quote(SENDER)}/texts", b'{"body": "7"}'),
        ("/simulator/handsets/%00%ff/texts", b'{"body": "7"}'),
        (path, b""), (path, b"["), (path, b"[]"), (path, b'{"body": 7}'), (path, b"\xff"), (path, b"[" * 60_000),
        (path, b'{"body": "\\u0000"}'), (path, b'{"body": "\\ud800"}'), (path, b'{"\\ud800": 1, "body": "7"}'),
        (path, b'{"body": "' + b"a" * 1601 + b'"}'), (path, b'{"body": "' + b"a" * 100_000 + b'"}'),
        ("/simulator/faults", b'{"rules": [{"on": "weather"}]}'), ("/simulator/faults", b'{"rules": 1}'),
        ("/simulator/faults", b'{"rules": [{"on": "webhook", "do": "drop", "nth": 0}]}'),
        ("/simulator/carrier", b'{"answers": "no"}'), ("/simulator/clock", b"{}"),
    ]  # fmt: skip

    for address, body in requests:
        status, answer = await simulator.ask("POST", address, data=body)
        assert (status, set(answer)) == (400, {"error", "remedy"}), (address, body[:40])

    assert await simulator.phone(ADA) == []
