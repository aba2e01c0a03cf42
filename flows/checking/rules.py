"""All rules of the author's manual over all scripts; those that pass are walked through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from flows.catalogue import Catalogue
from flows.checking.acts import every_effect_is_sound
from flows.checking.lock_screen import no_topic_on_a_lock_screen
from flows.checking.reserved import no_reserved_word_is_asked_for
from flows.checking.subject import Subject
from flows.checking.values import every_condition_can_be_met, every_function_exists, every_name_is_known
from flows.checking.waits import (
    a_bad_reply_is_told,
    a_call_offers_four_choices,
    every_question_is_asked,
    every_wait_has_its_exits,
    every_wait_is_whole,
)
from flows.checking.walking import walk
from flows.checking.ways import (
    every_go_has_a_target,
    every_list_of_exits_ends,
    every_step_is_reached,
    every_step_leads_on,
    it_stays_small,
    nothing_goes_in_circles,
    what_is_run_exists,
)
from flows.checking.words import (
    as_many_choices_as_options,
    every_offered_word_is_answered,
    every_phrase_has_words,
    every_placeholder_is_filled,
    every_text_is_one_segment,
)
from flows.conversation.library import Library
from flows.errors import Problem

Rule = Callable[[Subject], Iterator[Problem]]

# By the name under which the author's manual and the broken scripts of the tests know them.
RULES: dict[str, Rule] = {
    "reached": every_step_is_reached,
    "target": every_go_has_a_target,
    "leads-on": every_step_leads_on,
    "last-exit": every_list_of_exits_ends,
    "circle": nothing_goes_in_circles,
    "run": what_is_run_exists,
    "small": it_stays_small,
    "exits": every_wait_has_its_exits,
    "whole": every_wait_is_whole,
    "asked": every_question_is_asked,
    "hint": a_bad_reply_is_told,
    "reserved": no_reserved_word_is_asked_for,
    "effect": every_effect_is_sound,
    "name": every_name_is_known,
    "function": every_function_exists,
    "condition": every_condition_can_be_met,
    "words": every_phrase_has_words,
    "placeholder": every_placeholder_is_filled,
    "segment": every_text_is_one_segment,
    "choices": as_many_choices_as_options,
    "spoken-choices": a_call_offers_four_choices,
    "lock-screen": no_topic_on_a_lock_screen,
    "offer": every_offered_word_is_answered,
}


def check_scripts(
    library: Library, catalogue: Catalogue, *, answered: frozenset[str], walked: Collection[str] | None = None
) -> list[Problem]:
    """Every mistake in every script, by file; empty when each of them can be talked through to its end.

    `answered` holds the reply words that need no script (STOP, HELP, SKIP …); keywords of the library are added.
    `walked` names the scripts that are talked through, None for all: that takes nearly all of the time.
    """
    problems: list[Problem] = []
    subjects = [
        Subject(script, library.files.get(name, name), library, catalogue, answered)
        for name, script in sorted(library.scripts.items())
    ]
    faulty: set[str] = set()
    for subject in subjects:
        found = [problem for rule in RULES.values() for problem in rule(subject)]
        problems.extend(found)
        faulty |= {subject.script.name} if found else set()
    for subject in subjects:
        is_walked = walked is None or subject.script.name in walked
        if is_walked and not _begins(library, subject.script.name) & faulty:
            problems.extend(walk(subject))
    return problems


def _begins(library: Library, name: str) -> set[str]:
    """A script and all that it runs or hands over to."""
    wanted = [name]
    for each in wanted:
        for step in library.scripts[each].steps.values() if each in library.scripts else ():
            after = [step.run] if step.run is not None else []
            wanted.extend(other for other in after if other not in wanted)
    return set(wanted)
