"""STOP, START and HELP as the carrier treats them, before the product is asked."""

from __future__ import annotations

from tests.simulator.product import XML, Product
from tests.simulator.running import ADA, CHIDI, RunningSimulator


async def test_stop_blocks_is_confirmed_once_and_is_still_told(simulator: RunningSimulator, product: Product) -> None:
    await simulator.texts(CHIDI, " stop ")
    await simulator.texts(CHIDI, "STOPALL")

    status, answer = await simulator.send(To=CHIDI)

    assert (status, answer["code"]) == (400, 21610)
    assert [each["body"] for each in await simulator.phone(CHIDI)] == [" stop ", "S", "STOPALL"]
    assert [each["Body"] for each in product.webhooks()] == [" stop ", "STOPALL"]
    replies = [each for each in await simulator.log("text") if each["by"] == "carrier"]
    assert [each["body"] for each in replies] == ["S"]
    assert (await simulator.send(To=ADA))[0] == 201


async def test_start_lifts_the_block_and_help_answers(simulator: RunningSimulator) -> None:
    for body in ("Quit", "UNSTOP", "info"):
        await simulator.texts(CHIDI, body)

    assert [each["body"] for each in await simulator.phone(CHIDI)] == ["Quit", "S", "UNSTOP", "G", "info", "H"]
    assert (await simulator.send(To=CHIDI))[0] == 201


async def test_only_the_word_alone_is_the_carriers(simulator: RunningSimulator) -> None:
    await simulator.texts(CHIDI, "please stop")

    assert (await simulator.send(To=CHIDI))[0] == 201


async def test_a_reply_in_the_answer_to_stop_is_not_carried(simulator: RunningSimulator, product: Product) -> None:
    product.answers.append((200, XML, "<Response><Message>Bye.</Message></Response>"))

    await simulator.texts(CHIDI, "STOP")
    await simulator.forward("PT5S")

    assert [each["body"] for each in await simulator.phone(CHIDI)] == ["STOP", "S"]
    assert [each["code"] for each in await simulator.log("refused")] == [21610]


async def test_advanced_opt_out_says_what_it_did(simulator: RunningSimulator, product: Product) -> None:
    await simulator.ask("POST", "/simulator/carrier", json={"advanced": True, "stop": "Our own goodbye."})

    for body in ("END", "START", "HELP", "7"):
        await simulator.texts(CHIDI, body)

    told = [call["OptOutType"] if call.has("OptOutType") else None for call in product.webhooks()]
    assert told == ["STOP", "START", "HELP", None]
    assert (await simulator.phone(CHIDI))[1]["body"] == "Our own goodbye."


async def test_a_carrier_that_does_not_answer_leaves_the_words_to_the_product(simulator: RunningSimulator) -> None:
    await simulator.ask("POST", "/simulator/carrier", json={"answers": False})

    await simulator.texts(CHIDI, "STOP")

    assert [each["body"] for each in await simulator.phone(CHIDI)] == ["STOP"]
    assert (await simulator.send(To=CHIDI))[0] == 201
