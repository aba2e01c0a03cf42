"""What holds at every question of every installed script, whoever wrote it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.catalogue import load_catalogue
from flows.commands import RESERVED_WORDS
from flows.conversation.effects import OptOut
from flows.conversation.hearing import Standing, hear
from flows.conversation.library import load_library
from flows.conversation.session import SessionState
from flows.conversation.turn import Moment
from flows.everyday import EVERYDAY_FACTS
from tests.flows.opt_out_phrasings import CARRIER_WORDS, PHRASINGS

LIBRARY = load_library()
CATALOGUE = load_catalogue(answered_words=None)
AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
MOMENT = Moment(AT, "America/New_York", "en", EVERYDAY_FACTS)
# Every question, at its own step, whichever way led there.
NODES = [
    (name, inside, step)
    for name in sorted(LIBRARY.scripts)
    for inside, script in sorted(LIBRARY.bundle(name).scripts.items())
    for step, what in script.steps.items()
    if what.wait is not None
]
SENSITIVE = ("partner", "mood", "trust", "relationship", "couple", "therapy")


def standing_at(name: str, inside: str, step: str, **changes: object) -> Standing:
    """Ada, with that question open."""
    bundle = LIBRARY.bundle(name)
    state = SessionState(
        script=inside, script_hash=bundle.hash, channel="text", step=step, opened_at=AT.isoformat(),
        local_date="2026-03-02", asked_at=AT.isoformat(),
        callers=() if inside == name else ((name, bundle.root.first_step),),
    )  # fmt: skip
    state = SessionState.from_json(json.loads(json.dumps(state.as_json())))
    return replace(Standing("active", MOMENT, session=state, bundle=bundle), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "inside", "step"), NODES)
def test_invariant_6_every_phrasing_ends_everything_with_one_text(name, inside, step):
    assert len(PHRASINGS) >= 25
    for is_veiled in (False, True):
        standing = standing_at(name, inside, step)
        standing = replace(standing, session=standing.session._replace(is_veiled=is_veiled))
        for text in PHRASINGS:
            heard = hear(LIBRARY, standing, text)
            assert [prompt.phrase for prompt in heard.turn.prompts] in (["G-STOP"], ["G-WRONG"]), text
            assert heard.turn.state is None
            assert heard.turn.timers == ()
            assert sum(isinstance(effect, OptOut) for effect in heard.turn.effects) == 1


@pytest.mark.parametrize(("name", "inside", "step"), NODES)
def test_invariant_6_what_the_carrier_answers_we_do_not_answer_again(name, inside, step):
    standing = standing_at(name, inside, step, carrier_answers=True)

    for text in PHRASINGS:
        heard = hear(LIBRARY, standing, text)
        assert len(heard.turn.prompts) + (text in CARRIER_WORDS) == 1, text


@pytest.mark.parametrize("word", sorted(RESERVED_WORDS))
def test_invariant_2_no_question_offers_a_reserved_word(word):
    offered = {
        option.casefold()
        for script in LIBRARY.scripts.values()
        for step in script.steps.values()
        if step.wait is not None
        for option in [*step.wait.also, *(word for words in _options(step.wait.options) for word in words)]
    }

    assert word.casefold() not in offered - {"yes", "si"}  # YES is heard in danger and while joining (PROGRAMME 7.4)


def _options(options: object) -> list[list[str]]:
    return [[str(word) for word in each] for each in options] if isinstance(options, list | tuple) else []


@pytest.mark.parametrize("locale", CATALOGUE.locales)
def test_invariant_3_what_the_service_says_first_names_no_topic(locale):
    topics = (*SENSITIVE, "pareja", "confianza", "terapia", "animo", "ánimo")
    for name in sorted(LIBRARY.scripts):
        script = LIBRARY.scripts[name]
        if not script.opener:
            continue
        for phrase in {say.phrase for step in script.steps.values() for say in step.say}:
            text = CATALOGUE.worst_case(phrase, locale).casefold()
            assert not [topic for topic in topics if topic in text], phrase


def test_invariant_5_words_and_scripts_carry_their_versions():
    hashes = {name: LIBRARY.bundle(name).hash for name in LIBRARY.scripts}

    assert CATALOGUE.version != ""
    assert all(hashes.values())
    assert len(set(hashes.values())) == len(hashes)
