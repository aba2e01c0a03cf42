"""How a conversation moves: kindly, once, in its own order, and always to an end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.conversation.effects import CountSilence, KeepNote, KeepRating, KeepSetting, StartScript
from flows.conversation.engine import TURNS_A_SESSION, advance, halt
from flows.conversation.library import load_library, read_library
from flows.conversation.session import SessionState
from flows.conversation.turn import Moment, Replied, Started, Turn, Waited
from flows.everyday import EVERYDAY_FACTS

LIBRARY = load_library()
HALF_PAST_SIX = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # in New York, where Ada is
BUNDLES = {name: LIBRARY.bundle(name) for name in LIBRARY.scripts}
EXITS = "unreadable: {go: end}, silence: {go: end}, refusal: {go: end}, stop: {go: end}"


class Talk:
    """A conversation of Ada's with one script, through JSON between every two inputs."""

    def __init__(self, script, *, library=LIBRARY, by_service=True, given=None, **facts):
        self.bundle = library.bundle(script)
        self.at = HALF_PAST_SIX
        self.facts = {**EVERYDAY_FACTS, **facts}
        self.turns = []
        self._take(advance(self.bundle, None, Started(self._moment(), given or {}, by_service=by_service)))

    def says(self, text, command=None):
        return self._take(advance(self.bundle, self._state, Replied(self._moment(), text, command)))

    def waits(self, timer, **time):
        self.at += timedelta(**time)
        return self._take(advance(self.bundle, self._state, Waited(self._moment(), timer)))

    def stops(self):
        return halt(self.bundle, self._state, self._moment())

    @property
    def is_over(self):
        return self.turns[-1].state is None

    def heard(self):
        return [prompt.phrase for prompt in self.turns[-1].prompts]

    def _moment(self):
        return Moment(self.at, "America/New_York", "en", self.facts)

    def _take(self, turn):
        self.turns.append(turn)
        self._state = through_json(turn.state) if turn.state is not None else None
        return self


def through_json(state: SessionState) -> SessionState:
    kept = SessionState.from_json(json.loads(json.dumps(state.as_json())))
    assert kept == state
    return kept


def timers_of(turn: Turn) -> dict[str, datetime]:
    return {timer.name: timer.at for timer in turn.timers}


def test_invariant_30_two_bad_answers_end_a_question_kindly():
    ada = Talk("check-in")

    assert ada.says("11").heard() == ["CK-10"]
    assert ada.says("?").heard() == ["CK-11"]
    assert ada.is_over


@pytest.mark.parametrize("several", ["4 8", "mood 4, body 8", "4 and 8"])
def test_several_numbers_answer_no_question_that_asks_for_one(several):
    ada = Talk("check-in")

    assert ada.says(several).heard() == ["CK-10"]
    assert not any(isinstance(effect, KeepRating) for effect in ada.turns[-1].effects)


@pytest.mark.parametrize("script", ["reach", "two-weeks", "still-useful", "country", "help-me", "safe"])
def test_invariant_30_no_question_is_asked_a_third_time(script):
    ada = Talk(script)
    asked = ada.turns[0].state.step

    told = ada.says("hm, hard to say").heard()
    ada.says("hm, hard to say")

    assert len(told) == 1
    assert ada.is_over or ada.turns[-1].state.step != asked


def test_invariant_30_one_reminder_at_most():
    ada = Talk("check-in")

    reminded = ada.waits("remind", hours=1).heard()
    timers = timers_of(ada.turns[-1])

    assert reminded == ["CK-5"]
    assert timers == {"close": HALF_PAST_SIX + timedelta(hours=12)}
    assert ada.waits("remind", hours=1).heard() == []


def test_no_reminder_is_set_for_somebody_who_wants_none():
    assert "remind" not in timers_of(Talk("check-in", reminder_after_minutes=0).turns[0])


def test_a_mistyped_answer_is_not_followed_by_a_reminder():
    assert timers_of(Talk("check-in").says("meh").turns[-1]) == {"close": HALF_PAST_SIX + timedelta(hours=12)}


def test_silence_closes_after_twelve_hours_and_is_counted_without_a_word():
    ada = Talk("check-in").waits("close", hours=12)

    assert (ada.heard(), ada.turns[-1].effects, ada.is_over) == ([], (CountSilence(),), True)


