"""Who reads a text, and in which order: what ends everything first, then danger, then words, the question, the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.catalogue import load_catalogue
from flows.checking.subject import Subject
from flows.checking.walking import every_state
from flows.commands import RESERVED_WORDS
from flows.conversation.effects import HoldForCrisis, Invite, KeepRating, OptIn, OptOut, StartScript
from flows.conversation.hearing import LOST_ANSWERS_AN_HOUR, NOTE_LETTERS, Heard, Standing, begin, hear
from flows.conversation.library import load_library, read_library
from flows.conversation.session import SessionState
from flows.conversation.turn import Moment
from flows.everyday import EVERYDAY_FACTS
from tests.flows.opt_out_phrasings import PHRASINGS

LIBRARY = load_library()
CATALOGUE = load_catalogue(answered_words=None)
MOMENT = Moment(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "America/New_York", "en", EVERYDAY_FACTS)
NOTHING_OPEN = Standing("active", MOMENT, join_words={"MEND": "en", "REPARAR": "es"})
STRANGER = replace(NOTHING_OPEN, status="stranger")
CHOICES = ["reach", "two-weeks", "still-useful", "danger-follow-up", "help-me", "safe"]


def asked(script: str, *replies: str, by_service: bool = True, **changes: object) -> Standing:
    """Ada, with that script's question open, after these replies."""
    state = begin(LIBRARY, script, MOMENT, by_service=by_service).state
    assert state is not None
    standing = replace(NOTHING_OPEN, session=state, bundle=LIBRARY.bundle(script), **changes)  # type: ignore[arg-type]
    for reply in replies:
        heard = hear(LIBRARY, standing, reply)
        assert heard.turn.state is not None
        standing = replace(standing, session=through_json(heard.turn.state))
    return standing


def through_json(state: SessionState) -> SessionState:
    return SessionState.from_json(json.loads(json.dumps(state.as_json())))


def said(heard: Heard) -> list[str]:
    return [prompt.phrase for prompt in heard.turn.prompts]


@pytest.mark.parametrize("text", ["STOP", "stop. thank you", "Alto", "unsubscribe me please", "leave me alone"])
@pytest.mark.parametrize("script", ["check-in", "danger-self", "join", "end-ask"])
def test_stop_comes_before_everything(script, text):
    heard = hear(LIBRARY, asked(script, by_service=False), text)

    assert said(heard) == ["G-STOP"]
    assert heard.turn.state is None
    assert any(isinstance(effect, OptOut) for effect in heard.turn.effects)


def test_stop_comes_before_words_of_danger():
    assert said(hear(LIBRARY, NOTHING_OPEN, "stop texting me i want to die")) == ["G-STOP"]


def test_who_opted_out_hears_nothing_but_an_answer_to_start_and_help():
    out = replace(NOTHING_OPEN, status="opted_out")

    assert [said(hear(LIBRARY, out, text)) for text in ("7", "MENU", "stop", "hello", "i want to die")] == [[]] * 5
    assert said(hear(LIBRARY, out, "help")) == ["G-HELP"]
    assert said(hear(LIBRARY, out, "START")) == ["G-START"]
    assert hear(LIBRARY, out, "START").turn.effects == (OptIn(),)


def test_the_carrier_answers_once_and_we_do_not_answer_again():
    carrier = replace(NOTHING_OPEN, carrier_answers=True)

    assert said(hear(LIBRARY, carrier, "STOP")) == []
    assert said(hear(LIBRARY, carrier, "stop. thank you")) == ["G-STOP"]
    assert said(hear(LIBRARY, carrier, "HELP")) == []
    assert said(hear(LIBRARY, replace(carrier, network_answered=True), "stop. thank you")) == []


def test_a_doubtful_wish_is_asked_about_and_the_open_question_makes_room():
    heard = hear(LIBRARY, asked("check-in"), "i want it to stop")

    assert said(heard) == ["G-ASK"]
    assert heard.turn.state is not None
    assert heard.turn.state.script == "end-ask"


def test_after_a_doubtful_wish_nothing_but_ok_keeps_the_texts():
    standing = asked("end-ask", by_service=False)

    assert said(hear(LIBRARY, standing, "ok")) == ["G-OK"]
    assert hear(LIBRARY, standing, "ok").turn.effects == ()
    assert hear(LIBRARY, standing, "hm").turn.effects == ()
    assert OptOut("doubtful") in hear(LIBRARY, standing, "skip").turn.effects


def test_a_stop_meant_for_the_partner_is_asked_about_with_help_beside_it():
    heard = hear(LIBRARY, NOTHING_OPEN, "tell him to stop")

    assert said(heard) == ["G-ASK", "CR-N"]
    assert heard.turn.state is not None
    assert heard.turn.state.script == "end-ask"


