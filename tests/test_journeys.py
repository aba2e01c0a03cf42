"""Every step, edge and row of the two journeys by break and by promise (PROGRAMME 6.2 to 6.4), and the story of each.

Where English and Spanish differ in words, a story in each stands beside it. A row whose story is renamed or gone fails.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BOTH_BY_CALL = ("ada_calls_for_a_break_and_both_come_back", "carmen_calls_for_a_break_and_both_come_back")
BOTH_BY_TEXT = (
    "ada_takes_a_break_and_both_come_back_the_next_morning", "carmen_takes_a_break_and_both_come_back_the_next_morning",
)  # fmt: skip
NOTICE = ("a_promise_without_an_update_ends_in_a_notice_and_a_late_report", "the_same_in_spanish")
CAUSES = "invariant_11_a_notice_is_the_same_whatever_the_cause"
HEAVY = ("a_heavy_day_is_met_kindly_and_every_word_that_is_offered_is_answered", "a_heavy_day_in_spanish")
MORE_TIME = ("more_time_is_never_under_twenty_minutes_or_over_a_day", "more_time_in_spanish")
NO_PROMISE = "what_is_no_promise_gets_one_kind_line_and_then_rests"

JOURNEYS: dict[str, tuple[str, ...]] = {
    "6.2, 1: calls at ten past six, key 2, safe, an 8, thirty minutes, send": BOTH_BY_CALL,
    "6.2, 2: the other reads the one line with the time": BOTH_BY_CALL,
    "6.2, 2: the other may have a call of their own": (
        "ben_may_have_a_calming_call_of_his_own_and_nothing_of_it_reaches_ada",
    ),
    "6.2, 2: the other may not reply into it": BOTH_BY_TEXT,
    "6.2, 3: the script for the body, word for word": BOTH_BY_CALL,
    "6.2, 4: half time": BOTH_BY_CALL,
    "6.2, 5: the return asks both": BOTH_BY_CALL,
    "6.2, 6: 5 means more time, 3 means ready; neither learns of the other": (
        *BOTH_BY_CALL, "more_time_is_chosen_by_key_and_neither_side_ever_hears_a_number_of_the_other",
    ),
    "6.2, 7: the later choice wins": BOTH_BY_CALL,
    "6.2, 8: both choose now": BOTH_BY_CALL,
    "6.2, edge: at ten past ten no line exists, and the caller hears so before any key": (
        "at_night_the_caller_hears_so_before_any_key_and_no_notice_exists",
        "at_night_the_caller_hears_so_in_spanish_and_no_notice_exists",
    ),
    "6.2, edge: the line drops in the breathing": (
        "a_line_that_drops_anywhere_keeps_the_return_time_that_was_set",
        "whoever_calls_in_is_answered_or_let_go_kindly",
    ),
    "6.2, edge: key 8": ("key_8_is_private_and_no_notice_goes_for_a_day", "key_8_is_private_in_spanish"),
    "6.3, Monday: a promise with choice 3": NOTICE,
    "6.3, Friday at two: on track": NOTICE,
    "6.3, Friday at four: due, no answer": NOTICE,
    "6.3, Friday at seven, Saturday at ten: still time": NOTICE,
    "6.3, Saturday at half past seven: the line, and its maker is told": NOTICE,
    "6.3, Saturday: help for who wants it": ("two_minutes_after_a_notice_a_call_can_be_had",),
    "6.3, Monday at half past eight: which question is meant, reason, plan, told at ten": NOTICE,
    "6.3, path: not yet on Friday, sent": (
        "not_yet_that_is_sent_reaches_ben_and_no_notice_ever_does", "not_yet_that_is_sent_reaches_bruno_in_his_words",
    ),
    "6.3, path: changed on Thursday": (
        "invariant_27_an_early_change_keeps_faith_and_moves_the_notice",
        "an_early_change_reaches_bruno_as_one_and_keeps_faith",
    ),
    "6.3, path: not yet, kept private": (CAUSES, "what_carmen_keeps_private_is_the_same_calm_line_for_bruno"),
    "6.3, path: done, whether it is true or not": (
        "done_reaches_ben_and_no_notice_does", "done_reaches_bruno_and_nobody_asks_whether_it_is_true",
    ),
}  # fmt: skip

TABLES: dict[str, tuple[str, ...]] = {
    "CHECK c0, a number with words": ("ada_texts_her_mood_score",),
    "CHECK c0, SKIP": ("skip_owes_nothing",),
    "CHECK c0, LATER once": ("later_puts_the_question_once_more_at_the_time_it_named",),
    "CHECK c0, bad": ("a_number_out_of_range_is_asked_about_once_and_then_left",),
    "CHECK c0, silence": (
        "invariant_30_silence_gets_one_reminder_after_an_hour_and_no_word_the_next_day",
        "an_answer_of_the_next_morning_is_kept_for_yesterday_and_today_is_asked_all_the_same",
    ),
    "CHECK c1, a number": ("ada_texts_her_mood_score",),
    "CHECK c1, SKIP and bad": ("the_second_number_may_be_skipped_or_be_none_and_the_first_stays",),
    "CHECK c1, silence": ("silence_after_a_number_or_an_offer_keeps_what_was_said_and_no_word_follows",),
    "CHECK c2, a score of 0 to 2": HEAVY,
    "CHECK c2, a body of 7 and more": ("ada_texts_her_mood_score",),
    "CHECK c2, a number that is passed on, and KEEP": (
        "the_number_goes_on_with_the_name_its_receiver_gave_and_nothing_else",
        "invariant_11_whatever_ada_does_ben_reads_the_same_bytes_at_the_same_minute",
    ),
    "CHECK c2, BREAK, CALL, NUM": (*HEAVY, *BOTH_BY_TEXT),
    "CHECK c2, bad": HEAVY,
    "CHECK c2, silence": ("silence_after_a_number_or_an_offer_keeps_what_was_said_and_no_word_follows",),
    "BREAK b0, told or private": (*BOTH_BY_TEXT, "somebody_alone_takes_a_private_break_and_is_asked_once_more_at_most"),
    "BREAK b0, another time, told once": (
        "a_new_time_is_told_once_and_no_time_is_under_twenty_minutes_or_over_a_day", *MORE_TIME,
    ),
    "BREAK b0, under 20 minutes, over a day": (
        "a_new_time_is_told_once_and_no_time_is_under_twenty_minutes_or_over_a_day", *MORE_TIME,
    ),
    "BREAK b1, half time, and anything": (
        "invariant_22_the_partner_cannot_alter_it_and_invariant_23_nothing_is_passed_on_from_either_side",
        "what_is_said_during_a_break_is_held_in_spanish",
    ),
    "BREAK b2, 0 to 4, and 5 to 10": BOTH_BY_TEXT,
    "BREAK b2, bad, silence": ("whoever_is_silent_is_asked_once_more_and_one_bad_answer_gets_one_hint",),
    "BREAK b3, 1, 2, 3": BOTH_BY_TEXT,
    "BREAK b3, bad": ("a_choice_that_is_none_gets_one_hint_and_counts_as_silence",),
    "BREAK b4, OK, minutes, twice, then rest": ("two_longer_breaks_are_the_most_then_it_rests_until_tomorrow",),
    "BREAK b4, bad": MORE_TIME,
    "BREAK b4, silence": BOTH_BY_TEXT,
    "BREAK b5, both now": ("invariant_24_to_7_goes_to_both_at_once_when_both_are_calm_and_choose_now", *BOTH_BY_TEXT),
    "BREAK b5, anything else": BOTH_BY_TEXT,
    "BREAK b6": (
        "invariant_11_the_other_hears_the_same_lines_at_the_same_minutes_whatever_the_caller_did",
        "whoever_answers_alone_reads_so_once_in_spanish",
    ),
    "PROMISE p0, words and a time": NOTICE,
    "PROMISE p0, bad": (NO_PROMISE, "the_words_stay_when_only_the_time_was_wrong",
                        "a_fourth_promise_waits_until_one_is_finished"),
    "PROMISE p0, silence": ("a_draft_dies_after_twelve_hours_without_a_text",),
    "PROMISE p1, words, SKIP": (*NOTICE, "a_promise_in_one_text_is_private_where_nobody_is_linked"),
    "PROMISE p1, silence": ("who_says_nothing_about_an_if_then_has_a_private_promise_without_one",),
    "PROMISE p2, 1, 2, 3": (*NOTICE, "invariant_17_a_text_cannot_go_beyond_the_switches",
                            "a_third_notice_is_refused_and_updates_are_offered"),
    "PROMISE p2, bad": ("a_choice_of_who_hears_that_is_none_gets_one_hint_and_is_private",),
    "PROMISE p2, silence": ("who_says_nothing_about_who_hears_has_a_private_promise",),
    "PROMISE p3, CHANGE": ("invariant_27_an_early_change_keeps_faith_and_moves_the_notice",
                           "an_early_change_reaches_bruno_as_one_and_keeps_faith"),
    "PROMISE p3, bad": ("a_code_that_nobody_knows_is_lost",),
    "PROMISE p4, 1": NOTICE,
    "PROMISE p4, 2, 3": ("before_it_is_due_it_can_be_changed_or_given_up",),
    "PROMISE p4, bad": ("before_it_is_due_a_word_that_is_no_choice_gets_one_hint_and_it_runs_on",),
    "PROMISE p5, 1": ("done_reaches_ben_and_no_notice_does", "done_reaches_bruno_and_nobody_asks_whether_it_is_true"),
    "PROMISE p5, 2, 3": ("a_plan_without_a_time_is_asked_for_once_and_then_means_this_week",
                         "not_yet_that_is_sent_reaches_bruno_in_his_words"),
    "PROMISE p5, 4": ("changed_is_a_new_time_that_may_be_told",),
    "PROMISE p5, bad": ("when_it_is_due_one_hint_then_the_later_questions_come_all_the_same",),
    "PROMISE p5, silence": NOTICE,
    "PROMISE p6, reason and plan": ("one_text_tells_outcome_reason_and_the_next_time", *NOTICE),
    "PROMISE p6, let go": ("a_promise_let_go_is_said_kindly_to_both",),
    "PROMISE p6, bad": ("a_reason_that_is_none_gets_one_hint_and_nothing_is_published",
                        "a_plan_without_a_time_is_asked_for_once_and_then_means_this_week"),
    "PROMISE p6, silence": (CAUSES,),
    "PROMISE p7, 1": ("not_yet_that_is_sent_reaches_ben_and_no_notice_ever_does",
                      "not_yet_that_is_sent_reaches_bruno_in_his_words", "mixed_feelings_and_blame_are_never_sent"),
    "PROMISE p7, 2": ("one_text_tells_outcome_reason_and_the_next_time",),
    "PROMISE p7, 3": (CAUSES, "what_carmen_keeps_private_is_the_same_calm_line_for_bruno"),
    "PROMISE p7, bad, silence": ("telling_takes_a_key_and_neither_words_nor_silence_tell",),
    "PROMISE p8, the line": NOTICE,
    "PROMISE p8, a late report": (*NOTICE, "a_late_done_is_an_update_of_its_own"),
    "PROMISE p8, closed after three days": ("after_three_days_it_closes_without_a_word",),
}  # fmt: skip


@cache
def names_of_tests() -> frozenset[str]:
    """Every test's name, without its first word."""
    found = [node.name for path in HERE.rglob("test_*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]  # fmt: skip
    return frozenset(name.removeprefix("test_") for name in found if name.startswith("test_"))


@pytest.mark.parametrize("row", [*JOURNEYS, *TABLES])
def test_each_row_is_played_by_a_story_that_is_there(row: str):
    stories = {**JOURNEYS, **TABLES}[row]

    assert stories != ()
    assert [name for name in stories if name not in names_of_tests()] == []