def test_later_works_once():
    ada = Talk("check-in")

    assert ada.says("later", "LATER").heard() == ["G-LATER"]
    assert timers_of(ada.turns[-1])["later"] == HALF_PAST_SIX + timedelta(hours=2)
    assert ada.waits("later", hours=2).heard() == ["CK-1"]
    assert ada.says("later", "LATER").heard() == ["G-SKIP"]
    assert ada.is_over


def test_skip_owes_nothing():
    ada = Talk("check-in").says("skip", "SKIP")

    assert (ada.heard(), ada.turns[-1].effects, ada.is_over) == (["G-SKIP"], (), True)


def test_back_asks_the_question_before_and_a_second_back_does_not_lead_forward():
    ada = Talk("check-in").says("3")

    assert ada.says("back", "BACK").heard() == ["CK-1"]
    assert ada.says("back", "BACK").heard() == ["CK-1"]
    assert ada.says("5").heard() == ["CK-2"]


def test_back_passes_over_steps_that_only_weigh():
    ada = Talk("check-in").says("1").says("2")

    assert ada.heard() == ["CK-3L"]
    assert ada.says("back", "BACK").heard() == ["CK-2"]


def test_back_passes_over_questions_without_words_of_their_own():
    ada = Talk("join", by_service=False).says("YES").says("1").says("6 am")

    assert ada.says("1").heard() == ["EN-10"]
    assert ada.says("back", "BACK").heard() == ["EN-4"]


def test_back_inside_a_script_that_was_run_asks_its_own_question_again():
    ada = Talk("help-me", by_service=False).says("2")

    assert ada.heard() == ["CR-1B"]
    assert ada.says("back", "BACK").heard() == ["CR-1B"]


def test_on_a_shared_phone_the_question_comes_after_ok():
    ada = Talk("check-in", discretion="D2")

    assert ada.heard() == ["D2-1"]
    assert "remind" not in timers_of(ada.turns[0])
    assert ada.says("ok", "OK").heard() == ["CK-1"]


def test_on_a_shared_phone_a_number_already_answers():
    ada = Talk("check-in", discretion="D2").says("4 tired")

    assert ada.heard() == ["CK-2"]
    assert ada.turns[-1].effects == (KeepRating("mood", 4, "tired", "2026-03-02"),)


@pytest.mark.parametrize("timer", ["remind", "later"])
def test_on_a_shared_phone_whatever_the_service_says_first_is_bland(timer):
    ada = Talk("check-in", discretion="D2").says("ok", "OK").says("later", "LATER")

    assert ada.waits(timer, hours=2).heard() == ["D2-1"]
    assert [prompt.is_opener for prompt in ada.turns[-1].prompts] == [True]


def test_on_a_shared_phone_later_and_the_reminder_come_once_all_the_same():
    ada = Talk("check-in", discretion="D2").says("ok", "OK").says("later", "LATER").waits("later", hours=2)

    assert ada.says("ok", "OK").heard() == ["CK-1"]
    assert "remind" not in timers_of(ada.turns[-1])
    assert ada.says("later", "LATER").heard() == ["G-SKIP"]


def test_nobody_hides_what_a_person_asked_for_themself():
    assert Talk("check-in", by_service=False, discretion="D2").heard() == ["CK-1"]


def test_silence_behind_the_bland_line_is_silence_to_the_question():
    ada = Talk("check-in", discretion="D2").waits("close", hours=12)

    assert (ada.heard(), ada.turns[-1].effects, ada.is_over) == ([], (CountSilence(),), True)


def test_words_beside_a_number_are_its_note_and_words_instead_of_one_are_kept_too():
    ada = Talk("check-in")

    assert ada.says("meh").turns[-1].effects == (KeepNote("note", "meh"),)
    assert ada.says("6 but better").turns[-1].effects == (KeepRating("mood", 6, "but better", "2026-03-02"),)


def test_a_number_for_yesterday_is_kept_for_yesterday():
    begun = Started(
        Moment(HALF_PAST_SIX, "America/New_York", "en", EVERYDAY_FACTS), {"is_late": True}, local_date="2026-03-01"
    )
    bundle = BUNDLES["check-in"]
    state = through_json(advance(bundle, None, begun).state)

    kept = advance(bundle, state, Replied(begun.moment, "6")).effects

    assert kept == (KeepRating("mood", 6, "", "2026-03-01", is_late=True),)