def test_danger_in_a_doubtful_wish_is_answered_first():
    for text in ("I want him to stop hitting me", "make it stop, i want to die", "dile que pare, me pega"):
        heard = hear(LIBRARY, NOTHING_OPEN, text)

        assert said(heard)[0] in {"CR-1", "CR-3"}, text
        assert "G-ASK" not in said(heard)


def test_a_command_with_a_slip_is_asked_about_by_name_and_the_open_question_stays():
    for standing in (NOTHING_OPEN, asked("check-in"), asked("promise", by_service=False)):
        heard = hear(LIBRARY, standing, "pasue 3")

        assert said(heard) == ["G-MEANT"]
        assert heard.turn.prompts[0].arguments == {"w": "PAUSE 3"}
        assert heard.is_aside
        assert heard.turn.effects == ()


def test_what_an_open_question_can_read_is_no_slip():
    standing = asked("check-in", by_service=True)

    assert said(hear(LIBRARY, standing, "sven")) != ["G-MEANT"]
    assert said(hear(LIBRARY, NOTHING_OPEN, "quite")) == ["G-LOST"]


def test_who_opted_out_hears_nothing_of_a_slip():
    out = replace(NOTHING_OPEN, status="opted_out")

    assert [said(hear(LIBRARY, out, text)) for text in ("strat", "hlep", "pasue")] == [[]] * 3


def test_danger_comes_before_commands_and_before_the_question():
    for text in ("i want to kill myself", "menu i want to kill myself", "7 i want to kill myself"):
        heard = hear(LIBRARY, asked("check-in"), text)

        assert said(heard) == ["CR-1"]
        assert heard.purpose == "safety"
        assert HoldForCrisis("S") in heard.turn.effects


def test_a_number_beside_words_of_danger_is_kept_without_the_words():
    heard = hear(LIBRARY, asked("check-in"), "0 i can't do this anymore")

    assert said(heard) == ["CR-1B"]
    kept = [effect for effect in heard.turn.effects if isinstance(effect, KeepRating)]
    assert kept == [KeepRating("mood", 0, "", "2026-03-02")]


def test_a_number_beside_words_of_danger_is_todays_check_in_when_nothing_is_open():
    heard = hear(LIBRARY, NOTHING_OPEN, "0 i can't do this anymore")

    assert KeepRating("mood", 0, "", "2026-03-02") in heard.turn.effects


def test_one_kind_of_danger_gets_one_answer_the_more_urgent():
    assert said(hear(LIBRARY, NOTHING_OPEN, "0 ya no puedo mas, no quiero vivir")) == ["CR-1"]


def test_a_stranger_in_danger_is_helped_and_leaves_nothing():
    heard = hear(LIBRARY, STRANGER, "i want to kill myself")

    assert said(heard) == ["CR-1"]
    assert (heard.turn.state, heard.turn.effects) == (None, ())


@pytest.mark.parametrize(("word", "phrase"), [("menu", "G-MENU"), ("WHO", "G-WHO"), ("num", "CR-N"), ("share", "SH-1")])
def test_an_aside_leaves_the_open_question_as_it_is(word, phrase):
    heard = hear(LIBRARY, asked("check-in"), word)

    assert said(heard) == [phrase]
    assert heard.is_aside


def test_a_keyword_that_asks_something_takes_the_place_of_the_open_question():
    heard = hear(LIBRARY, asked("check-in"), "safe")

    assert said(heard) == ["SF-1"]
    assert not heard.is_aside


def test_skip_later_back_and_ok_mean_the_open_question():
    assert said(hear(LIBRARY, asked("check-in"), "skip")) == ["G-SKIP"]
    assert said(hear(LIBRARY, asked("check-in"), "luego")) == ["G-LATER"]
    assert said(hear(LIBRARY, asked("check-in", "6"), "back")) == ["CK-1"]


def test_with_nothing_open_a_courtesy_needs_no_answer():
    assert [said(hear(LIBRARY, NOTHING_OPEN, text)) for text in ("ok", "OK!", "back", "later")] == [[]] * 4
    assert said(hear(LIBRARY, NOTHING_OPEN, "skip")) == ["G-SKIP"]


@pytest.mark.parametrize("text", ["7", "7/10", "seven", "mood 7", "7 tired"])
def test_a_bare_number_is_todays_check_in(text):
    heard = hear(LIBRARY, NOTHING_OPEN, text)

    assert said(heard) == ["CK-2"]
    kept = next(effect for effect in heard.turn.effects if isinstance(effect, KeepRating))
    assert (kept.item, kept.value, kept.for_date, kept.is_late) == ("mood", 7, "2026-03-02", False)


@pytest.mark.parametrize("text", ["6-7", "6-7 tired", "6 or 7", "between 6 and 7", "entre 6 y 7"])
def test_two_numbers_with_nothing_open_are_todays_check_in_with_the_question_which(text):
    heard = hear(LIBRARY, NOTHING_OPEN, text)

    assert said(heard) == ["CK-13"]
    assert [each for each in heard.turn.effects if isinstance(each, KeepRating)] == []

    asked_which = replace(NOTHING_OPEN, session=heard.turn.state, bundle=LIBRARY.bundle("check-in"))
    answered = hear(LIBRARY, asked_which, "6")
    assert said(answered) == ["CK-2"]
    assert [each.value for each in answered.turn.effects if isinstance(each, KeepRating)] == [6]


def test_a_number_the_morning_after_answers_the_prompt_of_yesterday_late():
    heard = hear(LIBRARY, replace(NOTHING_OPEN, missed_mood_day="2026-03-01"), "6")

    assert heard.turn.effects == (KeepRating("mood", 6, "", "2026-03-01", is_late=True),)


def test_a_number_after_numbered_choices_is_asked_about():
    offered = replace(
        NOTHING_OPEN,
        choices_offered=3,
        moment=replace(MOMENT, facts={**EVERYDAY_FACTS, "question_script": "reach", "question": "how to reach you"}),
    )

    heard = hear(LIBRARY, offered, "2")
    assert said(heard) == ["G-WHICH"]
    assert heard.turn.effects == ()

    which = replace(offered, session=heard.turn.state, bundle=LIBRARY.bundle("which"))
    assert said(hear(LIBRARY, which, "1")) == ["CK-2"]
    assert said(hear(LIBRARY, which, "2")) == ["G-OK"]


def test_a_number_beyond_the_choices_is_todays_check_in():
    assert said(hear(LIBRARY, replace(NOTHING_OPEN, choices_offered=3), "7")) == ["CK-2"]


def test_nothing_open_and_nothing_understood_is_lost_once_and_then_bounded():
    tired = replace(NOTHING_OPEN, lost_this_hour=LOST_ANSWERS_AN_HOUR)

    assert said(hear(LIBRARY, NOTHING_OPEN, "the weather is fine")) == ["G-LOST"]
    assert hear(LIBRARY, NOTHING_OPEN, "the weather is fine").was_lost
    assert said(hear(LIBRARY, tired, "the weather is fine")) == []
    assert said(hear(LIBRARY, tired, "7")) == ["CK-2"]


def test_whoever_is_not_followed_for_an_hour_still_reads_the_next_question_and_the_first_score():
    tired = replace(asked("join"), lost_this_hour=LOST_ANSWERS_AN_HOUR)
    heard, asked_for = [], []
    for reply in ("yes", *["mmmm hmmm"] * 12):
        heard.append(hear(LIBRARY, tired, reply))
        state = heard[-1].turn.state
        if state is None:
            break
        bundle = LIBRARY.bundle(LIBRARY.name_of(state.script_hash))
        tired = replace(tired, status="active", session=state, bundle=bundle)
        if state.step not in asked_for:
            asked_for.append(state.step)
            assert said(heard[-1]), state.step

    assert not any(isinstance(effect, StartScript) for each in heard for effect in each.turn.effects)
    assert asked_for[-1] == "mood"
    assert any(said(each) == [] for each in heard)


def test_a_script_of_the_host_answers_to_the_keyword_it_brought_after_the_open_question():
    steps = "steps: {said: {say: G-OK, go: end}}"
    argument = "argument: {as: n, low: 5, high: 90, default: 20}"
    walk = ("walk.yaml", f"name: walk\nabout: Walks.\nkeywords: [WALK, PASEO]\n{argument}\n{steps}")
    library = read_library([*((LIBRARY.files[name], text) for name, text in LIBRARY.sources.items()), walk])

    assert [said(hear(library, NOTHING_OPEN, text)) for text in ("walk", "Paseo!", "walk 30")] == [["G-OK"]] * 3
    assert said(hear(library, asked("check-in"), "walk")) == ["G-OK"]
    assert said(hear(library, asked("check-in"), "7 walk")) == ["CK-2"]
    assert said(hear(library, NOTHING_OPEN, "we took a walk")) == ["G-LOST"]


@pytest.mark.parametrize("text", ["OFF", "off.", "OFF weather"])
def test_what_is_to_be_switched_off_must_be_named(text):
    for standing in (NOTHING_OPEN, asked("check-in")):
        heard = hear(LIBRARY, standing, text)

        assert said(heard) == said(hear(LIBRARY, NOTHING_OPEN, "OFF weather")) != []
        assert heard.turn.effects == ()