def test_a_script_that_was_run_goes_back_to_where_it_was_run():
    asks_inside = "reply: choice, options: 2, as: c, closes_after: 1h"
    inner = f"{{say: I-1, wait: {{{asks_inside}}}, answer: [{{say: I-2, go: end}}], {EXITS}}}"
    after = f"{{say: O-2, wait: {{reply: words, as: w, closes_after: 1h}}, answer: [{{go: end}}], {EXITS}}}"
    library = read_library(
        [
            ("outer.yaml", f"name: outer\nabout: Runs.\nsteps: {{a: {{run: inner, go: b}}, b: {after}}}"),
            ("inner.yaml", f"name: inner\nabout: Is run.\nsteps: {{q: {inner}}}"),
        ]
    )

    ada = Talk("outer", library=library)

    assert ada.heard() == ["I-1"]
    assert ada.says("2").heard() == ["I-2", "O-2"]
    assert ada.turns[-1].state.answers["c"] == 2
    assert ada.says("thanks").is_over


def test_a_script_that_goes_in_circles_is_stopped():
    library = read_library([("ring.yaml", "name: ring\nabout: r\nsteps: {a: {go: b}, b: {go: a}}")])

    with pytest.raises(ValueError, match="more than 20 steps in one turn"):
        Talk("ring", library=library)


def test_a_session_ends_after_so_many_turns_whatever_the_author_wrote():
    asks = "{reply: rating, as: r, patience: 999, closes_after: 1h}"
    step = f"{{say: P-1, wait: {asks}, answer: [{{go: end}}], {EXITS}}}"
    library = read_library([("patient.yaml", f"name: patient\nabout: Asks on.\nsteps: {{a: {step}}}")])
    ada = Talk("patient", library=library)

    for _ in range(TURNS_A_SESSION):
        ada.says("no number")

    assert ada.is_over


def test_stop_in_the_middle_says_nothing_and_keeps_what_was_kept():
    stopped = Talk("check-in").says("6").stops()

    assert (stopped.state, stopped.prompts, stopped.effects, stopped.timers) == (None, (), (), ())


def test_joining_ends_with_the_first_check_in():
    ada = Talk("join", by_service=False).says("si").says("1").says("19:30").says("6:30 pm")

    assert [effect for effect in ada.turns[-1].effects if isinstance(effect, StartScript)] == [StartScript("check-in")]
    assert KeepSetting("zone", "America/New_York") in ada.turns[-1].effects


def test_equal_inputs_give_equal_turns():
    one, other = Talk("check-in").says("4 tired"), Talk("check-in").says("4 tired")

    assert one.turns == other.turns


def test_only_a_start_comes_without_a_session():
    with pytest.raises(ValueError, match="only Started"):
        advance(BUNDLES["check-in"], None, Replied(Moment(HALF_PAST_SIX, "America/New_York", "en"), "7"))


INPUTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["7", "0", "11", "6-7", "1", "2", "3", "YES", "OK", "7:30 pm", "US", "not sure", ""]),
    st.sampled_from([("SKIP",), ("LATER",), ("BACK",), ("OK",)]),
    st.sampled_from([{"timer": "remind"}, {"timer": "later"}, {"timer": "close"}]),
)


@given(
    script=st.sampled_from(sorted(LIBRARY.scripts)),
    inputs=st.lists(INPUTS, max_size=12),
    discretion=st.sampled_from(["D1", "D2"]),
    shares=st.booleans(),
)
def test_no_text_and_no_timer_breaks_a_conversation(script, inputs, discretion, shares):
    argument = LIBRARY.scripts[script].argument
    given = {"name": "mood", **({argument.name: argument.default} if argument else {})}

    ada = Talk(script, given=given, discretion=discretion, shares_mood=shares)

    for each in inputs:
        if ada.is_over:
            break
        if isinstance(each, str):
            ada.says(each)
        elif isinstance(each, tuple):
            ada.says(each[0].lower(), each[0])
        else:
            ada.waits(each["timer"], minutes=30)
    if not ada.is_over:
        ada.stops()