def test_a_picture_is_not_looked_at():
    assert said(hear(LIBRARY, replace(asked("check-in"), has_media=True), "")) == ["G-TEXT"]


def test_a_very_long_note_is_cut_and_said_so():
    heard = hear(LIBRARY, asked("check-in"), "6 " + "a long day " * 100)

    kept = next(effect for effect in heard.turn.effects if isinstance(effect, KeepRating))
    assert len(kept.note) <= NOTE_LETTERS
    assert said(heard) == ["CK-2", "G-LONG"]


def test_a_stranger_gets_one_bland_line_a_day_and_leaves_nothing():
    heard = hear(LIBRARY, STRANGER, "7")

    assert said(heard) == ["G-WHO"]
    assert (heard.turn.state, heard.turn.effects) == (None, ())
    assert said(hear(LIBRARY, replace(STRANGER, was_told_today=True), "7")) == []


@pytest.mark.parametrize("text", ["mend", "MEND.", " Mend! "])
def test_a_stranger_with_the_join_word_is_invited_in_its_language(text):
    assert hear(LIBRARY, STRANGER, text).turn.effects == (Invite("en"),)
    assert hear(LIBRARY, STRANGER, "Reparar").turn.effects == (Invite("es"),)


@pytest.mark.parametrize("text", ["7", "ok", "MENU", "sure", "yes but why", "y", "skip", "no"])
def test_the_invited_hear_nothing_until_they_say_yes(text):
    invited = asked("join", by_service=False, status="invited")

    heard = hear(LIBRARY, invited, text)

    assert said(heard) == []
    assert heard.turn.effects == ()
    assert heard.is_aside or heard.turn.state is not None


def test_the_invited_who_say_yes_are_in():
    invited = asked("join", by_service=False, status="invited")

    assert said(hear(LIBRARY, invited, "YES")) == ["EN-2", "EN-3"]
    assert said(hear(LIBRARY, invited, "help")) == ["G-HELP"]


def test_nobody_under_eighteen_joins():
    for standing in (asked("join", by_service=False, status="invited"), asked("join", "YES", by_service=False)):
        heard = hear(LIBRARY, standing, "i'm 16")

        assert said(heard) == ["EN-11"]
        assert heard.turn.effects == (OptOut("minor"),)


@cache
def every_texted_question(script: str) -> list[Standing]:
    """Every state of a script in which a text may arrive, one for each question and setting."""
    subject = Subject(LIBRARY.scripts[script], "", LIBRARY, CATALOGUE, frozenset())
    states = {(each.script, each.step, each.is_veiled): each for each in every_state(subject) if each.channel == "text"}
    bundle = LIBRARY.bundle(script)
    return [replace(NOTHING_OPEN, session=state, bundle=bundle) for state in states.values()]


@pytest.mark.parametrize("script", sorted(LIBRARY.scripts))
def test_invariant_2_no_reserved_word_is_taken_as_an_answer(script):
    is_heard_in_danger = LIBRARY.scripts[script].purpose == "safety" or script == "help-me"
    allowed = {"YES"} if is_heard_in_danger or script == "join" else set()

    for standing in every_texted_question(script):
        for word in RESERVED_WORDS - allowed:
            heard = hear(LIBRARY, standing, word)
            assert heard.turn.reason not in {"number", "keyword", "place", "offered-word", "own-words"}, word


@pytest.mark.parametrize("script", sorted(LIBRARY.scripts))
def test_invariant_6_every_opt_out_from_every_question_gets_one_text_and_leaves_nothing_planned(script):
    for standing in every_texted_question(script):
        for text in PHRASINGS:
            heard = hear(LIBRARY, standing, text)
            assert len(said(heard)) == 1, text
            assert (heard.turn.state, heard.turn.timers) == (None, ()), text
            assert any(isinstance(effect, OptOut) for effect in heard.turn.effects), text


KNOWN = ["stop", "7", "YES", "safe", "off mood", "break 1", "pause 99", "0"]
TEXTS = st.one_of(st.text(max_size=60), st.sampled_from(KNOWN))


@given(
    script=st.sampled_from(["check-in", "join", "end-ask", *CHOICES]),
    texts=st.lists(TEXTS, max_size=6),
    status=st.sampled_from(["stranger", "invited", "active", "opted_out", "erasing"]),
)
def test_nothing_that_anybody_writes_raises(script, texts, status):
    standing = replace(asked(script), status=status)

    for text in texts:
        heard = hear(LIBRARY, standing, text)
        if not heard.is_aside:
            state = heard.turn.state
            root = (state.callers[0][0] if state.callers else state.script) if state else ""
            bundle = LIBRARY.bundle(root) if root else None
            standing = replace(standing, session=through_json(state) if state else None, bundle=bundle)
